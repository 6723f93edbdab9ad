"""Which captures there are of an address."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat, Substr

from annotations.accounts.roles import Permission
from annotations.captures.choices import PageKindChoices
from annotations.captures.quality import GOOD
from annotations.projects.visibility import projects_where

if TYPE_CHECKING:
    from annotations.accounts.models import User
    from annotations.projects.models import Project

# What has an address of its own that may be hidden, or confidential.
_HIDDEN = ("Article", "Statement", "Evidence")
_CONFIDENTIAL = ("Statement", "Evidence")


class CaptureQuerySet(models.QuerySet):
    """Captures."""

    def visible_to(self, user: "User") -> "CaptureQuerySet":
        """Keep those the person may see.

        A capture shows what stands at an address: where an article, a statement or evidence of
        that address is hidden, or an article with a version read from the capture, moderators see
        it; where one is confidential, reviewers and up.
        """
        if not user.is_authenticated:
            return self.none()
        kept = self.filter(project_id__in=projects_where(user, Permission.READ))
        hidden = _named(_HIDDEN, hidden_at__isnull=False) | _read_for_hidden()
        confidential = _named(_CONFIDENTIAL, confidential=True)
        sees_hidden = Q(project_id__in=projects_where(user, Permission.SEE_HIDDEN))
        sees_confidential = Q(project_id__in=projects_where(user, Permission.SEE_CONFIDENTIAL))
        return kept.filter(sees_hidden | ~hidden).filter(sees_confidential | ~confidential)

    def of_address(self, project: "Project", canonical: str) -> "CaptureQuerySet":
        """Keep the captures of one address of a project, the latest first."""
        return self.filter(project=project, canonical_url=canonical).order_by("-taken_at", "-id")

    def good(self) -> "CaptureQuerySet":
        """Keep those that a later capture may be held against (quality.Quality.is_good)."""
        kinds = (PageKindChoices.PAGE, PageKindChoices.FILE)
        return self.filter(quality_kind__in=kinds, quality_score__gte=GOOD)


class TimeStampQuerySet(models.QuerySet):
    """Time stamps."""

    def visible_to(self, user: "User") -> "TimeStampQuerySet":
        """Keep those of captures that the person may see."""
        captures = apps.get_model("annotations", "Capture").objects.visible_to(user)
        return self.filter(capture__in=captures.order_by().values("pk"))


def _named(models_with_addresses: tuple[str, ...], **conditions: object) -> Q:
    """Say of a capture whether such a row has its address; the rows live in rooms above."""
    found = Q()
    for name in models_with_addresses:
        rows = apps.get_model("annotations", name)._base_manager.filter(
            project=OuterRef("project"), **conditions
        )
        # Asked for by another address, it shows the same page.
        for address in ("canonical_url", "final_canonical_url"):
            named = rows.exclude(canonical_url="").filter(canonical_url__in=_alike(address))
            found |= Q(Exists(named))
    return found


def _alike(address: str) -> list[OuterRef | Concat]:
    """Return an address and the one that differs in nothing but http and https: the same page. Of
    the two that are made, the one that does not fit is no address at all.
    """
    insecure = Concat(Value("http"), Substr(OuterRef(address), len("https") + 1))
    secure = Concat(Value("https"), Substr(OuterRef(address), len("http") + 1))
    return [OuterRef(address), insecure, secure]


def _read_for_hidden() -> Q:
    """Say of a capture whether a hidden article's text was read from it, at whatever address."""
    versions = apps.get_model("annotations", "ArticleVersion")._base_manager
    return Q(Exists(versions.filter(capture=OuterRef("pk"), article__hidden_at__isnull=False)))
