"""Every change of what a project judges by: a new version beside the old, and which one holds."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.lib.errors import InvalidInput, StaleVersion
from annotations.lib.text import normalise
from annotations.projects.editing import check_choice, check_length
from annotations.projects.models import Project
from annotations.projects.services import lock_project
from annotations.verification.models import Label
from annotations.verification.standards.models import (
    FEWEST_VALUES,
    MOST_VALUES,
    NAME_LENGTH,
    Guideline,
    RatingScale,
    RatingValue,
)
from annotations.verification.standards.older import Under
from annotations.verification.standards.permissions import check_manage_standards
from annotations.verification.standards.shipped import Value
from annotations.verification.standards.telling import tell_older

DESCRIPTION_LENGTH = 1_000
TEXT_LENGTH = 100_000
NOTE_LENGTH = 300


def scale_create(
    *,
    actor: User,
    project: Project,
    name: str,
    values: Sequence[Value],
    description: str = "",
    is_ordered: bool = True,
    seen: int | None = None,
) -> RatingScale:
    """Make the next version of the project's scale, and let it hold from now on.

    Nothing changes for reviews made before. `seen` is the version that held when the person began,
    0 for none: StaleVersion when another holds by now. Raises InvalidInput.
    """
    name = _called(name, "name")
    description = check_length(description, DESCRIPTION_LENGTH, "description")
    clean = _checked(values)
    with context(actor=actor, action="scale.create"):
        locked = _lock(actor, project)
        _check_seen(locked.rating_scale, seen)
        scale = RatingScale.objects.create(
            project=locked,
            version=_next(RatingScale, locked),
            name=name,
            description=description,
            is_ordered=is_ordered,
            size=len(clean),
            created_by=actor,
        )
        RatingValue.objects.bulk_create(
            RatingValue(project=locked, scale=scale, n=n, **value._asdict())
            for n, value in enumerate(clean, start=1)
        )
        _let_hold(locked, rating_scale=scale)
        tell_older(actor=actor, project=locked, under=Under.SCALE)
    return scale


def scale_choose(
    *, actor: User, project: Project, scale: RatingScale | None, seen: int | None = None
) -> Project:
    """Let an earlier version hold again, or none: then claims get labels only. `seen` as above."""
    if scale is not None and scale.project_id != project.pk:
        raise InvalidInput(_("This scale is another project's."), field="scale")
    with context(actor=actor, action="scale.choose"):
        locked = _lock(actor, project)
        if locked.rating_scale_id != (scale.pk if scale else None):
            _check_seen(locked.rating_scale, seen)
            _let_hold(locked, rating_scale=scale)
            tell_older(actor=actor, project=locked, under=Under.SCALE)
    return locked


def guideline_publish(
    *, actor: User, project: Project, text: str, note: str = "", seen: int | None = None
) -> Guideline:
    """Publish the next version of the guidelines, which holds from now on.

    The very words that hold already are no new version. `seen` as above. Raises InvalidInput.
    """
    text = normalise(text).strip()
    if not text:
        raise InvalidInput(_("Write what reviewers are to go by."), field="text")
    text = check_length(text, TEXT_LENGTH, "text")
    note = check_length(note, NOTE_LENGTH, "note")
    with context(actor=actor, action="guideline.publish"):
        locked = _lock(actor, project)
        if locked.guideline is not None and locked.guideline.text == text:
            return locked.guideline
        _check_seen(locked.guideline, seen)
        guideline = Guideline.objects.create(
            project=locked,
            version=_next(Guideline, locked),
            text=text,
            note=note,
            created_by=actor,
        )
        _let_hold(locked, guideline=guideline)
        tell_older(actor=actor, project=locked, under=Under.GUIDELINE)
    return guideline


def _lock(actor: User, project: Project) -> Project:
    """Lock the project, so that versions are counted and chosen one after the other."""
    locked = lock_project(project)
    check_manage_standards(actor, locked)
    return locked


def _check_seen(current: RatingScale | Guideline | None, seen: int | None) -> None:
    if seen is not None and seen != (current.version if current else 0):
        raise StaleVersion(
            _("Somebody changed this since you opened it. Look at the present version first."),
            current=current,
        )


def _next(model: type[RatingScale] | type[Guideline], project: Project) -> int:
    rows = model._default_manager.filter(project=project)
    return (rows.aggregate(last=Max("version"))["last"] or 0) + 1


def _let_hold(project: Project, **chosen: Any) -> None:
    for name, row in chosen.items():
        setattr(project, name, row)
    project.revision += 1
    project.save(update_fields=[*chosen, "revision", "updated_at"])


def _called(name: str, field: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidInput(_("Give it a name."), field=field)
    return check_length(name, NAME_LENGTH, field)


def _checked(values: Sequence[Value]) -> list[Value]:
    """Return the values tidied; raise InvalidInput naming what is wrong with them."""
    if not FEWEST_VALUES <= len(values) <= MOST_VALUES:
        raise InvalidInput(
            _("A scale has between %(fewest)d and %(most)d values."),
            field="values",
            params={"fewest": FEWEST_VALUES, "most": MOST_VALUES},
        )
    clean: list[Value] = []
    for value in values:
        check_choice(value.suggested_label, ["", *Label.values], "values")
        clean.append(
            Value(
                _called(str(value.name), "values"),
                check_length(str(value.description), DESCRIPTION_LENGTH, "values"),
                str(value.suggested_label),
            )
        )
    if len({str(one.name).casefold() for one in clean}) < len(clean):
        raise InvalidInput(_("Two values have the same name."), field="values")
    return clean
