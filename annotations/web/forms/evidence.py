"""The shape of what people say about evidence; the services hold the rules."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotations.lib.file_kinds import KINDS
from annotations.lib.ids import uuid7
from annotations.projects.visibility import Sight
from annotations.verification.evidence import choices
from annotations.verification.evidence.columns import FIELDS, TEXTS
from annotations.verification.evidence.files import GivenFile, check_file_size
from annotations.verification.evidence.models import Evidence
from annotations.web.forms.choices import ChoiceField
from annotations.web.forms.statements import TIME_HELP, source_input
from annotations.web.forms.texts import WholeText

_NOT_SENT = ("revision", "form_key", "file", "remove_file", "stance")
_limit_mib = lazy(lambda: str(settings.EVIDENCE_FILE_BYTES // (1024 * 1024)), str)
# The choices of a pair, as they are sent.
PAIR = {"": None, "yes": True, "no": False}


def _words(label: Any, rows: int, name: str, help_text: Any = "") -> forms.CharField:
    return WholeText(
        label=label,
        required=False,
        max_length=TEXTS[name],
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
    )


def _time(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=80, required=False, help_text=help_text)


def stance_field() -> ChoiceField:
    """Return the choice of what the evidence says of a claim."""
    return ChoiceField(
        label=_("What it says of the claim"),
        choices=choices.Stance.choices,
        widget=forms.RadioSelect,
    )


class EvidenceForm(forms.Form):
    """Say what was asked and found, where, and when."""

    question = _words(
        pgettext_lazy("evidence", "Question"), 2, "question", _("What you set out to find.")
    )
    answer = _words(_("Answer"), 3, "answer")
    answer_type = ChoiceField(
        label=_("How the answer follows"),
        choices=[("", _("Not said")), *choices.AnswerType.choices],
        required=False,
    )
    quote = _words(_("Quote"), 3, "quote", _("The words in it that this rests on, verbatim."))
    medium = ChoiceField(
        label=pgettext_lazy("evidence", "Medium"),
        choices=choices.Medium.choices,
        initial=choices.Medium.WEB_TEXT,
    )
    source_name = forms.CharField(
        label=_("Source"), max_length=200, required=False, widget=source_input()
    )
    url = WholeText(
        label=_("URL"),
        max_length=2000,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=format_lazy(
            _("A PDF, a PNG, JPEG, GIF or WebP picture, or plain text; at most {limit} MiB."),
            limit=_limit_mib(),
        ),
        widget=forms.FileInput(
            attrs={"accept": ",".join(end for kind in KINDS for end in kind.endings)}
        ),
    )
    remove_file = forms.BooleanField(label=_("Take the file away"), required=False)
    published = _time(_("Published"), TIME_HELP)
    accessed = _time(_("Accessed"), _("When you read it there."))
    captured = _time(_("Captured"), _("When a copy of it was kept, by us or an archive."))
    asked_on = _time(_("Asked on"))
    response = ChoiceField(
        label=_("Answer of the claimant"),
        choices=[("", _("Not asked")), *choices.ResponseState.choices],
        required=False,
    )
    primary = forms.BooleanField(
        label=_("Primary source"),
        required=False,
        help_text=_("Somebody's own record or first-hand account, not a report of one."),
    )
    confidential = forms.BooleanField(
        label=_("Confidential"),
        required=False,
        help_text=pgettext_lazy(
            "evidence", "Reviewers and up see it; readers, their exports and public pages do not."
        ),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form_key = forms.CharField(required=False, widget=forms.HiddenInput, initial=uuid7)

    def wanted(self) -> dict[str, Any]:
        """Return what was entered, as the services take it, without the file."""
        return {n: value for n, value in self.cleaned_data.items() if n not in _NOT_SENT}

    def given_file(self) -> GivenFile | None:
        """Return the chosen file. Raises InvalidInput for one that is too large to be read."""
        chosen = self.cleaned_data.get("file")
        if chosen is None:
            return None
        check_file_size(chosen.size or 0)
        return GivenFile(chosen.name or "", chosen.read())

    @staticmethod
    def initial_of(evidence: Evidence, sight: Sight) -> dict[str, Any]:
        """Return what is stored, for editing; a source the viewer may not see stays unnamed.

        An empty name leaves the source as it is.
        """
        values = {name: getattr(evidence, name) for name in (*FIELDS, "revision")}
        source = evidence.source
        values["source_name"] = source.name if source and sight.shows(source) else ""
        return values


class NewEvidenceForm(EvidenceForm):
    """A new piece, with what it says of the claim it is added to."""

    stance = stance_field()


class AttachForm(forms.Form):
    """Evidence that is there already, and what it says of this claim."""

    evidence = forms.UUIDField(
        label=_("Evidence"), error_messages={"required": _("Choose a piece of evidence.")}
    )
    stance = stance_field()


class StanceForm(forms.Form):
    """Another stance; `revision` is what the person was looking at."""

    stance = ChoiceField(choices=choices.Stance.choices)
    revision = forms.IntegerField(widget=forms.HiddenInput)


def changed_pairs(sent: Any, uids: Iterable[UUID]) -> dict[UUID, bool | None]:
    """Return, by uid, what the person changed of whether pieces are independent.

    A form shows every pair; only those it was changed in are stored, so that two people who have
    it open do not undo each other.
    """
    changed = {}
    for uid in uids:
        said = sent.get(f"pair-{uid}", "")
        if said in PAIR and said != sent.get(f"was-{uid}", ""):
            changed[uid] = PAIR[said]
    return changed
