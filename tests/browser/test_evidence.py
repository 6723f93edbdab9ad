"""Evidence from the claim's page to its file, without scripts, and once with them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from annotations.models import Claim, Evidence
from tests.long import some
from tests.material import make_claim, make_evidence, make_statement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUESTION = "How many deaths were verified?"


@pytest.fixture
def claim(project, reviewer) -> Claim:
    statement = make_statement(project, reviewer, said_on="2022-03-02")
    return make_claim(project, reviewer, statement=statement)


@pytest.fixture
def page(
    new_context: Callable[..., BrowserContext], sign_in: Callable[..., None], reviewer
) -> Page:
    """A page without scripts: what works there works with them, as no script is evidence's own."""
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, reviewer)
    return page


@pytest.fixture
def scripted(
    new_context: Callable[..., BrowserContext], sign_in: Callable[..., None], reviewer
) -> Page:
    page = new_context().new_page()
    sign_in(page, reviewer)
    return page


def address(claim: Claim) -> str:
    return f"/p/desk/claims/{claim.number}/"


def add(page: Page, claim: Claim, file: Path) -> None:
    """Add a piece with a file."""
    page.goto(address(claim))
    page.get_by_role("link", name="Add evidence").click()
    page.get_by_label("Question").fill(QUESTION)
    page.get_by_label("Quote").fill("136 killed")
    page.get_by_label("URL").fill("https://un.example/count")
    page.get_by_label("Published").fill("2022-03-05")
    page.get_by_label("Source", exact=False).first.fill("UN Human Rights Office")
    page.get_by_label("File", exact=False).set_input_files(file)
    page.get_by_role("radio", name="Refutes").check()
    page.get_by_role("button", name="Save").click()


@pytest.mark.parametrize("visitor", some("scripted", "page"))
def test_evidence_is_added_with_its_file_and_saved_from_the_page(
    request: pytest.FixtureRequest, visitor: str, claim: Claim, tmp_path: Path
) -> None:
    page = request.getfixturevalue(visitor)
    file = tmp_path / "count.txt"
    file.write_text("Verified: 136\n")
    add(page, claim, file)
    section = page.get_by_role("region", name="Evidence")
    expect(section.get_by_role("link", name=QUESTION)).to_be_visible()
    expect(section.get_by_text("Refutes", exact=True).first).to_be_visible()
    expect(section.get_by_text("Published after the claim was made")).to_be_visible()
    with page.expect_download() as waiting:
        section.get_by_role("link", name="count.txt").click()
    assert waiting.value.suggested_filename == "count.txt"
    assert Path(waiting.value.path()).read_text() == "Verified: 136\n"


@pytest.mark.long
def test_a_page_called_a_picture_is_refused_and_the_words_stay(
    page: Page, claim: Claim, tmp_path: Path
) -> None:
    file = tmp_path / "photo.png"
    file.write_text("<html><script>alert(1)</script>")
    add(page, claim, file)
    expect(page.get_by_role("alert")).to_contain_text("which can run programs")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    page.get_by_role("alert").get_by_role("link", name="File").click()
    expect(page.locator("#id_file_error")).to_contain_text("which can run programs")
    expect(page.locator("#id_file_error")).to_be_in_viewport()
    expect(page.get_by_label("Question")).to_have_value(QUESTION)
    expect(page.get_by_text("Choose the file again")).to_be_visible()
    assert not Evidence.objects.exists()


@pytest.mark.long
def test_one_piece_is_put_on_another_claim_and_its_stance_changed(
    page: Page, claim: Claim, project, reviewer
) -> None:
    make_evidence(project, reviewer, claim=claim, question=QUESTION)
    other = make_claim(project, reviewer, text="498 soldiers died")
    page.goto(address(other))
    page.get_by_role("link", name="Use evidence of another claim").click()
    page.get_by_label("Words of the evidence").fill("verified")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("radio", name=QUESTION).check()
    page.get_by_role("radio", name="Supports").check()
    page.get_by_role("button", name="Put it on this claim").click()
    section = page.get_by_role("region", name="Evidence")
    section.get_by_text("Change the stance").click()
    section.get_by_label("What it says of the claim").select_option("Mixed")
    section.get_by_role("button", name="Save the stance").click()
    expect(section.get_by_text("Mixed", exact=True).first).to_be_visible()
    section.get_by_text("Take it off this claim").click()
    section.get_by_label("Reason").fill("Soldiers, not civilians")
    section.get_by_role("button", name="Take it off").click()
    expect(section.get_by_text("No evidence yet.")).to_be_visible()
    # The address leads to the piece, so the browser has opened the fold it is in.
    expect(section.get_by_text("Soldiers, not civilians")).to_be_visible()
    section.get_by_role("button", name="Put it back").click()
    section.get_by_role("link", name=QUESTION).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    expect(
        page.get_by_role("region", name="Claims it stands on").get_by_role("link")
    ).to_have_count(2)


@pytest.mark.long
def test_two_pieces_are_said_to_be_of_one_origin(
    page: Page, claim: Claim, project, reviewer
) -> None:
    for question, host in (("One?", "one.example"), ("Two?", "two.example")):
        make_evidence(
            project, reviewer, claim=claim, question=question, url=f"https://{host}/", file=None
        )
    page.goto(address(claim))
    page.get_by_role("link", name="One?").click()
    page.get_by_label("Two?", exact=True).select_option("Not independent: the same origin")
    page.get_by_role("button", name="Save what is independent").click()
    page.goto(address(claim))
    expect(page.get_by_text("All from one origin.")).to_be_visible()
