"""What a watch and its checks are called, in words for people."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotations.captures.choices import PageKindChoices


class WatchState(models.TextChoices):
    """Whether a page is looked at."""

    ACTIVE = "active", pgettext_lazy("watch", "Active")
    PAUSED = "paused", pgettext_lazy("watch", "Paused")


class CheckOutcome(models.TextChoices):
    """What a check came to; the values are those of pacing.Outcome."""

    UNCHANGED = "unchanged", _("Unchanged")
    CHANGED = "changed", pgettext_lazy("page", "Changed")
    UNAVAILABLE = "unavailable", _("Not available")
    SUSPECTED_REMOVAL = "suspected_removal", _("Removal suspected")
    RETURNED = "returned", _("Back again")
    FAILED = "failed", _("Check failed")


# What waits for somebody's eyes, the most urgent first.
FOR_EYES = (
    CheckOutcome.SUSPECTED_REMOVAL,
    CheckOutcome.CHANGED,
    CheckOutcome.RETURNED,
    CheckOutcome.UNAVAILABLE,
    CheckOutcome.FAILED,
)


class Why(models.TextChoices):
    """Why a check came to what it did, where the capture alone does not say it."""

    FIRST_LOOK = "first_look", _("this was the first look at the page")
    COSMETIC = "cosmetic", _("only what says nothing has changed: spaces, counters, dates")
    TO_CHECK = (
        "to_check",
        _("the text was pasted, corrected by hand or locked: the new one waits to be checked"),
    )
    ANOTHER_TEXT = (
        "another_text",
        _("the page shows another text entirely: it waits to be checked"),
    )
    UNREAD = "unread", _("what the page says could not be compared")
    ROBOTS = "robots", _("the site asks programs not to fetch this page (robots.txt)")
    NO_ROBOTS = (
        "no_robots",
        _("the site could not say what programs may fetch (robots.txt), so nothing was fetched"),
    )
    POOR = "poor", _("the page shows too little to be compared")
    CONTROL = (
        "control",
        _("no other page of the site could be fetched at the time, so its “not found” says little"),
    )
    SEEN_SINCE = "seen_since", _("a later capture shows the page")
    FLAPPING = "flapping", _("the page comes and goes")
    UNWELL = "unwell", _("the site refused us or broke down within the hour")
    STOPPED = "stopped", _("the check was stopped too often; the next one starts anew")


def why_words(why: str) -> str:
    """Return a reason in words, in the language active now; a kind of page in its own words."""
    if why in Why.values:
        return str(Why(why).label)
    return str(PageKindChoices(why).label) if why in PageKindChoices.values else ""


class Urgency(models.IntegerChoices):
    """Whose turn comes first at a host."""

    UNDER_WAY = 0
    ASKED = 1
    ORDINARY = 2
