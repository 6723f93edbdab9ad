"""The shape of what people say to each other about a claim."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotations.comments.models import Comment
from annotations.comments.services import TEXT_LENGTH
from annotations.lib.ids import uuid7


class CommentForm(forms.Form):
    """A comment of mine; its words go to colleagues at once."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "data-at-names": ""}),
        help_text=_("Address a colleague with @ and their name: they are told."),
    )
    confidential = forms.BooleanField(
        label=_("Confidential"),
        required=False,
        help_text=pgettext_lazy(
            "comment", "Reviewers and up see it; readers, their exports and mail do not."
        ),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)


class NewCommentForm(CommentForm):
    """A new comment; `thread` is the comment it replies to."""

    thread = forms.UUIDField(required=False, widget=forms.HiddenInput)
    form_key = forms.CharField(required=False, widget=forms.HiddenInput, initial=uuid7)


def comment_form(thread: Comment | None = None) -> NewCommentForm:
    """Return an empty form for a claim's page, where several stand: each with ids of its own."""
    initial: dict[str, Any] = {}
    if thread is not None:
        initial = {"thread": thread.uid, "confidential": thread.confidential}
    return NewCommentForm(initial=initial, auto_id=f"{thread.uid if thread else 'new'}_%s")
