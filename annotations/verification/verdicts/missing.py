"""What is missing before a claim can be published, and who can do it; what refuses the services.

It says nothing that the viewer's own `Judging` does not hold: whoever may not see others'
judgements reads the same sentences whatever these are, and however many.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.accounts.roles import Permission
from annotations.claims.models import Claim
from annotations.lib.errors import Conflict
from annotations.projects.permissions import can
from annotations.verification.stages import Stage
from annotations.verification.verdicts.reading import Judging


@dataclass(frozen=True)
class Missing:
    """One thing that is missing; `code` is for programs, `sentence` for people."""

    code: str
    msgid: Any
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """Return what is missing, and who can do it."""
        return str(self.msgid) % self.params if self.params else str(self.msgid)


def missing_of(judging: Judging) -> list[Missing]:
    """Return all that is missing; nothing where a verdict of the present content stands.

    The last is that somebody publishes: where it is the only one, the claim is ready.
    """
    if judging.stage == Stage.PUBLISHED:
        return []
    if judging.claim.merged_into_id is not None or judging.claim.round_id is not None:
        return list(unfit(judging.claim))
    return [
        *unfit(judging.claim),
        *_reviews(judging),
        *_evidence(judging),
        _publisher(judging),
    ]


def check_ready(judging: Judging) -> None:
    """Raise Conflict with what is missing first, unless only a publisher is."""
    for one in [*unfit(judging.claim), *_reviews(judging), *_evidence(judging)]:
        raise Conflict(one.msgid, params=one.params)


def check_fit(claim: Claim) -> None:
    """Raise Conflict where nothing can be decided of the claim as it is kept."""
    for one in unfit(claim):
        raise Conflict(one.msgid, params=one.params)


def unfit(claim: Claim) -> Iterator[Missing]:
    """Yield what keeps a claim out of what the project stands behind."""
    if claim.hidden_at is not None:
        yield Missing("hidden", _("It is hidden: a moderator has to restore it first."))
    if claim.discarded_at is not None:
        yield Missing(
            "discarded", _("It is discarded: its author or a moderator has to restore it first.")
        )
    if claim.merged_into_id is not None:
        yield Missing("merged", _("Another claim has taken its place: publish that one."))
    if claim.round_id is not None:
        yield Missing(
            "independent", _("It was marked independently and is not in the shared set yet.")
        )
    if claim.project.archived_at is not None:
        yield Missing("archived", _("The project is archived: an admin has to reopen it first."))


def in_words(people: list[User]) -> str:
    """Name the people in one breath."""
    return get_text_list([one.display_name for one in people], gettext("and"))


def _reviews(judging: Judging) -> Iterator[Missing]:
    needed = judging.claim.project.reviews_needed
    if judging.adjudication is not None:
        return
    if not judging.is_revealed:
        yield _closed(judging, needed)
    elif judging.judged == Stage.DISPUTED:
        yield Missing(
            "adjudication",
            _(
                "The reviews differ. Somebody has to adjudicate: a moderator who has not judged it,"
                " so none of %(who)s."
            ),
            {"who": in_words([one.reviewer for one in judging.reviews])},
        )
    elif judging.judged != Stage.AGREED:
        yield _more(judging, needed - len(judging.reviews))


def _closed(judging: Judging, needed: int) -> Missing:
    """Say what is needed to whoever may not know how much of it is there."""
    viewer = judging.viewer
    if viewer is not None and not can(viewer, judging.claim.project, Permission.ANNOTATE):
        sentence = ngettext(
            "%(count)d review. What is said in it shows once it is in.",
            "%(count)d reviews by different people that agree. How many are in shows once all are.",
            needed,
        )
    elif needed == 1 or not judging.reviews:
        sentence = ngettext(
            "%(count)d review. It can be yours. What others said shows once it is in.",
            "%(count)d reviews by different people that agree. One can be yours. How many are in"
            " shows once all are.",
            needed,
        )
    else:
        sentence = ngettext(
            "%(count)d review.",
            "%(count)d reviews by different people that agree. Yours is in. How many others are"
            " shows once all are.",
            needed,
        )
    return Missing("reviews", sentence, {"count": needed})


def _more(judging: Judging, count: int) -> Missing:
    if not judging.reviews:
        sentence = ngettext(
            "%(count)d review.", "%(count)d reviews by different people that agree.", count
        )
        return Missing("reviews", sentence, {"count": count})
    sentence = ngettext(
        "%(count)d more review by someone other than %(who)s.",
        "%(count)d more reviews by people other than %(who)s.",
        count,
    )
    who = in_words([one.reviewer for one in judging.reviews])
    return Missing("reviews", sentence, {"count": count, "who": who})


def _evidence(judging: Judging) -> Iterator[Missing]:
    if judging.public_evidence:
        return
    if not judging.evidence:
        yield Missing("evidence", _("Evidence: none is attached. Any reviewer can add some."))
    else:
        yield Missing(
            "evidence",
            _("Evidence that every member may read: all that is attached is confidential."),
        )


def _publisher(judging: Judging) -> Missing:
    if not judging.is_revealed or not judging.authors:
        return Missing("publisher", _("Somebody to publish it: a moderator who has not judged it."))
    return Missing(
        "publisher",
        _("Somebody to publish it: a moderator other than %(who)s."),
        {"who": in_words(judging.authors)},
    )
