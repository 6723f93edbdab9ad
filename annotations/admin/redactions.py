"""Redactions in the desk: one person asks, another looks at the places and confirms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.messages import ERROR, SUCCESS
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.accounts.roles import Permission
from annotations.admin.access import acting_user, is_operator, manages_any, may_manage
from annotations.admin.decisions import DecidingAdmin, Decision
from annotations.admin.filters import ProjectFilter
from annotations.admin.redaction_places import places_shown, releases_before
from annotations.admin.saving import ServiceAdmin, ServiceForm
from annotations.lib.errors import DomainError, Refused
from annotations.moderation.redactions.models import WAITING, Redaction, State
from annotations.moderation.redactions.permissions import (
    check_confirm_redaction,
    check_stop_redaction,
)
from annotations.moderation.redactions.services import (
    redaction_ask,
    redaction_cancel,
    redaction_confirm,
    redaction_files_choose,
    redaction_look_again,
)

LOOK_AGAIN = Decision(
    "look_again",
    gettext_lazy("Look again"),
    "redaction.look_again",
    gettext_lazy("The places are looked for anew, and the files have to be chosen anew."),
    lambda actor, row, reason: redaction_look_again(actor=actor, redaction=row, reason=reason),
    lambda row: row.state in (State.FOUND, State.CHANGED),
)
CANCEL = Decision(
    "cancel_redactions",
    gettext_lazy("Cancel"),
    "redaction.cancel",
    gettext_lazy("Nothing is overwritten. The words are forgotten; that it was asked is kept."),
    lambda actor, row, reason: redaction_cancel(actor=actor, redaction=row, reason=reason),
    lambda row: row.state in WAITING,
)


class RedactionForm(ServiceForm):
    """What is to go, from where, and what obliges us."""

    words = forms.CharField(
        label=gettext_lazy("Words to redact"),
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=gettext_lazy(
            "One spelling a line: every case, ending and transliteration that occurs. Capitals, "
            "accents, apostrophes and spaces do not matter, nor how a web address writes them."
        ),
    )
    whole_words = forms.BooleanField(
        label=gettext_lazy("Only as whole words"), required=False, initial=True
    )

    class Meta:
        model = Redaction
        fields = ("project", "ground", "reference")
        widgets = {"reference": forms.TextInput(attrs={"class": "vTextField"})}
        help_texts = {
            "reference": gettext_lazy("The order or request: its number, its date, who made it.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A person's has none, and is asked for at their account.
        if "project" in self.fields:
            self.fields["project"].required = True


@admin.register(Redaction)
class RedactionAdmin(DecidingAdmin, ServiceAdmin):
    """Redactions: asked for here, confirmed by another, kept for ever; the words are not."""

    needed = Permission.MANAGE
    form = RedactionForm
    decisions = (LOOK_AGAIN, CANCEL)
    change_form_template = "admin/redaction_change_form.html"
    list_display = ("id", "about", "state", "short_reference", "asked", "second")
    list_select_related = ("project", "person", "created_by", "confirmed_by")
    list_filter = (ProjectFilter, "kind", "state")
    sortable_by = ()
    autocomplete_fields = ("project",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Ask for the words; show what came of it."""
        if obj is None:
            return ("project", "words", "whole_words", "ground", "reference")
        more = ("asked", "created_at", "second", "confirmed_at", "ended_at", "sha256", "uid")
        return ("kind", "about", "spellings", "ground", "reference", "state", *more)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Let nothing be changed once asked."""
        return self.get_fields(request, obj) if obj is not None else ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Read those of the person's projects, and of the people in these."""
        return Redaction.objects.visible_to(acting_user(request)).order_by("-id")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether the person manages a project, or this one's."""
        if obj is None:
            return manages_any(request)
        return is_operator(request) or self.get_queryset(request).filter(pk=obj.pk).exists()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let whoever sees redactions ask for one; the service asks for the project's admin."""
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: what was asked stays as it was asked."""
        return False

    def has_decide_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let those cancel it who could have asked for it."""
        if obj is None:
            return manages_any(request)
        try:
            check_stop_redaction(acting_user(request), obj)
        except Refused:
            return False
        return obj.project is None or may_manage(request, obj.project)

    def service_create(self, request: HttpRequest, values: dict[str, Any]) -> Redaction:
        """Ask."""
        return redaction_ask(actor=acting_user(request), **values)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Say what happens next."""
        self.message_user(
            request,
            _("The places are being looked for. Then another person has to confirm them."),
            SUCCESS,
        )
        return redirect(self._address("change", obj))

    def get_urls(self) -> list[URLPattern]:
        """Add the page on which the second person looks and confirms."""
        wrap = self.admin_site.admin_view
        name = "annotations_redaction_{}".format
        return [
            path("<path:object_id>/confirm/", wrap(self.confirm_view), name=name("confirm")),
            path("<path:object_id>/files/", wrap(self.files_view), name=name("files")),
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        """Show where the words stand, or stood."""
        if kwargs.get("obj") is not None:
            context.update(self._found(request, kwargs["obj"]))
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def confirm_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show what would be overwritten; on POST, be the second person to say so."""
        redaction = self._redaction(request, object_id)
        if request.method == "POST":
            return self._do(
                request,
                redaction,
                lambda seen: redaction_confirm(
                    actor=acting_user(request), redaction=redaction, revision=seen
                ),
                _("Confirmed. The words are being overwritten."),
            )
        context = {
            **self.admin_site.each_context(request),
            **self._found(request, redaction),
            "title": _("Confirm the redaction"),
            "original": redaction,
            "opts": self.opts,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/redaction_confirm.html", context)

    def files_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Keep which files are to be replaced as a whole (POST only)."""
        redaction = self._redaction(request, object_id)
        if request.method != "POST":
            return redirect(self._address("confirm", redaction))
        chosen = [int(one) for one in request.POST.getlist("replaced") if one.isdecimal()]
        return self._do(
            request,
            redaction,
            lambda seen: redaction_files_choose(
                actor=acting_user(request), redaction=redaction, replaced=chosen, revision=seen
            ),
            _("Kept which files will be replaced."),
            page="confirm",
        )

    def _do(
        self, request: HttpRequest, redaction: Redaction, act: Any, done: str, page: str = "change"
    ) -> HttpResponse:
        """Call a service with the revision that was seen, and say what came of it."""
        seen = request.POST.get("revision", "")
        try:
            act(int(seen) if seen.isdecimal() and len(seen) < 10 else -1)
        except DomainError as error:
            self.message_user(request, error.message, ERROR)
            return redirect(self._address("confirm", redaction))
        self.message_user(request, done, SUCCESS)
        return redirect(self._address(page, redaction))

    def _found(self, request: HttpRequest, redaction: Redaction) -> dict[str, Any]:
        """Return what both pages show: places, files, earlier exports, what is missing."""
        why = ""
        try:
            check_confirm_redaction(acting_user(request), redaction)
        except Refused as error:
            why = error.message
        return {
            "places": places_shown(redaction, self.admin_site),
            "files": redaction.files.select_related("file"),
            "releases": releases_before(redaction),
            "words": getattr(redaction, "words", None),
            "is_waiting": redaction.state in WAITING,
            "is_found": redaction.state == State.FOUND,
            "may_confirm": not why,
            "why_not": why,
            "may_choose": redaction.state == State.FOUND
            and self.has_decide_permission(request, redaction),
        }

    def _redaction(self, request: HttpRequest, object_id: str) -> Redaction:
        found = self.get_object(request, unquote(object_id))
        if not isinstance(found, Redaction):
            raise Http404
        return found

    def _address(self, page: str, redaction: Redaction) -> str:
        return reverse(f"admin:annotations_redaction_{page}", args=[redaction.pk])

    @admin.display(description=gettext_lazy("about"))
    def about(self, row: Redaction) -> str:
        """Name the project, or the person."""
        return str(row.project or (row.person.display_name if row.person else ""))

    @admin.display(description=gettext_lazy("words"))
    def spellings(self, row: Redaction) -> str:
        """Show the words while somebody has to judge them."""
        words = getattr(row, "words", None)
        return "\n".join(words.spellings) if words else _("not kept")

    @admin.display(description=gettext_lazy("reference"))
    def short_reference(self, row: Redaction) -> str:
        """Show the beginning of what it rests on."""
        return Truncator(row.reference).chars(60)

    @admin.display(description=gettext_lazy("asked by"))
    def asked(self, row: Redaction) -> str:
        """Name who asked."""
        return row.created_by.display_name

    @admin.display(description=gettext_lazy("confirmed by"))
    def second(self, row: Redaction) -> str:
        """Name the second person."""
        return row.confirmed_by.display_name if row.confirmed_by else "—"
