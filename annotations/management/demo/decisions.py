"""What the demo's people decided: judgements side by side, verdicts, a correction, a dispute."""

from annotations.claims.models import Claim
from annotations.management.demo.articles import TWO_TOLLS
from annotations.management.demo.desk import Desk
from annotations.management.demo.people import Cast
from annotations.verification.evidence.models import Evidence
from annotations.verification.evidence.services import evidence_create
from annotations.verification.models import Label
from annotations.verification.verdicts.adjudicating import adjudication_create
from annotations.verification.verdicts.models import Verdict
from annotations.verification.verdicts.services import (
    claim_reopen,
    verdict_publish,
    verdict_supersede,
)


def decide(cast: Cast, first: Desk, second: Desk) -> None:
    """Let the second reviewer judge what the first has marked, and moderators decide."""
    _agreed_and_published(cast, first, second, first.found("136 civilian deaths"))
    _corrected(cast, first, second, first.found("498 Russian soldiers were killed between"))
    _adjudicated(cast, second, first.found("About 9,000"))
    second.judge(
        first.found("More than 2,000"),
        Label.CONFLICTING_EVIDENCE,
        "More than **2,000** claimed, **136** verified: the two counts do not go together.",
    )
    second.judge(
        first.found("6,000 Russian soldiers"),
        Label.NOT_ENOUGH_EVIDENCE,
        "Nobody outside the two governments has counted.",
        native_rating="Half true",
    )


def _agreed_and_published(cast: Cast, first: Desk, second: Desk, claim: Claim) -> None:
    words = claim.reviews.get(reviewer=cast.reviewer).justification
    first.judge(claim, Label.SUPPORTED, words, native_rating="True")
    second.judge(
        claim,
        Label.SUPPORTED,
        "It is the office's own count, and it says what it leaves out.",
        native_rating="True",
    )
    verdict_publish(
        actor=cast.moderator,
        claim=claim,
        reason="The UN Human Rights Office published this number of deaths that it had confirmed "
        "one by one. It is a minimum: the office calls the true figures considerably higher.",
        evidence=_evidence_on(claim),
    )


def _corrected(cast: Cast, first: Desk, second: Desk, claim: Claim) -> None:
    verdict = _published_too_soon(cast, first, second, claim)
    claim.refresh_from_db()
    evidence_create(
        actor=second.reviewer,
        project=cast.project,
        claim=claim,
        stance="context",
        question="Did the ministry give anything to check its number by?",
        answer="No",
        answer_type="boolean",
        quote="It gave no names and no places.",
        source_name=TWO_TOLLS.outlet,
        url=TWO_TOLLS.url,
        published=TWO_TOLLS.published,
    )
    words = "The ministry's own count. No names or places were given to check it by."
    first.judge(claim, Label.NOT_ENOUGH_EVIDENCE, words)
    second.judge(claim, Label.NOT_ENOUGH_EVIDENCE, "Nobody but the ministry has counted.")
    verdict_supersede(
        actor=cast.admin,
        verdict=verdict,
        reason="The number is the ministry's own. It gave no names and no places, and nobody else "
        "has counted: it can be neither confirmed nor refuted.",
        evidence=_evidence_on(claim),
        correction_note="An earlier version called this supported. It is certain that the ministry "
        "gave this number, but not that the number is right.",
    )


def _published_too_soon(cast: Cast, first: Desk, second: Desk, claim: Claim) -> Verdict:
    evidence_create(
        actor=first.reviewer,
        project=cast.project,
        claim=claim,
        stance="supports",
        question="What number did the ministry give?",
        answer="498 killed",
        answer_type="extractive",
        quote="498 of its soldiers had been killed",
        source_name="Meridian Dispatch",
        url="https://meridian-dispatch.example/war/498",
        published="2022-03-02",
        accessed="2022-03-03",
    )
    second.judge(claim, Label.SUPPORTED, "The ministry gave this number itself.")
    verdict = verdict_publish(
        actor=cast.moderator,
        claim=claim,
        reason="The ministry named this number in its briefing of 2 March.",
        evidence=_evidence_on(claim),
    )
    claim_reopen(
        actor=cast.moderator,
        claim=claim,
        reason="We checked that the ministry said it, not whether the number is right.",
    )
    return verdict


def _adjudicated(cast: Cast, second: Desk, claim: Claim) -> None:
    evidence_create(
        actor=second.reviewer,
        project=cast.project,
        claim=claim,
        stance="mixed",
        question="What did the general staff's own table say that day?",
        answer="5,840, and about 9,000 a day later",
        answer_type="abstractive",
        quote="5,300, then 5,710, then 5,840, before it too reached about 9,000",
        source_name=TWO_TOLLS.outlet,
        url=TWO_TOLLS.url,
        published=TWO_TOLLS.published,
    )
    second.judge(
        claim,
        Label.CONFLICTING_EVIDENCE,
        "The general staff's table of that day says 5,840.",
        native_rating="Mostly false",
    )
    one = claim.reviews.get(reviewer=cast.reviewer)
    adjudication_create(
        actor=cast.admin,
        claim=claim,
        taken={"label": one, "justification": one},
        reason="Both numbers are one side's own. That they differ does not tell which is right.",
    )


def _evidence_on(claim: Claim) -> list[Evidence]:
    return [link.evidence for link in claim.evidence_links.select_related("evidence")]
