"""The desk in a real browser: nothing inline, no error, readable in light, dark and on a phone."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from annotations.claims.models import Claim
from annotations.moderation.flags import flag_raise
from annotations.moderation.services import row_hide
from tests.admin.conftest import PAGES, list_url, one_of_everything, row_url
from tests.factories import make_member
from tests.long import sample, some

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("SHOTS")


@pytest.fixture
def mine(transactional_db, project, reviewer, admin):
    return one_of_everything(project, reviewer, admin, "Mine")


def shoot(page, name):
    """Keep a picture when a folder for pictures is named."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"desk-{name}.png"), full_page=True)


def test_every_page_keeps_to_the_policy(mine, operator, page, sign_in):
    make_member(mine["project"], operator, "admin")
    sign_in(page, operator)
    page.goto("/admin/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Moderation and administration")
    shoot(page, "index")
    for name in sample(PAGES, 6):
        page.goto(list_url(name))
        expect(page.locator("#result_list")).to_be_visible()
        shoot(page, f"{name}-list")
        page.goto(row_url(mine[name]))
        expect(page.locator("#content h1")).to_be_visible()
        shoot(page, f"{name}-row")
        page.goto(row_url(mine[name], "history"))
        # A capture never changes: of one that no event was recorded by, there is nothing to tell.
        told = "Nothing has been recorded" if name == "capture" else "newest first"
        expect(page.locator("#change-history")).to_contain_text(told)
        shoot(page, f"{name}-history")
    for name in ("user", "project", "membership", "invitation"):
        page.goto(f"/admin/annotations/{name}/add/")
        expect(page.locator("input[name=_save]")).to_be_visible()
        shoot(page, f"{name}-add")
    page.goto("/admin/annotations/")
    expect(page.locator("#content h1")).to_be_visible()


@pytest.mark.long
def test_secret_links_are_shown_once(mine, operator, page, sign_in):
    sign_in(page, operator)
    page.goto(row_url(mine["user"]))
    page.get_by_role("button", name="Make a link to set a password").click()
    expect(page.get_by_label("Link")).to_have_value(re.compile("/accounts/password/reset/key/"))
    shoot(page, "password-link")
    page.goto("/admin/annotations/invitation/add/")
    page.locator(".select2-selection").click()
    page.locator(".select2-results__option").filter(has_text="Desk").click()
    page.get_by_label("E-mail:").fill("new@example.org")
    page.get_by_label("Role:").select_option("reviewer")
    page.locator("input[name=_save]").click()
    expect(page.get_by_label("Link")).to_have_value(re.compile("/invitations/"))
    shoot(page, "invitation-link")


@pytest.mark.long
def test_a_popup_saves_and_closes(mine, admin, page, sign_in):
    mine["claim"].statement = mine["statement"]
    mine["claim"].save()
    sign_in(page, admin)
    page.goto(row_url(mine["claim"]))
    with page.expect_popup() as opened:
        page.locator("#change_id_statement").click()
    popup = opened.value
    popup.get_by_label("Channel:").fill("Radio")
    with popup.expect_event("close"):
        popup.locator("input[name=_save]").click()
    mine["statement"].refresh_from_db()
    assert mine["statement"].channel == "Radio"


def test_a_moderator_hides_from_the_list_and_restores_from_the_row(mine, moderator, page, sign_in):
    sign_in(page, moderator)
    page.goto(list_url("claim"))
    page.locator(".action-select").first.check()
    page.get_by_label("Action:").select_option(label="Hide")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text("Mine claim")).to_be_visible()
    shoot(page, "decide")
    page.get_by_label("Reason:").fill("a private person is named")
    page.get_by_role("button", name="Hide").click()
    expect(page.get_by_text("Decided about 1 row.")).to_be_visible()
    expect(page.get_by_role("cell", name="hidden by Moderator")).to_be_visible()
    assert Claim.objects.get().hidden_by == moderator
    page.goto(row_url(mine["claim"]))
    page.get_by_role("button", name="Restore…").click()
    page.get_by_label("Reason:").fill("public after all")
    page.get_by_role("button", name="Restore").click()
    assert Claim.objects.get().hidden_at is None


@pytest.mark.long
def test_widgets_work_under_the_policy(mine, admin, page, sign_in):
    sign_in(page, admin)
    page.goto(row_url(mine["claim"]))
    page.locator("#id_due").focus()
    page.locator(".datetimeshortcuts a").filter(has_text="Today").click()
    page.locator(".datetimeshortcuts a .date-icon").click()
    expect(page.locator(".calendarbox").first).to_be_visible()
    shoot(page, "calendar")
    page.locator(".calendarbox .calendar td a").first.click()
    page.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").fill("mine")
    page.locator(".select2-results__option").filter(has_text="Mine").first.click()
    shoot(page, "widgets")
    page.locator("input[name=_save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    claim = Claim.objects.get()
    assert claim.statement_id == mine["statement"].pk
    assert claim.due is not None


@pytest.mark.parametrize("scheme", some("dark", "light"))
def test_it_can_be_read_on_a_phone_and_in_the_dark(mine, moderator, new_context, sign_in, scheme):
    page = new_context(color_scheme=scheme, viewport={"width": 390, "height": 800}).new_page()
    sign_in(page, moderator)
    for name, url in {
        "index": "/admin/",
        "list": list_url("claim"),
        "row": row_url(mine["claim"]),
        "history": row_url(mine["claim"], "history"),
    }.items():
        page.goto(url)
        shoot(page, f"phone-{scheme}-{name}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, name


@pytest.mark.long
def test_a_long_word_of_somebody_widens_no_page(mine, reader, moderator, new_context, sign_in):
    claim, phone = mine["claim"], {"width": 390, "height": 800}
    asked = {"project": claim.project, "kind": "claim", "target": claim.uid, "reason": "other"}
    flag, _new = flag_raise(actor=reader, words=f"=1+1 {'W' * 400}", **asked)
    row_hide(actor=moderator, row=mine["comment"], reason="W" * 400)
    page = new_context(viewport=phone).new_page()
    sign_in(page, reader)
    page.goto(f"/p/{claim.project.slug}/flags/")
    assert page.locator(".table-wrap").evaluate("one => one.scrollWidth - one.clientWidth") == 0
    page = new_context(viewport=phone).new_page()
    sign_in(page, moderator)
    page.goto(list_url("flag"))
    page.locator("#action-toggle").check()
    page.get_by_label("Action:").select_option(label="Accept")
    page.get_by_role("button", name="Go").click()
    expect(page.locator(".desk-effects").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto("/admin/audit/")
    assert page.locator(".desk-scroll").evaluate("one => one.scrollWidth - one.clientWidth") == 0
    page.goto(row_url(flag))
    expect(page.locator(".readonly").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_session_of_a_deactivated_moderator_ends(mine, moderator, operator, page, sign_in):
    sign_in(page, moderator)
    page.goto("/admin/")
    moderator.is_active = False
    moderator.save()
    page.goto(list_url("claim"))
    assert "/accounts/login/" in page.url
