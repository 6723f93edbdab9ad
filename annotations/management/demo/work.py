"""The demo's claims, chains, statements and events: each made through the services."""

from annotations.claims.models import Claim
from annotations.lifecycle.services import event_record
from annotations.management.demo.articles import RESCUERS, SIX_THOUSAND, TWO_TOLLS
from annotations.management.demo.decisions import decide
from annotations.management.demo.desk import Desk
from annotations.management.demo.evidence import gather_evidence
from annotations.management.demo.later_text import follow_a_change
from annotations.management.demo.ledger import look_back
from annotations.management.demo.marking import mark_independently
from annotations.management.demo.people import Cast
from annotations.management.demo.team import set_standards, talk
from annotations.management.demo.watching import watch_pages
from annotations.sources.models import Source
from annotations.sources.services import alias_add
from annotations.statements.models import Statement


def work_through(cast: Cast) -> None:
    """Do what good reviewers and moderators would have done with the demo's articles."""
    set_standards(cast.admin, cast.project)
    desk = Desk(cast.project, cast.reviewer)
    for article in (TWO_TOLLS, SIX_THOUSAND, RESCUERS):
        desk.add(article)
    _own_losses(desk)
    _enemy_losses(desk)
    _civilian_toll(desk)
    desk.finish(TWO_TOLLS, "done")
    desk.finish(SIX_THOUSAND, "done")
    desk.finish(RESCUERS, "in_progress")
    second = desk.colleague(cast.second)
    decide(cast, desk, second)
    look_back(desk, second)
    talk(cast, desk)
    mark_independently(cast, desk, second)
    follow_a_change(desk)
    watch_pages(desk)


def _own_losses(desk: Desk) -> None:
    moscow = desk.source(
        "Ministry of Defence of the Russian Federation",
        "organisation",
        "Russian defence ministry",
        "defence ministry in Moscow",
    )
    said = desk.statement(moscow, channel="Briefing", said_on="2022-03-02")
    hop = desk.hop(
        TWO_TOLLS,
        moscow,
        cue="said on Wednesday that 498",
        quote_type="indirect",
        statement=said,
        attitude="assertion",
        commitment="CT+",
    )
    # Two claims over the same sentence: one of them inside the other.
    desk.claim(
        TWO_TOLLS,
        "498 of its soldiers had been killed",
        "498 Russian soldiers were killed between 24 February and 2 March 2022",
        hop,
        label="supported",
        justification="The ministry named the number in its briefing.",
    )
    desk.claim(
        TWO_TOLLS,
        "498 of its soldiers had been killed and 1,597 wounded",
        "498 Russian soldiers were killed and 1,597 wounded by 2 March 2022",
        hop,
    )


def _enemy_losses(desk: Desk) -> None:
    president = desk.source(
        "Volodymyr Zelenskyy", "named_person", "President Volodymyr Zelenskyy", "Zelenskyy"
    )
    # The other spelling means the same person.
    alias_add(actor=desk.reviewer, source=president, name="Zelensky")
    address = desk.statement(president, channel="Video address", said_on="2022-03-02")
    day_before = desk.statement(president, channel="Video address", said_on="2022-03-01")
    desk.claim(
        TWO_TOLLS,
        "about 9,000 Russians were killed in a week",
        "About 9,000 Russian soldiers were killed in the first week of the war",
        desk.hop(
            TWO_TOLLS, president, quote_type="direct", statement=address, role_at_time="President"
        ),
        types=("numerical", "quote"),
        label="not_enough_evidence",
        justification="One side's figure for the other's dead; nobody has verified it.",
    )
    _day_before(desk, president, day_before)
    desk.claim(
        TWO_TOLLS,
        "We are a nation that broke the enemy’s plans in a week.",
        "Ukraine broke the enemy's plans in a week",
        desk.hop(TWO_TOLLS, president, quote_type="direct", statement=address),
        types=("quote", "position_statement"),
        label="not_checkable",
        justification="An appraisal, not a checkable fact.",
    )


def _day_before(desk: Desk, president: Source, said: Statement) -> None:
    ministry = desk.source(
        "Ministry of Defence of Ukraine", "organisation", "Ukraine’s Ministry of Defence"
    )
    six_thousand = desk.claim(
        TWO_TOLLS,
        ("Only the day before", "he had spoken of 6,000"),
        "6,000 Russian soldiers were killed in the first six days of the war",
        desk.hop(TWO_TOLLS, president, quote_type="indirect", statement=said),
    )
    # The same claim, credited to someone else: the attribution itself is disputed.
    desk.mention(
        six_thousand,
        SIX_THOUSAND,
        "Almost 6,000 Russian soldiers have been killed in the first six days of fighting",
        desk.hop(
            SIX_THOUSAND,
            ministry,
            quote_type="indirect",
            said_on="2022-03-02",
            original_located="searched_not_found",
        ),
    )


def _civilian_toll(desk: Desk) -> None:
    service = desk.source(
        "State Emergency Service of Ukraine",
        "organisation",
        "State Emergency Service",
        "Державна служба з надзвичайних ситуацій",
    )
    post = desk.statement(
        service,
        channel="Facebook",
        said_on="2022-03-02",
        text="Діти, жінки й наші захисники гинуть щогодини",
        language="uk",
    )
    toll = desk.claim(
        TWO_TOLLS,
        "more than 2,000 civilians had been killed",
        "More than 2,000 Ukrainian civilians were killed in the first seven days of the war",
        desk.hop(TWO_TOLLS, service, quote_type="indirect", statement=post),
    )
    cnn = desk.source("CNN", "outlet")
    # Known here only through somebody who passed it on.
    desk.mention(
        toll,
        RESCUERS,
        "загинули понад 2000 цивільних українців",
        desk.hop(RESCUERS, service, cue="повідомила", quote_type="indirect", statement=post),
        desk.hop(RESCUERS, cnn, cue="переказав", quote_type="indirect", hop_type="paraphrased"),
    )
    desk.judge(
        toll,
        "not_enough_evidence",
        "The UN had verified 136 deaths and called its figure far too low; the service has taken "
        "its own figure down without saying why.",
    )
    _removal(desk, service, post, cnn)
    gather_evidence(desk.reviewer, toll, _verified_toll(desk))


def _removal(desk: Desk, service: Source, post: Statement, cnn: Source) -> None:
    removal = desk.claim(
        TWO_TOLLS,
        "the service removed it without giving a reason",
        "The State Emergency Service removed its post about 2,000 civilian deaths",
        desk.hop(TWO_TOLLS, cnn, cue="according to CNN", quote_type="indirect", hop_type="cited"),
        types=("event_property",),
    )
    # Nobody but CNN reports the removal, so it is a claim with a standing, not a fact.
    event_record(
        actor=desk.reviewer,
        subject=post,
        type="deleted_by_author",
        reported_by_name="CNN",
        noticed="2022-03-02",
        happened="2022-03-02/2022-03-03",
        happened_basis="inferred",
        event_actor=service,
        reason_given="none",
        claim=removal,
        assessment_reason="CNN alone reports it; we hold no capture of the post.",
    )


def _verified_toll(desk: Desk) -> Claim:
    rights_office = desk.source(
        "UN Human Rights Office", "organisation", "OHCHR", "ООН", "United Nations"
    )
    said = desk.statement(
        rights_office,
        channel="Daily update on civilian casualties",
        said_on="2022-03-01",
        text="136 civilians killed. OHCHR believes that the real figures are considerably higher.",
    )
    return desk.claim(
        TWO_TOLLS,
        "verified 136 civilian deaths by Tuesday night",
        "136 civilian deaths were verified by the UN by 1 March 2022",
        desk.hop(TWO_TOLLS, rights_office, quote_type="indirect", statement=said),
        label="supported",
        justification="The office's own published count of confirmed deaths.",
    )
