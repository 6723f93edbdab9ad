"""A desk with one of everything, committed, because an export reads on a connection of its own."""

from dataclasses import dataclass

import msgspec
import pytest

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.claims.hops import HopInput
from annotations.claims.models import Claim
from annotations.claims.services import claim_create, claim_discard
from annotations.comments.services import comment_create, thread_resolve
from annotations.exchange.formats.native import NativeDocument, NativeFormat
from annotations.exchange.services import export_open
from annotations.lifecycle.models import LifecycleEvent
from annotations.moderation.services import row_hide
from annotations.projects.models import Project
from annotations.sources.models import Source
from annotations.statements.models import Statement
from annotations.verification.evidence.independence import independence_set
from annotations.verification.evidence.links import evidence_attach
from tests import material

WORDS = "👨‍👩‍👧 more than 2,000 civilians"
TEXT = (
    f"Tolls differ\n\nThe service said {WORDS} were killed, CNN reports.\nA spokesman said 498.\n"
)


@dataclass
class Scene:
    """What stands in the desk, by what is special about it."""

    project: Project
    article: Article
    claim: Claim
    discarded: Claim
    hidden: Claim
    hidden_article: Article
    in_hidden_article: Claim
    hidden_source: Source
    statement: Statement
    confidential: Statement
    event: LifecycleEvent
    confidential_event: LifecycleEvent


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def make_claim(project, actor, article, *words: str, **fields) -> Claim:
    """A claim of words of TEXT."""
    return claim_create(
        actor=actor,
        project=project,
        version=article.versions.get(),
        ranges=[place(each) for each in words],
        **fields,
    )


@pytest.fixture
def scene(project, reviewer, second_reviewer, moderator) -> Scene:
    """One claim that is plain, and one for each thing that can be withheld."""
    article = material.make_article(project, reviewer, text=TEXT, outlet_name="CNN")
    statement = material.make_statement(
        project, reviewer, source_name="State Emergency Service", said_on="2022-03-02"
    )
    clerk = material.make_source(project, reviewer, "A clerk")
    confidential = material.make_statement(
        project, reviewer, source=clerk, channel="SECRET phone call", confidential=True
    )
    chain = [
        HopInput(
            source_name="State Emergency Service",
            statement=statement,
            quote_type="mixed",
            cue_ranges=[place("said")],
            source_ranges=[place("The service")],
        ),
        HopInput(source_name="CNN"),
    ]
    claim = make_claim(
        project, reviewer, article, WORDS, "were killed", text="=2,000 killed", hops=chain
    )
    hidden_source = material.make_source(project, reviewer, "SECRET informant")
    whispered = HopInput(
        source=hidden_source, role_at_time="SECRET role", source_ranges=[place("A spokesman")]
    )
    make_claim(project, reviewer, article, "498", text="498 it was", hops=[whispered])
    told = HopInput(source_name="Ministry", statement=confidential)
    make_claim(project, reviewer, article, "spokesman said 498", text="told", hops=[told])
    discarded = make_claim(project, reviewer, article, "differ", text="They differ")
    claim_discard(actor=reviewer, claim=discarded, reason="not a claim")
    hidden = make_claim(project, reviewer, article, "CNN reports", text="SECRET libel")
    row_hide(actor=moderator, row=hidden, reason="libel")
    hidden_article = material.make_article(project, reviewer, text=f"SECRET {TEXT}", title="Leak")
    in_hidden_article = claim_create(
        actor=reviewer,
        project=project,
        text="Also elsewhere",
        version=hidden_article.versions.get(),
        ranges=[(0, 6)],
    )
    row_hide(actor=moderator, row=hidden_article, reason="leaked")
    row_hide(actor=moderator, row=hidden_source, reason="source protection")
    _gather_evidence(claim, hidden, reviewer, moderator, hidden_source)
    material.make_review(claim, reviewer, "refuted", justification="REVIEW of the first")
    event = material.make_event(statement, reviewer, noticed="2022-03-02")
    confidential_event = material.make_event(
        confidential, reviewer, note="SECRET note", reported_by_name="CNN"
    )
    return Scene(
        project, article, claim, discarded, hidden, hidden_article, in_hidden_article,
        hidden_source, statement, confidential, event, confidential_event,
    )  # fmt: skip


def _gather_evidence(claim, hidden, reviewer, moderator, hidden_source) -> None:
    """A plain piece, one of a hidden source, one that is hidden, and one that is confidential."""
    project = claim.project
    plain = material.make_evidence(project, reviewer, claim=claim, question="Plain piece?")
    evidence_attach(actor=reviewer, claim=hidden, evidence=plain, stance="mixed")
    named = material.make_evidence(
        project, reviewer, claim=claim, question="Whose?", source=hidden_source, file=None
    )
    secret = material.make_evidence(project, reviewer, claim=claim, question="SECRET libel piece")
    private = material.make_evidence(
        project, reviewer, claim=claim, question="SECRET phone call", confidential=True, file=None
    )
    others = {named: True, secret: False, private: True}
    independence_set(actor=reviewer, evidence=plain, others=others)
    row_hide(actor=moderator, row=secret, reason="libel")
    open_one = comment_create(actor=reviewer, claim=claim, text="Whose count?")
    comment_create(actor=reviewer, claim=claim, text="SECRET note", confidential=True)
    comment_create(actor=reviewer, claim=hidden, text="SECRET libel remark")
    thread_resolve(actor=moderator, comment=open_one)


def export(
    project: Project, viewer: User | None = None, name: str = "json", *, history: bool = False
) -> bytes:
    """The bytes of one export."""
    made = export_open(
        actor=viewer, project=project, format=name, with_history=history, seen_by=viewer
    )
    return b"".join(made.content)


def native(project: Project, viewer: User | None = None, **options) -> NativeDocument:
    """One native export, read again."""
    return msgspec.json.decode(export(project, viewer, **options), type=NativeDocument)


__all__ = ["NativeFormat", "Scene", "export", "native", "scene"]
