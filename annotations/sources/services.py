"""Every change to sources and their aliases."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.lib.errors import Conflict, InvalidInput
from annotations.lib.names import fold_name
from annotations.planned import Planned, Slot
from annotations.projects.editing import (
    check_choice,
    check_fields,
    check_length,
    lock_row,
    write_changes,
)
from annotations.projects.models import Project
from annotations.sources.models import Source, SourceAlias, SourceKind

EDITABLE = frozenset({"name", "kind", "description"})
NAME_LENGTH = 200


class NameTaken(Conflict):
    """The name already means another source; `source` is that one, named only if `is_shown`."""

    def __init__(self, name: str, source: Source, *, is_shown: bool) -> None:
        message = (
            _("“%(name)s” already stands for the source “%(source)s” in this project.")
            if is_shown
            else _("“%(name)s” already stands for another source in this project.")
        )
        params = {"name": name, "source": source.name} if is_shown else {"name": name}
        super().__init__(message, field="name", params=params)
        self.source = source


def source_resolve(*, project: Project, name: str) -> Source | None:
    """Find the source that goes by this name or alias, whatever its case, accents or spacing."""
    found = _alias(project.pk, fold_name(name))
    return found[0].source if found else None


@Planned
def _alias(project_id: Slot, name_key: Slot) -> QuerySet[SourceAlias]:
    aliases = SourceAlias.objects.filter(project=project_id, name_key=name_key)
    return aliases.select_related("source")


def source_create(
    *,
    actor: User,
    project: Project,
    name: str,
    kind: str = SourceKind.UNKNOWN,
    description: str = "",
    aliases: Iterable[str] = (),
) -> Source:
    """Make a source with its name as first alias. Raises NameTaken or InvalidInput."""
    name = _clean_name(name)
    check_choice(kind, SourceKind.values, "kind")
    with context(actor=actor, action="source.create"):
        source = Source.objects.create(
            project=project, name=name, kind=kind, description=description, created_by=actor
        )
        for alias in dict.fromkeys([name, *aliases]):
            _alias_write(actor=actor, source=source, name=_clean_name(alias))
    return source


def source_get_or_create(
    *, actor: User, project: Project, name: str, kind: str = SourceKind.UNKNOWN
) -> Source:
    """Resolve the name, or make the source; safe when two people type the same name at once."""
    found = source_resolve(project=project, name=_clean_name(name))
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return source_create(actor=actor, project=project, name=name, kind=kind)
    except NameTaken as taken:
        return taken.source


def source_update(*, actor: User, source: Source, revision: int, **changes: str) -> Source:
    """Change name, kind or description; a new name becomes an alias, the old one stays one."""
    check_fields(changes, EDITABLE)
    with context(actor=actor, action="source.update"):
        current = lock_row(source, revision)
        if "kind" in changes:
            check_choice(changes["kind"], SourceKind.values, "kind")
            if current.outlet_id and changes["kind"] != SourceKind.OUTLET:
                raise InvalidInput(_("The source of an outlet stays an outlet."), field="kind")
        if "name" in changes:
            changes["name"] = _clean_name(changes["name"])
            _alias_write(actor=actor, source=current, name=changes["name"])
        write_changes(current, changes)
    return current


def alias_add(*, actor: User, source: Source, name: str) -> SourceAlias:
    """Let another spelling mean this source; already so changes nothing. Raises NameTaken."""
    with context(actor=actor, action="source.alias_add"):
        return _alias_write(actor=actor, source=source, name=_clean_name(name))


def alias_remove(*, actor: User, source: Source, name: str) -> None:
    """Take a spelling away again; the source's own name always stays."""
    key = fold_name(name)
    with context(actor=actor, action="source.alias_remove"):
        # Locked, so that nobody makes the spelling the source's own name meanwhile.
        current = lock_row(source, None)
        if key == fold_name(current.name):
            raise InvalidInput(_("A source keeps its own name as an alias."), field="name")
        current.aliases.filter(name_key=key).delete()


def _alias_write(*, actor: User, source: Source, name: str) -> SourceAlias:
    key = fold_name(name)
    alias, _made = SourceAlias.objects.select_related("source").get_or_create(
        project_id=source.project_id,
        name_key=key,
        defaults={"name": name, "source": source, "created_by": actor},
    )
    if alias.source_id != source.pk:
        seen = Source.objects.all() if actor.is_system else Source.objects.visible_to(actor)
        is_shown = seen.filter(pk=alias.source_id).exists()
        raise NameTaken(name, alias.source, is_shown=is_shown)
    return alias


def _clean_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or not fold_name(name):
        raise InvalidInput(_("A source needs a name."), field="name")
    return check_length(name, NAME_LENGTH, "name")
