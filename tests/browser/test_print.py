"""An article on paper, or saved as PDF: its words, numbered marks, and every claim after them."""

import io
import re
import unicodedata

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from annotations.claims.hops import HopInput
from annotations.verification.services import review_save
from tests.browser.workbench import article_text, open_workbench
from tests.marking import TEXT, make_claim, make_version

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

ADDRESS = "https://harbour-record.example/2022/03/03/two-counts"
CHAIN = [HopInput(source_name="State Emergency Service"), HopInput(source_name="CNN")]
MANY = 40


@pytest.fixture
def version(project, reviewer):
    more = "".join(f"\n\nPassage number {n} says that {n} houses burned." for n in range(MANY))
    version = make_version(reviewer, project, TEXT + more, url=ADDRESS)
    refuted = make_claim(reviewer, version, text="Over 2,000 civilians died.", hops=CHAIN)
    review_save(actor=reviewer, claim=refuted, label="refuted", justification="136 are known.")
    make_claim(reviewer, version, words="2,000 civilians", text="They were civilians.")
    for n in range(MANY):
        make_claim(reviewer, version, words=f"that {n} houses burned", text=f"{n} houses burned.")
    return version


def printed(page: Page) -> str:
    """Print the open page to PDF and return its text with single spaces and without ligatures."""
    pdf = page.pdf(format="A4")
    text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))


def test_paper_shows_the_text_with_numbers_and_then_every_claim(page, sign_in, reviewer, version):
    sign_in(page, reviewer)
    open_workbench(page, version)
    text = printed(page)
    # A long address may be broken into lines.
    unbroken = text.replace(" ", "")
    assert ADDRESS in unbroken
    assert f"/p/desk/articles/{version.article.uid}/" in unbroken
    # Each number stands where its claim begins, also inside another one.
    assert re.search(r"said 1 ?more than 2 ?2,000 civilians were killed", text)
    for n in range(MANY):
        assert re.search(rf"says {n + 3} ?that {n} houses burned", text)
        assert re.search(rf"\b{n + 3} {n} houses burned\. State Emergency Service", text)
    assert re.search(
        r"1 Over 2,000 civilians died\. State Emergency Service .{0,20}CNN.{0,9} Refuted", text
    )
    assert "2 They were civilians." in text
    assert "Not judged" in text


def test_paper_shows_no_buttons_and_no_menus(page, sign_in, reviewer, version):
    sign_in(page, reviewer)
    open_workbench(page, version, "?version=1&claim=1")
    text = printed(page)
    for words in ("Sign out", "Save my judgement", "Passage to quote", "Edit article", "Filter"):
        assert words not in text


def test_numbers_on_paper_are_no_part_of_the_text(page, sign_in, reviewer, version):
    sign_in(page, reviewer)
    open_workbench(page, version)
    page.emulate_media(media="print")
    assert article_text(page) == version.text
    shown = page.locator("mark").first.evaluate("one => getComputedStyle(one, '::before').content")
    assert shown.startswith('"1')


def test_a_mark_on_paper_is_told_by_its_line(page, sign_in, reviewer, version):
    sign_in(page, reviewer)
    open_workbench(page, version)
    page.emulate_media(media="print", color_scheme="dark")
    styles = page.evaluate(
        """() => [...document.querySelectorAll("mark")].slice(0, 2).map((one) => {
          const style = getComputedStyle(one);
          return [style.borderBlockEndStyle, style.backgroundColor, style.color];
        })"""
    )
    clear, black = "rgba(0, 0, 0, 0)", "rgb(0, 0, 0)"
    assert styles == [["solid", clear, black], ["double", clear, black]]
