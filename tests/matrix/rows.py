"""One of everything in a project, as somebody wrote it who is no column of the matrix."""

from dataclasses import dataclass
from typing import Any

from annotations.accounts.models import ApiToken, Invitation, User
from annotations.accounts.tokens import token_create
from annotations.articles.models import Article, ArticleUpload, ArticleVersion
from annotations.articles.services import version_add
from annotations.articles.uploads import upload_paste
from annotations.captures.models import Capture
from annotations.claims.hops import HopInput
from annotations.claims.models import Claim, Mention
from annotations.claims.placements.models import MentionPlacement
from annotations.claims.placements.placing import mentions_place
from annotations.claims.rounds import MarkingRound
from annotations.comments.models import Comment
from annotations.comments.services import comment_create
from annotations.exchange.models import ProofBundle
from annotations.lifecycle.models import EventAssessment, EventCapture, LifecycleEvent, LookAgain
from annotations.lifecycle.watches.models import Watch, WatchCheck
from annotations.lifecycle.watches.services import watch_start
from annotations.moderation.models import Flag
from annotations.moderation.redactions.models import Redaction
from annotations.moderation.redactions.running import redaction_look
from annotations.moderation.redactions.services import redaction_ask
from annotations.notifications.models import Follow, Notification
from annotations.notifications.services import follow_start, notify
from annotations.projects.models import Membership, Project
from annotations.sources.models import Source, SourceAlias
from annotations.sources.services import alias_add
from annotations.statements.models import Statement
from annotations.verification.assignments.models import Assignment
from annotations.verification.assignments.services import assignments_give
from annotations.verification.evidence.models import ClaimEvidence, Evidence
from annotations.verification.models import Review
from annotations.verification.rounds.services import round_hand_in, round_open
from annotations.verification.standards.models import Guideline, RatingScale
from annotations.verification.verdicts.models import Adjudication, Verdict
from tests.factories import make_invitation, make_user
from tests.material import (
    TEXT,
    make_article,
    make_bundle,
    make_capture,
    make_check,
    make_claim,
    make_event,
    make_evidence,
    make_flag,
    make_guideline,
    make_review,
    make_scale,
    make_source,
    make_statement,
)
from tests.ruling import adjudicate, dispute, publish


@dataclass
class Rows:
    """One of everything in a project, written by someone who is no column of the matrix."""

    project: Project
    article: Article
    version: ArticleVersion
    # Of the article's address.
    capture: Capture
    source: Source
    alias: SourceAlias
    statement: Statement
    # Another statement, whose page is watched, and what a check of it came to.
    watched: Statement
    watch: Watch
    check: WatchCheck
    claim: Claim
    mention: Mention
    review: Review
    # Another claim, disputed by the author and the second, adjudicated by the chair, published.
    second: User
    chair: User
    ruled: Claim
    adjudication: Adjudication
    verdict: Verdict
    # The verdict, as what its claim rests on was withdrawn.
    look_again: LookAgain
    event: LifecycleEvent
    event_capture: EventCapture
    said_capture: Capture
    assessment: EventAssessment
    # Of the event, asked for by the author, and ready.
    bundle: ProofBundle
    evidence: Evidence
    # On the claim; the other piece is on none.
    link: ClaimEvidence
    other_evidence: Evidence
    comment: Comment
    # Told to, and followed by, the author.
    notification: Notification
    follow: Follow
    # Marked by the author and the admin, who have handed in; their claims are on no other row.
    round: MarkingRound
    original: Claim
    # A claim whose sentence changed in the second version of its article: a person must look.
    placed: Claim
    placed_article: Article
    later: ArticleVersion
    placement: MentionPlacement
    scale: RatingScale
    guideline: Guideline
    upload: ArticleUpload
    assignment: Assignment
    # Waiting for the second person.
    redaction: Redaction
    membership: Membership
    invitation: Invitation
    invitation_secret: str
    # What the source and the claim can be merged into, and the author's flag on the claim.
    other_source: Source
    other_claim: Claim
    flag: Flag
    token: ApiToken
    # Whose account operators manage, and who belongs to no project yet.
    person: User
    stranger: User


def make_rows(project: Project, author: User, admin: User) -> Rows:
    """One of everything in a project."""
    url = f"https://daily.example/{project.slug}/tolls"
    article = make_article(project, author, outlet_name="Daily", url=url)
    source = make_source(project, author)
    statement = make_statement(
        project, author, source_name=source.name, url="https://gov.example/said"
    )
    hop = HopInput(source=source, statement=statement)
    claim = make_claim(project, author, article=article, hops=[hop])
    make_capture(project, author, url=statement.url)
    event = make_event(statement, author)
    said_capture = make_capture(project, author, url=statement.url, status=404, body=b"")
    statement.refresh_from_db()
    evidence = make_evidence(project, author, claim=claim, source=source)
    other = make_evidence(project, author, question="Who counted?", answer="", url="", file=None)
    second, chair = (make_user(f"{name} of {project.slug}") for name in ("second", "chair"))
    ruled = make_ruled(project, author, second, chair)
    marked, original = make_handed_in(project, author, admin)
    invitation, secret = make_invitation(project, by=admin, email=f"new@{project.slug}.example")
    notify(project=project, recipients=[author], kind="merged", actor=None, target=claim)
    review = make_review(claim, author, evidence=[evidence.claim_links.get()])
    # Held from now on, so that the review was made before.
    scale, guideline = make_scale(project, admin), make_guideline(project, admin)
    project.refresh_from_db()
    comment = comment_create(actor=author, claim=claim, text="Whose count is it?")
    comment_create(actor=author, claim=claim, text="Theirs.", thread=comment)
    return Rows(
        project=project,
        article=article,
        version=article.versions.get(),
        capture=make_capture(project, author, url=url),
        source=source,
        alias=alias_add(actor=author, source=source, name="SES"),
        statement=statement,
        claim=claim,
        mention=claim.mentions.get(),
        review=review,
        second=second,
        chair=chair,
        ruled=Claim.objects.get(pk=ruled.pk),
        adjudication=ruled.adjudications.get(),
        verdict=ruled.verdicts.get(),
        look_again=ruled.looks_again.get(),
        event=event,
        event_capture=event.captures.get(),
        said_capture=said_capture,
        assessment=event.assessments.get(),
        bundle=make_bundle(event, author),
        evidence=evidence,
        link=evidence.claim_links.get(),
        other_evidence=other,
        comment=comment,
        notification=Notification.objects.get(project=project, kind="merged"),
        follow=follow_start(actor=author, project=project, target=article)[0],
        round=marked,
        original=original,
        scale=scale,
        guideline=guideline,
        upload=upload_paste(actor=author, project=project, text="Another\n\nQuite another text."),
        assignment=assignments_give(
            actor=admin, project=project, assignee=author, subjects=[article]
        ).made[0],
        redaction=ask_redaction(project, admin),
        membership=Membership.objects.get(project=project, user=author),
        invitation=invitation,
        invitation_secret=secret,
        other_source=make_source(project, author, "Emergency Service"),
        other_claim=make_claim(project, author, text="More than 2,000 died"),
        flag=make_flag(claim, author),
        token=token_create(actor=author, user=author, name="script")[0],
        person=author,
        stranger=make_user(f"stranger to {project.slug}"),
        **placed_later(project, author),
        **watched_page(project, author),
    )


def watched_page(project: Project, author: User) -> dict[str, Any]:
    """A statement whose page is watched, and a check that found it changed."""
    url = f"https://watched.example/{project.slug}"
    watched = make_statement(project, author, channel="Watched", url=url)
    watch = watch_start(actor=author, subject=watched)[0]
    return {"watched": watched, "watch": watch, "check": make_check(watch)}


def placed_later(project: Project, author: User) -> dict[str, Any]:
    """A claim of the first version of a text, and where it stands in the second."""
    article = make_article(project, author, title="Changed since")
    claim = make_claim(project, author, text="2,000 died, at first", article=article)
    changed = TEXT.replace("more than 2,000", "about 1,900")
    later, _added = version_add(actor=author, article=article, text=changed)
    mentions_place(version_uid=str(later.uid))
    placement = MentionPlacement.objects.get(mention__claim=claim)
    assert placement.state == "needs_review"
    return {"placed": claim, "placed_article": article, "later": later, "placement": placement}


def make_ruled(project: Project, author: User, second: User, chair: User) -> Claim:
    """A claim that two people judged differently, adjudicated and published; what it rests on was
    withdrawn.
    """
    told = make_statement(project, author, channel="Briefing")
    claim = make_claim(project, author, text="498 soldiers died", statement=told)
    make_evidence(project, author, claim=claim, url="", file=None)
    dispute(claim, author, second)
    adjudicate(claim, chair)
    publish(claim, second)
    make_event(told, author, type="retracted", self_observed=True, standing="corroborated")
    return claim


def make_handed_in(project: Project, *people: User, title: str = "Marked") -> tuple:
    """A round that all of these have handed in, and what the first of them marked."""
    article = make_article(project, people[0], title=title)
    marked = round_open(actor=people[-1], article=article, people=people)
    claims = [
        make_claim(project, one, article=article, hops=[], text="Marked apart") for one in people
    ]
    for one in people:
        round_hand_in(actor=one, found=marked)
    marked.refresh_from_db()
    return marked, claims[0]


def ask_redaction(project: Project, admin: User) -> Redaction:
    """A redaction whose places were found."""
    made = redaction_ask(
        actor=admin,
        project=project,
        words="State Emergency Service",
        ground="court_order",
        reference="Court of Somewhere, 12/2026",
    )
    redaction_look(uid=str(made.uid))
    made.refresh_from_db()
    return made
