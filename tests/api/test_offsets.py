"""Offsets through the API: what is stored is what Python and SQL slice, for any script."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from annotations.models import SpanRange
from tests.material import make_article

PIECES = (
    "👨‍👩‍👧‍👦",
    "🇺🇦🇬🇧",
    "👍🏽",
    "e\u0301",
    "a\u0323\u0307",
    "قال 498 جنديًا",
    "נהרגו 136 אזרחים",
    "\r\n",
    "\u00a0",
    "  ",
    "한국어",
    "क्षि",
    "said",
    "6,000",
    "\t",
    "𝒳",
    "\u200d",
    "ﬁ",
)


@st.composite
def marked_texts(draw):
    """A text, and one to three disjoint ranges of it in the code points of its stored form."""
    text = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=3, max_size=40)))
    stored = ("Start " + text + " end").replace("\r\n", "\n")
    edges = draw(
        st.lists(st.integers(0, len(stored)), min_size=2, max_size=6, unique=True).map(sorted)
    )
    pairs = [[edges[n], edges[n + 1]] for n in range(0, len(edges) - 1, 2)]
    kept = [(a, b) for a, b in pairs if stored[a:b].strip() and not stored[a:b].isspace()]
    return "Start " + text + " end", stored, [list(one) for one in kept]


@pytest.mark.django_db
class TestAnyText:
    @pytest.fixture(autouse=True)
    def people(self, api, project, reviewer):
        self.caller, self.project, self.reviewer = api(reviewer), project, reviewer

    def mark(self, text, ranges, expected, *, snap):
        article = make_article(self.project, self.reviewer, text=text)
        mention = {
            "version": str(article.versions.get().uid),
            "ranges": ranges,
            "exact": expected,
            "snap": snap,
        }
        body = {"text": "Something is claimed", "mentions": [mention]}
        answer = self.caller.post("/api/v1/projects/desk/claims/", body)
        assert answer.status_code == 201, answer.content
        shown = self.caller.get(answer["Location"]).json()
        assert shown == answer.json()
        return article.versions.get(), shown["mentions"][0]["ranges"]

    def agrees(self, version, one):
        """Python, SQL and the stored row slice to the same words."""
        start, end = one["start"], one["end"]
        assert one["exact"] == version.text[start:end]
        assert one["prefix"] == version.text[max(0, start - 32) : start]
        assert one["suffix"] == version.text[end : end + 32]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT substr(text, %s, %s) FROM annotations_articleversion WHERE id = %s",
                [start + 1, end - start, version.pk],
            )
            assert cursor.fetchone() == (one["exact"],)
        assert SpanRange.objects.filter(
            span__version=version, start=start, end=end, exact=one["exact"]
        ).exists()

    @given(marked=marked_texts())
    def test_exact_offsets_are_kept_as_sent(self, marked):
        text, stored, ranges = marked
        if not ranges:
            return
        expected = [stored[start:end] for start, end in ranges]
        version, shown = self.mark(text, ranges, expected, snap=False)
        assert version.text == stored
        assert [[one["start"], one["end"]] for one in shown] == ranges
        for one in shown:
            self.agrees(version, one)

    @given(marked=marked_texts())
    def test_snapped_offsets_hold_what_was_sent(self, marked):
        text, stored, ranges = marked
        if not ranges:
            return
        expected = [stored[start:end] for start, end in ranges]
        version, shown = self.mark(text, ranges, expected, snap=True)
        for one in shown:
            self.agrees(version, one)
        for start, end in ranges:
            words = stored[start:end].strip()
            inner = start + stored[start:end].index(words)
            assert any(one["start"] <= inner and inner + len(words) <= one["end"] for one in shown)
