"""The field's own words for claims and attribution, as stored values."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClaimType(models.TextChoices):
    """What sort of thing is claimed (after AVeriTeC)."""

    NUMERICAL = "numerical", _("Numerical")
    QUOTE = "quote", _("Quote")
    EVENT_PROPERTY = "event_property", _("Event or property")
    POSITION_STATEMENT = "position_statement", _("Position")
    CAUSAL = "causal", _("Causal")
    MEDIA = "media", _("Image, audio or video")


class Checkability(models.TextChoices):
    """Whether it can be checked at all."""

    CHECKABLE = "checkable", _("Checkable")
    OPINION = "opinion", _("Opinion")
    PREDICTION = "prediction", _("Prediction")
    NOT_CHECKABLE = "not_checkable", _("Not checkable")


class Priority(models.IntegerChoices):
    """How soon it should be looked at."""

    LOW = 1, _("Low")
    NORMAL = 2, _("Normal")
    HIGH = 3, _("High")
    URGENT = 4, _("Urgent")


class SourceGiven(models.TextChoices):
    """Whether the text names who said it."""

    NAMED = "named", _("Source given")
    IMPLICIT = "implicit", _("Implicit source")
    NONE = "none", _("No source")


class QuoteType(models.TextChoices):
    """How the words are rendered (PARC)."""

    DIRECT = "direct", _("Direct")
    INDIRECT = "indirect", _("Indirect")
    MIXED = "mixed", _("Mixed")
    SCARE = "scare", _("Scare quotes")


class OriginalLocated(models.TextChoices):
    """Whether the original was looked for and found."""

    LOCATED = "located", _("Located")
    SEARCHED_NOT_FOUND = "searched_not_found", _("Searched, not found")
    NOT_SEARCHED = "not_searched", _("Not searched")


class Attitude(models.TextChoices):
    """The speaker's attitude (PARC)."""

    ASSERTION = "assertion", _("Assertion")
    BELIEF = "belief", _("Belief")
    INTENTION = "intention", _("Intention")
    DENIAL = "denial", _("Denial")
    DECREE = "decree", _("Decree")
    WITNESSING = "witnessing", _("Witnessing")
    QUESTION = "question", _("Question")


class Commitment(models.TextChoices):
    """How far the speaker commits to it (FactBank)."""

    CERTAIN = "CT+", _("Certain (CT+)")
    PROBABLE = "PR+", _("Probable (PR+)")
    POSSIBLE = "PS+", _("Possible (PS+)")
    CERTAINLY_NOT = "CT-", _("Certainly not (CT-)")
    PROBABLY_NOT = "PR-", _("Probably not (PR-)")
    POSSIBLY_NOT = "PS-", _("Possibly not (PS-)")
    CERTAIN_BUT_UNKNOWN = "CTu", _("Certain, polarity unknown (CTu)")
    UNKNOWN = "Uu", _("Uncommitted (Uu)")


class HopType(models.TextChoices):
    """How this hop passed the words on."""

    QUOTED = "quoted", _("Quoted")
    PARAPHRASED = "paraphrased", _("Paraphrased")
    CITED = "cited", _("Cited")
    TRANSLATED = "translated", _("Translated")
    EMBEDDED = "embedded", _("Embedded")
