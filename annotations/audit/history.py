"""How a model's history is kept: by database triggers, with who, why and when on every row."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import pghistory
import pgtrigger
from django.core.exceptions import FieldDoesNotExist
from django.db import models

ModelClass = TypeVar("ModelClass", bound=type[models.Model])


def tracked(
    *, exclude: Sequence[str] = (), deletable: bool = False, read_by: Sequence[str] = ()
) -> Callable[[ModelClass], ModelClass]:
    """Record every insert, update and delete of the decorated model in `<Model>History`.

    `exclude` names columns that must never reach history (secrets) or say nothing (counters).
    The context (actor, reason, action) is copied into each row, so no shared context row exists
    that a later transaction could rewrite. Unless `deletable`, the database refuses to delete
    rows: nothing with a history may go. `read_by` names references that history is also looked
    up by, for rows that are replaced and removed with what they belong to.
    """

    def decorate(model: ModelClass) -> ModelClass:
        of_project = [["project", "pgh_id"]] if _has_project(model) else []
        decorator = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=list(exclude),
            context_id_field=None,  # type: ignore[arg-type]  # None is pghistory's "no column"
            model_name=f"{model.__name__}History",
            meta={
                "indexes": [
                    models.Index(fields=["pgh_created_at"]),
                    models.Index(fields=["pgh_obj", "pgh_id"]),
                    *[models.Index(fields=[name, "pgh_id"]) for name in read_by],
                    # What happened last in a project: pages ask every few seconds.
                    *[models.Index(fields=fields) for fields in of_project],
                ]
            },
        )
        if not deletable:
            pgtrigger.register(pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete))(
                model
            )
        return decorator(model)

    return decorate


def _has_project(model: type[models.Model]) -> bool:
    return any(field.name == "project" for field in model._meta.fields)


def history_model(model: type[models.Model]) -> type[models.Model] | None:
    """Return the model of the rows that keep `model`'s history; None when it has none."""
    try:
        related = model._meta.get_field("history").related_model
    except FieldDoesNotExist:
        return None
    assert isinstance(related, type)
    return related
