"""How work is given out, and where it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AssignmentMode(models.TextChoices):
    """Whether the work is done in sight of the others."""

    OPEN = "open", _("Open")
    INDEPENDENT = "independent", _("Independent")


class AssignmentState(models.TextChoices):
    """Where an assignment stands; the first three are still somebody's work."""

    WAITING = "waiting", _("Waiting")
    IN_PROGRESS = "in_progress", _("Being worked on")
    SENT_BACK = "sent_back", _("Sent back")
    HANDED_IN = "handed_in", _("Handed in")
    HANDED_BACK = "handed_back", _("Handed back")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


UNFINISHED = (
    AssignmentState.WAITING,
    AssignmentState.IN_PROGRESS,
    AssignmentState.SENT_BACK,
)
