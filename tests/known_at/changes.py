"""Every kind of change to a desk, each of which can be made at any time after any other."""

from collections.abc import Callable

from annotations.accounts.models import User
from annotations.articles.models import Article
from annotations.claims.hops import HopInput
from annotations.claims.models import Claim, Mention
from annotations.claims.services import (
    claim_discard,
    claim_restore,
    claim_update,
    mention_add,
    mention_discard,
    mention_update,
)
from annotations.lifecycle.services import assessment_add
from annotations.moderation.services import row_hide, row_restore
from annotations.projects.members import member_leave
from annotations.projects.models import Membership, Project
from annotations.sources.models import Source
from annotations.sources.services import alias_add, alias_remove, source_update
from annotations.verification.evidence.links import link_discard, link_update
from annotations.verification.evidence.models import ClaimEvidence
from annotations.verification.evidence.services import evidence_update
from annotations.verification.services import review_discard
from tests import material
from tests.exchange.conftest import TEXT, Scene, place

Change = Callable[[Scene, User, User], object]


def _fresh(row):
    return type(row)._default_manager.get(pk=row.pk)


def _claim(scene: Scene) -> Claim:
    return _fresh(scene.claim)


def _mention(scene: Scene) -> Mention:
    return scene.claim.mentions.order_by("id").first()


def text(scene: Scene, one: User, other: User) -> None:
    claim = _claim(scene)
    claim_update(actor=one, claim=claim, revision=claim.revision, text=f"{claim.text} anew")


def ranges(scene: Scene, one: User, other: User) -> None:
    mention = _mention(scene)
    mention_update(
        actor=one, mention=mention, revision=_claim(scene).revision, ranges=[place("were killed")]
    )


def chain(scene: Scene, one: User, other: User) -> None:
    """The hops are taken away and others put in their place."""
    mention, named = _mention(scene), Source.objects.count()
    hops = [HopInput(source_name=f"Agency {named}"), HopInput(source_name="CNN")]
    mention_update(actor=one, mention=mention, revision=_claim(scene).revision, hops=hops)


def another_place(scene: Scene, one: User, other: User) -> None:
    start = TEXT.index("498")
    version = scene.article.versions.get()
    mention_add(actor=one, claim=_claim(scene), version=version, ranges=[(start, start + 3)])


def place_gone(scene: Scene, one: User, other: User) -> None:
    last = scene.claim.mentions.kept().order_by("-id").first()
    if scene.claim.mentions.kept().count() > 1:
        mention_discard(actor=one, mention=last, reason="elsewhere")


def claim_turned(scene: Scene, one: User, other: User) -> None:
    claim = _fresh(scene.discarded)
    turn = claim_restore if claim.discarded_at else claim_discard
    turn(actor=one, claim=claim, reason="on second thoughts")


def evidence(scene: Scene, one: User, other: User) -> None:
    material.make_evidence(scene.project, one, claim=_claim(scene), file=None)


def evidence_words(scene: Scene, one: User, other: User) -> None:
    piece = ClaimEvidence.objects.kept().first().evidence
    evidence_update(actor=one, evidence=piece, revision=piece.revision, answer="Another count.")


def stance(scene: Scene, one: User, other: User) -> None:
    link = ClaimEvidence.objects.kept().first()
    turned = "supports" if link.stance != "supports" else "refutes"
    link_update(actor=one, link=link, revision=link.revision, stance=turned)


def evidence_off(scene: Scene, one: User, other: User) -> None:
    if ClaimEvidence.objects.kept().count() > 1:
        link_discard(actor=one, link=ClaimEvidence.objects.kept().last(), reason="not about it")


def review(scene: Scene, one: User, other: User) -> None:
    material.make_review(_claim(scene), one, "supported", justification="Seen again.")


def review_changed(scene: Scene, one: User, other: User) -> None:
    material.make_review(_claim(scene), one, "refuted", justification="And again.")


def review_back(scene: Scene, one: User, other: User) -> None:
    mine = material.make_review(_claim(scene), one, "conflicting_evidence")
    review_discard(actor=one, review=mine, reason="too early", revision=mine.revision)


def event(scene: Scene, one: User, other: User) -> None:
    material.make_event(_fresh(scene.statement), one, note="Told again")


def standing(scene: Scene, one: User, other: User) -> None:
    assessment_add(
        actor=one, event=_fresh(scene.event), standing="disputed", reason="They deny it."
    )


def source_renamed(scene: Scene, one: User, other: User) -> None:
    source = Source.objects.get(outlet__name="CNN")
    source = Source.objects.exclude(pk=source.pk).filter(hidden_at=None).order_by("id").first()
    source_update(
        actor=one, source=source, revision=source.revision, name=f"{source.name}{source.revision}"
    )


def alias(scene: Scene, one: User, other: User) -> None:
    source = Source.objects.filter(hidden_at=None).order_by("id").first()
    alias_add(actor=one, source=source, name=f"Alias {source.aliases.count()}")


def alias_gone(scene: Scene, one: User, other: User) -> None:
    source = Source.objects.filter(hidden_at=None).order_by("id").first()
    last = source.aliases.order_by("-id").first()
    if source.aliases.count() > 1 and last.name != source.name:
        alias_remove(actor=one, source=source, name=last.name)


def article_added(scene: Scene, one: User, other: User) -> None:
    number = Article.objects.count()
    material.make_article(scene.project, one, text=f"{TEXT}{number}\n", title=f"Later {number}")


def settings(scene: Scene, one: User, other: User) -> None:
    project = Project.objects.get(pk=scene.project.pk)
    project.name += "!"
    project.save()


def left(scene: Scene, one: User, other: User) -> None:
    who = Membership.objects.filter(project=scene.project, role="reader").first()
    if who is not None:
        member_leave(actor=who.user, project=scene.project)


def hidden(scene: Scene, one: User, other: User) -> None:
    event = _fresh(scene.event)
    state = getattr(event, "moderation", None)
    turn = row_restore if state is not None and state.hidden_at else row_hide
    turn(actor=other, row=event, reason="for the court")


def claim_hidden(scene: Scene, one: User, other: User) -> None:
    claim = _fresh(scene.in_hidden_article)
    (row_restore if claim.hidden_at else row_hide)(actor=other, row=claim, reason="libel")


PLAIN: tuple[Change, ...] = (
    text,
    ranges,
    chain,
    another_place,
    place_gone,
    claim_turned,
    evidence,
    evidence_words,
    stance,
    evidence_off,
    review,
    review_changed,
    review_back,
    event,
    standing,
    source_renamed,
    alias,
    alias_gone,
    article_added,
    settings,
    left,
)
MODERATION: tuple[Change, ...] = (hidden, claim_hidden)
