"""What helps while typing: names of sources, and places where quoted words stand."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.accounts.roles import Permission
from annotations.articles.models import ArticleVersion
from annotations.lib.errors import DomainError
from annotations.lib.names import fold_name
from annotations.projects.models import Project
from annotations.projects.refusals import sentence
from annotations.sources.models import Source, SourceAlias
from annotations.spans.selectors import QuoteMatch, find_quote
from annotations.web.access import SignedInRequest, project_page
from annotations.web.views.claims_find import find_version

OFFERED = 10


@dataclass(frozen=True, slots=True)
class Found:
    """A place of the quoted words, with the words around it."""

    match: QuoteMatch
    text: str

    @property
    def range(self) -> str:
        """Return the place as forms send it."""
        return f"{self.match.start}-{self.match.end}"


@require_safe
@project_page(Permission.ANNOTATE)
def source_suggest(request: SignedInRequest, project: Project) -> JsonResponse:
    """Answer with known spellings that contain `q`, and whom exactly `q` means."""
    key = fold_name(request.GET.get("q", "")[:200])
    if not key:
        return JsonResponse({"names": [], "means": None})
    visible = Source.objects.visible_to(request.user).filter(project=project)
    spellings = (
        SourceAlias.objects.filter(project=project, source__in=visible, name_key__contains=key)
        .select_related("source")
        .alias(rank=_rank(key))
        .order_by("rank", "name")[:OFFERED]
    )
    found = list(spellings)
    exact = next((alias.source for alias in found if alias.name_key == key), None)
    return JsonResponse(
        {
            "names": [{"name": alias.name, "means": alias.source.name} for alias in found],
            "means": exact and {"name": exact.name, "kind": str(exact.get_kind_display())},
        }
    )


@require_safe
@project_page(Permission.ANNOTATE)
def passage_find(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Find typed words in the text; one place leads on at once, several are listed.

    `?claim=NUMBER` is the claim that a place is looked for.
    """
    version = find_version(request.user, project, uid)
    words, number = request.GET.get("q", ""), request.GET.get("claim", "")
    if not number.isdecimal() or len(number) > 9:
        number = ""
    text = ArticleVersion.objects.values_list("text", flat=True).get(pk=version.pk)
    problem = ""
    matches: list[QuoteMatch] = []
    try:
        matches = find_quote(text, words)
        problem = "" if matches else _("These words do not stand in the text.")
    except DomainError as error:
        problem = sentence(error)
    if len(matches) == 1 and not request.htmx and not number:
        address = reverse("claim-create", kwargs={"slug": project.slug, "uid": version.uid})
        return redirect(f"{address}?range={matches[0].start}-{matches[0].end}")
    context = {
        "version": version,
        "article": version.article,
        "words": words,
        "number": number,
        "problem": problem,
        "places": [Found(match, text[match.start : match.end]) for match in matches],
    }
    template = "workbench/_places.html" if request.htmx else "workbench/places.html"
    return render(request, template, context)


def _rank(key: str) -> Case:
    """Put the very name first, then names that begin so."""
    return Case(
        When(name_key=key, then=Value(0)),
        When(name_key__startswith=key, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
