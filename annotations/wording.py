"""Words for columns and models whose definition gives none, and what others leave in English.

Kept apart from the definitions because Django would write every word into a migration: some two
hundred altered columns, history's included, that alter nothing in the database.
"""

from collections.abc import Iterable

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

COLUMNS = {
    "accepted_by": _("accepted by"),
    "actor": _("done by"),
    "adjudication": _("adjudication"),
    "article": _("article"),
    "assignee": _("assigned to"),
    "authority_url": _("time-stamp authority"),
    "body_sha256": _("SHA-256 of the body"),
    "body_size": _("bytes of the body"),
    "canonical_url": _("canonical address"),
    "capture": _("capture"),
    "claim": _("claim"),
    "created_at": _("added"),
    "created_by": _("added by"),
    "cue_span": _("words that introduce it"),
    "decided_by": _("decided by"),
    "discarded_by": _("discarded by"),
    "ended_by": _("ended by"),
    "event": _("event"),
    "evidence": _("evidence"),
    "evidence_revision": _("revision of the evidence"),
    "extractor": _("read by"),
    "failure_detail": _("failure, in detail"),
    "file": _("file"),
    "final_canonical_url": _("final address"),
    "final_url": _("final address"),
    "first": _("one piece"),
    "gives": _("taken from it"),
    "hidden_by": _("hidden by"),
    "hops": _("requests and answers"),
    "invited_by": _("invited by"),
    "locked_by": _("locked by"),
    "looked_check": _("check looked at"),
    "media_type": _("type of file"),
    "memento_url": _("the archive's copy"),
    "mention": _("mention"),
    "merged_into": _("merged into"),
    "on_behalf_of": _("on behalf of"),
    "origin": _("origin"),
    "original": _("original"),
    "outlet": _("outlet"),
    "payload_digest": _("digest of the payload"),
    "project": _("project"),
    "quality_reasons": _("why it is judged so"),
    "record_id": _("record in the file"),
    "reporter": _("independent reporter"),
    "retry_after": _("asks to wait (seconds)"),
    "review": _("review"),
    "review_revision": _("revision of the review"),
    "reviewer": _("reviewer"),
    "round": _("round"),
    "scopes": _("scopes"),
    "second": _("the other piece"),
    "sha256": _("SHA-256 of the file"),
    "source": _("source"),
    "source_span": _("words that name the source"),
    "span": _("words"),
    "spokesperson_for": _("speaking for"),
    "state": _("state"),
    "statement": _("statement"),
    "supersedes": _("in the place of"),
    "syndicated_from": _("copy of"),
    "text_file": _("text, as read"),
    "text_length": _("characters of the text"),
    "text_sha256": _("SHA-256 of the text"),
    "thread": _("thread"),
    "translation_of": _("translation of"),
    "uid": _("identifier"),
    "updated_at": _("changed"),
    "user": _("person"),
    "verdict": _("verdict"),
    "version": _("version"),
}
MODELS = {
    "apitoken": (_("API token"), _("API tokens")),
    "articleversion": (_("version"), _("versions")),
    "adjudicationreview": (_("weighed review"), _("weighed reviews")),
    "invitation": (_("invitation"), _("invitations")),
    "verdictevidence": (_("evidence of the verdict"), _("evidence of verdicts")),
    "verdictreview": (_("review of the verdict"), _("reviews of verdicts")),
}

# What Django and allauth say on our pages and leave in English, or write oddly, themselves.
BORROWED = (
    gettext_noop("Email"),
    gettext_noop("Remember Me"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("Model name"),
    # REST framework, which has no Ukrainian catalogue at all.
    gettext_noop("Malformed request."),
    gettext_noop("Incorrect authentication credentials."),
    gettext_noop("Authentication credentials were not provided."),
    gettext_noop("You do not have permission to perform this action."),
    gettext_noop("Not found."),
    gettext_noop('Method "{method}" not allowed.'),
    gettext_noop("Could not satisfy the request Accept header."),
    gettext_noop('Unsupported media type "{media_type}" in request.'),
    gettext_noop("Request was throttled."),
    gettext_noop("This field is required."),
    gettext_noop("This field may not be null."),
    gettext_noop("This field may not be blank."),
    gettext_noop("Must be a valid boolean."),
    gettext_noop("Not a valid string."),
    gettext_noop("Ensure this field has no more than {max_length} characters."),
    gettext_noop("Ensure this field has at least {min_length} characters."),
    gettext_noop("Enter a valid URL."),
    gettext_noop("Must be a valid UUID."),
    gettext_noop("A valid integer is required."),
    gettext_noop("A valid number is required."),
    gettext_noop("Ensure this value is less than or equal to {max_value}."),
    gettext_noop("Ensure this value is greater than or equal to {min_value}."),
    gettext_noop("Datetime has wrong format. Use one of these formats instead: {format}."),
    gettext_noop('"{input}" is not a valid choice.'),
    gettext_noop('Expected a list of items but got type "{input_type}".'),
    gettext_noop("This list may not be empty."),
    gettext_noop("Invalid data. Expected a dictionary, but got {datatype}."),
)


def name_columns(models: Iterable[type[Model]]) -> None:
    """Give each unnamed column and model its words; called once, before anything shows them."""
    for model in models:
        options = model._meta
        for field in options.local_fields:
            if isinstance(field.verbose_name, str) and field.name in COLUMNS:
                field.verbose_name = COLUMNS[field.name]
        if options.model_name in MODELS:
            options.verbose_name, options.verbose_name_plural = MODELS[options.model_name]
