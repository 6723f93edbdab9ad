"""A new version places every kept mention of the versions before it."""

import pytest
from django.db import IntegrityError, transaction

from annotations.accounts.models import User
from annotations.articles.services import version_add
from annotations.claims.models import Claim
from annotations.claims.placements import placing
from annotations.claims.placements.models import MentionPlacement
from annotations.claims.placements.placing import mentions_place, mentions_place_waiting
from annotations.claims.placements.services import placement_confirm, placement_mark_gone
from annotations.claims.services import claim_discard, mention_add, mention_discard, mention_update
from annotations.spans.models import Span
from annotations.spans.services import span_create
from annotations.verification.rounds.services import round_open
from tests.marking import claim_fields, hop_fields
from tests.material import make_article
from tests.placing import (
    CHANGES,
    GOES,
    MOVES,
    NEW,
    OLD,
    SENTENCES,
    STAYS,
    add_version,
    make_placed,
    mark,
    mention_of,
    placement_of,
    words_of,
)
from tests.proofs import at_once, at_the_end

pytestmark = pytest.mark.django_db
NEWER = f"Corrected at noon.\n\n{NEW}"


def states(version):
    rows = MentionPlacement.objects.filter(version=version).order_by("mention__claim__number")
    return list(rows.values_list("state", "why"))


def test_each_mention_is_the_same_moved_for_a_person_or_gone(project, reviewer):
    version = make_placed(project, reviewer)
    at_the_end()
    assert states(version) == [
        ("same", "identical"),
        ("moved", "identical"),
        ("needs_review", "sentence_changed"),
        ("orphaned", "not_found"),
    ]
    assert words_of(placement_of(MOVES, version).span) == [MOVES]
    assert words_of(placement_of(CHANGES, version).proposed) == [
        "The council confirmed that it had been warned"
    ]
    assert placement_of(CHANGES, version).span is None
    made = placement_of(MOVES, version)
    assert made.created_by == User.objects.system()
    assert made.history.get().pgh_context["action"] == "mention.place"


def test_a_new_version_queues_the_placing(project, reviewer, django_capture_on_commit_callbacks):
    article = make_article(project, reviewer, text=OLD)
    mark(reviewer, article, STAYS)
    queued = []
    with pytest.MonkeyPatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr(
            "annotations.articles.services.enqueue", lambda *name, **one: queued.append((name, one))
        )
        version, _added = version_add(actor=reviewer, article=article, text=NEW)
        version_add(actor=reviewer, article=article, text=NEW)
    assert queued == [((placing.JOB,), {"version_uid": str(version.uid)})]


def test_placing_again_changes_nothing(project, reviewer):
    version = make_placed(project, reviewer)
    before = list(MentionPlacement.objects.order_by("pk").values())
    spans = Span.objects.count()
    assert mentions_place(version_uid=str(version.uid)) == 0
    assert list(MentionPlacement.objects.order_by("pk").values()) == before
    assert Span.objects.count() == spans


def test_a_worker_killed_in_the_middle_leaves_nothing_half_done(project, reviewer, monkeypatch):
    article = make_article(project, reviewer, text=OLD)
    for words in SENTENCES:
        mark(reviewer, article, words)
    version, _added = version_add(actor=reviewer, article=article, text=NEW)
    spans = Span.objects.count()

    def killed(*_anything):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(placing, "_store", killed)
        with pytest.raises(SystemExit):
            mentions_place(version_uid=str(version.uid))
    assert MentionPlacement.objects.count() == 0
    assert Span.objects.count() == spans
    assert mentions_place(version_uid=str(version.uid)) == 4


def test_what_waits_is_found_without_the_job_that_was_lost(project, reviewer, monkeypatch):
    version = make_placed(project, reviewer)
    queued = []
    monkeypatch.setattr(placing, "enqueue", lambda name, **one: queued.append(one["version_uid"]))
    mentions_place_waiting()
    assert queued == []
    later, _added = version_add(actor=reviewer, article=version.article, text=NEWER)
    mentions_place_waiting()
    assert queued == [str(later.uid)]


def test_a_mention_made_in_an_older_version_is_placed_too(project, reviewer):
    version = make_placed(project, reviewer)
    claim = mark(reviewer, version.article, "closed on Monday")
    assert mentions_place(version_uid=str(version.uid)) == 1
    assert claim.mentions.get().placements.get().state == "same"


def test_marking_in_an_older_version_queues_it(
    client_for, reviewer, project, monkeypatch, django_capture_on_commit_callbacks
):
    version = make_placed(project, reviewer)
    first = version.article.versions.get(number=1)
    queued = []
    monkeypatch.setattr(
        "annotations.claims.services.enqueue", lambda name, **one: queued.append((name, one))
    )
    for one in (first, version):
        fields = claim_fields(one, "closed on Monday") | hop_fields({"source_name": "The mayor"})
        fields["key"] = str(one.uid)
        url = f"/p/desk/versions/{one.uid}/claims/new/"
        assert client_for(reviewer).post(url, fields).status_code == 302
    assert queued == [(placing.JOB, {"version_uid": str(first.uid)})]


def test_a_mention_is_carried_from_version_to_version(project, reviewer):
    second = make_placed(project, reviewer)
    decided = placement_of(CHANGES, second)
    placement_confirm(actor=reviewer, placement=decided, revision=decided.revision)
    third = add_version(reviewer, second.article, NEWER)
    assert [state for state, _why in states(third)] == ["moved", "moved", "moved", "orphaned"]
    carried = placement_of(CHANGES, third)
    assert carried.placed_from == carried.mention.placements.get(version=second).span
    # It was gone from the second, so that it is compared with where it stood last.
    assert placement_of(GOES, third).placed_from == mention_of(GOES).span


def test_words_that_return_are_found_again(project, reviewer):
    second = make_placed(project, reviewer)
    third = add_version(reviewer, second.article, OLD)
    assert {state for state, _why in states(third)} == {"same"}


def test_what_a_person_marked_gone_is_not_asked_about_again(project, reviewer):
    second = make_placed(project, reviewer)
    gone = placement_of(CHANGES, second)
    placement_mark_gone(actor=reviewer, placement=gone, revision=gone.revision)
    third = add_version(reviewer, second.article, NEWER)
    assert (placement_of(CHANGES, third).state, placement_of(CHANGES, third).why) == (
        "orphaned",
        "marked_gone",
    )
    fourth = add_version(reviewer, second.article, OLD)
    assert placement_of(CHANGES, fourth).state == "same"


def test_what_was_decided_late_is_carried_on(project, reviewer):
    second = make_placed(project, reviewer)
    third = add_version(reviewer, second.article, NEWER)
    assert placement_of(CHANGES, third).state == "needs_review"
    decided = placement_of(CHANGES, second)
    placement_confirm(actor=reviewer, placement=decided, revision=decided.revision)
    assert mentions_place(version_uid=str(third.uid)) == 1
    assert placement_of(CHANGES, third).state == "moved"
    assert placement_of(CHANGES, third).revision == 2


def test_a_mention_of_other_words_is_placed_anew_but_for_what_a_person_decided(project, reviewer):
    version = make_placed(project, reviewer)
    decided = placement_of(CHANGES, version)
    placement_confirm(actor=reviewer, placement=decided, revision=decided.revision)
    for words, part in ((MOVES, "42 families"), (CHANGES, "warned")):
        mention = mention_of(words)
        start = OLD.index(part)
        mention_update(
            actor=reviewer,
            mention=mention,
            revision=mention.claim.revision,
            ranges=[(start, start + len(part))],
        )
    assert mentions_place(version_uid=str(version.uid)) == 1
    assert words_of(placement_of(MOVES, version).span) == ["42 families"]
    assert placement_of(CHANGES, version).decided_by == reviewer


def test_what_was_discarded_is_not_placed(project, reviewer):
    article = make_article(project, reviewer, text=OLD)
    claim_discard(actor=reviewer, claim=mark(reviewer, article, STAYS))
    mention_discard(actor=reviewer, mention=mark(reviewer, article, MOVES).mentions.get())
    assert states(add_version(reviewer, article)) == []


def test_a_mention_of_several_ranges_is_placed_whole(project, reviewer):
    article = make_article(project, reviewer, text=OLD)
    version = article.versions.get()
    claim = Claim.objects.get(pk=mark(reviewer, article, STAYS).pk)
    parts = ("42 families", "had left")
    mention_add(
        actor=reviewer,
        claim=claim,
        version=version,
        ranges=[(OLD.index(one), OLD.index(one) + len(one)) for one in parts],
    )
    later = add_version(reviewer, article)
    placed = MentionPlacement.objects.filter(version=later).order_by("-pk")[0]
    assert words_of(placed.span) == list(parts)


def test_the_database_refuses_a_place_elsewhere(project, reviewer):
    version = make_placed(project, reviewer)
    placed = placement_of(MOVES, version)
    other = make_article(project, reviewer, text="Another text altogether.\n")
    theirs = span_create(actor=reviewer, version=other.versions.get(), ranges=[(0, 7)])
    born = placed.mention.version_id
    for columns in (
        {"span": theirs},
        {"proposed": theirs},
        {"placed_from": theirs},
        {"version": other.versions.get()},
        {"version_id": born, "span": None, "proposed": None, "state": "orphaned"},
        {"state": "orphaned"},
        {"decided_by": reviewer},
    ):
        with pytest.raises(IntegrityError):
            at_once(lambda columns=columns: update(placed, columns))
    with pytest.raises(IntegrityError), transaction.atomic():
        MentionPlacement.objects.create(
            project=project,
            mention=placed.mention,
            version=version,
            state="orphaned",
            why="not_found",
            placed_from=placed.placed_from,
            created_by=reviewer,
        )


def update(placed, columns):
    MentionPlacement.objects.filter(pk=placed.pk).update(**columns)


def test_an_original_of_a_round_stays_in_its_text(project, reviewer, second_reviewer, moderator):
    article = make_article(project, reviewer, text=OLD)
    mark(reviewer, article, STAYS)
    round_open(actor=moderator, article=article, people=[reviewer, second_reviewer])
    original = mark(reviewer, article, MOVES)
    assert original.round_id is not None
    later = add_version(reviewer, article)
    assert [one.mention.claim.text for one in MentionPlacement.objects.filter(version=later)] == [
        f"Claim: {STAYS}"
    ]
