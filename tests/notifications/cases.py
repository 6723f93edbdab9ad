"""What somebody does, and who is to be told what of that."""

from annotations.accounts.models import User
from annotations.moderation.flags import flag_accept, flag_dismiss
from annotations.moderation.merge_claims import claim_merge
from annotations.moderation.merge_sources import source_merge
from annotations.moderation.people import person_deactivate
from annotations.moderation.redactions.running import redaction_look, redaction_run
from annotations.moderation.redactions.services import (
    person_redaction_ask,
    redaction_ask,
    redaction_cancel,
)
from annotations.verification.assignments.queue import queue_next
from annotations.verification.assignments.services import (
    assignment_hand_back,
    assignment_send_back,
    assignments_reassign,
    assignments_withdraw,
)
from annotations.verification.assignments.telling import overdue_tell
from annotations.verification.rounds.services import (
    round_call_off,
    round_hand_in,
    round_open,
    round_withdraw_person,
)
from annotations.verification.services import review_discard, review_restore
from annotations.verification.standards.services import scale_choose
from annotations.verification.verdicts.services import claim_reopen, verdict_rescind
from tests.material import (
    make_article,
    make_claim,
    make_flag,
    make_guideline,
    make_review,
    make_scale,
    make_source,
)
from tests.notifications.deeds import (
    ORDER,
    confirmed,
    disputed,
    flagged,
    give,
    given,
    handed_in_by_one,
    in_round,
    judged,
    late,
    need,
    older,
    published,
)
from tests.ruling import (
    adjudicate,
    agree,
    now,
    publish,
    supersede,
)

MODERATORS = {"moderator to_decide", "admin to_decide"}


# What there is, what somebody does, and who is told what of that.
CASES = {
    "work is given": (None, lambda d, _: give(d), {"one assigned"}),
    "several things are given": (
        None,
        lambda d, _: give(d, d.claim, make_claim(d.project, d.author)),
        {"one assigned"},
    ),
    "a moderator gives themselves work": (None, lambda d, _: give(d, to=d.moderator), set()),
    "work is handed back": (
        given,
        lambda d, work: assignment_hand_back(actor=d.one, assignment=work, reason="Not mine."),
        {"moderator handed_back"},
    ),
    "work from the queue is handed back": (
        lambda d: queue_next(actor=d.one, project=d.project),
        lambda d, work: assignment_hand_back(actor=d.one, assignment=work, reason="Not mine."),
        set(),
    ),
    "work is sent back": (
        judged,
        lambda d, work: assignment_send_back(actor=d.admin, assignment=work, note="Why?"),
        {"one sent_back"},
    ),
    "work is withdrawn": (
        given,
        lambda d, work: assignments_withdraw(actor=d.admin, assignments=[work], reason="Done."),
        {"one reassigned"},
    ),
    "work goes to another": (
        given,
        lambda d, work: assignments_reassign(
            actor=d.admin, assignments=[work], assignee=d.two, reason="Away."
        ),
        {"one reassigned", "two assigned"},
    ),
    "somebody with work is deactivated": (
        given,
        lambda d, _: person_deactivate(
            actor=d.operator, user=User.objects.get(pk=d.one.pk), reason="Left."
        ),
        {"moderator handed_back"},
    ),
    "work is overdue": (late, lambda d, _: overdue_tell(), {"one overdue"}),
    "a round is opened": (
        lambda d: make_article(d.project, d.admin),
        lambda d, text: round_open(actor=d.moderator, article=text, people=[d.one, d.two, d.admin]),
        {"one assigned", "two assigned", "admin assigned"},
    ),
    "the first hands in": (in_round, lambda d, r: round_hand_in(actor=d.one, found=r), set()),
    "the last hands in": (
        handed_in_by_one,
        lambda d, r: round_hand_in(actor=d.two, found=r),
        {"moderator handed_in"},
    ),
    "a round is called off": (
        handed_in_by_one,
        lambda d, r: round_call_off(actor=d.admin, found=r, reason="Too long."),
        {"two reassigned"},
    ),
    "who takes part in a round is taken out": (
        lambda d: round_open(
            actor=d.moderator,
            article=make_article(d.project, d.admin),
            people=[d.one, d.two, d.author],
        ),
        lambda d, r: round_withdraw_person(actor=d.admin, found=r, person=d.author),
        {"author reassigned"},
    ),
    "the first judges": (None, lambda d, _: make_review(d.claim, d.one), set()),
    "the second agrees": (
        lambda d: make_review(d.claim, d.one),
        lambda d, _: make_review(d.claim, d.two),
        MODERATORS,
    ),
    "the second differs": (
        lambda d: make_review(d.claim, d.one),
        lambda d, _: make_review(d.claim, d.two, "refuted"),
        MODERATORS,
    ),
    "the second differs while more are needed": (
        lambda d: (need(d, 3), make_review(now(d.claim), d.one)),
        lambda d, _: make_review(now(d.claim), d.two, "refuted"),
        MODERATORS,
    ),
    "the second differs from a moderator": (
        lambda d: make_review(d.claim, d.admin),
        lambda d, _: make_review(d.claim, d.two, "refuted"),
        {"moderator to_decide"},
    ),
    "a third agrees with those who agree": (
        lambda d: agree(d.claim, d.one, d.two),
        lambda d, _: make_review(d.claim, d.author),
        set(),
    ),
    "one who differed takes it back": (
        lambda d: (agree(d.claim, d.one, d.two), make_review(d.claim, d.admin, "refuted"))[1],
        lambda d, review: review_discard(actor=d.admin, review=review),
        {"moderator to_decide"},
    ),
    "who differs lets it stand again": (
        lambda d: review_discard(
            actor=d.two,
            review=(make_review(d.claim, d.one), make_review(d.claim, d.two, "refuted"))[1],
        ),
        lambda d, review: review_restore(actor=d.two, review=review),
        MODERATORS,
    ),
    "the only review needed comes with the claim": (
        lambda d: need(d, 1),
        lambda d, _: make_review(now(d.claim), d.one),
        MODERATORS,
    ),
    "a dispute is adjudicated": (
        disputed,
        lambda d, _: adjudicate(d.claim, d.moderator),
        {"one adjudicated", "two adjudicated"},
    ),
    "a dispute nobody may know of is adjudicated": (
        lambda d: disputed(d, 3),
        lambda d, _: adjudicate(d.claim, d.moderator),
        set(),
    ),
    "reviews are published": (
        lambda d: agree(d.claim, d.one, d.two),
        lambda d, _: publish(d.claim, d.moderator),
        {"author verdict_published", "one verdict_published", "two verdict_published"},
    ),
    "an adjudication is published": (
        lambda d: (disputed(d), adjudicate(d.claim, d.moderator)),
        lambda d, _: publish(d.claim, d.admin),
        {f"{who} verdict_published" for who in ("author", "one", "two", "moderator")},
    ),
    "a verdict is superseded": (
        published,
        lambda d, _: supersede(d.claim, d.admin),
        {f"{who} verdict_changed" for who in ("author", "one", "two")},
    ),
    "a verdict is rescinded": (
        published,
        lambda d, verdict: verdict_rescind(actor=d.admin, verdict=verdict, correction_note="No."),
        {f"{who} verdict_changed" for who in ("author", "one", "two")},
    ),
    "a claim is reopened": (
        lambda d: (published(d), make_review(now(d.claim), d.admin, "refuted")),
        lambda d, _: claim_reopen(actor=d.moderator, claim=now(d.claim), reason="New words."),
        {f"{who} verdict_changed" for who in ("author", "one", "two", "admin")},
    ),
    "something is flagged": (
        None,
        lambda d, _: make_flag(d.claim, d.reader),
        {"moderator flagged", "admin flagged"},
    ),
    "a flag is accepted": (
        flagged,
        lambda d, flag: flag_accept(actor=d.admin, flag=flag, outcome="hide", reason="A name."),
        {"reader flag_decided", "author hidden"},
    ),
    "one's own flag is dismissed": (
        lambda d: make_flag(d.claim, d.admin),
        lambda d, flag: flag_dismiss(actor=d.admin, flag=flag, reason="Mine."),
        set(),
    ),
    "a claim is merged": (
        lambda d: (given(d), make_claim(d.project, d.two))[1],
        lambda d, into: claim_merge(
            actor=d.admin, claim=now(d.claim), into=into, reason="The same."
        ),
        {"author merged", "one reassigned"},
    ),
    "a source is merged": (
        lambda d: (make_source(d.project, d.one, "CNN"), make_source(d.project, d.two, "The CNN")),
        lambda d, two: source_merge(actor=d.admin, source=two[0], into=two[1], reason="The same."),
        {"one merged"},
    ),
    "an admin asks for a redaction": (
        lambda d: redaction_ask(actor=d.admin, project=d.project, words="civilians", **ORDER),
        lambda d, it: redaction_look(uid=str(it.uid)),
        {"operator redaction_asked"},
    ),
    "an operator asks for a redaction": (
        lambda d: redaction_ask(actor=d.operator, project=d.project, words="civilians", **ORDER),
        lambda d, it: redaction_look(uid=str(it.uid)),
        {"admin redaction_asked"},
    ),
    "an operator asks for somebody to be pseudonymised": (
        lambda d: person_redaction_ask(actor=d.operator, person=d.one, **ORDER),
        lambda d, it: redaction_look(uid=str(it.uid)),
        {"admin redaction_asked"},
    ),
    "what is to be redacted is nowhere": (
        lambda d: redaction_ask(actor=d.admin, project=d.project, words="wombat", **ORDER),
        lambda d, it: redaction_look(uid=str(it.uid)),
        {"admin redaction_changed"},
    ),
    "a redaction is cancelled": (
        lambda d: redaction_ask(actor=d.admin, project=d.project, words="civilians", **ORDER),
        lambda d, it: redaction_cancel(actor=d.operator, redaction=it, reason="Mistaken."),
        {"admin redaction_changed"},
    ),
    "a redaction is done": (
        confirmed,
        lambda d, it: redaction_run(uid=str(it.uid)),
        {"admin redaction_changed", "operator redaction_changed"},
    ),
    "a redaction has to be looked at again": (
        lambda d: (confirmed(d), make_claim(d.project, d.author))[0],
        lambda d, it: redaction_run(uid=str(it.uid)),
        {"admin redaction_changed", "operator redaction_changed"},
    ),
    "guidelines change": (
        older,
        lambda d, _: make_guideline(d.project, d.admin, "Three sources."),
        {"one guideline_changed"},
    ),
    "a rating scale comes to hold": (
        older,
        lambda d, _: make_scale(d.project, d.admin),
        {"one guideline_changed"},
    ),
    "no rating scale holds any more": (
        lambda d: (make_scale(d.project, d.admin), make_review(now(d.claim), d.one)),
        lambda d, _: scale_choose(actor=d.admin, project=d.project, scale=None),
        set(),
    ),
}
# Each is another deed when it is done again.
ANEW = {
    "several things are given",
    "a dispute is adjudicated",
    "a verdict is superseded",
    "a rating scale comes to hold",
}
