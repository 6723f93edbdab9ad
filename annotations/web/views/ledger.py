"""The retraction ledger: everything that was changed, withdrawn, removed or restored."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.lifecycle.choices import LookAgainState
from annotations.lifecycle.event_captures import captures_of
from annotations.lifecycle.event_texts import texts_shown
from annotations.lifecycle.ledger import ledger_page
from annotations.lifecycle.ledger_entries import entries_of
from annotations.lifecycle.models import LookAgain
from annotations.lifecycle.timelines import events_of
from annotations.projects.models import Project
from annotations.projects.places import Place
from annotations.web.access import SignedInRequest, project_page
from annotations.web.forms.ledger import LedgerFilterForm
from annotations.web.views.events import find_event


@require_safe
@project_page()
def ledger_list(request: SignedInRequest, project: Project) -> HttpResponse:
    """Show the ledger, last recorded first, narrowed by the filters in the address."""
    form = LedgerFilterForm(request.GET)
    wanted = form.wanted()
    page = ledger_page(project, request.user, wanted, _place(request))
    waiting = LookAgain.objects.visible_to(request.user).in_state(LookAgainState.OPEN)
    values = {
        "form": form,
        "page": page,
        "entries": entries_of(page.rows, request.user, request.access.sight),
        "is_narrowed": wanted.is_narrowed,
        "query": _query(request, form),
        "waiting": waiting.filter(project=project).count(),
    }
    return render(request, "ledger/list.html", values)


@require_safe
@project_page()
def event_texts(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Answer what the subject was before an event and after it, to be put into an entry."""
    event = find_event(request, project, uid)
    line = events_of(request.user, request.access.sight, pk=event.pk)[0]
    captures = captures_of(event, request.user)
    texts = texts_shown(line.event, line.standing, request.user, captures)
    return render(request, "ledger/_unfolded.html", {"texts": texts})


def _query(request: SignedInRequest, form: LedgerFilterForm) -> str:
    """Return the filters as they stand in the addresses of the feed and the files."""
    given = ((name, request.GET.get(name, "")) for name in form.fields)
    understood = form.cleaned_data
    return urlencode([(name, value) for name, value in given if value and understood.get(name)])


def _place(request: SignedInRequest) -> Place[UUID]:
    """Read from the address where the page begins; nonsense is the latest."""
    asked = {}
    for name in ("before", "after"):
        try:
            asked[name] = UUID(request.GET.get(name, ""))
        except ValueError:
            continue
    if len(asked) != 1:
        return Place(is_last="last" in request.GET)
    return Place(before=asked.get("before"), after=asked.get("after"))
