"""What people are told of, and what a thing that they are told about can be."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Why somebody is told; the words are those of the choice on the account page."""

    ASSIGNED = "assigned", _("Work is assigned to me")
    SENT_BACK = "sent_back", _("My work is sent back")
    HANDED_IN = "handed_in", _("Work I assigned is handed in")
    MENTIONED = "mentioned", _("A comment names me with @")
    COMMENTED = "commented", _("Somebody comments on a claim of mine, or in a thread of mine")
    CLAIM_EDITED = "claim_edited", _("My claim is changed by somebody else")
    REVIEW_STALE = "review_stale", _("A claim I judged is changed: my review no longer counts")
    EVIDENCE_EDITED = "evidence_edited", _("My evidence is changed by somebody else")
    ADJUDICATED = "adjudicated", _("A dispute I was part of is decided")
    VERDICT_PUBLISHED = "verdict_published", _("A verdict on a claim of mine is published")
    VERDICT_CHANGED = "verdict_changed", _("A published verdict is changed or taken back")
    FLAG_DECIDED = "flag_decided", _("Something I reported is decided")
    HIDDEN = "hidden", _("Something of mine is hidden by a moderator")
    RESTORED = "restored", _("Something of mine is shown again")
    MERGED = "merged", _("Something of mine is merged into another")
    REDACTION_ASKED = "redaction_asked", _("A redaction waits for my decision")
    REASSIGNED = "reassigned", _("Work of mine goes to somebody else, or comes from them")
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


# What can be followed; what happens to the parts of it counts as happening to it.
FOLLOWED = (TargetKind.ARTICLE, TargetKind.CLAIM, TargetKind.SOURCE)
