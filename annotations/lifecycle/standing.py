"""When an event may be called corroborated or proven."""

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from annotations.lib.errors import InvalidInput
from annotations.lifecycle import choices
from annotations.lifecycle.models import LifecycleEvent
from annotations.sources.models import Source


def check_standing(
    *, event: LifecycleEvent, standing: str, reporter: Source | None, evidence_url: str
) -> None:
    """Raise InvalidInput unless what is known carries the standing.

    `corroborated` takes two independent reporters: different original speakers, our own eyes
    counting as one. `proven` removal takes captures before and after, which only the machine can
    weigh; anything else is proven by a document one can point to.
    """
    if standing == choices.Standing.CORROBORATED and _reporters(event, reporter) < 2:
        raise InvalidInput(
            _(
                "Corroborated takes two independent reporters. Name one who is not the reporter "
                "already given."
            ),
            field="reporter_name",
        )
    if standing == choices.Standing.PROVEN:
        if choices.GROUP_OF[event.type] == choices.EventGroup.REMOVAL:
            raise InvalidInput(
                _(
                    "A removal is proven by captures before and after it only; without them it is "
                    "at most corroborated."
                ),
                field="standing",
            )
        if not evidence_url:
            raise InvalidInput(_("Proven takes a link to the proof."), field="evidence_url")


def _reporters(event: LifecycleEvent, reporter: Source | None) -> int:
    """Count independent reporters: whoever spoke first in the event's chain, not relays of it."""
    # One that was merged into another counts as that one.
    hops = event.attributions.filter(source__isnull=False).annotate(
        speaker=Coalesce("source__merged_into", "source")
    )
    first = hops.filter(order=0).values_list("speaker", flat=True)
    later = event.assessments.filter(
        reporter__isnull=False,
        standing__in=[choices.Standing.REPORTED, choices.Standing.CORROBORATED],
    ).values_list(Coalesce("reporter__merged_into", "reporter"), flat=True)
    relays = set(hops.filter(order__gt=0).values_list("speaker", flat=True))
    named = {*first, *later} | ({reporter.pk} if reporter else set())
    return len(named - relays) + (1 if event.self_observed else 0)
