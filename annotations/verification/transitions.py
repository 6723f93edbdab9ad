"""The one table of a claim's stages: who may take it from which to which, by what act. PURE.

Services, buttons and the API read it from here; docs/verdicts.md shows it to people.
"""

from collections.abc import Mapping
from enum import StrEnum

ROLES = ("reader", "reviewer", "moderator", "admin")
STAGES = (
    "unreviewed",
    "in_review",
    "disputed",
    "agreed",
    "adjudicated",
    "published",
    "reopened",
)


class Act(StrEnum):
    """What people do that a claim's stage follows from."""

    # Judging, changing one's judgement, taking it back.
    REVIEW = "review"
    # Changing what is claimed: its words, places, chains, statement.
    CHANGE = "change"
    ADJUDICATE = "adjudicate"
    PUBLISH = "publish"
    SUPERSEDE = "supersede"
    RESCIND = "rescind"
    REOPEN = "reopen"


# The least role that an act takes.
LEAST: Mapping[Act, str] = {
    Act.REVIEW: "reviewer",
    Act.CHANGE: "reviewer",
    Act.ADJUDICATE: "moderator",
    Act.PUBLISH: "moderator",
    Act.SUPERSEDE: "moderator",
    Act.RESCIND: "moderator",
    Act.REOPEN: "moderator",
}

_JUDGED = ("in_review", "disputed", "agreed")
# From each stage, by each act, to which: one act may lead to several, as others' judgements count.
# Reviews of a claim that is adjudicated or published move nothing: what was decided stands until
# it is decided anew, or the claim changes. A verdict of words that have changed since (all stages
# but `published`) may be rescinded or superseded too; the first leaves the stage as it is.
TABLE: Mapping[str, Mapping[Act, tuple[str, ...]]] = {
    "unreviewed": {Act.REVIEW: ("in_review", "agreed"), Act.CHANGE: ("unreviewed",)},
    "in_review": {
        Act.REVIEW: ("unreviewed", *_JUDGED, "reopened"),
        Act.CHANGE: ("unreviewed", "reopened"),
        Act.RESCIND: ("in_review",),
    },
    "disputed": {
        Act.REVIEW: _JUDGED,
        Act.CHANGE: ("unreviewed", "reopened"),
        Act.ADJUDICATE: ("adjudicated",),
        Act.RESCIND: ("disputed",),
    },
    "agreed": {
        Act.REVIEW: ("unreviewed", *_JUDGED, "reopened"),
        Act.CHANGE: ("unreviewed", "reopened"),
        Act.PUBLISH: ("published",),
        Act.SUPERSEDE: ("published",),
        Act.RESCIND: ("agreed",),
    },
    "adjudicated": {
        Act.REVIEW: ("adjudicated",),
        Act.CHANGE: ("unreviewed", "reopened"),
        Act.ADJUDICATE: ("adjudicated",),
        Act.PUBLISH: ("published",),
        Act.SUPERSEDE: ("published",),
        Act.RESCIND: ("adjudicated",),
    },
    "published": {
        Act.REVIEW: ("published",),
        Act.CHANGE: ("reopened",),
        Act.ADJUDICATE: ("published",),
        Act.SUPERSEDE: ("published",),
        Act.RESCIND: ("reopened",),
        Act.REOPEN: ("reopened",),
    },
    "reopened": {
        Act.REVIEW: ("in_review", "agreed"),
        Act.CHANGE: ("reopened",),
        Act.RESCIND: ("reopened",),
    },
}


def carries(role: str | None, act: Act) -> bool:
    """Say whether the role (None for an outsider) carries the act at all."""
    return role in ROLES and ROLES.index(str(role)) >= ROLES.index(LEAST[act])


def is_open(stage: str, act: Act) -> bool:
    """Say whether the act can be done to a claim in this stage, whoever does it."""
    return act in TABLE[stage]


def may(role: str | None, stage: str, act: Act) -> bool:
    """Say whether the role may do this to a claim in this stage."""
    return carries(role, act) and is_open(stage, act)


def acts(role: str | None, before: str, after: str) -> frozenset[Act]:
    """Return the acts by which the role may take a claim from one stage to another."""
    return frozenset(
        act for act, leads in TABLE[before].items() if after in leads and carries(role, act)
    )


def allowed(role: str | None, before: str, after: str) -> bool:
    """Say whether the role may take a claim from one stage to another."""
    return bool(acts(role, before, after))
