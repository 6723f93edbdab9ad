"""The four decisions that are offered in every list of what can be hidden or locked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.admin.decisions import Decision, ReasonForm
from annotations.moderation.services import (
    moderation_of,
    row_hide,
    row_lock,
    row_restore,
    row_unlock,
)


def _is_hidden(row: Any) -> bool:
    state = moderation_of(row)
    return state is not None and state.hidden_at is not None


def _is_locked(row: Any) -> bool:
    state = moderation_of(row)
    return state is not None and state.locked_at is not None


def _turned(
    is_so: Callable[[Any], bool], before: str | Promise, after: str | Promise
) -> Callable[[Any, ReasonForm], Sequence[str]]:
    """Say from what to what a row goes, or that it is so already."""

    def sentences(row: Any, form: ReasonForm) -> Sequence[str]:
        if is_so(row):
            return [_("It is so already and stays as it is: %(state)s.") % {"state": after}]
        names = form.along.get(row.pk, [])
        along = _("The same happens to what was merged into it: %(rows)s.")
        return [f"{before} → {after}", *([along % {"rows": ", ".join(names)}] if names else [])]

    return sentences


def _turned_alone(
    is_so: Callable[[Any], bool], before: str | Promise, after: str | Promise
) -> Callable[[Any, ReasonForm], Sequence[str]]:
    sentences = _turned(is_so, before, after)
    return lambda row, form: sentences(row, form)[:1]


_SEEN = gettext_lazy("seen by everyone in the project")
_UNSEEN = gettext_lazy("hidden from everyone but moderators")
_OPEN = gettext_lazy("changed by reviewers")
_SHUT = gettext_lazy("changed by moderators only")
HIDE = Decision(
    "hide_rows",
    gettext_lazy("Hide"),
    "moderation.hide",
    gettext_lazy(
        "Only moderators will see these rows. Whoever wrote one is told the reason, nothing else."
    ),
    lambda actor, row, reason: row_hide(actor=actor, row=row, reason=reason),
    lambda row: not _is_hidden(row),
    effects=_turned(_is_hidden, _SEEN, _UNSEEN),
)
RESTORE = Decision(
    "restore_rows",
    gettext_lazy("Restore"),
    "moderation.restore",
    gettext_lazy("Everyone in the project will see these rows again."),
    lambda actor, row, reason: row_restore(actor=actor, row=row, reason=reason),
    _is_hidden,
    effects=_turned(lambda row: not _is_hidden(row), _UNSEEN, _SEEN),
)
LOCK = Decision(
    "lock_rows",
    gettext_lazy("Lock"),
    "moderation.lock",
    gettext_lazy("Everyone can still read these rows; only moderators can change them."),
    lambda actor, row, reason: row_lock(actor=actor, row=row, reason=reason),
    lambda row: not _is_locked(row),
    effects=_turned_alone(_is_locked, _OPEN, _SHUT),
)
UNLOCK = Decision(
    "unlock_rows",
    gettext_lazy("Unlock"),
    "moderation.unlock",
    gettext_lazy("Reviewers will be able to change these rows again."),
    lambda actor, row, reason: row_unlock(actor=actor, row=row, reason=reason),
    _is_locked,
    effects=_turned_alone(lambda row: not _is_locked(row), _SHUT, _OPEN),
)
MODERATION = (HIDE, RESTORE, LOCK, UNLOCK)
