"""How the project is doing: by stage, reviewer, age and week, and what is overdue."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.projects.models import Project
from annotations.verification.dashboard import Dashboard, dashboard_of
from annotations.web.access import SignedInRequest, project_page
from annotations.web.bar_picture import Bars, bar_picture


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture, and the table behind it."""

    key: str
    title: str
    note: str
    of: str
    counts: Sequence[tuple[str, int]]
    picture: Bars


@require_safe
@project_page()
def dashboard_page(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show the figures that the viewer may know."""
    found = dashboard_of(project, request.user)
    context = {"found": found, "charts": _charts(found), "people_chart": _people(found)}
    return render(request, "dashboard/page.html", context)


def _charts(found: Dashboard) -> list[Chart]:
    everybody = found.sees_every_review
    ages = [
        _("under a week"),
        _("1 to 4 weeks"),
        _("4 to 13 weeks"),
        _("over 13 weeks"),
    ]
    return [
        _chart(
            "stages",
            _("By stage"),
            _("Every claim that is not discarded.")
            if everybody
            else _("As far as you may see: others' judgements count once they are revealed."),
            _("Stage"),
            [(str(stage.label), count) for stage, count in found.stages.items()],
        ),
        _chart(
            "ages",
            _("By age"),
            _("Claims that are neither agreed nor decided, by the time since they were added."),
            _("Age"),
            list(zip(ages, found.ages, strict=True)),
        ),
        *_weekly(found, everybody),
    ]


def _weekly(found: Dashboard, everybody: bool) -> list[Chart]:
    """Return what happened week by week."""
    weeks = [(date_format(one.begins, "SHORT_DATE_FORMAT"), one) for one in found.weeks]
    given = (
        _("Judgements given, by the week that begins on this day.")
        if everybody
        else _("Judgements you gave, by the week that begins on this day.")
    )
    return [
        _chart(
            "added",
            _("Added per week"),
            _("Claims, by the week that begins on this day."),
            _("Week of"),
            [(name, one.claims) for name, one in weeks],
        ),
        _chart(
            "judged",
            _("Judged per week"),
            given,
            _("Week of"),
            [(name, one.reviews) for name, one in weeks],
        ),
    ]


def _people(found: Dashboard) -> Bars:
    counts = [(one.name, one.in_hand) for one in found.people]
    return bar_picture(counts, from_right=get_language_bidi())


def _chart(key: str, title: str, note: str, of: str, counts: Sequence[tuple[str, int]]) -> Chart:
    picture = bar_picture(counts, from_right=get_language_bidi())
    return Chart(key, title, note, of, counts, picture)
