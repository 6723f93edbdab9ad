"""What can be flagged, why, and what can come of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FlagKind(TextChoices):
    """What a flag is about."""

    ARTICLE = "article", _("Article")
    CLAIM = "claim", _("Claim")
    EVIDENCE = "evidence", _("Evidence")
    COMMENT = "comment", _("Comment")
    EVENT = "event", _("Event")


class FlagReason(TextChoices):
    """Why a moderator should look."""

    WRONG = "wrong", _("It is wrong or misleading")
    DUPLICATE = "duplicate", _("It is here twice")
    OFF_TOPIC = "off_topic", _("It does not belong here")
    ABUSE = "abuse", _("It insults or threatens somebody")
    PERSONAL = "personal", _("It gives away private details")
    LEGAL = "legal", _("It may be against the law or a copyright")
    OTHER = "other", _("Something else")


class FlagState(TextChoices):
    """How far a flag has come."""

    OPEN = "open", pgettext_lazy("flag", "Open")
    ACCEPTED = "accepted", pgettext_lazy("flag", "Accepted")
    DISMISSED = "dismissed", pgettext_lazy("flag", "Dismissed")


class FlagOutcome(TextChoices):
    """What is done to the thing when a flag is accepted."""

    HIDE = "hide", _("Hide it")
    LOCK = "lock", _("Lock it")
    NOTHING = "nothing", _("Nothing further")
