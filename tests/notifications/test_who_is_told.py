"""Who is told of what others do: of work, judgements, verdicts, flags, merges; and who is not."""

from contextlib import suppress
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from annotations.accounts.models import User
from annotations.inbox.shown import name_targets, notifications_shown
from annotations.lib.errors import DomainError
from annotations.models import Assignment, Notification, Project
from annotations.moderation.flags import flag_accept, flag_dismiss
from annotations.moderation.merge_claims import claim_merge
from annotations.moderation.merge_sources import source_merge
from annotations.moderation.people import person_deactivate
from annotations.moderation.redactions.running import redaction_look, redaction_run
from annotations.moderation.redactions.services import (
    person_redaction_ask,
    redaction_ask,
    redaction_cancel,
    redaction_confirm,
)
from annotations.verification.assignments.queue import queue_next
from annotations.verification.assignments.services import (
    assignment_hand_back,
    assignment_send_back,
    assignments_give,
    assignments_reassign,
    assignments_withdraw,
)
from annotations.verification.assignments.telling import overdue_tell
from annotations.verification.rounds.services import (
    round_call_off,
    round_hand_in,
    round_open,
    round_withdraw_person,
)
from annotations.verification.services import review_discard, review_restore
from annotations.verification.standards.services import scale_choose
from annotations.verification.verdicts.services import claim_reopen, verdict_rescind
from tests.factories import make_project, make_user
from tests.material import (
    make_article,
    make_claim,
    make_flag,
    make_guideline,
    make_review,
    make_scale,
    make_source,
)
from tests.matrix.scene import undone
from tests.ruling import (
    adjudicate,
    agree,
    dispute,
    make_checked,
    make_people,
    now,
    publish,
    supersede,
)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A blind project that needs two reviews; `author` has made a claim with evidence."""
    with django_db_blocker.unblock(), undone():
        project = make_project("Desk", slug="desk", reviews_needed=2, blind=True)
        one, two, author = make_people(project, "reviewer", "one", "two", "author")
        yield SimpleNamespace(
            project=project,
            reader=make_people(project, "reader", "reader")[0],
            one=one,
            two=two,
            author=author,
            moderator=make_people(project, "moderator", "moderator")[0],
            admin=make_people(project, "admin", "admin")[0],
            operator=make_user("operator", is_superuser=True),
            claim=make_checked(project, author),
        )


@pytest.fixture
def desk(made):
    """The same, as if nothing had happened there."""
    with undone():
        yield made


def told(desk):
    """Who is told what, by their names on the desk."""
    names = {one.pk: name for name, one in vars(desk).items() if isinstance(one, User)}
    rows = Notification.objects.values_list("recipient_id", "kind")
    return {f"{names[who]} {kind}" for who, kind in rows}


def give(desk, *claims, to=None, **fields):
    return assignments_give(
        actor=desk.moderator,
        project=desk.project,
        assignee=to or desk.one,
        subjects=claims or [desk.claim],
        **fields,
    )


def given(desk):
    return give(desk).made[0]


def in_round(desk):
    article = make_article(desk.project, desk.admin)
    return round_open(actor=desk.moderator, article=article, people=[desk.one, desk.two])


def handed_in_by_one(desk):
    return round_hand_in(actor=desk.one, found=in_round(desk))


def judged(desk):
    work = given(desk)
    make_review(desk.claim, desk.one)
    work.refresh_from_db()
    return work


def need(desk, reviews):
    Project.objects.filter(pk=desk.project.pk).update(reviews_needed=reviews)


def disputed(desk, reviews=2):
    need(desk, reviews)
    dispute(desk.claim, desk.one, desk.two)


def published(desk):
    agree(desk.claim, desk.one, desk.two)
    return publish(desk.claim, desk.moderator)


def flagged(desk):
    return make_flag(desk.claim, desk.reader)


def older(desk):
    make_guideline(desk.project, desk.admin, "Two sources.")
    make_review(now(desk.claim), desk.one)


def late(desk):
    work = given(desk)
    Assignment.objects.filter(pk=work.pk).update(due=date(2026, 5, 1))


def confirmed(desk):
    asked = redaction_ask(actor=desk.admin, project=desk.project, words="civilians", **ORDER)
    redaction_look(uid=str(asked.uid))
    asked.refresh_from_db()
    return redaction_confirm(actor=desk.operator, redaction=asked, revision=asked.revision)


ORDER = {"ground": "court_order", "reference": "Court of Somewhere, 12/2026"}
MODERATORS = {"moderator to_decide", "admin to_decide"}


# What there is, what somebody does, and who is told what of that.
CASES = {
    "work is given": (None, lambda d, _: give(d), {"one assigned"}),
    "several things are given": (
        None,
        lambda d, _: give(d, d.claim, make_claim(d.project, d.author)),
        {"one assigned"},
    ),
    "a moderator gives themselves work": (None, lambda d, _: give(d, to=d.moderator), set()),
    "work is handed back": (
        given,
        lambda d, work: assignment_hand_back(actor=d.one, assignment=work, reason="Not mine."),
        {"moderator handed_back"},
    ),
    "work from the queue is handed back": (
        lambda d: queue_next(actor=d.one, project=d.project),
        lambda d, work: assignment_hand_back(actor=d.one, assignment=work, reason="Not mine."),
        set(),
    ),
    "work is sent back": (
        judged,
        lambda d, work: assignment_send_back(actor=d.admin, assignment=work, note="Why?"),
        {"one sent_back"},
    ),
    "work is withdrawn": (
        given,
        lambda d, work: assignments_withdraw(actor=d.admin, assignments=[work], reason="Done."),
        {"one reassigned"},
    ),
    "work goes to another": (
        given,
        lambda d, work: assignments_reassign(
            actor=d.admin, assignments=[work], assignee=d.two, reason="Away."
        ),
        {"one reassigned", "two assigned"},
    ),
    "somebody with work is deactivated": (
        given,
        lambda d, _: person_deactivate(
            actor=d.operator, user=User.objects.get(pk=d.one.pk), reason="Left."
        ),
        {"moderator handed_back"},
    ),
    "work is overdue": (late, lambda d, _: overdue_tell(), {"one overdue"}),
    "a round is opened": (
        lambda d: make_article(d.project, d.admin),
        lambda d, text: round_open(actor=d.moderator, article=text, people=[d.one, d.two, d.admin]),
        {"one assigned", "two assigned", "admin assigned"},
    ),
    "the first hands in": (in_round, lambda d, r: round_hand_in(actor=d.one, found=r), set()),
    "the last hands in": (
        handed_in_by_one,
        lambda d, r: round_hand_in(actor=d.two, found=r),
        {"moderator handed_in"},
    ),
    "a round is called off": (
        handed_in_by_one,
        lambda d, r: round_call_off(actor=d.admin, found=r, reason="Too long."),
        {"two reassigned"},
    ),
    "who takes part in a round is taken out": (
        lambda d: round_open(
            actor=d.moderator,
            article=make_article(d.project, d.admin),
            people=[d.one, d.two, d.author],
        ),
        lambda d, r: round_withdraw_person(actor=d.admin, found=r, person=d.author),
        {"author reassigned"},
    ),
    "the first judges": (None, lambda d, _: make_review(d.claim, d.one), set()),
    "the second agrees": (
        lambda d: make_review(d.claim, d.one),
        lambda d, _: make_review(d.claim, d.two),
        MODERATORS,
    ),
    "the second differs": (
        lambda d: make_review(d.claim, d.one),
        lambda d, _: make_review(d.claim, d.two, "refuted"),
        MODERATORS,
    ),
    "the second differs while more are needed": (
        lambda d: (need(d, 3), make_review(now(d.claim), d.one)),
        lambda d, _: make_review(now(d.claim), d.two, "refuted"),
        MODERATORS,
    ),
    "the second differs from a moderator": (
        lambda d: make_review(d.claim, d.admin),
        lambda d, _: make_review(d.claim, d.two, "refuted"),
        {"moderator to_decide"},
    ),
    "a third agrees with those who agree": (
        lambda d: agree(d.claim, d.one, d.two),
        lambda d, _: make_review(d.claim, d.author),
        set(),
    ),
    "one who differed takes it back": (
        lambda d: (agree(d.claim, d.one, d.two), make_review(d.claim, d.admin, "refuted"))[1],
        lambda d, review: review_discard(actor=d.admin, review=review),
        {"moderator to_decide"},
    ),
    "who differs lets it stand again": (
        lambda d: review_discard(
            actor=d.two,
            review=(make_review(d.claim, d.one), make_review(d.claim, d.two, "refuted"))[1],
        ),
        lambda d, review: review_restore(actor=d.two, review=review),
        MODERATORS,
    ),
    "the only review needed comes with the claim": (
        lambda d: need(d, 1),
        lambda d, _: make_review(now(d.claim), d.one),
        MODERATORS,
    ),
    "a dispute is adjudicated": (
        disputed,
        lambda d, _: adjudicate(d.claim, d.moderator),
        {"one adjudicated", "two adjudicated"},
    ),
    "a dispute nobody may know of is adjudicated": (
        lambda d: disputed(d, 3),
        lambda d, _: adjudicate(d.claim, d.moderator),
        set(),
    ),
    "reviews are published": (
        lambda d: agree(d.claim, d.one, d.two),
        lambda d, _: publish(d.claim, d.moderator),
        {"author verdict_published", "one verdict_published", "two verdict_published"},
    ),
    "an adjudication is published": (
        lambda d: (disputed(d), adjudicate(d.claim, d.moderator)),
        lambda d, _: publish(d.claim, d.admin),
        {f"{who} verdict_published" for who in ("author", "one", "two", "moderator")},
    ),
    "a verdict is superseded": (
        published,
        lambda d, _: supersede(d.claim, d.admin),
        {f"{who} verdict_changed" for who in ("author", "one", "two")},
    ),
    "a verdict is rescinded": (
        published,
        lambda d, verdict: verdict_rescind(actor=d.admin, verdict=verdict, correction_note="No."),
        {f"{who} verdict_changed" for who in ("author", "one", "two")},
    ),
    "a claim is reopened": (
        lambda d: (published(d), make_review(now(d.claim), d.admin, "refuted")),
        lambda d, _: claim_reopen(actor=d.moderator, claim=now(d.claim), reason="New words."),
        {f"{who} verdict_changed" for who in ("author", "one", "two", "admin")},
    ),
    "something is flagged": (
        None,
        lambda d, _: make_flag(d.claim, d.reader),
        {"moderator flagged", "admin flagged"},
    ),
    "a flag is accepted": (
        flagged,
        lambda d, flag: flag_accept(actor=d.admin, flag=flag, outcome="hide", reason="A name."),
        {"reader flag_decided", "author hidden"},
    ),
    "one's own flag is dismissed": (
        lambda d: make_flag(d.claim, d.admin),
        lambda d, flag: flag_dismiss(actor=d.admin, flag=flag, reason="Mine."),
        set(),
    ),
    "a claim is merged": (
        lambda d: (given(d), make_claim(d.project, d.two))[1],
        lambda d, into: claim_merge(
            actor=d.admin, claim=now(d.claim), into=into, reason="The same."
        ),
        {"author merged", "one reassigned"},
    ),
    "a source is merged": (
        lambda d: (make_source(d.project, d.one, "CNN"), make_source(d.project, d.two, "The CNN")),
        lambda d, two: source_merge(actor=d.admin, source=two[0], into=two[1], reason="The same."),
        {"one merged"},
    ),
    "an admin asks for a redaction": (
        lambda d: redaction_ask(actor=d.admin, project=d.project, words="civilians", **ORDER),
        lambda d, it: redaction_look(uid=str(it.uid)),
        {"operator redaction_asked"},
    ),
    "an operator asks for a redaction": (
        lambda d: redaction_ask(actor=d.operator, project=d.project, words="civilians", **ORDER),
        lambda d, it: redaction_look(uid=str(it.uid)),
        {"admin redaction_asked"},
    ),
    "an operator asks for somebody to be pseudonymised": (
        lambda d: person_redaction_ask(actor=d.operator, person=d.one, **ORDER),
        lambda d, it: redaction_look(uid=str(it.uid)),
        {"admin redaction_asked"},
    ),
    "what is to be redacted is nowhere": (
        lambda d: redaction_ask(actor=d.admin, project=d.project, words="wombat", **ORDER),
        lambda d, it: redaction_look(uid=str(it.uid)),
        {"admin redaction_changed"},
    ),
    "a redaction is cancelled": (
        lambda d: redaction_ask(actor=d.admin, project=d.project, words="civilians", **ORDER),
        lambda d, it: redaction_cancel(actor=d.operator, redaction=it, reason="Mistaken."),
        {"admin redaction_changed"},
    ),
    "a redaction is done": (
        confirmed,
        lambda d, it: redaction_run(uid=str(it.uid)),
        {"admin redaction_changed", "operator redaction_changed"},
    ),
    "a redaction has to be looked at again": (
        lambda d: (confirmed(d), make_claim(d.project, d.author))[0],
        lambda d, it: redaction_run(uid=str(it.uid)),
        {"admin redaction_changed", "operator redaction_changed"},
    ),
    "guidelines change": (
        older,
        lambda d, _: make_guideline(d.project, d.admin, "Three sources."),
        {"one guideline_changed"},
    ),
    "a rating scale comes to hold": (
        older,
        lambda d, _: make_scale(d.project, d.admin),
        {"one guideline_changed"},
    ),
    "no rating scale holds any more": (
        lambda d: (make_scale(d.project, d.admin), make_review(now(d.claim), d.one)),
        lambda d, _: scale_choose(actor=d.admin, project=d.project, scale=None),
        set(),
    ),
}
# Each is another deed when it is done again.
ANEW = {
    "several things are given",
    "a dispute is adjudicated",
    "a verdict is superseded",
    "a rating scale comes to hold",
}


@pytest.mark.parametrize("case", CASES)
def test_those_whom_it_concerns_are_told_once_and_nobody_else(desk, case):
    before, deed, expected = CASES[case]
    there = before and before(desk)
    Notification.objects.all().delete()
    deed(desk, there)
    assert told(desk) == expected
    if case not in ANEW:
        with suppress(DomainError):
            deed(desk, there)
    assert set(Notification.objects.values_list("times", flat=True)) <= {1}
    assert told(desk) == expected
    # Whoever is told may read it, and is led to a page.
    for row in Notification.objects.exclude(kind="hidden"):
        shown = notifications_shown(row.recipient).get(pk=row.pk)
        assert name_targets([shown], row.recipient)[row.target_uid].path.startswith("/")


def test_who_moderates_no_longer_is_not_shown_what_moderators_were_told(desk):
    disputed(desk)
    make_flag(desk.claim, desk.reader)
    assert notifications_shown(desk.moderator).count() == 2
    desk.project.memberships.filter(user=desk.moderator).update(role="reviewer")
    assert notifications_shown(desk.moderator).count() == 0


def test_overdue_work_is_told_of_once_and_anew_when_more_becomes_overdue(desk):
    today = date(2026, 5, 10)
    give(desk, due=today - timedelta(days=1))
    give(desk, make_claim(desk.project, desk.author), due=today - timedelta(days=3))
    Notification.objects.all().delete()
    overdue_tell(today=today)
    told_once = Notification.objects.get()
    assert (told_once.kind, told_once.target_kind, told_once.times) == ("overdue", "project", 1)
    give(desk, make_claim(desk.project, desk.author), due=date.today())
    overdue_tell(today=today)
    assert Notification.objects.filter(kind="overdue").get().times == 1
    overdue_tell(today=date.today() + timedelta(days=1))
    assert Notification.objects.filter(kind="overdue").get().times == 2
