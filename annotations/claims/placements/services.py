"""What people decide about where a mention stands in a later version."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.audit.context import context
from annotations.claims.placements.models import MentionPlacement, State, Why
from annotations.claims.placements.placing import reanchor_later
from annotations.claims.services import tell_author
from annotations.lib.errors import Conflict, InvalidInput, StaleVersion
from annotations.projects.editing import lock_row, write_changes
from annotations.spans.models import Span
from annotations.spans.selectors import find_quote
from annotations.spans.services import SpanBatch, cut_ranges


def placement_confirm(
    *, actor: User, placement: MentionPlacement, revision: int | None
) -> MentionPlacement:
    """Say that the mention stands where it was proposed. Already so changes nothing.

    `revision`, here and below, is the placement's as the person saw it (StaleVersion otherwise).
    Raises Conflict where no place is proposed.
    """
    with context(actor=actor, action="placement.confirm"):
        current = _locked(placement)
        if current.proposed is None:
            raise Conflict(_("No place is proposed here. Select the words, or mark them as gone."))
        return _decide(actor, current, revision, Why.CONFIRMED, current.proposed)


def placement_select(
    *,
    actor: User,
    placement: MentionPlacement,
    revision: int | None,
    ranges: Iterable[Sequence[int]],
    exact: bool = False,
) -> MentionPlacement:
    """Say where the mention stands: `ranges` are (start, end) code points of the later version.

    They snap outwards unless `exact`. Raises InvalidInput. Already so changes nothing.
    """
    with context(actor=actor, action="placement.select"):
        current = _locked(placement)
        cut = cut_ranges(version=current.version, ranges=ranges, exact=exact)
        wanted = [(one.start, one.end) for one in cut]
        if current.span is not None and _places(current.span) == wanted:
            return _decide(actor, current, revision, Why.SELECTED, current.span)
        spans = SpanBatch(actor=actor, version=current.version)
        span = spans.add(cut)
        spans.write()
        return _decide(actor, current, revision, Why.SELECTED, span)


def placement_mark_gone(
    *, actor: User, placement: MentionPlacement, revision: int | None, reason: str = ""
) -> MentionPlacement:
    """Say that the version no longer holds the mention's words. Already so changes nothing."""
    with context(actor=actor, action="placement.mark_gone", reason=reason):
        current = _locked(placement)
        return _decide(actor, current, revision, Why.MARKED_GONE, None)


def find_words(placement: MentionPlacement, words: str) -> list[tuple[int, int]]:
    """Return where in the later version typed or pasted words stand, as ranges for
    `placement_select`. Raises InvalidInput when they stand nowhere there, or more than once.
    """
    found = find_quote(placement.version.text, words)
    if not found:
        raise InvalidInput(_("These words do not stand in this version."), field="words")
    if len(found) > 1:
        raise InvalidInput(
            _("These words stand there %(count)d times. Add some that stand beside them."),
            field="words",
            params={"count": len(found)},
        )
    return [(found[0].start, found[0].end)]


def _locked(placement: MentionPlacement) -> MentionPlacement:
    """Lock the claim, then the placement; raise Conflict where the mention is no longer kept."""
    claim = lock_row(placement.mention.claim, None)
    current = lock_row(placement, None)
    current.mention.claim = claim
    if claim.discarded_at is not None or current.mention.discarded_at is not None:
        raise Conflict(_("This claim or its place was discarded. Restore it first."))
    return current


def _decide(
    actor: User, current: MentionPlacement, revision: int | None, why: Why, span: Span | None
) -> MentionPlacement:
    state = State.ORPHANED
    if span is not None:
        is_same = _places(span) == _places(current.placed_from)
        state = State.SAME if is_same else State.MOVED
    if current.decided_by_id is not None and (current.span, current.state) == (span, state):
        # A form sent twice says nothing new.
        return current
    if revision is not None and current.revision != revision:
        raise StaleVersion(current=current)
    columns: dict[str, Any] = {
        "state": state,
        "why": why,
        "span": span,
        "decided_by": actor,
        "decided_at": timezone.now(),
    }
    write_changes(current, columns)
    reanchor_later(version=current.version)
    tell_author(actor, current.mention.claim)
    return current


def _places(span: Span) -> list[tuple[int, int]]:
    return list(span.ranges.order_by("n").values_list("start", "end"))
