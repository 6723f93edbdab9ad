"""What a notification says: who did what to what, in one sentence. No words of the thing itself."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.lib.bidi import isolated
from annotations.notifications.kinds import Kind, TargetKind
from annotations.notifications.models import Notification


class Voice(NamedTuple):
    """The sentence that names who did it, if there is one, and the one that names nobody."""

    named: Promise | None
    unnamed: Promise


# By the kind alone, for every thing that has no sentence of its own below.
SAID: dict[Kind, Voice] = {
    Kind.ASSIGNED: Voice(
        gettext_lazy("%(who)s gave you several things to do"),
        gettext_lazy("Work was assigned to you"),
    ),
    Kind.SENT_BACK: Voice(
        gettext_lazy("%(who)s sent work back to you"),
        gettext_lazy("Your work was sent back to you"),
    ),
    Kind.OVERDUE: Voice(None, gettext_lazy("Work of yours is overdue")),
    Kind.REASSIGNED: Voice(
        gettext_lazy("%(who)s took work off your list"),
        gettext_lazy("Work of yours was withdrawn, or given to somebody else"),
    ),
    Kind.HANDED_IN: Voice(
        None,
        gettext_lazy("All have handed in what they marked independently, to be brought together"),
    ),
    # By whom stands beside it: they may have handed it back, or closed the account of who had it.
    Kind.HANDED_BACK: Voice(None, gettext_lazy("Work you assigned came back undone")),
    Kind.MENTIONED: Voice(
        gettext_lazy("%(who)s mentioned you in a comment on claim %(n)s"),
        gettext_lazy("You were mentioned in a comment on claim %(n)s"),
    ),
    Kind.COMMENTED: Voice(
        gettext_lazy("%(who)s commented on claim %(n)s"),
        gettext_lazy("There is a new comment on claim %(n)s"),
    ),
    Kind.CLAIM_EDITED: Voice(
        gettext_lazy("%(who)s changed your claim %(n)s"),
        gettext_lazy("Your claim %(n)s was changed"),
    ),
    Kind.REVIEW_STALE: Voice(
        gettext_lazy(
            "%(who)s changed claim %(n)s, which you judged: your judgement counts no longer"
        ),
        gettext_lazy("Claim %(n)s, which you judged, was changed: your judgement counts no longer"),
    ),
    Kind.GUIDELINE_CHANGED: Voice(
        gettext_lazy(
            "%(who)s changed the guidelines or the scale: "
            "judgements of yours were made by earlier ones"
        ),
        gettext_lazy("Judgements of yours were made by earlier guidelines, or on an earlier scale"),
    ),
    Kind.EVIDENCE_EDITED: Voice(
        gettext_lazy("%(who)s changed your evidence"), gettext_lazy("Your evidence was changed")
    ),
    Kind.TO_DECIDE: Voice(None, gettext_lazy("Claim %(n)s came up for a decision")),
    Kind.ADJUDICATED: Voice(
        gettext_lazy("%(who)s decided the dispute over claim %(n)s"),
        gettext_lazy("The dispute over claim %(n)s was decided"),
    ),
    Kind.VERDICT_PUBLISHED: Voice(
        gettext_lazy("%(who)s published a verdict on claim %(n)s"),
        gettext_lazy("A verdict on claim %(n)s was published"),
    ),
    Kind.VERDICT_CHANGED: Voice(
        gettext_lazy(
            "%(who)s corrected or took back the verdict on claim %(n)s, or reopened the claim"
        ),
        gettext_lazy(
            "The verdict on claim %(n)s was corrected or taken back, or the claim reopened"
        ),
    ),
    Kind.LOOK_AGAIN: Voice(
        None,
        gettext_lazy(
            "The verdict on claim %(n)s rests on something that was withdrawn: look at it again"
        ),
    ),
    Kind.FLAGGED: Voice(
        gettext_lazy("%(who)s reported something to moderators"),
        gettext_lazy("Something was reported to moderators"),
    ),
    Kind.FLAG_DECIDED: Voice(None, gettext_lazy("What you reported was decided")),
    Kind.HIDDEN: Voice(
        None, gettext_lazy("A moderator has hidden something of yours: its page says why")
    ),
    Kind.RESTORED: Voice(None, gettext_lazy("Something of yours is shown again")),
    Kind.MERGED: Voice(
        gettext_lazy("%(who)s merged something of yours into another"),
        gettext_lazy("Something of yours was merged into another"),
    ),
    Kind.REDACTION_ASKED: Voice(
        gettext_lazy("%(who)s asks for a redaction: it waits for your decision"),
        gettext_lazy("A redaction waits for your decision"),
    ),
    Kind.REDACTION_CHANGED: Voice(
        None, gettext_lazy("A redaction was done or cancelled, or has to be looked at again")
    ),
    Kind.WATCHED_CHANGED: Voice(
        None, gettext_lazy("A watched page has changed, is gone or is back")
    ),
    Kind.FOLLOWED_CHANGED: Voice(None, gettext_lazy("Something you follow has changed")),
}
SAID_OF: dict[tuple[Kind, TargetKind], Voice] = {
    (Kind.ASSIGNED, TargetKind.CLAIM): Voice(
        gettext_lazy("%(who)s gave you claim %(n)s to check"),
        gettext_lazy("Claim %(n)s was given to you to check"),
    ),
    (Kind.ASSIGNED, TargetKind.ARTICLE): Voice(
        gettext_lazy("%(who)s gave you an article to mark"),
        gettext_lazy("An article was given to you to mark"),
    ),
    (Kind.ASSIGNED, TargetKind.ROUND): Voice(
        gettext_lazy("%(who)s asks you to mark a text independently"),
        gettext_lazy("You are asked to mark a text independently"),
    ),
    (Kind.SENT_BACK, TargetKind.CLAIM): Voice(
        gettext_lazy("%(who)s sent claim %(n)s back to you"),
        gettext_lazy("Claim %(n)s was sent back to you"),
    ),
    (Kind.REASSIGNED, TargetKind.CLAIM): Voice(
        gettext_lazy("%(who)s took claim %(n)s off your list"),
        gettext_lazy("Claim %(n)s is not yours to check any more"),
    ),
    (Kind.REASSIGNED, TargetKind.ROUND): Voice(
        gettext_lazy("%(who)s ended your part in marking a text independently"),
        gettext_lazy("Your part in marking a text independently has ended"),
    ),
    (Kind.HANDED_BACK, TargetKind.CLAIM): Voice(
        None, gettext_lazy("Claim %(n)s, which you gave out, came back undone")
    ),
    (Kind.HIDDEN, TargetKind.CLAIM): Voice(
        None, gettext_lazy("A moderator has hidden your claim %(n)s: its page says why")
    ),
    (Kind.HIDDEN, TargetKind.COMMENT): Voice(
        None,
        gettext_lazy(
            "A moderator has hidden your comment on claim %(n)s: the claim's page says why"
        ),
    ),
    (Kind.RESTORED, TargetKind.CLAIM): Voice(None, gettext_lazy("Your claim %(n)s is shown again")),
    (Kind.RESTORED, TargetKind.COMMENT): Voice(
        None, gettext_lazy("Your comment on claim %(n)s is shown again")
    ),
    (Kind.MERGED, TargetKind.CLAIM): Voice(
        gettext_lazy("%(who)s merged your claim %(n)s into another"),
        gettext_lazy("Your claim %(n)s was merged into another"),
    ),
    (Kind.MERGED, TargetKind.SOURCE): Voice(
        gettext_lazy("%(who)s merged a source that you added into another"),
        gettext_lazy("A source that you added was merged into another"),
    ),
    (Kind.FOLLOWED_CHANGED, TargetKind.CLAIM): Voice(
        None, gettext_lazy("There is something new on claim %(n)s, among what you follow")
    ),
    (Kind.FOLLOWED_CHANGED, TargetKind.COMMENT): Voice(
        gettext_lazy("%(who)s commented on claim %(n)s, among what you follow"),
        gettext_lazy("There is a new comment on claim %(n)s, among what you follow"),
    ),
    (Kind.FOLLOWED_CHANGED, TargetKind.EVIDENCE): Voice(
        gettext_lazy("%(who)s added evidence to claim %(n)s, among what you follow"),
        gettext_lazy("There is new evidence on claim %(n)s, among what you follow"),
    ),
    (Kind.FOLLOWED_CHANGED, TargetKind.EVENT): Voice(
        gettext_lazy("%(who)s recorded what happened to something you follow"),
        gettext_lazy("It was recorded what happened to something you follow"),
    ),
}
EVIDENCE_ON_CLAIM = Voice(
    gettext_lazy("%(who)s changed your evidence on claim %(n)s"),
    gettext_lazy("Your evidence on claim %(n)s was changed"),
)


def said(told: Notification) -> str:
    """Return what happened, in one sentence without a full stop."""
    voice = _voice(told)
    number = {"n": told.claim_number}
    if voice.named is None or told.actor is None:
        return str(voice.unnamed) % number
    return str(voice.named) % {**number, "who": isolated(told.actor.display_name)}


def beside(told: Notification) -> str:
    """Return what the sentence leaves out: by whom, where it does not say so, and how many more."""
    parts = []
    # Who was the last of all to hand in is nobody's merit.
    is_told = told.kind != Kind.HANDED_IN and _voice(told).named is None
    if told.actor is not None and is_told:
        parts.append(_("by %(who)s") % {"who": isolated(told.actor.display_name)})
    more = told.times - 1
    if more:
        parts.append(
            ngettext("and %(n)s more like it", "and %(n)s more like it", more) % {"n": more}
        )
    return ", ".join(parts)


def line(told: Notification, sentence: str = "") -> str:
    """Return all of it in one line, for mail; `sentence` says it in other words."""
    more = beside(told)
    return (sentence or said(told)) + (f" ({more})" if more else "")


def _voice(told: Notification) -> Voice:
    kind = Kind(told.kind)
    if kind is Kind.EVIDENCE_EDITED and told.claim_number is not None:
        return EVIDENCE_ON_CLAIM
    return SAID_OF.get((kind, TargetKind(told.target_kind)), SAID[kind])
