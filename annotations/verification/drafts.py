"""What people have typed and not saved yet: theirs alone, on whatever machine they return to."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.lib.errors import InvalidInput
from annotations.projects.models import Project
from annotations.projects.permissions import check
from annotations.verification.models import Draft

# A claim with the longest text and a dozen hops takes about 20,000.
LONGEST = 100_000
# Forms somebody may leave open in one project; the oldest drafts make room.
MOST_KEPT = 200
# Forms over one text that are offered again.
MOST_LISTED = 20


def draft_keep(*, actor: User, project: Project, about: str, content: dict[str, Any]) -> Draft:
    """Keep what is typed into one form; the last words written win. Raises InvalidInput."""
    check(actor, project, Permission.ANNOTATE)
    if len(json.dumps(content)) > LONGEST:
        raise InvalidInput(_("This draft is too long to be kept."), field="content")
    draft, is_new = Draft.objects.update_or_create(
        project=project, user=actor, about=about, defaults={"content": content}
    )
    if is_new:
        _make_room(actor, project)
    return draft


def draft_forget(*, actor: User, project: Project, about: str) -> None:
    """Drop a draft: it was saved, or thrown away. Already so changes nothing."""
    Draft.objects.filter(project=project, user=actor, about=about).delete()


def drafts_of(actor: User, project: Project, abouts: Iterable[str]) -> dict[str, Draft]:
    """Return the person's own drafts by what they are about."""
    rows = Draft.objects.filter(project=project, user=actor, about__in=list(abouts))
    return {row.about: row for row in rows}


def drafts_below(actor: User, project: Project, families: Iterable[str]) -> list[Draft]:
    """Return the person's own drafts whose name is one of `families`, or begins with it and a
    colon; newest first, at most MOST_LISTED.
    """
    named = Q(pk__in=())
    for family in families:
        named |= Q(about=family) | Q(about__startswith=f"{family}:")
    rows = Draft.objects.filter(named, project=project, user=actor)
    return list(rows.order_by("-updated_at")[:MOST_LISTED])


def _make_room(actor: User, project: Project) -> None:
    mine = Draft.objects.filter(project=project, user=actor).order_by("-updated_at")
    for old in mine[MOST_KEPT:]:
        old.delete()
