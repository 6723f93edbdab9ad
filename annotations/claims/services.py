"""Every change to claims and their mentions."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.models import ArticleVersion
from annotations.audit.context import context
from annotations.claims.columns import claim_columns
from annotations.claims.hops import HopInput, hops_prepare, hops_replace
from annotations.claims.marking import (
    check_original_stands,
    check_place_in_round,
    claim_number,
)
from annotations.claims.models import Claim, Mention
from annotations.jobs import enqueue
from annotations.lib.errors import Conflict, InvalidInput
from annotations.notifications.kinds import Kind
from annotations.notifications.services import notify
from annotations.planned import insert
from annotations.projects.editing import (
    RESTORED,
    check_fields,
    discard_row,
    discarded,
    lock_row,
    write_changes,
)
from annotations.projects.models import Project
from annotations.spans.services import SpanBatch, cut_ranges

EDITABLE = frozenset(
    {
        "text",
        "language",
        "translation_of",
        "types",
        "checkability",
        "priority",
        "due",
        "check_worthiness",
        "statement",
    }
)
# What a review is a judgement of: changing one of these makes earlier reviews stale. A statement
# the claim rests on directly is its attribution.
CONTENT = frozenset({"text", "statement"})
Ranges = Iterable[Sequence[int]]


def claim_create(
    *,
    actor: User,
    project: Project,
    text: str,
    version: ArticleVersion | None = None,
    ranges: Ranges = (),
    hops: Sequence[HopInput] = (),
    exact: bool = False,
    **fields: Any,
) -> Claim:
    """Make a claim with the next number of its project, and its first mention if it has one.

    `ranges` are (start, end) code points of `version`; they snap outwards unless `exact`. `hops`
    is the chain of that mention, original speaker first. A claim without a mention rests on
    `statement`. In a text that the actor marks independently it belongs to that round. Raises
    InvalidInput.
    """
    check_fields(fields, EDITABLE)
    columns = claim_columns({"text": text, **fields})
    ranges = list(ranges)
    if bool(ranges) != (version is not None):
        raise InvalidInput(_("A mention needs an article version and ranges."), field="ranges")
    if hops and version is None:
        raise InvalidInput(_("Only a mention has a chain of sources."), field="hops")
    with context(actor=actor, action="claim.create"):
        number, marked = claim_number(actor, project, version)
        row = Claim(project=project, number=number, created_by=actor, round=marked, **columns)
        (claim,) = insert([row])
        claim.made_mention = None
        if version is not None:
            claim.made_mention = _mention_write(actor, claim, version, ranges, hops, exact)
    return claim


def claim_update(*, actor: User, claim: Claim, revision: int, **changes: Any) -> Claim:
    """Change a claim's own fields; `revision` is the one the person saw (StaleVersion otherwise).

    A changed text makes earlier reviews stale.
    """
    check_fields(changes, EDITABLE)
    columns = claim_columns(changes)
    with context(actor=actor, action="claim.update"):
        current = lock_row(claim, revision)
        check_original_stands(actor, current)
        _check_kept(current)
        if any(getattr(current, name) != columns[name] for name in CONTENT & columns.keys()):
            columns["content_revision"] = current.content_revision + 1
        if write_changes(current, columns):
            tell_author(actor, current)
    return current


def claim_discard(
    *, actor: User, claim: Claim, reason: str = "", revision: int | None = None
) -> Claim:
    """Take our claim back; it stays readable with a mark. Already so changes nothing.

    `revision`, here and below, is given by who undoes an action of theirs: StaleVersion when the
    claim has changed since.
    """
    with context(actor=actor, action="claim.discard", reason=reason):
        current = lock_row(claim, revision)
        check_original_stands(actor, current)
        if current.discarded_at is None:
            discard_row(current, actor, reason)
            tell_author(actor, current)
    return current


def claim_restore(
    *, actor: User, claim: Claim, reason: str = "", revision: int | None = None
) -> Claim:
    """Bring a discarded claim back. Already so changes nothing."""
    with context(actor=actor, action="claim.restore", reason=reason):
        current = lock_row(claim, revision)
        check_original_stands(actor, current)
        if write_changes(current, RESTORED):
            tell_author(actor, current)
    return current


def mention_add(
    *,
    actor: User,
    claim: Claim,
    version: ArticleVersion,
    ranges: Ranges,
    hops: Sequence[HopInput] = (),
    exact: bool = False,
) -> Mention:
    """Add a further appearance of a claim, in this or another article of its project."""
    if version.project_id != claim.project_id:
        raise InvalidInput(_("The article is not in the claim's project."), field="version")
    with context(actor=actor, action="mention.add"):
        current = lock_row(claim, None)
        check_original_stands(actor, current)
        check_place_in_round(actor, current, version)
        _check_kept(current)
        mention = _mention_write(actor, current, version, list(ranges), hops, exact)
        _content_changed(actor, current)
    return mention


def mention_update(
    *,
    actor: User,
    mention: Mention,
    revision: int,
    ranges: Ranges | None = None,
    hops: Sequence[HopInput] | None = None,
    exact: bool = False,
) -> Mention:
    """Move a mention's ranges, change its chain, or both; None leaves a part as it is.

    `revision` is the claim's. A new span is made, the old one stays in history.
    """
    with context(actor=actor, action="mention.update"):
        claim = lock_row(mention.claim, revision)
        check_original_stands(actor, claim)
        _check_kept(claim)
        current = Mention.objects.select_for_update(of=("self",)).get(pk=mention.pk)
        current.claim = claim
        changed = False
        if ranges is not None:
            changed = _move(actor, current, list(ranges), exact)
        if hops is not None:
            changed |= hops_replace(actor=actor, mention=current, hops=hops)
        if changed:
            _content_changed(actor, claim)
    return current


def mention_discard(
    *, actor: User, mention: Mention, reason: str = "", revision: int | None = None
) -> Mention:
    """Take one appearance back; the claim stays. Already so changes nothing."""
    with context(actor=actor, action="mention.discard", reason=reason):
        claim = lock_row(mention.claim, revision)
        check_original_stands(actor, claim)
        current = Mention.objects.select_for_update(of=("self",)).get(pk=mention.pk)
        if current.discarded_at is None:
            _set(current, discarded(actor, reason))
            _content_changed(actor, claim)
    return current


def mention_restore(
    *, actor: User, mention: Mention, reason: str = "", revision: int | None = None
) -> Mention:
    """Bring a discarded appearance back. Already so changes nothing."""
    with context(actor=actor, action="mention.restore", reason=reason):
        claim = lock_row(mention.claim, revision)
        check_original_stands(actor, claim)
        current = Mention.objects.select_for_update(of=("self",)).get(pk=mention.pk)
        if current.discarded_at is not None:
            _set(current, RESTORED)
            _content_changed(actor, claim)
    return current


def _mention_write(
    actor: User,
    claim: Claim,
    version: ArticleVersion,
    ranges: list[Sequence[int]],
    hops: Sequence[HopInput],
    exact: bool,
) -> Mention:
    spans = SpanBatch(actor=actor, version=version)
    mention = Mention(
        project_id=claim.project_id,
        claim=claim,
        article_id=version.article_id,
        version=version,
        span=spans.cut(ranges, exact=exact),
        created_by=actor,
    )
    rows = hops_prepare(actor=actor, project=claim.project, hops=hops, spans=spans, mention=mention)
    spans.write()
    insert([mention])
    mention.made_hops = insert(rows)
    if getattr(version, "latest_number", version.number) > version.number:
        # Known to whoever marks in a page; for others the worker looks every few minutes.
        enqueue("spans.reanchor", version_uid=str(version.uid))
    return mention


def _move(actor: User, mention: Mention, ranges: list[Sequence[int]], exact: bool) -> bool:
    cut = cut_ranges(version=mention.version, ranges=ranges, exact=exact)
    before = list(mention.span.ranges.order_by("n").values_list("start", "end"))
    if [(one.start, one.end) for one in cut] == before:
        return False
    spans = SpanBatch(actor=actor, version=mention.version)
    span = spans.add(cut)
    spans.write()
    _set(mention, {"span": span})
    return True


def _set(mention: Mention, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(mention, name, value)
    mention.save(update_fields=list(columns))


def _content_changed(actor: User, claim: Claim) -> None:
    write_changes(claim, {"content_revision": claim.content_revision + 1})
    tell_author(actor, claim)


def tell_author(actor: User, claim: Claim) -> None:
    """Tell whose claim somebody else has changed; nobody, and no query, where it is their own."""
    notify(
        project=claim.project_id,
        recipients=[claim.created_by_id],
        kind=Kind.CLAIM_EDITED,
        actor=actor,
        target=claim,
    )


def _check_kept(claim: Claim) -> None:
    if claim.discarded_at is not None:
        raise Conflict(_("This claim is discarded. Restore it before changing it."))
