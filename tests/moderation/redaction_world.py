"""A project whose every table that services reach holds the words to redact, once at least."""

import json
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils import timezone

from annotations.accounts.models import IdempotencyKey, User
from annotations.articles.models import Article
from annotations.articles.services import article_update
from annotations.articles.uploads import upload_paste
from annotations.claims.hops import HopInput
from annotations.claims.models import Claim
from annotations.claims.services import claim_update
from annotations.lifecycle.models import EventCapture
from annotations.lifecycle.services import assessment_add
from annotations.moderation.redactions.models import Redaction
from annotations.moderation.redactions.running import redaction_look, redaction_run
from annotations.moderation.redactions.services import redaction_ask, redaction_confirm
from annotations.projects.models import Project
from annotations.sources.services import alias_add, source_update
from annotations.statements.models import Statement
from annotations.verification.drafts import draft_keep
from annotations.verification.evidence.files import GivenFile
from annotations.verification.evidence.models import Evidence
from tests.factories import make_member, make_project, make_user
from tests.material import (
    make_article,
    make_bundle,
    make_capture,
    make_claim,
    make_event,
    make_evidence,
    make_review,
    make_source,
    make_statement,
)

NAME = "Quokka Wallaby"
# As it may be written elsewhere; all of one name.
WRITTEN = ("Quokka Wallaby", "QUOKKA\nWALLABY", "quokka  wallaby", "quokka-wallaby")
FIRST, LAST = "Nobody else was there. ", " The ministry said 498.\n"
# The words stand across two blocks: a heading's end is a block's.
TEXT = f"{FIRST}It was {NAME} who did it.\n\nThey met Quokka\n\nWallaby again.\n\n{LAST}"
SEEN = f"Seen: {NAME}.\n".encode()
ORDER = {"ground": "court_order", "reference": "Court of Somewhere, 12/2026"}


@dataclass
class World:
    """What there is, and who."""

    project: Project
    admin: User
    operator: User
    author: User
    article: Article
    claim: Claim
    evidence: Evidence
    picture: Evidence


def make_world() -> World:
    """Make it; call where the database may be written to."""
    admin, author = make_user("boss"), make_user("author")
    operator = make_user("operator", is_superuser=True)
    project = make_project("Desk", slug="desk", admin=admin)
    make_member(project, author, "reviewer")
    article = make_article(project, author, text=TEXT, title=f"On {NAME}", outlet_name="Daily")
    article_update(
        actor=author,
        article=article,
        revision=article.revision,
        reason=f"{NAME} asked for it.",
        title="On somebody",
        outlet_name=f"The {NAME} Times",
        byline=NAME,
        url="https://daily.example/quokka-wallaby?who=Quokka%20Wallaby",
        marking_state="done",
    )
    claim = _claims(project, author, article)
    evidence, picture = _evidence(project, author, claim)
    _elsewhere(project, author)
    return World(project, admin, operator, author, article, claim, evidence, picture)


def _claims(project: Project, author: User, article: Article) -> Claim:
    source = make_source(project, author, NAME)
    alias_add(actor=author, source=source, name=NAME.upper() + " Senior")
    source_update(
        actor=author,
        source=source,
        revision=source.revision,
        name="The person",
        kind="named_person",
        description=f"Known as {NAME}.",
    )
    statement = make_statement(
        project, author, source_name=f"Mr {NAME}", text=f"I am {NAME}.", channel=NAME
    )
    make_event(statement, author, note=f"{NAME} deleted it.", reported_by_name=f"Dr {NAME}")
    assessment_add(
        actor=author, event=statement.events.get(), standing="reported", reason=f"{NAME} said so."
    )
    _bundle(statement, author)
    hop = HopInput(source=source, statement=statement, role_at_time=f"aide of {NAME}")
    first = TEXT.index(NAME)
    claim = make_claim(
        project,
        author,
        text=f"{NAME} did it",
        version=article.versions.get(),
        # Before the words, through their middle, on them, and after them.
        ranges=[(0, len(FIRST)), (first - 7, first + 8)],
        hops=[hop],
    )
    make_claim(
        project,
        author,
        text="They met",
        version=article.versions.get(),
        ranges=[(TEXT.index("They met"), TEXT.index("again"))],
    )
    claim_update(actor=author, claim=claim, revision=claim.revision, text=f"{WRITTEN[1]} did so")
    claim.refresh_from_db()
    make_review(claim, author, justification=f"I know {WRITTEN[2]}.")
    return claim


def _bundle(statement: Statement, author: User) -> None:
    """A proof bundle of the statement's event, with a page in it that shows the words packed."""
    event, page = statement.events.get(), f"Seen: {NAME}.\n".encode()
    capture = make_capture(statement.project, author, body=page)
    EventCapture.objects.create(
        project=statement.project, event=event, capture=capture, place="before", created_by=author
    )
    make_bundle(event, author)


def _evidence(project: Project, author: User, claim: Claim) -> tuple[Evidence, Evidence]:
    picture = b"%PDF-1.4\n1 0 obj\n(Quokka Wallaby)\nendobj\ntrailer\n<<>>\n%%EOF\n"
    fields = {"url": "https://un.example/Quokka%20Wallaby", "answer": f"“{NAME}”", "quote": NAME}
    return (
        make_evidence(project, author, claim=claim, file=GivenFile("seen.txt", SEEN), **fields),
        make_evidence(
            project,
            author,
            claim=claim,
            question=f"Is this {NAME}?",
            answer="",
            url="",
            file=GivenFile(f"{NAME}.pdf", picture),
        ),
    )


def _elsewhere(project: Project, author: User) -> None:
    upload_paste(actor=author, project=project, text=f"About {NAME}\n\n{NAME} is here.\n")
    draft_keep(
        actor=author, project=project, about="claim:new", content={"text": [f"{NAME} did "], "n": 1}
    )
    IdempotencyKey.objects.create(
        user=author,
        route="claims",
        key="1",
        request_hash="0" * 64,
        response_status=201,
        response_body=json.dumps({"text": f'"{NAME}"'}).encode(),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('default', 'projects.mail_invitation', %s)",
            [json.dumps({"about": NAME})],
        )
        cursor.execute(
            "INSERT INTO cache_entries VALUES ('k', %s, %s)", [f"page of {NAME}", timezone.now()]
        )


def ask(world: World, words: str = NAME) -> Redaction:
    """Ask, as the admin."""
    return redaction_ask(actor=world.admin, project=world.project, words=words, **ORDER)


def redact(world: World, words: str = NAME) -> Redaction:
    """Ask, look, confirm, run: as two people do."""
    redaction = ask(world, words)
    redaction_look(uid=str(redaction.uid))
    redaction.refresh_from_db()
    redaction_confirm(actor=world.operator, redaction=redaction, revision=redaction.revision)
    redaction_run(uid=str(redaction.uid))
    redaction.refresh_from_db()
    return redaction


def stored_bytes() -> bytes:
    """Everything in the folder of files, names included."""
    paths = [path for path in sorted(settings.FILES_DIR.rglob("*")) if path.is_file()]
    return b"\n".join(path.name.encode() + b"\n" + path.read_bytes() for path in paths)
