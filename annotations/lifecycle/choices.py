"""What can happen to something after it was said (NISO CREC and Crossref update types)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventType(models.TextChoices):
    """The kinds of lifecycle event, by group; see EVENT_GROUPS."""

    MADE = "made", _("Made")
    PUBLISHED = "published", _("Published")
    RELAYED = "relayed", _("Relayed")
    TRANSLATED = "translated", _("Translated")
    EDITED_SILENT = "edited_silent", _("Edited silently")
    EDITED_NOTED = "edited_noted", _("Edited with a note")
    UPDATED = "updated", _("Updated")
    CLARIFIED = "clarified", _("Clarified")
    CORRECTED = "corrected", _("Corrected")
    REAFFIRMED = "reaffirmed", _("Reaffirmed")
    SOFTENED = "softened", _("Softened")
    WALKED_BACK = "walked_back", _("Walked back")
    CONTRADICTED_SELF = "contradicted_self", _("Contradicted by the speaker")
    DENIED_SAYING = "denied_saying", _("Denied having said it")
    DISOWNED = "disowned", _("Disowned")
    APOLOGISED = "apologised", _("Apologised for")
    RETRACTED = "retracted", _("Retracted")
    PARTIALLY_RETRACTED = "partially_retracted", _("Partially retracted")
    SUPERSEDED = "superseded", _("Superseded")
    EXPRESSION_OF_CONCERN = "expression_of_concern", _("Expression of concern")
    DELETED_BY_AUTHOR = "deleted_by_author", _("Deleted by its author")
    DELETED_BY_PLATFORM = "deleted_by_platform", _("Deleted by the platform")
    UNPUBLISHED = "unpublished", _("Unpublished")
    ACCESS_RESTRICTED = "access_restricted", _("Access restricted")
    ACCOUNT_REMOVED = "account_removed", _("Account removed")
    LEGAL_TAKEDOWN = "legal_takedown", _("Taken down by law")
    UNAVAILABLE_UNKNOWN = "unavailable_unknown", _("Unavailable, cause unknown")
    RESTORED = "restored", _("Restored")
    RESTORED_CHANGED = "restored_changed", _("Restored, changed")
    REINSTATED = "reinstated", _("Reinstated")
    VERDICT_PUBLISHED = "verdict_published", _("Verdict published")
    VERDICT_CHANGED = "verdict_changed", _("Verdict changed")
    CORRECTION_REQUESTED = "correction_requested", _("Correction requested")
    CORRECTION_GRANTED = "correction_granted", _("Correction granted")
    CORRECTION_REFUSED = "correction_refused", _("Correction refused")
    CORRECTION_UNANSWERED = "correction_unanswered", _("Correction request unanswered")


class EventGroup(models.TextChoices):
    """What a kind of event is about."""

    ORIGIN = "origin", _("Origin")
    CHANGE = "change", _("Change")
    COMMITMENT = "commitment", _("Commitment")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    REMOVAL = "removal", _("Removal")
    RETURN = "return", _("Return")
    OURS = "ours", _("Ours")


EVENT_GROUPS: dict[EventGroup, tuple[EventType, ...]] = {
    EventGroup.ORIGIN: tuple(EventType)[0:4],
    EventGroup.CHANGE: tuple(EventType)[4:9],
    EventGroup.COMMITMENT: tuple(EventType)[9:16],
    EventGroup.WITHDRAWAL: tuple(EventType)[16:20],
    EventGroup.REMOVAL: tuple(EventType)[20:27],
    EventGroup.RETURN: tuple(EventType)[27:30],
    EventGroup.OURS: tuple(EventType)[30:36],
}
GROUP_OF: dict[str, EventGroup] = {
    kind.value: group for group, kinds in EVENT_GROUPS.items() for kind in kinds
}


class Standing(models.TextChoices):
    """How sure we are that an event happened."""

    REPORTED = "reported", _("Reported")
    CORROBORATED = "corroborated", _("Corroborated")
    PROVEN = "proven", _("Proven")
    DISPUTED = "disputed", _("Disputed")
    REFUTED = "refuted", _("Refuted")


class CapturePlace(models.TextChoices):
    """What a capture is to an event."""

    BEFORE = "before", _("Before")
    AFTER = "after", _("After")
    CONTROL = "control", _("Another page of the site at the time")


class TimeBasis(models.TextChoices):
    """What the time of an event rests on."""

    STATED = "stated", _("Stated by the source")
    OBSERVED = "observed", _("Observed by us")
    INFERRED = "inferred", _("Inferred")
    UNKNOWN = "unknown", _("Unknown")


class ReasonGiven(models.TextChoices):
    """Whether a reason was given; its words are kept verbatim beside it."""

    GIVEN = "given", _("Given")
    NONE = "none", _("None given")
    UNKNOWN = "unknown", _("Not known")


class ReasonInferred(models.TextChoices):
    """Our reading of why, coded."""

    ERROR = "error", _("Error of fact")
    OUTDATED = "outdated", _("Overtaken by events")
    LEGAL = "legal", _("Legal")
    POLICY = "policy", _("Platform policy")
    SECURITY = "security", _("Security or privacy")
    PRESSURE = "pressure", _("Pressure or criticism")
    TECHNICAL = "technical", _("Technical")
    OTHER = "other", _("Other")


class LookAgainState(models.TextChoices):
    """What became of a verdict that was to be looked at again."""

    OPEN = "open", _("To be looked at")
    KEPT = "kept", _("Kept as it is")
    CHANGED = "changed", _("Corrected or rescinded")
