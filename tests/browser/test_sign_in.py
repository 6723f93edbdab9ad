"""Signing in as a person does it: password, authenticator app, passkey; in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.authenticator import totp_code
from tests.factories import PASSWORD, make_invitation, make_project, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person():
    return make_user("ann", password=PASSWORD)


@pytest.fixture
def authenticator(page: Page) -> str:
    """A security key inside the browser that says yes to everything."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return made["authenticatorId"]


def open_protected(page: Page, path: str) -> None:
    page.goto("/accounts/login/")
    fill_in_password(page)
    expect(page.get_by_role("heading", name="My projects")).to_be_visible()
    page.goto(path)
    # What protects the account is changed only by who has just proved who they are.
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page).to_have_url(re.compile(path))


def fill_in_password(page: Page, password: str = PASSWORD) -> None:
    page.get_by_label("Email").fill("ann@example.org")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.locator("summary", has_text="Account").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_password_leads_back_to_the_page_that_was_asked_for(page: Page, person):
    page.goto("/account/")
    fill_in_password(page)
    expect(page.get_by_role("heading", name="My account")).to_be_visible()


def test_a_wrong_password_says_so(page: Page, person):
    page.goto("/accounts/login/")
    fill_in_password(page, "something else entirely")
    expect(page.get_by_text("are not correct")).to_be_visible()


def test_a_passkey_is_added_and_then_signs_in_alone(page: Page, person, authenticator):
    open_protected(page, "/accounts/2fa/webauthn/add/")
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Add").click()
    expect(page).not_to_have_url(re.compile("/add/$"))
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_text("My laptop")).to_be_visible()
    expect(page.get_by_text("signs in alone")).to_be_visible()
    sign_out(page)
    page.goto("/accounts/login/?next=/account/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()


@pytest.mark.long
def test_a_passkey_of_a_deactivated_person_opens_nothing(page: Page, person, authenticator):
    open_protected(page, "/accounts/2fa/webauthn/add/")
    page.get_by_role("button", name="Add").click()
    expect(page).not_to_have_url(re.compile("/add/$"))
    person.refresh_from_db()
    person.is_active = False
    person.save()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="deactivated")).to_be_visible()


def test_a_device_without_a_passkey_gets_a_sentence(page: Page, person, authenticator):
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not accepted")).to_be_visible()


@pytest.mark.long
def test_a_passkey_serves_as_the_second_step(page: Page, person, authenticator):
    open_protected(page, "/accounts/2fa/webauthn/add/")
    page.get_by_label("Sign in with it alone").uncheck()
    page.get_by_role("button", name="Add").click()
    expect(page).not_to_have_url(re.compile("/add/$"))
    sign_out(page)
    page.goto("/accounts/login/?next=/account/")
    fill_in_password(page)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()


def test_an_authenticator_app_is_set_up_and_then_asked_for(page: Page, person):
    open_protected(page, "/accounts/2fa/totp/activate/")
    expect(page.get_by_alt_text("The key as a QR code")).to_be_visible()
    secret = page.locator("#totp-key").inner_text()
    page.get_by_label("Authenticator code").fill(totp_code(secret))
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    recovery = page.locator("#recovery-codes li").first.inner_text().strip()
    sign_out(page)
    page.goto("/accounts/login/?next=/account/")
    fill_in_password(page)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("Incorrect code")).to_be_visible()
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()


def test_an_invited_person_makes_an_account_and_lands_in_the_project(page: Page):
    owner = make_user("owner")
    project = make_project("Night desk", slug="night", admin=owner)
    _invitation, token = make_invitation(project, by=owner)
    page.goto(f"/invitations/{token}/")
    page.get_by_label("Your name").fill("New Person")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account and join").click()
    expect(page.get_by_text("Welcome to Night desk")).to_be_visible()


def test_inviting_shows_the_link_once(page: Page, project, admin, sign_in):
    sign_in(page, admin)
    page.goto("/p/desk/members/")
    page.get_by_label("E-mail").fill("new@example.org")
    page.get_by_role("button", name="Invite").click()
    expect(page.locator("#invitation-link")).to_contain_text("/invitations/")
    page.reload()
    expect(page.locator("#invitation-link")).to_have_count(0)
    expect(page.get_by_text("new@example.org").first).to_be_visible()


def test_the_menu_opens_without_a_script_and_closes_on_escape(page: Page, project, admin, sign_in):
    sign_in(page, admin)
    page.goto("/p/desk/members/")
    page.locator("summary", has_text="Account").click()
    security = page.get_by_role("link", name="Security")
    expect(security).to_be_visible()
    page.keyboard.press("Escape")
    expect(security).to_be_hidden()
