"""Every page by axe in light, in the dark and at 400 %; on a phone; by the size of its targets."""

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import BrowserContext, Page, expect

from tests.authenticator import totp_code
from tests.browser.reach import DESKTOP, complaints
from tests.browser.visits import (
    ALLAUTH,
    GROUPS,
    NO_PASSWORD,
    OUTSIDE,
    PROTECTED,
    Tour,
    make_tour,
)
from tests.browser.workbench import open_workbench, press, select
from tests.factories import PASSWORD
from tests.long import IS_LONG, sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PROBLEMS = ("400", "403", "403_csrf", "404", "409", "412", "429", "500")


@pytest.fixture
def tour(transactional_db) -> Tour:
    return make_tour()


@pytest.fixture
def stranger(new_context: Callable[..., BrowserContext]) -> Page:
    """A page of nobody who is signed in; axe writes styles, which the policy would refuse."""
    return new_context(bypass_csp=True, reduced_motion="reduce").new_page()


@pytest.fixture
def page(stranger: Page, tour: Tour, sign_in) -> Page:
    """A page whose guide is signed in."""
    sign_in(stranger, tour.guide)
    return stranger


def go(page: Page, address: str) -> None:
    """Open a page, and be sure that it is the one that was asked for."""
    answer = page.goto(address)
    if "/reauthenticate/" in page.url.removesuffix(address):
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
    assert page.url.endswith(address), (address, page.url)
    assert answer is not None
    assert answer.status == 200, address


def complain_of(page: Page, addresses) -> list[str]:
    found = []
    for name, address in addresses:
        go(page, address)
        found += complaints(page, name)
    return found


def sign_in_half(page: Page, email: str, password: str) -> None:
    """Take the first step of signing in, the password."""
    go(page, "/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def serve(page: Page, name: str) -> None:
    """Show the page of a problem, which no address leads to at will."""
    html = render_to_string(f"{name}.html", {"message": "Someone else saved it meanwhile."})
    page.route(f"**/{name}/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"/{name}/")


# A desk takes longer to fill than a page to visit: the short run goes through four groups in one.
AT_ONCE = 1 if IS_LONG else 4
ROUNDS = [GROUPS[n : n + AT_ONCE] for n in range(0, len(GROUPS), AT_ONCE)]


@pytest.mark.parametrize("groups", ROUNDS, ids=", ".join)
def test_every_page_can_be_read_and_used_by_everyone(page, tour, groups):
    found = [
        said for group in groups for said in complain_of(page, sample(tour.addresses(group), 12))
    ]
    assert found == [], "\n".join(found)


def test_signing_in_can_be_done_by_everyone(stranger, tour, sign_in):
    page = stranger
    found = complain_of(page, sample(tour.named(ALLAUTH, OUTSIDE)))
    sign_in_half(page, tour.guide.email, "something else entirely")
    expect(page.get_by_text("are not correct")).to_be_visible()
    found += complaints(page, "wrong password")
    sign_in(page, tour.rows.stranger)
    found += complain_of(page, tour.named(ALLAUTH, NO_PASSWORD))
    assert found == [], "\n".join(found)


def test_a_protected_account_can_be_managed_by_everyone(page, tour):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "isUserVerified": True}
    options |= {"hasResidentKey": True, "hasUserVerification": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    go(page, "/accounts/2fa/webauthn/add/")
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Add a passkey")
    page.goto("/accounts/2fa/totp/activate/")
    page.locator("[name=code]").fill(totp_code(page.locator(".secret").inner_text()))
    page.locator("main button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Activate")
    shown = {*PROTECTED, "mfa_index", "mfa_list_webauthn"}
    found = complain_of(page, sample(tour.named(ALLAUTH, shown)))
    page.context.clear_cookies()
    sign_in_half(page, tour.guide.email, PASSWORD)
    expect(page.locator("[name=code]")).to_be_visible()
    found += complaints(page, "second step")
    assert found == [], "\n".join(found)


def test_the_panel_beside_a_text_can_be_used_by_everyone(page, tour):
    open_workbench(page, tour.rows.version, "?version=1&claim=1")
    page.locator(".opened .places__actions a").first.click()
    expect(page.locator("#opened [name=hops-0-source_name]")).to_be_visible()
    found = complaints(page, "form of a place")
    open_workbench(page, tour.rows.version, "?version=1")
    select(page, 56, 68)
    found += complaints(page, "bar")
    press(page, "claim")
    expect(page.locator("#opened [name=text]")).to_be_visible()
    page.evaluate("document.querySelectorAll('details.more').forEach((one) => one.open = true)")
    found += complaints(page, "form of a claim")
    # On a narrow screen the form lies over the box, until it is closed.
    page.set_viewport_size(DESKTOP)
    page.get_by_label("Passage to quote").fill("civilians")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".places__place").first).to_be_visible()
    found += complaints(page, "places of words")
    page.locator(".menu--account summary").click()
    found += complaints(page, "open menu")
    assert found == [], "\n".join(found)


@pytest.mark.long
def test_the_api_docs_can_be_read_by_everyone(stranger):
    stranger.goto("/api/v1/docs/")
    stranger.locator("#operations-tag-claims").click()
    expect(stranger.locator("#operations-claims-projects_claims_create")).to_be_visible()
    assert complaints(stranger, "API docs") == []


def test_what_went_wrong_can_be_read_by_everyone(stranger):
    page = stranger
    found = []
    for name in sample(PROBLEMS):
        serve(page, name)
        found += complaints(page, name)
    assert found == [], "\n".join(found)
