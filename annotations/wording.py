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
    "article": _("article"),
    "claim": _("claim"),
    "created_at": _("added"),
    "created_by": _("added by"),
    "cue_span": _("words that introduce it"),
    "discarded_by": _("discarded by"),
    "event": _("event"),
    "file": _("file"),
    "hidden_by": _("hidden by"),
    "invited_by": _("invited by"),
    "locked_by": _("locked by"),
    "mention": _("mention"),
    "on_behalf_of": _("on behalf of"),
    "origin": _("origin"),
    "outlet": _("outlet"),
    "project": _("project"),
    "reporter": _("independent reporter"),
    "reviewer": _("reviewer"),
    "scopes": _("scopes"),
    "source": _("source"),
    "source_span": _("words that name the source"),
    "span": _("words"),
    "spokesperson_for": _("speaking for"),
    "state": _("state"),
    "statement": _("statement"),
    "syndicated_from": _("copy of"),
    "translation_of": _("translation of"),
    "uid": _("identifier"),
    "updated_at": _("changed"),
    "user": _("person"),
    "version": _("version"),
}
MODELS = {
    "apitoken": (_("API token"), _("API tokens")),
    "articleversion": (_("version"), _("versions")),
    "invitation": (_("invitation"), _("invitations")),
}

# What Django and allauth say on our pages and leave in English in their own catalogues.
BORROWED = (
    gettext_noop("Email"),
    gettext_noop("Add link"),
    gettext_noop("Change or view list link"),
    gettext_noop("Model name"),
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
