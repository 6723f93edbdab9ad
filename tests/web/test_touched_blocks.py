"""Touched blocks are drawn as the whole text would draw them, whoever looks and whatever stands."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.articles.passages import read_passage
from annotations.claims.hops import HopInput
from annotations.claims.services import (
    claim_create,
    claim_discard,
    claim_update,
    mention_add,
    mention_discard,
)
from annotations.models import ArticleVersion, Claim, Mention
from annotations.moderation.services import row_hide
from annotations.projects.permissions import role_of
from annotations.projects.visibility import sight_for_role
from annotations.verification.services import review_discard
from annotations.web.views.workbench_read import Reading
from annotations.web.views.workbench_text import block_keys, draw_text
from annotations.web.views.workbench_touched import TouchedReading
from tests.marking import make_version
from tests.material import make_event, make_review, make_statement

pytestmark = pytest.mark.django_db
# Blocks are paragraphs of one letter each, 40 code points with the line feeds after them.
TEXT = "\n\n".join(letter * 38 for letter in "abcdefgh")


def at(n: int, first: int = 2, last: int = 20) -> tuple[int, int]:
    """Return a range of the n-th paragraph."""
    return (n * 40 + first, n * 40 + last)


@pytest.fixture
def version(project, reviewer):
    return make_version(reviewer, project, text=TEXT)


@pytest.fixture
def marked(project, version, reviewer, second_reviewer, moderator):
    """A text with every kind of claim: judged, stale, taken back, fallen, discarded, hidden."""

    def claim(*ranges, hops=()) -> Claim:
        return claim_create(
            actor=reviewer,
            project=project,
            text="A claim",
            version=version,
            ranges=ranges,
            hops=hops,
        )

    judged, stale, taken = claim(at(0)), claim(at(0, 10, 30)), claim(at(1))
    make_review(judged, reviewer, "refuted")
    make_review(judged, second_reviewer, "supported")
    make_review(stale, reviewer, "supported")
    claim_update(actor=reviewer, claim=stale, revision=1, text="Other words")
    review_discard(actor=reviewer, review=make_review(taken, reviewer))
    claim(at(1, 4, 9), at(3), at(5, 0, 3))
    again = claim(at(2))
    mention_add(actor=reviewer, claim=again, version=version, ranges=[at(4)])
    mention_add(actor=reviewer, claim=again, version=version, ranges=[at(0, 15, 25)])
    mention_discard(actor=reviewer, mention=Mention.objects.filter(claim=again).latest("id"))
    statement = make_statement(project, reviewer)
    make_event(statement, reviewer)
    claim(at(2, 5, 12), hops=[HopInput(source_name="Ann", statement=statement)])
    claim_discard(actor=reviewer, claim=claim(at(2, 1, 30)))
    row_hide(actor=moderator, row=claim(at(3, 3, 8)), reason="A court forbids it")
    # Read anew: nothing of its text is in hand.
    return ArticleVersion.objects.select_related("article").get(pk=version.pk)


@pytest.mark.parametrize("discarded", [False, True])
@pytest.mark.parametrize("name", ["reader", "reviewer", "second_reviewer", "moderator"])
def test_each_block_is_drawn_alike(request, project, marked, name, discarded):
    viewer = request.getfixturevalue(name)
    sight = sight_for_role(viewer, role_of(viewer, project))
    arguments = (marked.article, marked, viewer, sight, discarded)
    whole = Reading(*arguments)
    assert len(whole.blocks) == 8
    for n in range(8):
        check_alike(whole, TouchedReading(*arguments, [at(n, 0, 1)]))


def check_alike(whole: Reading, touched: TouchedReading) -> None:
    """Compare the one touched block with the same block of the whole text."""
    [block] = touched.blocks
    assert block in whole.blocks
    assert draw_text([block], touched.marks) == draw_text(whole.blocks, whole.marks, [block.n])
    assert block_keys([block], touched.marks).get(block.n) == block_keys(
        whole.blocks, whole.marks
    ).get(block.n)
    here = {place.claim_id for place in touched.places}
    for name in ("labels", "claim_marks"):
        found = {pk: one for pk, one in getattr(whole, name).items() if pk in here}
        assert getattr(touched, name) == found


def test_marks_take_two_statements_and_one_where_the_text_is_in_hand(reviewer, project, marked):
    sight = sight_for_role(reviewer, role_of(reviewer, project))
    for count in (2, 1):
        reading = TouchedReading(marked.article, marked, reviewer, sight, False, [at(1)])
        with CaptureQueriesContext(connection) as asked:
            assert reading.marks.pieces
        assert len(asked) == count
        read_passage(marked, *at(1))


def test_a_discarded_place_is_off_and_the_claims_other_places_are_not(reviewer, project, marked):
    sight = sight_for_role(reviewer, role_of(reviewer, project))
    marks = Reading(marked.article, marked, reviewer, sight, True).marks
    one = Mention.objects.filter(discarded_at__isnull=False, claim__discarded_at=None).get()
    number = str(one.claim.number)
    assert marks.discarded >= {(*at(0, 15, 25), number)}
    assert (*at(2), number) not in marks.discarded
