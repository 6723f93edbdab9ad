"""On paper each claim stands with everybody it went through, in order, at each of its places."""

import pytest
from playwright.sync_api import expect

from annotations.claims.hops import HopInput
from annotations.claims.services import mention_add, mention_discard
from annotations.verification.services import review_save
from tests.browser.test_print import printed
from tests.browser.workbench import open_workbench
from tests.marking import TEXT, make_claim, make_version, place

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

LONG = (
    "State Emergency Service of the Kharkiv Region",
    "The mayor of the town",
    "Reuters News Agency",
    "CNN International",
)


def hops(*names: str) -> list[HopInput]:
    return [HopInput(source_name=name) for name in names]


@pytest.fixture
def version(project, reviewer):
    version = make_version(reviewer, project)
    claim = make_claim(reviewer, version, text="Over 2,000 died.", hops=hops(*LONG))
    for words, chain in (
        ("A family fled", hops("A neighbour", "BBC")),
        ("lost count", hops(*LONG)),
        ("a spokesman", ()),
    ):
        ranges = [place(words, TEXT)]
        mention_add(actor=reviewer, claim=claim, version=version, ranges=ranges, hops=chain)
    gone = mention_add(
        actor=reviewer,
        claim=claim,
        version=version,
        ranges=[place("CNN reported", TEXT)],
        hops=hops("Nobody of note"),
    )
    mention_discard(actor=reviewer, mention=gone)
    review_save(actor=reviewer, claim=claim, label="refuted")
    return version


def test_paper_names_the_whole_chain_of_each_place(page, sign_in, reviewer, version):
    sign_in(page, reviewer)
    open_workbench(page, version, "?version=1&rows=all")
    text = printed(page)
    attributed = f"{' via '.join(LONG)}; A neighbour via BBC; Nobody named"
    assert f"1 Over 2,000 died. {attributed} " in text
    after = text[text.index(attributed) + len(attributed) :]
    assert "Refuted" in after[:20]
    assert "Nobody of note" not in text


def test_on_the_screen_a_line_names_its_first_place(page, sign_in, reviewer, version):
    sign_in(page, reviewer)
    open_workbench(page, version)
    expect(page.locator("#row-1 .print-only").first).to_be_hidden()
    assert "neighbour" not in page.locator("#row-1").inner_text()


def test_a_saved_row_names_them_too(page, sign_in, reviewer, version):
    sign_in(page, reviewer)
    open_workbench(page, version, "?claim=1")
    before = page.locator("#row-1").text_content()
    page.locator("[data-review] input[value=supported]").check()
    page.locator("[data-review] button[type=submit]").click()
    expect(page.locator("#row-1")).to_contain_text("Supported")
    assert page.locator("#row-1").text_content() == before.replace("Refuted", "Supported")
