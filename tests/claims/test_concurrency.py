"""Several people at once, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from annotations.articles.services import version_add
from annotations.claims.permissions import check_edit_claim
from annotations.claims.placements.models import MentionPlacement
from annotations.claims.placements.placing import mentions_place
from annotations.claims.placements.services import placement_confirm, placement_mark_gone
from annotations.claims.services import claim_create, claim_discard, claim_update
from annotations.lib.errors import Conflict, StaleVersion
from annotations.models import Claim, Review, Source, SourceAlias
from annotations.moderation.services import row_lock
from annotations.sources.services import source_get_or_create
from annotations.verification.services import review_save
from tests.material import make_article
from tests.placing import CHANGES, NEW, OLD, SENTENCES, make_placed, mark, placement_of

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Start all at the same moment; return what each returned or raised."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        try:
            start.wait(10)
            return work()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_numbers_are_handed_out_once_and_without_gaps(project, reviewer):
    def work() -> Claim:
        return claim_create(actor=reviewer, project=project, text="Claim")

    made = at_once(*[work] * 8)
    assert sorted(claim.number for claim in made) == list(range(1, 9))


def test_one_name_typed_by_several_people_makes_one_source(project, reviewer, second_reviewer):
    def work(actor, name):
        return lambda: source_get_or_create(actor=actor, project=project, name=name)

    found = at_once(
        work(reviewer, "CNN"),
        work(second_reviewer, "cnn"),
        work(reviewer, " Cnn "),
        work(second_reviewer, "CNN"),
    )
    assert len({source.pk for source in found}) == 1
    assert Source.objects.count() == SourceAlias.objects.count() == 1


def test_a_lock_that_comes_between_the_check_and_the_change_wins(project, reviewer, moderator):
    checked = claim_create(actor=reviewer, project=project, text="Claim")
    check_edit_claim(reviewer, checked)
    row_lock(actor=moderator, row=Claim.objects.get(pk=checked.pk), reason="Under dispute")
    for change in (
        lambda: claim_update(actor=reviewer, claim=checked, revision=2, text="Another"),
        lambda: claim_discard(actor=reviewer, claim=checked),
    ):
        with pytest.raises(Conflict):
            change()
    stored = Claim.objects.get(pk=checked.pk)
    assert (stored.text, stored.discarded_at) == ("Claim", None)


def test_of_two_saves_of_one_revision_one_wins_and_the_other_is_told(
    project, reviewer, second_reviewer
):
    claim = claim_create(actor=reviewer, project=project, text="As it was")

    def work(actor, text):
        return lambda: claim_update(actor=actor, claim=claim, revision=1, text=text)

    answers = at_once(work(reviewer, "Mine"), work(second_reviewer, "Theirs"))
    stale = [one for one in answers if isinstance(one, StaleVersion)]
    saved = [one for one in answers if isinstance(one, Claim)]
    assert len(stale) == len(saved) == 1
    claim.refresh_from_db()
    assert claim.text == saved[0].text == stale[0].current.text
    assert claim.history.count() == 2


def test_a_judgement_never_lands_on_words_it_was_not_made_on(project, reviewer, second_reviewer):
    claim = claim_create(actor=reviewer, project=project, text="As it was")
    at_once(
        lambda: claim_update(actor=reviewer, claim=claim, revision=1, text="Changed"),
        lambda: review_save(
            actor=second_reviewer, claim=claim, label="supported", claim_revision=1
        ),
    )
    for review in Review.objects.select_related("claim"):
        assert review.claim_revision == 1
        assert review.is_stale


@pytest.mark.long
def test_two_workers_place_each_mention_once(project, reviewer):
    article = make_article(project, reviewer, text=OLD)
    for words in SENTENCES:
        mark(reviewer, article, words)
    version, _added = version_add(actor=reviewer, article=article, text=NEW)
    placed = at_once(*[lambda: mentions_place(version_uid=str(version.uid))] * 3)
    assert sorted(placed) == [0, 0, 4]
    assert MentionPlacement.objects.filter(version=version).count() == 4


def test_of_two_decisions_about_one_place_one_wins_and_the_other_is_told(
    project, reviewer, second_reviewer
):
    version = make_placed(project, reviewer)
    placed = placement_of(CHANGES, version)
    answers = at_once(
        lambda: placement_confirm(actor=reviewer, placement=placed, revision=1),
        lambda: placement_mark_gone(actor=second_reviewer, placement=placed, revision=1),
    )
    stale = [one for one in answers if isinstance(one, StaleVersion)]
    (saved,) = [one for one in answers if isinstance(one, MentionPlacement)]
    assert len(stale) == 1
    placed.refresh_from_db()
    assert (placed.state, placed.decided_by) == (saved.state, saved.decided_by)
    assert (placed.revision, stale[0].current.state) == (2, saved.state)
