"""A text that the demo's two reviewers marked without each other, not brought together yet."""

from annotations.management.demo.articles import DAILY_TABLE
from annotations.management.demo.desk import Desk
from annotations.management.demo.people import Cast
from annotations.sources.models import Source
from annotations.verification.rounds.services import round_hand_in, round_open

STEP = "About 9,000 Russian soldiers had been killed by 3 March, 3,000 more than a day before"


def mark_independently(cast: Cast, first: Desk, second: Desk) -> None:
    """Mark one place alike, one in part alike, and one that the second reviewer passed over."""
    staff = first.source(
        "General Staff of the Armed Forces of Ukraine", "organisation", "general staff in Kyiv"
    )
    first.add(DAILY_TABLE)
    article = first.versions[DAILY_TABLE.title].article
    found = round_open(
        actor=cast.moderator,
        article=article,
        people=[cast.reviewer, cast.second],
        note="Mark the numbers and who gives them. We compare when both are done.",
    )
    for desk in (first, second):
        said = desk.hop(DAILY_TABLE, staff, quote_type="indirect", said_on="2022-03-02")
        desk.claim(
            DAILY_TABLE,
            "On Wednesday it read 5,840",
            "5,840 Russian soldiers had been killed by 2 March 2022, by the general staff's table",
            said,
        )
    _mark_differently(first, second, staff)
    for person in (cast.reviewer, cast.second):
        round_hand_in(actor=person, found=found)


def _mark_differently(first: Desk, second: Desk, staff: Source) -> None:
    """Mark one place in part alike, and one that the second reviewer passes over."""
    first.claim(
        DAILY_TABLE,
        "it had reached about 9,000, more than three thousand above the day before",
        STEP,
        first.hop(DAILY_TABLE, staff, quote_type="indirect", said_on="2022-03-03"),
    )
    second.claim(
        DAILY_TABLE,
        "On Thursday it had reached about 9,000",
        "About 9,000 Russian soldiers had been killed by 3 March 2022",
        second.hop(DAILY_TABLE, staff, quote_type="indirect", said_on="2022-03-03"),
    )
    first.claim(
        DAILY_TABLE,
        "It does not say who counts, or how",
        "The general staff does not say how it counts the dead",
        types=("event_property",),
    )
