"""More of everything in a project, for what must not grow with it."""

from annotations.accounts.models import User
from annotations.accounts.roles import Role
from annotations.accounts.tokens import token_create
from annotations.articles.services import version_add
from annotations.claims.hops import HopInput
from annotations.claims.placements.placing import mentions_place
from annotations.comments.services import comment_create
from annotations.lifecycle.event_captures import capture_attach
from annotations.lifecycle.services import assessment_add
from annotations.lifecycle.watches.services import watch_start
from annotations.moderation.redactions.services import redaction_ask
from annotations.notifications.services import follow_start, notify
from annotations.sources.services import alias_add
from annotations.verification.assignments.services import assignments_give
from annotations.verification.evidence.independence import independence_set
from annotations.verification.evidence.links import evidence_attach
from tests.factories import make_invitation, make_member, make_user
from tests.material import (
    make_article,
    make_capture,
    make_check,
    make_claim,
    make_event,
    make_evidence,
    make_flag,
    make_guideline,
    make_review,
    make_scale,
    make_source,
    make_statement,
)
from tests.matrix.rows import Rows, make_handed_in, make_ruled
from tests.ruling import supersede


def add_more(rows: Rows, count: int) -> None:
    """Add `count` further rows of every kind to the project, all connected as the first ones.

    The first article gets three further mentions each time.
    """
    author, project = rows.claim.created_by, rows.project
    admin = rows.redaction.created_by
    admin = User.objects.get(memberships__project=project, memberships__role=Role.ADMIN)
    for n in range(count):
        source = make_source(project, author, f"Speaker {n}")
        statement = make_statement(project, author, source_name=source.name)
        article = make_article(project, author, title=f"Article {n}", outlet_name=f"Paper {n}")
        hop = HopInput(source=source, statement=statement)
        for place in (article, *[rows.article] * 3):
            claim = make_claim(project, author, article=place, hops=[hop])
            evidence_attach(actor=author, claim=claim, evidence=rows.evidence, stance="mixed")
            notify(project=project, recipients=[author], kind="merged", actor=None, target=claim)
            follow_start(actor=author, project=project, target=claim)
            make_review(claim, author, evidence=[claim.evidence_links.get()])
        assignments_give(
            actor=author, project=project, assignee=author, subjects=[article, rows.claim]
        )
        piece = make_evidence(project, author, claim=rows.claim, source=source)
        make_capture(project, author, url=rows.article.url)
        said = make_capture(project, author, url=rows.statement.url)
        capture_attach(actor=author, event=rows.event, capture=said)
        make_capture(project, author, url=rows.statement.url)
        comment_create(actor=author, claim=rows.claim, text=f"Comment {n}")
        comment_create(actor=author, claim=rows.claim, text=f"Reply {n}", thread=rows.comment)
        independence_set(actor=author, evidence=rows.evidence, others={piece: True})
        make_ruled(project, author, rows.second, rows.chair)
        supersede(rows.verdict.claim, rows.second)
        make_handed_in(project, author, rows.round.created_by, title=f"Marked {n}")
        event = make_event(statement, author, reported_by_name=f"Reporter {n}")
        make_event(rows.statement, author, reported_by_name=f"Reporter {n}")
        for one in (event, rows.event):
            assessment_add(actor=author, event=one, standing="reported", reason="Still so.")
        version_add(actor=author, article=rows.article, text=f"Text {n}", origin="paste")
        make_claim(project, author, text=f"Claim {n}, at first", article=rows.placed_article)
        alias_add(actor=author, source=rows.source, name=f"Rescuers {n}")
        watched = make_statement(project, author, url=f"https://watched.example/{n}")
        make_check(watch_start(actor=author, subject=watched)[0])
        make_check(rows.watch)
        make_claim(project, author, text=f"Rests {n}", statement=rows.watched)
        make_member(project, make_user(f"member {n} of {project.slug}"), Role.REVIEWER)
        make_invitation(project, by=author, email=f"guest{n}@example.org")
        redaction_ask(
            actor=admin, project=project, words="Nobody", ground="other", reference=f"Order {n}"
        )
        token_create(actor=author, user=author, name=f"script {n}")
        make_flag(claim, author)
        make_scale(project, admin)
        make_guideline(project, admin, text=f"{n} sources.")
    mentions_place(version_uid=str(rows.later.uid))
