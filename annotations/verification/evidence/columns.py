"""How what is entered about evidence is checked and completed before it is stored."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.lib.errors import InvalidInput
from annotations.lib.text import ForbiddenCharacter, normalise
from annotations.lib.urls import canonical_url
from annotations.projects.editing import check_choice, check_length
from annotations.projects.models import Project
from annotations.projects.times import time_columns
from annotations.verification.evidence import choices
from annotations.verification.evidence.models import Evidence

# In code points.
TEXTS = {"question": 2_000, "answer": 10_000, "quote": 20_000}
TIMES = {
    "published": "published",
    "accessed": "accessed",
    "captured": "captured",
    "asked_on": "asked",
}
FLAGS = ("primary", "confidential")
CHOICES: dict[str, list[str]] = {
    "answer_type": ["", *choices.AnswerType.values],
    "medium": choices.Medium.values,
    "response": ["", *choices.ResponseState.values],
}
FIELDS = frozenset({*TEXTS, *TIMES, *FLAGS, *CHOICES, "url"})


def read_columns(project: Project, fields: dict[str, Any]) -> dict[str, Any]:
    """Check and complete the given fields only; who said it and the file are for the services."""
    columns: dict[str, Any] = {}
    for name, limit in TEXTS.items():
        if name in fields:
            columns[name] = _words(fields[name], limit, name)
    for name, values in CHOICES.items():
        if name in fields:
            check_choice(fields[name], values, name)
            columns[name] = fields[name]
    for name in FLAGS:
        if name in fields:
            columns[name] = bool(fields[name])
    for name, prefix in TIMES.items():
        if name in fields:
            columns |= time_columns(project, fields[name], prefix, name)
    if "url" in fields:
        url = check_length(fields["url"], 2000, "url")
        columns |= {"url": url, "canonical_url": canonical_url(url) if url else ""}
    return columns


def check_whole(evidence: Evidence, *, has_file: bool) -> None:
    """Raise InvalidInput unless the evidence says or shows something, and fits its medium."""
    words = (evidence.question, evidence.answer, evidence.quote, evidence.url, evidence.response)
    if not any(words) and not has_file:
        raise InvalidInput(
            _("Say at least what was asked, what was found, or where: a link or a file."),
            field="question",
        )
    if evidence.medium == choices.Medium.CLAIMANT_RESPONSE:
        if not evidence.response:
            raise InvalidInput(_("Say whether the claimant answered."), field="response")
    elif evidence.response or evidence.asked_on:
        raise InvalidInput(
            _("Only a claimant asked for comment was asked: choose that medium, or clear this."),
            field="response" if evidence.response else "asked_on",
        )


def _words(text: str, limit: int, field: str) -> str:
    try:
        words = normalise(text)
    except ForbiddenCharacter as error:
        error.field = field
        raise
    return check_length(words, limit, field)
