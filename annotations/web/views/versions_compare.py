"""Any two versions of an article, compared: in one text, or side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from annotations.articles.models import Article, ArticleVersion
from annotations.projects.models import Project
from annotations.spans.changes import Stretch, compare_texts
from annotations.spans.differences import Run
from annotations.spans.weights import TELLING
from annotations.web.access import SignedInRequest, project_page
from annotations.web.views.claims_find import hidden_or_404, visible_article
from annotations.web.views.notices_read import notice_offers
from annotations.web.views.placements_read import WEIGHT_WORDS
from annotations.web.views.runs_drawn import draw_runs

SIDES, INLINE = "sides", "inline"
# Paragraphs that stayed are folded when there are more characters of them than this.
SHOWN_SAME = 400


@dataclass(frozen=True, slots=True)
class ShownStretch:
    """A stretch with its number among the changes; 0 for what stayed."""

    stretch: Stretch
    number: int

    @property
    def telling(self) -> list[str]:
        """Name the weighty kinds of change, the weightiest first."""
        return [str(WEIGHT_WORDS[one]) for one in self.stretch.telling]

    @property
    def drawn(self) -> SafeString:
        """Draw what stayed, went and came, without the line ends around it."""
        return draw_runs(_trimmed(self.stretch.runs))

    @property
    def old_drawn(self) -> SafeString:
        """Draw the earlier words, with what went."""
        return draw_runs(_trimmed(self.stretch.old_runs))

    @property
    def new_drawn(self) -> SafeString:
        """Draw the later words, with what came."""
        return draw_runs(_trimmed(self.stretch.new_runs))

    @property
    def text(self) -> str:
        """Return what stayed."""
        return self.stretch.new.strip()

    @property
    def is_long(self) -> bool:
        """Say whether it stayed and is long enough to be folded."""
        return not self.number and len(self.stretch.new) > SHOWN_SAME


@require_safe
@project_page()
def version_compare(request: SignedInRequest, project: Project, uid: UUID) -> HttpResponse:
    """Show what changed from `?from=` to `?to=` (numbers), by default the latest two."""
    article = visible_article(request.user, project, uid)
    if article is None:
        rows = Article.objects.filter(project=project, uid=uid)
        return hidden_or_404(request, rows, _("article"))
    found = ArticleVersion.objects.filter(article=article)
    versions = list(found.defer("text").order_by("number"))
    old, new = _asked(request, versions)
    texts = dict(found.filter(pk__in=[old.pk, new.pk]).values_list("pk", "text"))
    new.article, new.project = article, project
    shown = _numbered(compare_texts(texts[old.pk], texts[new.pk]))
    context = {
        "article": article,
        "versions": versions,
        "old": old,
        "new": new,
        "shown": shown,
        "version": new,
        "notices": notice_offers(request, new, texts[new.pk]),
        "view": INLINE if request.GET.get("view") == INLINE else SIDES,
        **_summary([one.stretch for one in shown if one.number]),
    }
    return render(request, "articles/compare.html", context)


def _trimmed(runs: Sequence[Run]) -> list[Run]:
    """Leave out what would only be drawn as empty lines at either end."""
    kept = list(runs)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept


def _asked(
    request: SignedInRequest, versions: Sequence[ArticleVersion]
) -> tuple[ArticleVersion, ArticleVersion]:
    """Return the two versions of the address. Raises Http404 for a number that is none of them."""
    by_number = {str(one.number): one for one in versions}
    if not versions:
        raise Http404
    latest = versions[-1]
    before = versions[-2] if len(versions) > 1 else latest
    try:
        return (
            by_number[request.GET.get("from") or str(before.number)],
            by_number[request.GET.get("to") or str(latest.number)],
        )
    except KeyError as error:
        raise Http404 from error


def changes_between(old: str, new: str) -> list[ShownStretch]:
    """Return what changed from one text to another; nothing of what stayed or is cosmetic."""
    changed = [one for one in compare_texts(old, new) if one.is_changed and not one.is_cosmetic]
    return _numbered(changed)


def _numbered(stretches: Sequence[Stretch]) -> list[ShownStretch]:
    shown, count = [], 0
    for one in stretches:
        count += one.is_changed
        shown.append(ShownStretch(one, count if one.is_changed else 0))
    return shown


def _summary(changed: Sequence[Stretch]) -> dict[str, object]:
    """Count the changes, those that are cosmetic, and those of each weighty kind."""
    kinds = [(weight, sum(weight in one.telling for one in changed)) for weight in TELLING]
    return {
        "change_count": len(changed),
        "cosmetic_count": sum(one.is_cosmetic for one in changed),
        "kinds": [(WEIGHT_WORDS[weight], count) for weight, count in kinds if count],
    }
