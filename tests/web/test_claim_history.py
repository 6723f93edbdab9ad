"""Before and after, word by word."""

import re
import time
from itertools import cycle

import pytest

from annotations.claims.services import claim_update
from annotations.web.views.claims_history import word_difference
from tests.marking import make_claim, make_version
from tests.material import make_review


def test_words_that_stayed_came_and_went_are_told_apart():
    found = word_difference("More than 2,000 were killed.", "More than 2,100 were killed there.")
    assert [(one.kind, one.text) for one in found] == [
        ("equal", "More than 2,"),
        ("delete", "000"),
        ("insert", "100"),
        ("equal", " were killed"),
        ("insert", " there"),
        ("equal", "."),
    ]


def test_texts_made_to_be_slow_are_not_compared():
    began = time.monotonic()
    assert word_difference("ab " * 1000, "ba ab " * 500) == []
    assert time.monotonic() - began < 1


def test_texts_of_a_usual_length_are_compared():
    text = " ".join(f"word{n}, the" for n in range(50))
    assert len(word_difference(text, text + " end")) == 2


@pytest.mark.django_db
def test_a_long_history_is_folded_and_speaks_in_the_words_of_the_forms(
    client_for, project, reviewer, second_reviewer
):
    claim = make_claim(reviewer, make_version(reviewer, project))
    make_review(claim, reviewer, justification="Counted.")
    # Each by another person than the one before, so that none is the same save.
    for priority, actor in zip((1, 2, 3, 1, 2), cycle((second_reviewer, reviewer)), strict=False):
        claim = claim_update(actor=actor, claim=claim, revision=claim.revision, priority=priority)
    page = client_for(reviewer).get(f"/p/desk/claims/{claim.number}/").content.decode()
    shown, folded = page[page.index('id="history-title"') :].split('<details class="fold">')
    assert shown.count('class="timeline__item"') == 5
    assert re.search(r"<summary>\d earlier steps?</summary>", folded)
    named = set(re.findall(r"<dt>([^<]+)</dt>", shown + folded))
    assert {"Priority", "Why", "Passage", "Kind of source", "Rendered as"} <= named
    assert not named & {"Justification", "Quote type", "Source kind", "Order", "Words"}
    assert "Step of the chain</strong> added" in folded
