"""One project with one of everything, the people around it, and another project beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import Client

from annotations.accounts.models import ApiToken, Invitation, User
from annotations.accounts.roles import Role
from annotations.accounts.tokens import token_create
from annotations.articles.models import Article, ArticleUpload, ArticleVersion
from annotations.articles.services import version_add
from annotations.articles.uploads import upload_paste
from annotations.captures.models import Capture
from annotations.claims.hops import HopInput
from annotations.claims.models import Claim, Mention
from annotations.claims.placements.models import MentionPlacement
from annotations.claims.placements.placing import mentions_place
from annotations.claims.rounds import MarkingRound
from annotations.comments.models import Comment
from annotations.comments.services import comment_create
from annotations.exchange.models import ProofBundle
from annotations.lifecycle.event_captures import capture_attach
from annotations.lifecycle.models import EventAssessment, EventCapture, LifecycleEvent, LookAgain
from annotations.lifecycle.services import assessment_add
from annotations.lifecycle.watches.models import Watch, WatchCheck
from annotations.lifecycle.watches.services import watch_start
from annotations.moderation.models import Flag
from annotations.moderation.redactions.models import Redaction
from annotations.moderation.redactions.running import redaction_look
from annotations.moderation.redactions.services import redaction_ask
from annotations.notifications.models import Follow, Notification
from annotations.notifications.services import follow_start, notify
from annotations.projects.models import Membership, Project
from annotations.sources.models import Source, SourceAlias
from annotations.sources.services import alias_add
from annotations.statements.models import Statement
from annotations.verification.assignments.models import Assignment
from annotations.verification.assignments.services import assignments_give
from annotations.verification.evidence.independence import independence_set
from annotations.verification.evidence.links import evidence_attach
from annotations.verification.evidence.models import ClaimEvidence, Evidence
from annotations.verification.models import Review
from annotations.verification.rounds.services import round_hand_in, round_open
from annotations.verification.standards.models import Guideline, RatingScale
from annotations.verification.verdicts.models import Adjudication, Verdict
from tests.factories import PASSWORD, make_invitation, make_member, make_project, make_user
from tests.material import (
    TEXT,
    make_article,
    make_bundle,
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
from tests.quick_client import quick_client
from tests.ruling import adjudicate, dispute, publish, supersede

ACTORS = ("anonymous", "outsider", "reader", "reviewer", "moderator", "admin", "operator")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Rows:
    """One of everything in a project, written by someone who is no column of the matrix."""

    project: Project
    article: Article
    version: ArticleVersion
    # Of the article's address.
    capture: Capture
    source: Source
    alias: SourceAlias
    statement: Statement
    # Another statement, whose page is watched, and what a check of it came to.
    watched: Statement
    watch: Watch
    check: WatchCheck
    claim: Claim
    mention: Mention
    review: Review
    # Another claim, disputed by the author and the second, adjudicated by the chair, published.
    second: User
    chair: User
    ruled: Claim
    adjudication: Adjudication
    verdict: Verdict
    # The verdict, as what its claim rests on was withdrawn.
    look_again: LookAgain
    event: LifecycleEvent
    event_capture: EventCapture
    said_capture: Capture
    assessment: EventAssessment
    # Of the event, asked for by the author, and ready.
    bundle: ProofBundle
    evidence: Evidence
    # On the claim; the other piece is on none.
    link: ClaimEvidence
    other_evidence: Evidence
    comment: Comment
    # Told to, and followed by, the author.
    notification: Notification
    follow: Follow
    # Marked by the author and the admin, who have handed in; their claims are on no other row.
    round: MarkingRound
    original: Claim
    # A claim whose sentence changed in the second version of its article: a person must look.
    placed: Claim
    placed_article: Article
    later: ArticleVersion
    placement: MentionPlacement
    scale: RatingScale
    guideline: Guideline
    upload: ArticleUpload
    assignment: Assignment
    # Waiting for the second person.
    redaction: Redaction
    membership: Membership
    invitation: Invitation
    invitation_secret: str
    # What the source and the claim can be merged into, and the author's flag on the claim.
    other_source: Source
    other_claim: Claim
    flag: Flag
    token: ApiToken
    # Whose account operators manage, and who belongs to no project yet.
    person: User
    stranger: User


@dataclass
class Scene:
    """Everyone, the desk, and the same things elsewhere, where the outsider is admin."""

    people: dict[str, User]
    author: User
    typist: User
    desk: Rows
    elsewhere: Rows
    # Signed-in sessions, by actor.
    cookies: dict[str, str] = field(default_factory=dict)

    def client(self, actor: str) -> Client:
        """A browser signed in as the actor."""
        client = quick_client(headers={"host": "localhost"}, raise_request_exception=False)
        if actor != "anonymous":
            if actor not in self.cookies:
                client.force_login(self.people[actor], backend=BACKEND)
                self.cookies[actor] = client.cookies[settings.SESSION_COOKIE_NAME].value
            client.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[actor]
        return client

    def person(self, actor: str) -> User | AnonymousUser:
        """The actor as views see them."""
        return self.people.get(actor) or AnonymousUser()


def make_scene() -> Scene:
    """Make everything; call inside a transaction."""
    people = {name: make_user(name) for name in ACTORS if name not in ("anonymous", "operator")}
    people["operator"] = make_user("operator", is_superuser=True)
    author = people["author"] = make_user("author")
    desk = make_project("Desk", slug="desk", admin=people["admin"])
    for name in ("reader", "reviewer", "moderator"):
        make_member(desk, people[name], Role(name))
    make_member(desk, author, Role.REVIEWER)
    elsewhere = make_project("Elsewhere", slug="elsewhere", admin=people["outsider"])
    # A second admin, so that the outsider is never the last one there.
    make_member(elsewhere, author, Role.ADMIN)
    scene = Scene(
        people=people,
        author=author,
        typist=make_user("typist", password=PASSWORD),
        desk=make_rows(desk, author, people["admin"]),
        elsewhere=make_rows(elsewhere, author, people["outsider"]),
    )
    for actor in people:
        scene.client(actor)
    return scene


def make_rows(project: Project, author: User, admin: User) -> Rows:
    """One of everything in a project."""
    url = f"https://daily.example/{project.slug}/tolls"
    article = make_article(project, author, outlet_name="Daily", url=url)
    source = make_source(project, author)
    statement = make_statement(
        project, author, source_name=source.name, url="https://gov.example/said"
    )
    hop = HopInput(source=source, statement=statement)
    claim = make_claim(project, author, article=article, hops=[hop])
    make_capture(project, author, url=statement.url)
    event = make_event(statement, author)
    said_capture = make_capture(project, author, url=statement.url, status=404, body=b"")
    statement.refresh_from_db()
    evidence = make_evidence(project, author, claim=claim, source=source)
    other = make_evidence(project, author, question="Who counted?", answer="", url="", file=None)
    second, chair = (make_user(f"{name} of {project.slug}") for name in ("second", "chair"))
    ruled = make_ruled(project, author, second, chair)
    marked, original = make_handed_in(project, author, admin)
    invitation, secret = make_invitation(project, by=admin, email=f"new@{project.slug}.example")
    notify(project=project, recipients=[author], kind="merged", actor=None, target=claim)
    review = make_review(claim, author, evidence=[evidence.claim_links.get()])
    # Held from now on, so that the review was made before.
    scale, guideline = make_scale(project, admin), make_guideline(project, admin)
    project.refresh_from_db()
    comment = comment_create(actor=author, claim=claim, text="Whose count is it?")
    comment_create(actor=author, claim=claim, text="Theirs.", thread=comment)
    return Rows(
        project=project,
        article=article,
        version=article.versions.get(),
        capture=make_capture(project, author, url=url),
        source=source,
        alias=alias_add(actor=author, source=source, name="SES"),
        statement=statement,
        claim=claim,
        mention=claim.mentions.get(),
        review=review,
        second=second,
        chair=chair,
        ruled=Claim.objects.get(pk=ruled.pk),
        adjudication=ruled.adjudications.get(),
        verdict=ruled.verdicts.get(),
        look_again=ruled.looks_again.get(),
        event=event,
        event_capture=event.captures.get(),
        said_capture=said_capture,
        assessment=event.assessments.get(),
        bundle=make_bundle(event, author),
        evidence=evidence,
        link=evidence.claim_links.get(),
        other_evidence=other,
        comment=comment,
        notification=Notification.objects.get(project=project, kind="merged"),
        follow=follow_start(actor=author, project=project, target=article)[0],
        round=marked,
        original=original,
        scale=scale,
        guideline=guideline,
        upload=upload_paste(actor=author, project=project, text="Another\n\nQuite another text."),
        assignment=assignments_give(
            actor=admin, project=project, assignee=author, subjects=[article]
        ).made[0],
        redaction=ask_redaction(project, admin),
        membership=Membership.objects.get(project=project, user=author),
        invitation=invitation,
        invitation_secret=secret,
        other_source=make_source(project, author, "Emergency Service"),
        other_claim=make_claim(project, author, text="More than 2,000 died"),
        flag=make_flag(claim, author),
        token=token_create(actor=author, user=author, name="script")[0],
        person=author,
        stranger=make_user(f"stranger to {project.slug}"),
        **placed_later(project, author),
        **watched_page(project, author),
    )


def watched_page(project: Project, author: User) -> dict[str, Any]:
    """A statement whose page is watched, and a check that found it changed."""
    url = f"https://watched.example/{project.slug}"
    watched = make_statement(project, author, channel="Watched", url=url)
    watch = watch_start(actor=author, subject=watched)[0]
    return {"watched": watched, "watch": watch, "check": make_check(watch)}


def placed_later(project: Project, author: User) -> dict[str, Any]:
    """A claim of the first version of a text, and where it stands in the second."""
    article = make_article(project, author, title="Changed since")
    claim = make_claim(project, author, text="2,000 died, at first", article=article)
    changed = TEXT.replace("more than 2,000", "about 1,900")
    later, _added = version_add(actor=author, article=article, text=changed)
    mentions_place(version_uid=str(later.uid))
    placement = MentionPlacement.objects.get(mention__claim=claim)
    assert placement.state == "needs_review"
    return {"placed": claim, "placed_article": article, "later": later, "placement": placement}


def make_ruled(project: Project, author: User, second: User, chair: User) -> Claim:
    """A claim that two people judged differently, adjudicated and published; what it rests on was
    withdrawn.
    """
    told = make_statement(project, author, channel="Briefing")
    claim = make_claim(project, author, text="498 soldiers died", statement=told)
    make_evidence(project, author, claim=claim, url="", file=None)
    dispute(claim, author, second)
    adjudicate(claim, chair)
    publish(claim, second)
    make_event(told, author, type="retracted", self_observed=True, standing="corroborated")
    return claim


def make_handed_in(project: Project, *people: User, title: str = "Marked") -> tuple:
    """A round that all of these have handed in, and what the first of them marked."""
    article = make_article(project, people[0], title=title)
    marked = round_open(actor=people[-1], article=article, people=people)
    claims = [
        make_claim(project, one, article=article, hops=[], text="Marked apart") for one in people
    ]
    for one in people:
        round_hand_in(actor=one, found=marked)
    marked.refresh_from_db()
    return marked, claims[0]


def ask_redaction(project: Project, admin: User) -> Redaction:
    """A redaction whose places were found."""
    made = redaction_ask(
        actor=admin,
        project=project,
        words="State Emergency Service",
        ground="court_order",
        reference="Court of Somewhere, 12/2026",
    )
    redaction_look(uid=str(made.uid))
    made.refresh_from_db()
    return made


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


@contextmanager
def undone() -> Iterator[None]:
    """Undo everything that is done inside, after checking what the database checks late."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def check_deferred() -> None:
    """Let the database check now what it checks at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
