"""Requests to pages, each acceptable to the product."""

from typing import Any
from uuid import UUID

from annotations.articles.models import ArticleUpload, UploadState
from annotations.captures.services import file_store
from annotations.claims.models import Claim
from annotations.verification.evidence.links import evidence_attach
from annotations.verification.evidence.models import Evidence
from tests.factories import PASSWORD
from tests.matrix.asks import Ask, Names, fixed, form_key, nothing, number, slug, uid_of
from tests.matrix.asks_captures import CAPTURES
from tests.matrix.asks_ledger import LEDGER_PAGES
from tests.matrix.asks_moderation import MODERATION_PAGES
from tests.matrix.asks_placements import PAGES as PLACEMENTS
from tests.matrix.asks_queue import WORK
from tests.matrix.asks_rounds import PAGES as ROUNDS
from tests.matrix.asks_standards import STANDARDS
from tests.matrix.asks_talk import TALK
from tests.matrix.asks_verdicts import VERDICT_PAGES
from tests.matrix.asks_watches import WATCH_PAGES
from tests.matrix.rows import Rows

SETTINGS = {
    "name": "Another name",
    "slug": "another-name",
    "language": "en",
    "time_zone": "UTC",
    "reviews_needed": "2",
    "revision": "1",
}
EMPTY_CHAIN = {
    "hops-TOTAL_FORMS": "0",
    "hops-INITIAL_FORMS": "0",
    "hops-MIN_NUM_FORMS": "0",
    "hops-MAX_NUM_FORMS": "12",
}


def draft_names(rows: Rows) -> dict[str, Any]:
    """The draft of a new claim in the article's text."""
    return {"slug": rows.project.slug, "about": f"claim:{rows.article.uid}"}


def version_names(rows: Rows) -> dict[str, Any]:
    return {"slug": rows.project.slug, "uid": rows.version.uid}


def article_fields(rows: Rows) -> dict[str, Any]:
    return {
        "title": "Other words",
        "kind": "news",
        "marking_state": "done",
        "revision": rows.article.revision,
    }


def checked_upload(rows: Rows) -> dict[str, Any]:
    return {"title": "Another", "kind": "news", "text": "Another\n\nQuite another text."}


def wait_for_encoding(rows: Rows, actor: Any) -> None:
    """Leave the upload with a file whose encoding nobody has picked yet."""
    file = file_store(
        actor=rows.claim.created_by,
        project=rows.project,
        content="Заголовок\n\nТекст".encode("cp1251"),
        name="text.txt",
        media_type="text/plain",
    )
    ArticleUpload.objects.filter(pk=rows.upload.pk).update(state=UploadState.FAILED, file=file)


def fail_to_fetch(rows: Rows, actor: Any) -> None:
    """Leave the upload as one whose page could not be fetched."""
    ArticleUpload.objects.filter(pk=rows.upload.pk).update(
        state=UploadState.FAILED, url="https://daily.example/gone", found={}
    )


def place(rows: Rows) -> dict[str, Any]:
    return {"range": "56-78", "content_hash": rows.version.content_hash, "key": form_key()}


def new_claim(rows: Rows) -> dict[str, Any]:
    return {**place(rows), **EMPTY_CHAIN, "text": "498 soldiers died", "label": "supported"}


def new_mention(rows: Rows) -> dict[str, Any]:
    return {**place(rows), **EMPTY_CHAIN, "claim": rows.claim.number}


def moved_mention(rows: Rows) -> dict[str, Any]:
    return {**place(rows), **EMPTY_CHAIN, "revision": rows.claim.revision}


def moved_place(rows: Rows) -> dict[str, Any]:
    return {**place(rows), "revision": rows.claim.revision}


def other_words(rows: Rows) -> dict[str, Any]:
    return {"text": "Other words", "revision": rows.claim.revision, "priority": "2"}


def judgement(rows: Rows) -> dict[str, Any]:
    return {"label": "refuted", "claim_revision": rows.claim.content_revision}


def statement_fields(rows: Rows) -> dict[str, Any]:
    return {"channel": "Radio", "revision": rows.statement.revision, "form_key": form_key()}


def event_fields(rows: Rows) -> dict[str, Any]:
    said = {"happened_basis": "unknown", "reason_given": "unknown", "standing": "reported"}
    return {**said, "type": "retracted", "reported_by_name": "Reuters", "form_key": form_key()}


def assessment_fields(rows: Rows) -> dict[str, Any]:
    return {"standing": "refuted", "reason": "It is still there.", "form_key": form_key()}


def source_fields(rows: Rows) -> dict[str, Any]:
    return {"name": "Rescuers", "kind": "organisation", "revision": rows.source.revision}


def evidence_fields(rows: Rows) -> dict[str, Any]:
    words = {"question": "Who counted?", "medium": "web_text", "form_key": form_key()}
    return {**words, "stance": "supports", "revision": rows.evidence.revision}


def other_piece(rows: Rows) -> dict[str, Any]:
    return {"evidence": rows.other_evidence.uid, "stance": "context"}


def other_stance(rows: Rows) -> dict[str, Any]:
    return {"stance": "context", "revision": rows.link.revision}


def put_beside(rows: Rows, actor: Any) -> None:
    """Put the other piece on the same claim, so that the two can be compared."""
    author = rows.claim.created_by
    claim = Claim.objects.get(pk=rows.claim.pk)
    piece = Evidence.objects.get(pk=rows.other_evidence.pk)
    evidence_attach(actor=author, claim=claim, evidence=piece, stance="context")


def compared(rows: Rows) -> dict[str, Any]:
    return {f"pair-{rows.other_evidence.uid}": "yes"}


def changed_settings(rows: Rows) -> dict[str, Any]:
    return {**SETTINGS, "revision": rows.project.revision}


def accept_names(rows: Rows) -> dict[str, Any]:
    return {"token": rows.invitation_secret}


def token_names(rows: Rows) -> dict[str, Any]:
    return {"uid": rows.token.uid}


def both(
    route: str, about: str, names: Names, body: Any, query: str = ""
) -> dict[tuple[str, str], Ask]:
    """A form: the page that shows it and the request that sends it."""
    return {
        (route, "GET"): Ask(about, names, query=query),
        (route, "POST"): Ask(about, names, body, query),
    }


ACCOUNTS = {
    **both("account-edit", "project", nothing, fixed(display_name="Someone else")),
    ("sessions-end", "POST"): Ask(names=nothing),
    # Nobody signed in: the choice is kept in the browser alone.
    ("language-choose", "POST"): Ask(names=nothing, body=fixed(language="uk"), is_traceless=True),
    **both("token-list", "project", nothing, fixed(name="script", scopes=["read"], days="30")),
    ("token-revoke", "POST"): Ask("token", token_names),
    ("accounts/signup/", "GET"): Ask(path="/accounts/signup/"),
    ("accounts/email/", "GET"): Ask(path="/accounts/email/"),
    ("accounts/email/", "POST"): Ask(path="/accounts/email/", is_traceless=True),
}
PROJECTS = {
    ("project-list", "GET"): Ask(names=nothing),
    **both("project-create", "project", nothing, lambda rows: SETTINGS),
    ("invitation-accept", "GET"): Ask("invitation", accept_names),
    ("invitation-accept", "POST"): Ask(
        "invitation", accept_names, fixed(display_name="New", password=PASSWORD)
    ),
    ("project-home", "GET"): Ask(),
    **both("project-settings", "project", slug, changed_settings),
    ("project-archive", "POST"): Ask(body=fixed(reason="Over.")),
    ("project-unarchive", "POST"): Ask(),
    **both("member-leave", "project", slug, nothing),
    ("member-list", "GET"): Ask(),
    ("member-edit", "POST"): Ask("membership", uid_of("membership"), fixed(role="reader")),
    **both("member-remove", "membership", uid_of("membership"), nothing),
    ("invitation-create", "POST"): Ask(body=fixed(email="one@example.org", role="reader")),
    ("invitation-revoke", "POST"): Ask("invitation", uid_of("invitation")),
}
ARTICLES = {
    ("article-list", "GET"): Ask(),
    **both("article-create", "project", slug, fixed(text="A headline\n\nA text of its own.")),
    **both("article-upload", "upload", uid_of("upload"), checked_upload),
    ("article-upload-encoding", "POST"): Ask(
        "upload", uid_of("upload"), fixed(encoding="windows-1251"), before=wait_for_encoding
    ),
    ("article-upload-state", "GET"): Ask("upload", uid_of("upload")),
    ("article-upload-again", "POST"): Ask("upload", uid_of("upload"), before=fail_to_fetch),
    ("article-refresh", "POST"): Ask("article", uid_of("article")),
    **both("article-edit", "article", uid_of("article"), article_fields),
    ("version-list", "GET"): Ask("article", uid_of("article")),
    **both("version-create", "article", uid_of("article"), fixed(text="A later text.")),
    ("workbench", "GET"): Ask("article", uid_of("article")),
}
CLAIMS = {
    ("draft-list", "GET"): Ask(query=f"?of=claim:{UUID(int=1)}"),
    ("draft", "GET"): Ask(names=draft_names),
    ("draft", "POST"): Ask(names=draft_names, body=lambda rows: {"content": '{"fields": []}'}),
    ("draft", "DELETE"): Ask(names=draft_names, is_traceless=True),
    ("claim-live", "GET"): Ask("article", version_names),
    ("claim-blocks", "GET"): Ask("article", version_names, query="?n=0"),
    ("claim-rows", "GET"): Ask("article", version_names),
    ("passage-find", "GET"): Ask("article", version_names, query="?q=nowhere+to+be+found"),
    **both("claim-create", "article", version_names, new_claim, "?range=56-78"),
    **both("mention-create", "article", version_names, new_mention, "?range=56-78&claim=1"),
    ("claim-list", "GET"): Ask(),
    ("claim-detail", "GET"): Ask("claim", number),
    ("claim-card", "GET"): Ask("claim", number),
    **both("claim-edit", "claim", number, other_words),
    ("claim-discard", "POST"): Ask("claim", number, fixed(reason="Twice.")),
    ("claim-restore", "POST"): Ask("claim", number, fixed(reason="After all.")),
    ("review-save", "POST"): Ask("claim", number, judgement),
    ("review-discard", "POST"): Ask("review", number, fixed(reason="Too early.")),
    ("review-restore", "POST"): Ask("review", number),
    **both("mention-edit", "claim", uid_of("mention"), moved_mention),
    ("mention-move", "POST"): Ask("claim", uid_of("mention"), moved_place),
    ("mention-discard", "POST"): Ask("claim", uid_of("mention")),
    ("mention-restore", "POST"): Ask("mention", uid_of("mention")),
    ("source-suggest", "GET"): Ask(query="?q=state"),
    ("agreement-page", "GET"): Ask(),
}
STATEMENTS = {
    ("statement-list", "GET"): Ask(),
    **both("statement-create", "project", slug, statement_fields),
    ("statement-detail", "GET"): Ask("statement", uid_of("statement")),
    **both("statement-edit", "statement", uid_of("statement"), statement_fields),
    **both("event-create", "statement", uid_of("statement"), event_fields),
    **both("event-create-article", "article", uid_of("article"), event_fields),
    ("event-detail", "GET"): Ask("event", uid_of("event")),
    ("event-texts", "GET"): Ask("event", uid_of("event")),
    ("assessment-create", "POST"): Ask("event", uid_of("event"), assessment_fields),
    ("export-page", "GET"): Ask(),
    ("export-download", "POST"): Ask(body=fixed(format="csv"), is_traceless=True),
    ("source-list", "GET"): Ask(),
    **both("source-create", "project", slug, source_fields),
    ("source-detail", "GET"): Ask("source", uid_of("source")),
    **both("source-edit", "source", uid_of("source"), source_fields),
    ("source-alias-add", "POST"): Ask("source", uid_of("source"), fixed(name="DSNS")),
    ("source-alias-remove", "POST"): Ask("source", uid_of("source"), fixed(name="SES")),
}
EVIDENCE = {
    **both("evidence-create", "claim", number, evidence_fields),
    **both("evidence-attach", "claim", number, other_piece),
    ("evidence-detail", "GET"): Ask("evidence", uid_of("evidence")),
    ("evidence-file", "GET"): Ask("evidence", uid_of("evidence")),
    **both("evidence-edit", "evidence", uid_of("evidence"), evidence_fields),
    ("evidence-independence", "POST"): Ask(
        "evidence", uid_of("evidence"), compared, before=put_beside
    ),
    ("evidence-discard", "POST"): Ask("evidence", uid_of("evidence"), fixed(reason="Twice.")),
    ("evidence-restore", "POST"): Ask("evidence", uid_of("evidence"), fixed(reason="After all.")),
    ("evidence-link-edit", "POST"): Ask("link", uid_of("link"), other_stance),
    ("evidence-link-discard", "POST"): Ask("link", uid_of("link"), fixed(reason="Off topic.")),
    ("evidence-link-restore", "POST"): Ask("link", uid_of("link"), fixed(reason="After all.")),
}
PAGES = {
    **ACCOUNTS,
    **PROJECTS,
    **ARTICLES,
    **CAPTURES,
    **CLAIMS,
    **STATEMENTS,
    **EVIDENCE,
    **VERDICT_PAGES,
    **TALK,
    **WORK,
    **ROUNDS,
    **PLACEMENTS,
    **LEDGER_PAGES,
    **WATCH_PAGES,
    **MODERATION_PAGES,
    **STANDARDS,
}
