"""A claim's history as it is shown: who, when, why, and before and after word by word."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from annotations.accounts.models import User
from annotations.audit.timeline import (
    INSERT,
    Change,
    Parts,
    TimelineEntry,
    history_model,
    timeline,
)
from annotations.claims.chains import OF_THE_SPEAKER
from annotations.claims.models import Attribution, Mention
from annotations.claims.placements.models import MentionPlacement
from annotations.comments.models import Comment
from annotations.projects.visibility import Sight
from annotations.verification.evidence.models import ClaimEvidence, ReviewEvidence
from annotations.verification.models import Review
from annotations.verification.verdicts.models import Adjudication, Verdict
from annotations.web.history_words import column_words, model_words
from annotations.web.known_at import query_of
from annotations.web.views.workbench_card import ClaimView

# How many pairs of equal words two texts may have to be compared: "ab ab ab ..." against "ba ab ab
# ..." has a million and takes 20 seconds. Above it, texts are shown whole, before and after.
COMPARED_PAIRS = 15_000
# What one transaction writes lies this close together.
SAME_SAVE = timedelta(seconds=2)
# Said by the page itself, or by the line's other words.
KNOWN_HERE = frozenset(
    {
        "claim",
        "mention",
        "number",
        "reviewer",
        "review",
        "claim_revision",
        "claim_text",
        "article",
        "placed_from",
        "decided_by",
        "decided_at",
    }
)
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words that stayed (`equal`), came (`insert`) or went (`delete`)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One changed column; `words` is empty where before and after share nothing."""

    change: Change
    words: list[Words]


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One row's change within a step."""

    entry: TimelineEntry
    changes: list[ShownChange]


@dataclass(frozen=True, slots=True)
class Step:
    """What one person did at once: everything one save wrote."""

    first: TimelineEntry
    entries: list[ShownEntry]

    @property
    def known_at(self) -> str:
        """Return what asks, in an address, for what was known once it was done."""
        return query_of(self.first.when)


def parted(history: Sequence[Step], moment: datetime) -> tuple[list[Step], list[Step]]:
    """Return what had been done by the moment, and what has been done since."""
    before = [step for step in history if step.first.when <= moment]
    return before, [step for step in history if step.first.when > moment]


def claim_history(view: ClaimView, viewer: User, sight: Sight) -> list[Step]:
    """Return what happened to the claim, its places, chains and judgements, latest first."""
    mentions = [one.mention for one in view.mentions]
    judged = (Review, ReviewEvidence, ClaimEvidence, Verdict, Comment)
    parts = [Parts(one, "claim", [view.claim]) for one in judged]
    if mentions:
        parts += [Parts(one, "mention", mentions) for one in (Attribution, MentionPlacement)]
    decided = Adjudication.objects.filter(claim=view.claim)
    entries = timeline([view.claim, *mentions, *decided], viewer, parts=parts, sight=sight)
    withheld = _hops_of_hidden_sources(mentions, sight)
    return steps(_without_speaker(one) if _hop(one) in withheld else one for one in entries)


def _hops_of_hidden_sources(mentions: Sequence[Mention], sight: Sight) -> set[int]:
    """Return the ids of hops, replaced ones too, that ever named a hidden source."""
    history = history_model(Attribution)
    assert history is not None
    if sight.sees_hidden or not mentions:
        return set()
    rows = history._default_manager.filter(
        mention_id__in=[one.pk for one in mentions], source__hidden_at__isnull=False
    )
    return set(rows.values_list("pgh_obj_id", flat=True))


def _hop(entry: TimelineEntry) -> int | None:
    return entry.object_id if entry.model_name == Attribution._meta.model_name else None


def _without_speaker(entry: TimelineEntry) -> TimelineEntry:
    """Leave out what describes a speaker whom the viewer may not see."""
    kept = tuple(one for one in entry.changes if one.field not in OF_THE_SPEAKER)
    return replace(entry, changes=kept)


def steps(entries: Iterable[TimelineEntry]) -> list[Step]:
    """Gather entries of one save, latest first; within a step in the order they were written."""
    found: list[Step] = []
    for entry in entries:
        last = found[-1] if found else None
        if last is None or not _is_same_save(last.first, entry):
            found.append(Step(entry, []))
        found[-1].entries.insert(0, _shown(entry))
    return found


def _is_same_save(one: TimelineEntry, other: TimelineEntry) -> bool:
    same = (one.who, one.action, one.reason) == (other.who, other.action, other.reason)
    return same and abs(one.when - other.when) < SAME_SAVE


def _shown(entry: TimelineEntry) -> ShownEntry:
    changes = [
        ShownChange(_in_page_words(entry, change), word_difference(change.before, change.after))
        for change in entry.changes
        if change.field not in KNOWN_HERE and not _is_given(entry, change)
    ]
    model = model_words(entry.model_name, entry.model)
    return ShownEntry(replace(entry, model=model), changes)


def _is_given(entry: TimelineEntry, change: Change) -> bool:
    """Say whether the column says nothing of a new row: steps are told in their order."""
    return change.field == "order" and entry.label == INSERT


def _in_page_words(entry: TimelineEntry, change: Change) -> Change:
    """Call the column what the page calls it, and count steps of a chain from one."""
    name = column_words(entry.model_name, change.field, change.name)
    if change.field != "order":
        return replace(change, name=name)
    before, after = (str(int(one) + 1) if one else "" for one in (change.before, change.after))
    return replace(change, name=name, before=before, after=after)


def word_difference(before: str, after: str) -> list[Words]:
    """Compare two texts word by word; empty when one is missing or nothing is shared."""
    if not before or not after:
        return []
    old, new = _WORD.findall(before), _WORD.findall(after)
    counts = Counter(new)
    if sum(counts[word] for word in old) > COMPARED_PAIRS:
        return []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < 0.3:
        return []
    return list(_runs(matcher, old, new))


def _runs(matcher: SequenceMatcher, old: list[str], new: list[str]) -> Iterable[Words]:
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield Words("equal", "".join(old[old_start:old_end]))
            continue
        if old_end > old_start:
            yield Words("delete", "".join(old[old_start:old_end]))
        if new_end > new_start:
            yield Words("insert", "".join(new[new_start:new_end]))
