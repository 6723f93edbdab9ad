"""Two projects with one of everything, and the desk's addresses."""

from dataclasses import dataclass, field

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.text import slugify

from annotations.accounts.tokens import token_create
from annotations.claims.placements.models import MentionPlacement
from annotations.comments.services import comment_create
from annotations.lifecycle.models import LookAgain
from annotations.lifecycle.watches.services import watch_start
from annotations.moderation.flags import flag_raise
from annotations.moderation.redactions.services import redaction_ask
from annotations.projects.models import Membership
from annotations.verification.assignments.services import assignments_give
from tests.factories import make_invitation, make_user
from tests.material import (
    make_article,
    make_capture,
    make_claim,
    make_event,
    make_evidence,
    make_guideline,
    make_review,
    make_scale,
    make_source,
    make_statement,
)
from tests.placing import add_version
from tests.ruling import adjudicate, agree, publish

PAGES = sorted(model._meta.model_name for model in admin.site._registry)
OPERATORS_ONLY = {"user", "apitoken"}
ADMINS_ONLY = {"invitation", "redaction"}


def list_url(name: str) -> str:
    return reverse(f"admin:annotations_{name}_changelist")


def row_url(row, page: str = "change") -> str:
    name = row._meta.model_name
    return reverse(f"admin:annotations_{name}_{page}", args=[row.pk])


@dataclass
class Desk:
    """One of everything, by model name."""

    rows: dict = field(default_factory=dict)

    def __getitem__(self, name):
        return self.rows[name]


def one_of_everything(project, author, admin_user, word):
    article = make_article(project, author, title=f"{word} article", outlet_name=f"{word} outlet")
    claim = make_claim(project, author, text=f"{word} claim", article=article)
    statement = make_statement(project, author, text=f"{word} statement", channel=word)
    evidence = make_evidence(project, author, claim=claim, question=f"{word} evidence", file=None)
    review = make_review(claim, author, justification=f"{word} justification")
    # Of whom nobody is a member: what is decided here is shown, not who may.
    second, chair = make_user(f"{word} second"), make_user(f"{word} chair")
    agree(claim, second, label="refuted")
    adjudication = adjudicate(claim, chair)
    verdict = publish(claim, second)
    event = make_event(statement, author, note=f"{word} note")
    address = f"https://{slugify(word)}.example/"
    again = LookAgain(project=project, event=event, claim=claim, verdict=verdict, created_by=author)
    again.save()
    watched = make_statement(project, author, channel="Watched", url=address)
    add_version(author, article, f"{word} later text")
    return Desk(
        {
            "lookagain": again,
            "watch": watch_start(actor=author, subject=watched)[0],
            "capture": make_capture(project, author, url=address),
            "mentionplacement": MentionPlacement.objects.get(mention__claim=claim),
            "article": article,
            "claim": claim,
            "statement": statement,
            "lifecycleevent": event,
            "source": make_source(project, author, f"{word} source"),
            "evidence": evidence,
            "review": review,
            "adjudication": adjudication,
            "verdict": verdict,
            "comment": comment_create(actor=author, claim=claim, text=f"{word} comment"),
            "ratingscale": make_scale(project, admin_user, name=f"{word} scale"),
            "guideline": make_guideline(project, admin_user, text=f"{word} guidelines"),
            "assignment": assignments_give(
                actor=admin_user, project=project, assignee=author, subjects=[article]
            ).made[0],
            "project": project,
            "membership": Membership.objects.get(project=project, user=author),
            "invitation": make_invitation(project, by=admin_user, email=f"{word}@example.net")[0],
            "flag": flag_raise(
                actor=author,
                project=project,
                kind="claim",
                target=claim.uid,
                reason="wrong",
                words=f"{word} flag",
            )[0],
            "redaction": redaction_ask(
                actor=admin_user,
                project=project,
                words="Somebody",
                ground="other",
                reference=f"{word} order",
            ),
            "user": author,
            "apitoken": token_create(actor=author, user=author, name=f"{word} token")[0],
        }
    )


@pytest.fixture
def mine(project, reviewer, admin):
    """The rows of the project that the named actors belong to."""
    return one_of_everything(project, reviewer, admin, "Mine")


@pytest.fixture
def theirs(other_project, outsider):
    """The rows of a project that none of the named members belongs to."""
    return one_of_everything(other_project, outsider, outsider, "Theirs")


@pytest.fixture
def choose():
    """POST data of an action on rows: `choose("hide_rows", row)`."""

    def data(action, *rows, **more):
        return {"action": action, "_selected_action": [row.pk for row in rows], **more}

    return data
