"""What a notification says: what happened, to what, by whom. No words of the thing itself."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.notifications.kinds import Kind, TargetKind
from annotations.notifications.models import Notification

SAID: dict[Kind, Promise] = {
    Kind.ASSIGNED: gettext_lazy("Work was assigned to you"),
    Kind.SENT_BACK: gettext_lazy("Your work was sent back to you"),
    Kind.OVERDUE: gettext_lazy("Work of yours is overdue"),
    Kind.REASSIGNED: gettext_lazy("Work of yours was withdrawn, or given to somebody else"),
    Kind.HANDED_IN: gettext_lazy("Work was handed in"),
    Kind.HANDED_BACK: gettext_lazy("Work you assigned came back undone"),
    Kind.MENTIONED: gettext_lazy("You are named in a comment"),
    Kind.COMMENTED: gettext_lazy("There is a new comment for you"),
    Kind.CLAIM_EDITED: gettext_lazy("Your claim was changed"),
    Kind.REVIEW_STALE: gettext_lazy("A claim you judged was changed: your review counts no longer"),
    Kind.GUIDELINE_CHANGED: gettext_lazy(
        "Judgements of yours were made by earlier guidelines, or on an earlier scale"
    ),
    Kind.EVIDENCE_EDITED: gettext_lazy("Your evidence was changed"),
    Kind.TO_DECIDE: gettext_lazy("A claim waits for a decision"),
    Kind.ADJUDICATED: gettext_lazy("A dispute was decided"),
    Kind.VERDICT_PUBLISHED: gettext_lazy("A verdict was published"),
    Kind.VERDICT_CHANGED: gettext_lazy(
        "A published verdict was corrected or taken back, or its claim reopened"
    ),
    Kind.FLAGGED: gettext_lazy("Something was reported to moderators"),
    Kind.FLAG_DECIDED: gettext_lazy("What you reported was decided"),
    Kind.HIDDEN: gettext_lazy("A moderator has hidden something of yours: its page says why"),
    Kind.RESTORED: gettext_lazy("Something of yours is shown again"),
    Kind.MERGED: gettext_lazy("Something of yours was merged into another"),
    Kind.REDACTION_ASKED: gettext_lazy("A redaction waits for your decision"),
    Kind.REDACTION_CHANGED: gettext_lazy(
        "A redaction was done or cancelled, or has to be looked at again"
    ),
    Kind.FOLLOWED_CHANGED: gettext_lazy("Something you follow has changed"),
}


def said(told: Notification) -> str:
    """Return what happened, in one sentence without a full stop."""
    return str(SAID[Kind(told.kind)])


def about(told: Notification) -> str:
    """Return what it happened to: the claim by its number, other things by what they are.

    Empty where it is the project itself, which every list names beside it.
    """
    parts = []
    if told.claim_number is not None:
        parts.append(_("claim %(n)s") % {"n": told.claim_number})
    if told.target_kind not in (TargetKind.CLAIM, TargetKind.PROJECT):
        parts.append(str(TargetKind(told.target_kind).label).lower())
    return ", ".join(parts)


def by_whom(told: Notification) -> str:
    """Return who did it last, and how often it happened; empty for the machine's own work once."""
    parts = []
    if told.actor is not None:
        parts.append(_("by %(who)s") % {"who": told.actor.display_name})
    if told.times > 1:
        parts.append(ngettext("%(n)s time", "%(n)s times", told.times) % {"n": told.times})
    return ", ".join(parts)


def line(told: Notification) -> str:
    """Return all of it in one line, for mail."""
    what, whom = about(told), by_whom(told)
    return said(told) + (f": {what}" if what else "") + (f" ({whom})" if whom else "")
