"""An article that the paper changed: one claim moved, one needs a person, one is gone from it."""

from annotations.articles.services import version_add
from annotations.claims.placements.placing import mentions_place
from annotations.management.demo.articles import EVACUATION, EVACUATION_LATER
from annotations.management.demo.desk import Desk


def follow_a_change(desk: Desk) -> None:
    """Mark the first text, then add the second, in which the worker places what was marked."""
    desk.add(EVACUATION)
    administration = desk.source("Regional military administration", "office")
    officer = desk.source("An officer in Sloviansk", "anonymous")
    desk.claim(
        EVACUATION,
        "Buses began to leave the town of Sloviansk before dawn on Thursday",
        "Buses took people out of Sloviansk before dawn on 3 March 2022",
        types=("event_property",),
    )
    desk.claim(
        EVACUATION,
        "1,240 people had been taken out by noon",
        "1,240 people had been taken out of Sloviansk by noon on 3 March 2022",
        desk.hop(EVACUATION, administration, quote_type="indirect", said_on="2022-03-03"),
    )
    desk.claim(
        EVACUATION,
        "denied that a convoy had been fired on",
        "The administration denied that a convoy out of Sloviansk had been fired on",
        desk.hop(EVACUATION, administration, quote_type="indirect", said_on="2022-03-03"),
        types=("position_statement",),
    )
    said = desk.statement(officer, channel="To the paper", said_on="2022-03-03")
    desk.claim(
        EVACUATION,
        "two drivers were missing",
        "Two drivers of the convoys out of Sloviansk were missing",
        desk.hop(EVACUATION, officer, quote_type="indirect", statement=said),
    )
    article = desk.versions[EVACUATION.title].article
    later, _added = version_add(actor=desk.reviewer, article=article, text=EVACUATION_LATER)
    mentions_place(version_uid=str(later.uid))
