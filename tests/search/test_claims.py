"""The claim list's filters and its places, on the real database."""

import pytest

from annotations.claims.services import claim_discard, claim_update, mention_discard
from annotations.models import Claim
from annotations.moderation.services import row_hide
from annotations.projects.places import Place
from annotations.search import claims as search
from annotations.search import narrowing
from annotations.search.claims import ClaimPage, ClaimSearch, claim_page
from tests.material import make_article, make_claim, make_event, make_review, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def few_on_a_page(monkeypatch):
    monkeypatch.setattr(search, "PAGE_SIZE", 2)


@pytest.fixture
def five(project, reviewer):
    return [make_claim(project, reviewer, text=f"Claim of {n} dead.") for n in range(1, 6)]


def numbers(page: ClaimPage) -> list[int]:
    return [claim.number for claim in page.rows]


def found(project, viewer, **wanted) -> list[int]:
    return numbers(claim_page(project, viewer, ClaimSearch(**wanted), Place()))


def test_pages_follow_each_other_both_ways(project, reviewer, five, few_on_a_page):
    first = claim_page(project, reviewer, ClaimSearch(), Place())
    assert (numbers(first), first.newer, first.older, first.total) == ([5, 4], None, 4, 5)
    second = claim_page(project, reviewer, ClaimSearch(), Place(before=first.older))
    assert (numbers(second), second.newer, second.older) == ([3, 2], 3, 2)
    last = claim_page(project, reviewer, ClaimSearch(), Place(before=second.older))
    assert (numbers(last), last.newer, last.older) == ([1], 1, None)
    back = claim_page(project, reviewer, ClaimSearch(), Place(after=last.newer))
    assert (numbers(back), back.newer, back.older) == ([3, 2], 3, 2)
    assert numbers(claim_page(project, reviewer, ClaimSearch(), Place(after=3))) == [5, 4]
    oldest = claim_page(project, reviewer, ClaimSearch(), Place(is_last=True))
    assert (numbers(oldest), oldest.newer, oldest.older) == ([2, 1], 2, None)


def test_a_place_beyond_everything_is_empty_and_leads_back(project, reviewer, five):
    page = claim_page(project, reviewer, ClaimSearch(), Place(after=10**30))
    assert (page.rows, page.newer, page.total) == ([], None, 5)
    assert numbers(claim_page(project, reviewer, ClaimSearch(), Place(before=10**30))) == [
        5,
        4,
        3,
        2,
        1,
    ]


def test_counting_stops_and_says_so(project, reviewer, five, few_on_a_page, monkeypatch):
    monkeypatch.setattr(search, "COUNTED", 3)
    page = claim_page(project, reviewer, ClaimSearch(), Place())
    assert (page.total, page.is_more) == (3, True)
    monkeypatch.setattr(search, "COUNTED", 5)
    page = claim_page(project, reviewer, ClaimSearch(), Place())
    assert (page.total, page.is_more) == (5, False)


@pytest.mark.parametrize("few", [0, 1_000], ids=["met one by one", "named"])
def test_each_filter_keeps_what_it_says(project, reviewer, moderator, few, monkeypatch):
    monkeypatch.setattr(narrowing, "FEW", few)
    monkeypatch.setattr(search, "COUNTED_FILTERED", few)
    monkeypatch.setattr(narrowing, "FEW_BY_HOP", few)
    article = make_article(project, reviewer)
    statement = make_statement(project, reviewer)
    make_event(statement, reviewer)
    make_claim(project, reviewer, text="498 killed", types=["numerical"], article=article)
    make_claim(project, moderator, text="Élysée denied it", types=["quote"])
    resting = make_claim(project, reviewer, text="It was deleted", statement=statement)
    judged = make_claim(project, reviewer, text="Judged claim")
    make_review(judged, reviewer, "refuted")
    claim_discard(actor=reviewer, claim=make_claim(project, reviewer, text="Gone"), reason="")
    hidden = make_claim(project, reviewer, text="Hidden 498", types=["numerical"])
    row_hide(actor=moderator, row=hidden, reason="Slander.")
    assert resting.number == 3
    for wanted, expected in (
        ({}, [4, 3, 2, 1]),
        ({"words": "elysee den"}, [2]),
        ({"words": "498"}, [1]),
        ({"words": "#3"}, [3]),
        ({"words": "..."}, []),
        ({"type": "numerical"}, [1]),
        ({"source": "state  EMERGENCY service"}, [1]),
        ({"source": "nobody"}, []),
        ({"label": "refuted"}, [4]),
        ({"label": "supported"}, []),
        ({"label": "none"}, [3, 2, 1]),
        ({"state": "marked"}, [3]),
        ({"state": "discarded"}, [5]),
        ({"state": "all"}, [5, 4, 3, 2, 1]),
        ({"mine": True}, [4, 3, 1]),
        ({"words": "judged", "label": "refuted", "mine": True}, [4]),
        ({"words": "judged", "label": "none"}, []),
    ):
        assert found(project, reviewer, **wanted) == expected, wanted
    assert found(project, moderator, type="numerical") == [6, 1]


@pytest.mark.parametrize("wanted", [{"words": "killed"}, {"type": "numerical"}], ids=str)
def test_no_more_are_counted_than_is_said(project, reviewer, wanted, monkeypatch):
    article = make_article(project, reviewer)
    for n in range(5):
        made = make_claim(
            project, reviewer, text=f"{n} killed", types=["numerical"], article=article
        )
        if n < 2:
            claim_discard(actor=reviewer, claim=made, reason="")
    for limit, counted in ((2, (2, True)), (3, (3, False)), (4, (3, False))):
        monkeypatch.setattr(search, "COUNTED_FILTERED", limit)
        page = claim_page(project, reviewer, ClaimSearch(**wanted), Place())
        assert (page.total, page.is_more) == counted
        assert [one.number for one in page.rows] == [5, 4, 3]


def test_what_the_latest_hold_is_told_from_these_alone(
    project, reviewer, moderator, five, few_on_a_page, monkeypatch
):
    monkeypatch.setattr(narrowing, "LOOKED_INTO_ABOVE", 0)
    monkeypatch.setattr(narrowing, "LOOKED_INTO", 3)
    monkeypatch.setattr(narrowing, "COMMON", 2)
    project.refresh_from_db()
    page = claim_page(project, reviewer, ClaimSearch(words="dead"), Place())
    assert (numbers(page), page.total, page.is_more, page.older) == ([5, 4], 2, True, 4)
    later = claim_page(project, reviewer, ClaimSearch(words="dead"), Place(before=4))
    assert (numbers(later), later.total, later.is_more) == ([3, 2], 2, True)
    # Not one of the latest three: looked for in all.
    make_claim(project, reviewer, text="Nothing of it")
    page = claim_page(project, reviewer, ClaimSearch(words="dead"), Place())
    assert (numbers(page), page.total, page.is_more) == ([5, 4], 5, False)
    # What one does not see is none of the latest.
    for number in (6, 5):
        row_hide(actor=moderator, row=Claim.objects.get(number=number), reason="Slander.")
    page = claim_page(project, reviewer, ClaimSearch(words="dead"), Place())
    assert (numbers(page), page.total, page.is_more) == ([4, 3], 2, True)


@pytest.mark.parametrize("few", [0, 1_000], ids=["met one by one", "named"])
def test_a_source_in_a_hidden_article_credits_no_claim(
    project, reviewer, moderator, few, monkeypatch
):
    monkeypatch.setattr(narrowing, "FEW_BY_HOP", few)
    shown, hidden = (make_article(project, reviewer, title=one) for one in ("Shown", "Hidden"))
    make_claim(project, reviewer, article=hidden)
    both = make_claim(project, reviewer, article=shown)
    gone = make_claim(project, reviewer, article=shown)
    mention_discard(actor=reviewer, mention=gone.mentions.get())
    row_hide(actor=moderator, row=hidden, reason="Slander.")
    name = "State Emergency Service"
    assert found(project, reviewer, source=name) == [both.number]
    assert found(project, moderator, source=name) == [both.number, 1]
    # As within a request, which knows that no round is open.
    moderator._marks_nowhere = reviewer._marks_nowhere = True
    assert found(project, reviewer, source=name) == [both.number]
    assert found(project, moderator, source=name) == [both.number, 1]


def test_a_former_label_is_not_mine_any_more(project, reviewer):
    claim = make_claim(project, reviewer)
    make_review(claim, reviewer, "refuted")
    claim_update(actor=reviewer, claim=claim, revision=claim.revision, text="Fewer died")
    make_review(Claim.objects.get(), reviewer, "supported")
    assert found(project, reviewer, label="refuted") == []
    assert found(project, reviewer, label="supported") == [1]


def test_another_project_decides_nothing(project, other_project, reviewer, outsider):
    make_claim(other_project, outsider, text="498 elsewhere")
    assert found(project, reviewer, words="elsewhere") == []
    assert found(project, reviewer, words="1") == []
