"""One project with one of everything, the people around it, and another project beside it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

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
from annotations.claims.hops import HopInput
from annotations.claims.models import Claim, Mention
from annotations.comments.models import Comment
from annotations.comments.services import comment_create
from annotations.lifecycle.models import EventAssessment, LifecycleEvent
from annotations.lifecycle.services import assessment_add
from annotations.notifications.models import Follow, Notification
from annotations.notifications.services import follow_start, notify
from annotations.projects.models import Membership, Project
from annotations.sources.models import Source, SourceAlias
from annotations.sources.services import alias_add
from annotations.statements.models import Statement
from annotations.verification.evidence.independence import independence_set
from annotations.verification.evidence.links import evidence_attach
from annotations.verification.evidence.models import ClaimEvidence, Evidence
from annotations.verification.models import Review
from tests.factories import PASSWORD, make_invitation, make_member, make_project, make_user
from tests.material import (
    make_article,
    make_claim,
    make_event,
    make_evidence,
    make_review,
    make_source,
    make_statement,
)
from tests.quick_client import quick_client

ACTORS = ("anonymous", "outsider", "reader", "reviewer", "moderator", "admin", "operator")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass
class Rows:
    """One of everything in a project, written by someone who is no column of the matrix."""

    project: Project
    article: Article
    version: ArticleVersion
    source: Source
    alias: SourceAlias
    statement: Statement
    claim: Claim
    mention: Mention
    review: Review
    event: LifecycleEvent
    assessment: EventAssessment
    evidence: Evidence
    # On the claim; the other piece is on none.
    link: ClaimEvidence
    other_evidence: Evidence
    comment: Comment
    # Told to, and followed by, the author.
    notification: Notification
    follow: Follow
    upload: ArticleUpload
    membership: Membership
    invitation: Invitation
    invitation_secret: str
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
    article = make_article(project, author, outlet_name="Daily")
    source = make_source(project, author)
    statement = make_statement(project, author, source_name=source.name)
    hop = HopInput(source=source, statement=statement)
    claim = make_claim(project, author, article=article, hops=[hop])
    event = make_event(statement, author)
    statement.refresh_from_db()
    evidence = make_evidence(project, author, claim=claim, source=source)
    other = make_evidence(project, author, question="Who counted?", answer="", url="", file=None)
    invitation, secret = make_invitation(project, by=admin, email=f"new@{project.slug}.example")
    notify(project=project, recipients=[author], kind="merged", actor=None, target=claim)
    comment = comment_create(actor=author, claim=claim, text="Whose count is it?")
    comment_create(actor=author, claim=claim, text="Theirs.", thread=comment)
    return Rows(
        project=project,
        article=article,
        version=article.versions.get(),
        source=source,
        alias=alias_add(actor=author, source=source, name="SES"),
        statement=statement,
        claim=claim,
        mention=claim.mentions.get(),
        review=make_review(claim, author),
        event=event,
        assessment=event.assessments.get(),
        evidence=evidence,
        link=evidence.claim_links.get(),
        other_evidence=other,
        comment=comment,
        notification=Notification.objects.get(project=project),
        follow=follow_start(actor=author, project=project, target=article)[0],
        upload=upload_paste(actor=author, project=project, text="Another\n\nQuite another text."),
        membership=Membership.objects.get(project=project, user=author),
        invitation=invitation,
        invitation_secret=secret,
        token=token_create(actor=author, user=author, name="script")[0],
        person=author,
        stranger=make_user(f"stranger to {project.slug}"),
    )


def add_more(rows: Rows, count: int) -> None:
    """Add `count` further rows of every kind to the project, all connected as the first ones.

    The first article gets three further mentions each time.
    """
    author, project = rows.claim.created_by, rows.project
    for n in range(count):
        source = make_source(project, author, f"Speaker {n}")
        statement = make_statement(project, author, source_name=source.name)
        article = make_article(project, author, title=f"Article {n}", outlet_name=f"Paper {n}")
        hop = HopInput(source=source, statement=statement)
        for place in (article, *[rows.article] * 3):
            claim = make_claim(project, author, article=place, hops=[hop])
            make_review(claim, author)
            evidence_attach(actor=author, claim=claim, evidence=rows.evidence, stance="mixed")
            notify(project=project, recipients=[author], kind="merged", actor=None, target=claim)
            follow_start(actor=author, project=project, target=claim)
        piece = make_evidence(project, author, claim=rows.claim, source=source)
        comment_create(actor=author, claim=rows.claim, text=f"Comment {n}")
        comment_create(actor=author, claim=rows.claim, text=f"Reply {n}", thread=rows.comment)
        independence_set(actor=author, evidence=rows.evidence, others={piece: True})
        event = make_event(statement, author, reported_by_name=f"Reporter {n}")
        make_event(rows.statement, author, reported_by_name=f"Reporter {n}")
        for one in (event, rows.event):
            assessment_add(actor=author, event=one, standing="reported", reason="Still so.")
        version_add(actor=author, article=rows.article, text=f"Text {n}", origin="paste")
        alias_add(actor=author, source=rows.source, name=f"Rescuers {n}")
        make_member(project, make_user(f"member {n} of {project.slug}"), Role.REVIEWER)
        make_invitation(project, by=author, email=f"guest{n}@example.org")
        token_create(actor=author, user=author, name=f"script {n}")


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
