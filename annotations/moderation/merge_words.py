"""What a merge would do, in sentences, for whoever is to decide it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.moderation.merge_plans import ClaimMergePlan, SourceMergePlan


def claim_merge_sentences(plan: ClaimMergePlan) -> list[str]:
    """Say what would move, what would stay and what would end."""
    numbers = {"claim": plan.claim.number, "into": plan.into.number}
    said = [_("Claim #%(claim)d is merged into #%(into)d and becomes read-only.") % numbers]
    moved = _moved(plan)
    if moved:
        said.append(_("These move: %(what)s.") % {"what": ", ".join(moved)})
    else:
        said.append(_("Nothing stands on it that would move."))
    if plan.twice_of_claim or plan.twice_of_into:
        n = len(plan.twice_of_claim) + len(plan.twice_of_into)
        said.append(
            ngettext(
                "%(n)d place is marked in both: one of the two is kept, the other discarded.",
                "%(n)d places are marked in both: one of each two is kept, the other discarded.",
                n,
            )
            % {"n": n}
        )
    said += _kept_sentences(plan)
    if plan.changes_content:
        said.append(_("Judgements of #%(into)d become stale: where it is said changes.") % numbers)
    else:
        said.append(_("Judgements of #%(into)d stay current.") % numbers)
    return said


def _moved(plan: ClaimMergePlan) -> list[str]:
    counts = [
        (len(plan.mentions), ngettext("%d place", "%d places", len(plan.mentions))),
        (
            len(plan.links),
            ngettext("%d piece of evidence", "%d pieces of evidence", len(plan.links)),
        ),
        (plan.comments, ngettext("%d comment", "%d comments", plan.comments)),
    ]
    moved = [words % n for n, words in counts if n]
    return [*moved, *([_("the statement it rests on")] if plan.takes_statement else [])]


def _kept_sentences(plan: ClaimMergePlan) -> list[str]:
    said = _evidence_sentences(plan)
    if plan.keeps_own_statement:
        said.append(_("Both rest on a statement: that of #%d stays.") % plan.into.number)
    if plan.reviews:
        said.append(
            ngettext(
                "%(n)d judgement stays with #%(claim)d and never counts for the other.",
                "%(n)d judgements stay with #%(claim)d and never count for the other.",
                plan.reviews,
            )
            % {"n": plan.reviews, "claim": plan.claim.number}
        )
    if plan.assignments:
        said.append(
            ngettext(
                "%(n)d assignment is withdrawn.",
                "%(n)d assignments are withdrawn.",
                plan.assignments,
            )
            % {"n": plan.assignments}
        )
    return said


def _evidence_sentences(plan: ClaimMergePlan) -> list[str]:
    """Say what becomes of evidence that is on both."""
    said = []
    same = len(plan.links_twice) - len(plan.stances_differ)
    if same:
        said.append(
            ngettext(
                "%(n)d piece of evidence is on both, and stays.",
                "%(n)d pieces of evidence are on both, and stay.",
                same,
            )
            % {"n": same}
        )
    for theirs, ours in plan.stances_differ:
        said.append(
            _("“%(evidence)s” is on both: “%(ours)s” stays, “%(theirs)s” is left behind.")
            % {
                "evidence": theirs.evidence,
                "ours": ours.get_stance_display(),
                "theirs": theirs.get_stance_display(),
            }
        )
    return said


def source_merge_sentences(plan: SourceMergePlan) -> list[str]:
    """Say what would be the other's."""
    names = {"source": plan.source.name, "into": plan.into.name}
    counts = [
        (plan.hops, ngettext("%d attribution", "%d attributions", plan.hops)),
        (plan.spoken_for, ngettext("%d spokesperson", "%d spokespeople", plan.spoken_for)),
        (plan.statements, ngettext("%d statement", "%d statements", plan.statements)),
        (plan.evidence, ngettext("%d piece of evidence", "%d pieces of evidence", plan.evidence)),
    ]
    moved = [words % n for n, words in counts if n]
    said = [
        _("“%(source)s” is merged into “%(into)s”; its address leads there.") % names,
        _("These names will mean “%(into)s”: %(names)s.")
        % {**names, "names": ", ".join(plan.names)},
    ]
    if moved:
        said.append(_("These move: %(what)s.") % {"what": ", ".join(moved)})
    if plan.takes_outlet:
        said.append(_("The outlet it speaks as goes along."))
    return [*said, _("Judgements stay current.")]
