"""What people are told of, and what a thing that they are told about can be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """Why somebody is told; the words are those of the choice on the account page."""

    ASSIGNED = "assigned", _("Work is assigned to me")
    SENT_BACK = "sent_back", _("My work is sent back")
    OVERDUE = "overdue", _("My work is overdue")
    REASSIGNED = "reassigned", _("My work is withdrawn, or given to somebody else")
    HANDED_IN = "handed_in", _("Work I assigned is handed in")
    HANDED_BACK = "handed_back", _("Work I assigned comes back undone")
    MENTIONED = "mentioned", _("A comment names me with @")
    COMMENTED = "commented", _("Somebody comments on a claim of mine, or in a thread of mine")
    CLAIM_EDITED = "claim_edited", _("My claim is changed by somebody else")
    REVIEW_STALE = "review_stale", _("A claim I judged is changed: my review no longer counts")
    GUIDELINE_CHANGED = (
        "guideline_changed",
        _("Guidelines or the rating scale change after I judged by them"),
    )
    EVIDENCE_EDITED = "evidence_edited", _("My evidence is changed by somebody else")
    TO_DECIDE = "to_decide", _("A claim waits for a decision by moderators")
    ADJUDICATED = "adjudicated", _("A dispute I was part of is decided")
    VERDICT_PUBLISHED = (
        "verdict_published",
        _("A verdict on a claim that I made or judged is published"),
    )
    VERDICT_CHANGED = (
        "verdict_changed",
        _("A published verdict is changed or taken back, or its claim reopened"),
    )
    LOOK_AGAIN = (
        "look_again",
        _("A verdict rests on something that was withdrawn: it waits to be looked at again"),
    )
    FLAGGED = "flagged", _("Something is reported to moderators")
    FLAG_DECIDED = "flag_decided", _("Something I reported is decided")
    HIDDEN = "hidden", _("Something of mine is hidden by a moderator")
    RESTORED = "restored", _("Something of mine is shown again")
    MERGED = "merged", _("Something of mine is merged into another")
    REDACTION_ASKED = "redaction_asked", _("A redaction waits for my decision")
    REDACTION_CHANGED = (
        "redaction_changed",
        _("A redaction of mine is done, cancelled, or to be looked at again"),
    )
    WATCHED_CHANGED = "watched_changed", _("A watched page has changed, is gone or is back")
    FOLLOWED_CHANGED = "followed_changed", _("Something I follow has changed")


class TargetKind(TextChoices):
    """What a notification, or a follow, is about."""

    PROJECT = "project", _("Project")
    ARTICLE = "article", _("Article")
    CLAIM = "claim", _("Claim")
    SOURCE = "source", _("Source")
    STATEMENT = "statement", _("Statement")
    EVIDENCE = "evidence", _("Evidence")
    EVENT = "event", _("Event")
    COMMENT = "comment", _("Comment")
    ROUND = "round", _("Independent marking")
    FLAG = "flag", pgettext_lazy("thing", "Flag")
    REDACTION = "redaction", _("Redaction")
    WATCH = "watch", _("Watched page")


# Told to moderators of what reviewers must not learn: shown to nobody who moderates no longer.
FOR_MODERATORS = (Kind.TO_DECIDE, Kind.FLAGGED, Kind.HANDED_IN, Kind.HANDED_BACK)
# What can be followed; what happens to the parts of it counts as happening to it.
FOLLOWED = (TargetKind.ARTICLE, TargetKind.CLAIM, TargetKind.SOURCE, TargetKind.STATEMENT)
