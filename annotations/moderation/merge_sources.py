"""Merging a source into another that is the same speaker. It cannot be undone."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.claims.models import Attribution
from annotations.lib.errors import Conflict, InvalidInput
from annotations.moderation.services import clean_reason
from annotations.notifications.kinds import Kind
from annotations.notifications.services import notify
from annotations.projects.editing import lock_row, write_changes
from annotations.sources.models import Source, SourceAlias, SourceKind
from annotations.statements.models import Statement
from annotations.verification.evidence.models import Evidence


def source_merge(
    *, actor: User, source: Source, into: Source, reason: str, revision: int | None = None
) -> Source:
    """Let every name of `source`, and everything it said, be the other's; its address leads there.

    Reviews stay current: that the two are one says nothing new of any claim. Hops of events never
    change; they are read as the other's. Already so changes nothing.
    """
    words = clean_reason(reason)
    check_pair(source, into)
    with context(actor=actor, action="source.merge", reason=words):
        first, second = sorted((source, into), key=lambda one: one.pk)
        locked = {
            one.pk: lock_row(one, revision if one == source else None) for one in (first, second)
        }
        current, target = locked[source.pk], locked[into.pk]
        if current.merged_into_id == target.pk:
            return current
        check_sources_can_merge(current, target)
        _carry_out(current, target)
        notify(
            project=current.project_id,
            recipients=[current.created_by_id],
            kind=Kind.MERGED,
            actor=actor,
            target=current,
        )
    return current


def sources_merge(*, actor: User, sources: Sequence[Source], into: Source, reason: str) -> None:
    """Merge several sources into one: all of them or, where one cannot be, none."""
    with context(actor=actor, action="source.merge", reason=clean_reason(reason)):
        for source in sources:
            if source.pk != into.pk:
                source_merge(actor=actor, source=source, into=into, reason=reason)


def check_pair(source: Source, into: Source) -> None:
    """Raise InvalidInput unless these are two sources of one project."""
    if source.project_id != into.project_id:
        raise InvalidInput(_("The sources are not in the same project."), field="into")
    if source.pk == into.pk:
        raise InvalidInput(
            _("A source cannot be merged into itself. Choose another."), field="into"
        )


def check_sources_can_merge(source: Source, into: Source) -> None:
    """Raise Conflict saying what is in the way of merging the one into the other."""
    for one in (source, into):
        name = {"name": one.name}
        if one.merged_into is not None:
            raise Conflict(
                _("“%(name)s” was merged into “%(into)s” already."),
                params={**name, "into": one.merged_into.name},
            )
        if one.hidden_at is not None:
            raise Conflict(_("“%(name)s” is hidden. Restore it before merging."), params=name)
    if source.kind == SourceKind.OUTLET and into.kind != SourceKind.OUTLET:
        raise Conflict(
            _("“%(name)s” is an outlet: it can be merged into another outlet only."),
            params={"name": source.name},
        )
    if source.outlet_id is not None and into.outlet_id is not None:
        raise Conflict(
            _("“%(name)s” and “%(into)s” both publish articles here: two outlets stay two."),
            params={"name": source.name, "into": into.name},
        )


def _carry_out(source: Source, into: Source) -> None:
    _move(SourceAlias, source, into)
    # Event hops never change; see Source.current.
    hops = Attribution.objects.filter(mention__isnull=False)
    hops.filter(source=source).update(source=into)
    hops.filter(spokesperson_for=source).update(spokesperson_for=into)
    for model in (Statement, Evidence):
        _move(model, source, into, revision=F("revision") + 1, updated_at=timezone.now())
    earlier = Source.objects.filter(merged_into=source)
    earlier.update(merged_into=into, revision=F("revision") + 1, updated_at=timezone.now())
    outlet = source.outlet
    # The outlet is given up first: it has one source at any moment.
    write_changes(source, {"merged_into": into, "outlet": None})
    into.revision += 1
    into.outlet = into.outlet or outlet
    into.save(update_fields=["revision", "updated_at", "outlet"])


def _move(model: Any, source: Source, into: Source, **counted: Any) -> None:
    model.objects.filter(source=source).update(source=into, **counted)
