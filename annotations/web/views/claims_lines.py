"""Draws the list of claims: one string per claim, as a template per row costs ten times as much."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.accounts.models import User
from annotations.claims.choices import ClaimType
from annotations.claims.models import Claim
from annotations.claims.summaries import ChainSummary, chain_summaries, places_of_claims
from annotations.lifecycle.looks_again import looks_again_by_claim
from annotations.lifecycle.marks import Mark, marks_for
from annotations.lifecycle.models import LookAgain
from annotations.projects.models import Project
from annotations.projects.visibility import Sight
from annotations.verification.assignments.at_work import at_work_on_claims
from annotations.verification.labels import ShownLabel, labels_for
from annotations.verification.stage_queries import stages_for
from annotations.verification.stages import Stage
from annotations.web.views.workbench_rows import RowWords, mark_line

_STAGE_STYLES = {
    Stage.AGREED: "ok",
    Stage.ADJUDICATED: "ok",
    Stage.PUBLISHED: "ok",
    Stage.DISPUTED: "warn",
    Stage.REOPENED: "warn",
    Stage.IN_REVIEW: "info",
}


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One claim in the list."""

    claim: Claim
    who: str
    label: ShownLabel | None
    stage: Stage
    marks: Sequence[Mark]
    places: int
    # Verdicts of it that rest on what was withdrawn.
    waiting: Sequence[LookAgain]
    # Names of the others who are at work on it.
    at_work: Sequence[str]


def claim_lines(claims: Sequence[Claim], viewer: User, sight: Sight) -> list[ClaimLine]:
    """Read what the lines of one page show; as many queries for one claim as for all."""
    first, places = {}, {}
    for claim_id, first_id, n in places_of_claims([one.pk for one in claims], viewer, sight):
        first[claim_id], places[claim_id] = first_id, n
    chains = chain_summaries(first.values(), sight)
    labels = labels_for(claims, viewer)
    stages = stages_for(claims, viewer)
    marks = marks_for(claims, sight)
    at_work = at_work_on_claims([one.pk for one in claims], viewer.pk)
    again = looks_again_by_claim([one.pk for one in claims], viewer)
    return [
        ClaimLine(
            claim=claim,
            who=chains.get(first.get(claim.pk, 0), ChainSummary()).words,
            label=labels.get(claim.pk),
            stage=stages[claim.pk],
            marks=marks.get(claim.pk, []),
            places=places.get(claim.pk, 0),
            waiting=[one for one in again.get(claim.pk, ()) if one.is_open],
            at_work=at_work.get(claim.pk, ()),
        )
        for claim in claims
    ]


def stage_badge(stage: Stage) -> SafeString:
    """Return the stage as it stands beside a claim."""
    style = _STAGE_STYLES.get(stage, "neutral")
    words = escape(str(stage.label))
    return mark_safe(f'<span class="badge badge--{style}" data-stage="{stage}">{words}</span>')


class _Words(RowWords):
    """Words that every line repeats."""

    def __init__(self, project: Project, past_query: str | None) -> None:
        super().__init__()
        # What the numbers of claims stand after, and before.
        url = reverse("claim-detail", kwargs={"slug": project.slug, "number": 1})
        self.address = escape(url.removesuffix("1/"))
        self.end = "/" if past_query is None else f"/?{escape(past_query)}"
        self.is_past = past_query is not None
        self.types = {value: escape(str(label)) for value, label in ClaimType.choices}
        self.stages = {stage: stage_badge(stage) for stage in Stage}
        self.at_work = escape(_("Being worked on by"))
        self.choose = escape(_("Choose"))
        self.look_again = escape(_("Resting on a withdrawn statement, look again"))
        again = reverse("look-again-list", kwargs={"slug": project.slug})
        self.looks_again = escape(again)


def draw_lines(
    lines: Sequence[ClaimLine], project: Project, *, past_query: str | None, may_choose: bool
) -> SafeString:
    """Return the list items; `past_query` is the moment as it stands in addresses.

    With `may_choose` each claim that can be given to somebody has a box to tick.
    """
    words = _Words(project, past_query)
    # Every text in it went through escape().
    return mark_safe("".join(_line(one, words, may_choose) for one in lines))


def _line(line: ClaimLine, words: _Words, may_choose: bool) -> str:
    claim = line.claim
    number = claim.number
    off = " is-off" if claim.discarded_at else ""
    who = f"<bdi>{escape(line.who)}</bdi>" if line.who else words.nobody
    facts = [who, _label(line, words), words.stages[line.stage], _places(line.places)]
    if claim.types:
        facts.append(", ".join(words.types[one] for one in claim.types))
    return (
        f'<li class="claims__row{off}"><a class="claims__link" href="{words.address}{number}'
        f'{words.end}"><span class="claims__number">{number}</span> '
        f'<span class="claims__text" dir="auto">{escape(claim.text)}</span></a>'
        f'<p class="claims__meta">{" · ".join(facts)}</p>'
        f"{_state(line, words)}{_choice(claim, words, may_choose)}"
        f"{''.join(words.badge(mark) for mark in line.marks)}</li>"
    )


def _label(line: ClaimLine, words: _Words) -> str:
    label = line.label
    if label is None:
        return f'<span class="label">{words.none}</span>'
    stale = f" ({words.stale})" if label.is_stale else ""
    tells_more = label.is_published and line.stage != Stage.PUBLISHED
    published = f" · {words.published}" if tells_more else ""
    shown = f'<span class="label" data-label="{label.value}">{words.labels[label.value]}</span>'
    return f"{shown}{published}{stale}"


def _places(count: int) -> str:
    return escape(ngettext("%(count)d place", "%(count)d places", count) % {"count": count})


def _state(line: ClaimLine, words: _Words) -> str:
    """Say that it was taken back or hidden, and who is at work on it."""
    drawn = ""
    if line.claim.discarded_at:
        reason = line.claim.discard_reason
        why = f": <bdi>{escape(reason)}</bdi>" if reason else ""
        drawn += mark_line("outline", f"{words.discarded}{why}")
    if line.claim.hidden_at:
        drawn += mark_line("danger", words.hidden)
    for one in line.waiting:
        link = f'<a href="{words.looks_again}{one.uid}/">{words.look_again}</a>'
        drawn += mark_line("warn", link)
    if line.at_work and not words.is_past:
        names = ", ".join(f"<bdi>{escape(name)}</bdi>" for name in line.at_work)
        drawn += mark_line("warn", f"{words.at_work} {names}")
    return drawn


def _choice(claim: Claim, words: _Words, may_choose: bool) -> str:
    if not may_choose or claim.discarded_at or claim.hidden_at:
        return ""
    box = f"choose-{claim.number}"
    return (
        f'<p class="claims__choose"><input type="checkbox" name="claim" value="{claim.uid}"'
        f' id="{box}"><label for="{box}">{words.choose}'
        f'<span class="visually-hidden"> {claim.number}</span></label></p>'
    )
