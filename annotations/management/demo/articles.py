"""The demo's articles. Their words are ours; the facts are those of one much-reported week."""

from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class DemoArticle:
    """One article; `standfirst` stands in `text` right after the title."""

    title: str
    standfirst: str
    text: str
    outlet: str
    byline: str
    published: str
    url: str
    language: str = "en"


def _read(name: str) -> str:
    return (TEXTS / name).read_text(encoding="utf-8")


TWO_TOLLS = DemoArticle(
    title="Two capitals, two counts of the dead",
    standfirst="A week into the war, each side publishes figures that the other side calls false.",
    outlet="The Harbour Record",
    byline="Mira Lindqvist",
    published="2022-03-03",
    url="https://harbour-record.example/2022/03/03/two-counts",
    text=_read("two_counts.txt"),
)

SIX_THOUSAND = DemoArticle(
    title="Ministry: 6,000 enemy soldiers dead in six days",
    standfirst="The figure was first heard from the president. Some credit it to others.",
    outlet="Meridian Dispatch",
    byline="Jonas Achterberg",
    published="2022-03-02",
    url="https://meridian-dispatch.example/war/6000",
    text=_read("six_thousand.txt"),
)

RESCUERS = DemoArticle(
    title="Рятувальники: понад 2000 цивільних загинули",
    standfirst="Службу цитують усі, але самого допису вже немає.",
    outlet="Вечірній причал",
    byline="Оксана Мельничук",
    published="2022-03-02",
    url="https://vechirnii-prychal.example/news/dsns-2000",
    language="uk",
    text=_read("rescuers.txt"),
)

DAILY_TABLE = DemoArticle(
    title="The table that grew by three thousand overnight",
    standfirst="The general staff in Kyiv publishes a count every morning. "
    "Four days of it, side by side.",
    outlet="Meridian Dispatch",
    byline="Jonas Achterberg",
    published="2022-03-03",
    url="https://meridian-dispatch.example/war/daily-table",
    text=_read("daily_table.txt"),
)

EVACUATION = DemoArticle(
    title="Buses leave the border town as shelling comes closer",
    standfirst="The regional administration speaks of three convoys. "
    "The numbers change by the hour.",
    outlet="The Harbour Record",
    byline="Mira Lindqvist",
    published="2022-03-03",
    url="https://harbour-record.example/2022/03/03/buses",
    text=_read("evacuation.txt"),
)
# What the paper put in its place the same evening, without saying so.
EVACUATION_LATER = _read("evacuation_later.txt")

ARTICLES = (TWO_TOLLS, SIX_THOUSAND, RESCUERS, DAILY_TABLE, EVACUATION)
