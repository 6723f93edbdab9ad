"""Forms about articles: their shape only; the services hold the rules."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from annotations.articles.models import Article, ArticleKind, MarkingState
from annotations.articles.uploads import FoundArticle
from annotations.lib.text import MAX_UPLOAD_BYTES

TAG = {"autocapitalize": "none", "spellcheck": "false", "list": "languages"}


ADDRESS = {"inputmode": "url", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}


class HandInForm(forms.Form):
    """Give an address, paste a text or choose a file: one of the three."""

    url = forms.CharField(
        label=_("Web address"),
        required=False,
        # Whatever is too long for an address is told by the rule about addresses.
        max_length=40_000,
        help_text=_("Its page is fetched, archived and read."),
        widget=forms.TextInput(attrs=ADDRESS),
    )
    text = forms.CharField(
        label=_("or its text"),
        required=False,
        strip=False,
        help_text=_("Paste the whole article, its headline first. At most 1,000,000 characters."),
        widget=forms.Textarea(attrs={"rows": 14, "dir": "auto"}),
    )
    file = forms.FileField(
        label=_("or a file"),
        required=False,
        allow_empty_file=True,
        help_text=format_lazy(
            _("A .txt or .html file of at most {limit} MiB."),
            limit=MAX_UPLOAD_BYTES // (1024 * 1024),
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.text,.md,.html,.htm,.xhtml"}),
    )

    # Where a pasted text stands whose page could not be fetched.
    page = forms.CharField(required=False, max_length=8000, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one of the three."""
        values = super().clean() or {}
        if self.errors:
            return values
        given = [name for name in ("url", "text", "file") if values.get(name)]
        if "text" in given and not values["text"].strip():
            given.remove("text")
        if len(given) > 1:
            raise forms.ValidationError(
                _("Give an address, paste a text or choose a file: only one of them.")
            )
        if not given:
            raise forms.ValidationError(_("Give an address, paste a text or choose a file."))
        return values

    @property
    def handed_in(self) -> UploadedFile | None:
        """The chosen file, if one was chosen."""
        return self.cleaned_data.get("file")


class ArticleFieldsForm(forms.Form):
    """What is said about an article."""

    title = forms.CharField(
        label=_("Headline"), max_length=500, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    outlet_name = forms.CharField(
        label=_("Outlet"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "list": "outlets", "autocomplete": "off"}),
    )
    published = forms.CharField(
        label=_("Published"),
        max_length=80,
        required=False,
        help_text=_("2022-03-02, 2022-03-02 14:30, 2022-03, 2022-03-02? if uncertain."),
    )
    byline = forms.CharField(
        label=_("Byline"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    language = forms.CharField(
        label=_("Language"),
        max_length=35,
        required=False,
        help_text=_("As a tag: en, uk, pt-BR."),
        widget=forms.TextInput(attrs=TAG),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ArticleKind.choices)
    url = forms.CharField(
        label=_("Web address"),
        required=False,
        max_length=4000,
        widget=forms.TextInput(attrs=ADDRESS),
    )

    def wanted(self) -> dict[str, str]:
        """Return the fields as the services take them."""
        return {name: self.cleaned_data[name] for name in ArticleFieldsForm.base_fields}


class TextForm(forms.Form):
    """The words of a version, as they will be kept."""

    text = forms.CharField(
        label=_("Text"),
        strip=False,
        help_text=_(
            "As it will be kept: it never changes afterwards. Take out what is no article."
        ),
        widget=forms.Textarea(attrs={"rows": 22, "dir": "auto", "class": "textarea--text"}),
    )
    headline_first = forms.BooleanField(
        label=_("Put the headline at the beginning where the text lacks it"),
        required=False,
        initial=True,
        help_text=_("So that claims in the headline can be marked."),
    )


class ArticleCheckForm(TextForm, ArticleFieldsForm):
    """An upload's guesses, to be corrected before the article is saved."""

    field_order = [*ArticleFieldsForm.base_fields, "text", "headline_first"]

    @staticmethod
    def initial_of(found: FoundArticle) -> dict[str, str]:
        """Return what was read, by the form's names."""
        return {
            "title": found.title,
            "outlet_name": found.outlet,
            "published": found.published,
            "byline": found.byline,
            "language": found.language,
            "url": found.url,
            "text": found.text,
        }


class ArticleEditForm(ArticleFieldsForm):
    """What is said about an article, and how far marking has come."""

    marking_state = forms.ChoiceField(label=_("Marking"), choices=MarkingState.choices)
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        required=False,
        help_text=_("Kept in the article's history."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def wanted(self) -> dict[str, str]:
        """Return the fields as the services take them."""
        return {**super().wanted(), "marking_state": self.cleaned_data["marking_state"]}

    @staticmethod
    def initial_of(article: Article) -> dict[str, object]:
        """Return the article as it is, by the form's names."""
        names = ("title", "published", "byline", "language", "kind", "url", "marking_state")
        initial: dict[str, object] = {name: getattr(article, name) for name in names}
        initial["outlet_name"] = article.outlet.name if article.outlet else ""
        initial["revision"] = article.revision
        return initial
