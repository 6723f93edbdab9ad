"""Articles in the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.admin.access import acting_user
from annotations.admin.columns import author, moderation, shortened
from annotations.admin.decisions import DecidingAdmin
from annotations.admin.filters import ModerationFilter, ProjectFilter
from annotations.admin.moderating import MODERATION
from annotations.admin.saving import RevisionForm, ServiceAdmin
from annotations.admin.searching import with_words
from annotations.articles.models import Article
from annotations.articles.permissions import check_edit_article
from annotations.articles.services import article_update
from annotations.lib.urls import canonical_url


class ArticleForm(RevisionForm):
    """What is said about an article; its words are in its versions."""

    outlet_name = forms.CharField(
        label=_("Outlet"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    class Meta:
        model = Article
        fields = ("title", "kind", "byline", "url", "language", "published", "marking_state")
        widgets = {
            "title": forms.TextInput(attrs={"class": "vTextField"}),
            "url": forms.TextInput(attrs={"class": "vTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outlet = getattr(self.instance, "outlet", None)
        if "outlet_name" in self.fields and outlet is not None:
            self.fields["outlet_name"].initial = outlet.name


@admin.register(Article)
class ArticleAdmin(DecidingAdmin, ServiceAdmin):
    """Articles: corrected through their service, hidden and locked by decision."""

    form = ArticleForm
    decisions = MODERATION
    list_display = ("short_title", "project", "outlet", "marking_state", "state", "added_by")
    list_display_links = ("short_title",)
    list_select_related = ("project", "outlet", "created_by", "hidden_by", "locked_by")
    list_filter = (ProjectFilter, ModerationFilter, "kind", "marking_state")
    search_fields = ("title",)
    search_help_text = _("Words of the title, or a whole URL")
    sortable_by = ()
    fieldsets = (
        (None, {"fields": ("project", "title", "kind", "outlet_name", "byline", "url")}),
        (None, {"fields": ("language", "published", "marking_state", "revision_seen")}),
        (_("Moderation"), {"fields": ("state", "hidden_reason")}),
        (_("Record"), {"fields": ("uid", "added_by", "created_at", "updated_at")}),
    )
    readonly_fields = (
        "project",
        "state",
        "hidden_reason",
        "uid",
        "added_by",
        "created_at",
        "updated_at",
    )
    short_title = shortened("title", _("title"))
    state = moderation
    added_by = author

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find words of the title, or the article at a URL."""
        if not search_term.strip():
            return queryset, False
        if "://" in search_term:
            return queryset.filter(canonical_url=canonical_url(search_term.strip())), False
        return with_words(queryset, search_term, "title"), False

    def check_change(self, request: HttpRequest, row: Article) -> None:
        """Ask the articles' own rule."""
        check_edit_article(acting_user(request), row)

    def service_update(self, request: HttpRequest, row: Any, values: dict[str, Any]) -> None:
        """Correct what is said about the article."""
        revision = values.pop("revision_seen")
        article_update(actor=acting_user(request), article=row, revision=revision, **values)
