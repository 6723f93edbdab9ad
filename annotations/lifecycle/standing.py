"""When an event may be called corroborated or proven."""

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from annotations.lib.errors import InvalidInput
from annotations.lifecycle import choices
from annotations.lifecycle.models import LifecycleEvent
from annotations.lifecycle.proving import Finding, Lacking
from annotations.lifecycle.weighing import Weighed, proof_of
from annotations.sources.models import Source

# What keeps a removal from being proven, and the way out of it.
LACKING = {
    Lacking.GOOD_BEFORE: _("there is no good capture of the page from before"),
    Lacking.CLEAN_FAILURE: _(
        "no capture after it shows a plain 404 or 410, or a notice of removal, of a site that was "
        "well otherwise"
    ),
    Lacking.SECOND_FAILURE: _("there is no second such capture, 6 hours or more after the first"),
    Lacking.TIME: _("such captures do not span 24 hours yet"),
    Lacking.CONTROL: _(
        "no other page of the site was captured as it should be within 10 minutes of them"
    ),
    Lacking.FLAPPING: _("the page comes and goes"),
    Lacking.OTHER_TIME: _(
        "the captures show the page gone at another time than this is said to have happened, or "
        "was noticed"
    ),
}


def check_standing(
    *, event: LifecycleEvent, standing: str, reporter: Source | None, evidence_url: str
) -> Weighed | None:
    """Raise InvalidInput unless what is known carries the standing; return what proves a removal.

    `corroborated` takes two independent reporters: different original speakers, our own eyes
    counting as one. `proven` removal takes captures before and after, weighed by rule
    (proving.py); anything else is proven by a document one can point to.
    """
    if standing == choices.Standing.CORROBORATED and _reporters(event, reporter) < 2:
        raise InvalidInput(
            _(
                "Corroborated takes two independent reporters. Name one who is not the reporter "
                "already given."
            ),
            field="reporter_name",
        )
    if standing != choices.Standing.PROVEN:
        return None
    if choices.GROUP_OF[event.type] == choices.EventGroup.REMOVAL:
        return _check_proof(event)
    if not evidence_url:
        raise InvalidInput(_("Proven takes a link to the proof."), field="evidence_url")
    return None


def _check_proof(event: LifecycleEvent) -> Weighed:
    proof = proof_of(event)
    if not proof.is_proven:
        raise InvalidInput(
            _(
                "A removal is proven by captures before and after it only; until then it is at "
                "most corroborated. What is missing: %(lacking)s."
            ),
            field="standing",
            params={"lacking": lacking_words(proof)},
        )
    return proof


def lacking_words(proof: Weighed) -> str:
    """Return what keeps captures from proving a removal, in the language active now."""
    if proof.weighing.finding is Finding.THERE:
        return str(_("the latest capture shows the page"))
    lacking = [words for code, words in LACKING.items() if code in proof.weighing.lacking]
    return "; ".join(str(words) for words in lacking)


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
