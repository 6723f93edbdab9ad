"""Selections by chance, sent, stored, exported and read again: always the same words.

500 of them, and 10,000 in `make test-long`; a claim holds many, so that few requests do.
"""

from __future__ import annotations

import random
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from annotations.models import SpanRange
from tests.exchange.conftest import native
from tests.marking import claim_fields, make_version
from tests.mixed import IS_LONG, Meaning, Range, graphemes, mixed_text

pytestmark = pytest.mark.django_db(transaction=True)

SELECTIONS = 10_000 if IS_LONG else 500
PER_ARTICLE, PER_CLAIM = 250, 10
IN_SQL = """
    SELECT count(*) FROM annotations_spanrange r
      JOIN annotations_span s ON s.id = r.span_id
      JOIN annotations_articleversion v ON v.id = s.version_id
     WHERE r.exact = substr(v.text, r.start + 1, r."end" - r.start)
       AND char_length(r.exact) = r."end" - r.start
"""


class ArticleText(HTMLParser):
    """Reads the text content of the page's article."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words = ""
        self.marks = 0
        self._is_inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inside = self._is_inside or (tag == "article" and "data-text" in dict(attrs))
        self.marks += tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._is_inside = self._is_inside and tag != "article"

    def handle_data(self, data: str) -> None:
        self.words += data if self._is_inside else ""


def apart(meaning: Meaning, chance: random.Random) -> list[tuple[Range, Range]]:
    """Selections for one claim with their meanings, none touching another, in text order."""
    found: list[tuple[Range, Range]] = []
    while len(found) < PER_CLAIM:
        sent, meant = meaning.some(chance)
        start, end = min(sent[0], meant[0]), max(sent[1], meant[1])
        if all(
            end < min(other[0][0], other[1][0]) or max(other[0][1], other[1][1]) < start
            for other in found
        ):
            found.append((sent, meant))
    return sorted(found)


def send(client, version, text: str, ranges: list[Range]) -> None:
    """Post the form of a new claim with these places."""
    fields = claim_fields(version, text[:1], key=str(uuid4()))
    fields["range"] = [f"{start}-{end}" for start, end in ranges]
    address = reverse("claim-create", kwargs={"slug": "desk", "uid": version.uid})
    assert client.post(address, fields).status_code == 302


def shown(client, version) -> ArticleText:
    address = reverse("workbench", kwargs={"slug": "desk", "uid": version.article.uid})
    return ArticleText(client.get(address).content.decode())


def test_any_selection_is_stored_and_exported_as_the_words_it_means(client_for, reviewer, project):
    client = client_for(reviewer)
    meant_of: dict[str, set[Range]] = {}
    for seed in range(SELECTIONS // PER_ARTICLE):
        chance = random.Random(seed)
        version = make_version(reviewer, project, mixed_text(chance, 60), title=f"Text {seed}")
        text = version.text
        meaning = Meaning(text)
        assert shown(client, version).words == text
        meant_of[str(version.uid)] = set()
        for _n in range(PER_ARTICLE // PER_CLAIM):
            selected = apart(meaning, chance)
            send(client, version, text, [sent for sent, _meant in selected])
            meant_of[str(version.uid)] |= {meant for _sent, meant in selected}
        marked = shown(client, version)
        assert marked.marks >= PER_CLAIM
        assert marked.words == text
    assert SpanRange.objects.count() == SELECTIONS
    with connection.cursor() as cursor:
        cursor.execute(IN_SQL)
        assert cursor.fetchone() == (SELECTIONS,)
    check_export(project, meant_of)


def check_export(project, meant_of: dict[str, set[Range]]) -> None:
    """Read the native export again and compare it with what was meant."""
    document = native(project)
    texts = {one.uid: one.text for article in document.articles for one in article.versions}
    found: dict[str, set[Range]] = {uid: set() for uid in texts}
    for claim in document.claims:
        (mention,) = claim.mentions
        text = texts[mention.version]
        for one in mention.ranges:
            found[mention.version].add((one.start, one.end))
            assert one.exact == text[one.start : one.end]
            around = text[: one.start], one.exact, text[one.end :]
            assert sum(len(graphemes(part)) for part in around) == len(graphemes(text))
    assert found == meant_of
