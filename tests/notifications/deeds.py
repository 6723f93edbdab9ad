"""What there is on a desk, and what people do there."""

from datetime import date

from annotations.models import Assignment, Project
from annotations.moderation.redactions.running import redaction_look
from annotations.moderation.redactions.services import (
    redaction_ask,
    redaction_confirm,
)
from annotations.verification.assignments.services import (
    assignments_give,
)
from annotations.verification.rounds.services import (
    round_hand_in,
    round_open,
)
from tests.material import (
    make_article,
    make_flag,
    make_guideline,
    make_review,
)
from tests.ruling import (
    agree,
    dispute,
    now,
    publish,
)


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
