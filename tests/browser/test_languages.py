"""Pages in other languages, one read from the right: mirrored, whole, without an English word."""

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from annotations.claims.hops import HopInput
from annotations.models import Claim, Project, User
from tests.browser.reach import resize
from tests.browser.workbench import card, open_workbench, press, select
from tests.factories import make_invitation, make_member, make_user
from tests.long import sample, some
from tests.marking import make_version
from tests.material import make_claim, make_event, make_review, make_statement
from tests.pseudo import CODE, compile_pseudo_locale

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# No Latin letter in what people wrote: any that a page shows is then the product's own.
HEBREW = (
    "מספר ההרוגים שנוי במחלוקת\n\n"
    "שירות החירום מסר כי יותר מ-2,000 אזרחים נהרגו. הדובר אמר אחרת ביום רביעי.\n\n"
    "משרד הביטחון מסר על 498 חיילים.\n"
)
WORDS = "יותר מ-2,000 אזרחים נהרגו"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
SCREENS = Path(os.environ["SCREENSHOTS"]) if os.environ.get("SCREENSHOTS") else None
# The same in every language: names of products and formats, addresses, zones, language tags, keys.
SAME = re.compile(
    r"Factcheck|\S+@\S+|https?://\S+|fc_\S*|\b[A-Z]\w+(?:[/_-]\w+)+|UTC|\b(?:uk|en|he)\b"
    r"|English|Українська|Esc|Enter|Ctrl|Shift|Alt|\b[0-9a-f]{6,}\b|/invitations/\S+"
)
# Words that people see or hear, and those of labels, wherever they are not scripts or templates.
WORDS_OF_PAGE = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest("script, style, template, noscript, svg, [lang]:not(html)")) continue;
    found.push(walker.currentNode.data);
  }
  for (const name of ["aria-label", "title", "placeholder", "alt", "data-copied"]) {
    for (const one of document.body.querySelectorAll(`[${name}]`)) {
      found.push(one.getAttribute(name));
    }
  }
  for (const cell of document.querySelectorAll("td[data-label]")) found.push(cell.dataset.label);
  for (const words of Object.values(document.querySelector("[data-words]")?.dataset ?? {})) {
    found.push(words);
  }
  found.push(document.title);
  return found;
}"""
# How far the page can be moved sideways, and what sticks out of it.
OVERFLOW = """() => {
  const moved = [-9999, 9999].map((by) => {
    scrollTo(by, 0);
    return scrollX;
  });
  scrollTo(0, 0);
  const width = document.documentElement.clientWidth;
  const out = [...document.body.querySelectorAll("*")].filter((one) => {
    const box = one.getBoundingClientRect();
    return one.checkVisibility() && box.width > 1 && (box.left < -1 || box.right > width + 1);
  });
  return moved.some(Boolean) ? out.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)) : null;
}"""
# Each menu open by itself, as pressing it leaves it.
MENUS_OUTSIDE = """() => {
  const out = [];
  for (const menu of document.querySelectorAll("details[data-menu]")) {
    menu.open = true;
    const box = menu.querySelector(".menu__body").getBoundingClientRect();
    if (box.left < 0 || box.right > document.documentElement.clientWidth) out.push(menu.innerText);
    menu.open = false;
  }
  return out;
}"""


@pytest.fixture
def mirrored_language(settings, tmp_path):
    compile_pseudo_locale(tmp_path)
    settings.LANGUAGES = [*settings.LANGUAGES, (CODE, "עברית")]
    settings.LOCALE_PATHS = [tmp_path, *settings.LOCALE_PATHS]


@pytest.fixture
def person(project, admin) -> User:
    """The admin of a project where nobody uses a Latin letter."""
    Project.objects.filter(pk=project.pk).update(name="מערכת")
    User.objects.filter(is_system=False).update(display_name="דנה כהן")
    make_member(project, make_user("left", display_name="נועה לוי"))
    admin.refresh_from_db()
    project.refresh_from_db()
    return admin


@pytest.fixture
def version(project, person):
    return make_version(person, project, HEBREW, title="מספר ההרוגים", language="he")


@pytest.fixture
def claim(project, person, version) -> Claim:
    statement = make_statement(project, person, channel="ערוץ", text="הודעה")
    said = {"reported_by_name": "רויטרס", "assessment_reason": "כך נמסר"}
    make_event(statement, person, **said)
    start = HEBREW.index(WORDS)
    made = make_claim(
        project,
        person,
        text="אזרחים נהרגו",
        version=version,
        ranges=[(start, start + len(WORDS))],
        hops=[
            HopInput(source_name="שירות החירום", statement=statement),
            HopInput(source_name="רויטרס"),
        ],
    )
    make_review(made, person, "refuted")
    make_review(made, User.objects.get(display_name="נועה לוי"), "not_enough_evidence")
    return made


def addresses(project, version, claim) -> dict[str, str]:
    """Where the main pages are, by name."""
    hop = claim.mentions.get().attributions.get(statement__isnull=False)
    statement = hop.statement
    slug = {"slug": project.slug}
    uid = {**slug, "uid": version.article.uid}
    return {
        "projects": reverse("project-list"),
        "articles": reverse("article-list", kwargs=slug),
        "add": reverse("article-create", kwargs=slug),
        "edit": reverse("article-edit", kwargs=uid),
        "versions": reverse("version-list", kwargs=uid),
        "workbench": reverse("workbench", kwargs=uid),
        "workbench-claim": reverse("workbench", kwargs=uid) + f"?claim={claim.number}",
        "claims": reverse("claim-list", kwargs=slug),
        "claim": reverse("claim-detail", kwargs={**slug, "number": claim.number}),
        "claim-edit": reverse("claim-edit", kwargs={**slug, "number": claim.number}),
        "claim-new": reverse("claim-create", kwargs={**slug, "uid": version.uid}) + "?range=26-40",
        "statements": reverse("statement-list", kwargs=slug),
        "statement": reverse("statement-detail", kwargs={**slug, "uid": statement.uid}),
        "event": reverse("event-detail", kwargs={**slug, "uid": statement.events.get().uid}),
        "event-new": reverse("event-create", kwargs={**slug, "uid": statement.uid}),
        "sources": reverse("source-list", kwargs=slug),
        "source": reverse("source-detail", kwargs={**slug, "uid": hop.source.uid}),
        "members": reverse("member-list", kwargs=slug),
        "settings": reverse("project-settings", kwargs=slug),
        "agreement": reverse("agreement-page", kwargs=slug),
        "export": reverse("export-page", kwargs=slug),
        "account": reverse("account-edit"),
        "tokens": reverse("token-list"),
        "security": reverse("mfa_index"),
        "nothing": "/p/desk/claims/99/",
    }


def english_on(page: Page) -> list[str]:
    """What stands on the page as in the source; a Ukrainian sentence may name JSON or an API."""
    words = (SAME.sub("", text) for text in page.evaluate(WORDS_OF_PAGE))
    latin = {text.strip() for text in words if re.search(r"[A-Za-z]{2}", text)}
    return sorted(text for text in latin if not re.search("[а-яі]", text))


def check(page: Page, name: str, language: str = CODE) -> dict[str, object]:
    """Everything that is wrong with the page as it is shown now."""
    wrong: dict[str, object] = {}
    shown = page.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    if shown != [language, "rtl" if language == CODE else "ltr"]:
        wrong["language"] = shown
    english = english_on(page)
    if english:
        wrong["english"] = english
    for size in (DESKTOP, PHONE):
        resize(page, size)
        sticking_out = page.evaluate(OVERFLOW)
        if sticking_out is not None:
            wrong[f"overflow at {size['width']}"] = sticking_out
        outside = page.evaluate(MENUS_OUTSIDE)
        if outside:
            wrong[f"menu at {size['width']}"] = outside
        if SCREENS:
            file = f"{language}-{name}-{size['width']}.png"
            page.screenshot(path=SCREENS / file, full_page=True)
    return {f"{name}: {what}": found for what, found in wrong.items()}


def ask_for(page: Page, language: str) -> None:
    page.context.set_extra_http_headers({"Accept-Language": language})


@pytest.mark.parametrize("language", some(CODE, "uk"))
def test_every_page_is_whole_and_translated_and_turns_with_its_language(
    page, sign_in, person, project, version, claim, mirrored_language, language
):
    sign_in(page, person)
    ask_for(page, language)
    wrong: dict[str, object] = {}
    for name, address in sample(addresses(project, version, claim).items(), 2):
        page.set_viewport_size(DESKTOP)
        page.goto(address)
        wrong |= check(page, name, language)
    assert wrong == {}


@pytest.mark.long
@pytest.mark.parametrize("language", some("uk", CODE))
def test_pages_before_signing_in_are_so_too(page, project, person, mirrored_language, language):
    _invitation, secret = make_invitation(project, by=person)
    ask_for(page, language)
    wrong: dict[str, object] = {}
    pages = {
        "sign-in": "/accounts/login/",
        "signup": "/accounts/signup/",
        "password": "/accounts/password/reset/",
        "invitation": reverse("invitation-accept", kwargs={"token": secret}),
        "invitation-gone": reverse("invitation-accept", kwargs={"token": "nothing"}),
    }
    for name, address in pages.items():
        page.goto(address)
        wrong |= check(page, name, language)
    assert wrong == {}


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found is not None
    return found


def test_the_workbench_turns_round(page, sign_in, person, version, claim, mirrored_language):
    sign_in(page, person)
    ask_for(page, CODE)
    open_workbench(page, version)
    text, panel = box(page, "[data-text]"), box(page, "[data-panel]")
    assert panel["x"] + panel["width"] <= text["x"]
    gutter, words = box(page, "a.gutter"), box(page, "mark[data-claims]")
    assert gutter["x"] >= words["x"] + words["width"]
    page.locator("a[data-open]").first.click()
    expect(card(page, claim.number)).to_be_visible()
    first, second = (page.locator(".chain__hop").nth(n).bounding_box() for n in (0, 1))
    # Each further hop is set in from the right.
    assert second["x"] + second["width"] < first["x"] + first["width"]


@pytest.mark.long
def test_the_bar_and_the_form_speak_the_language(page, sign_in, person, version, mirrored_language):
    sign_in(page, person)
    ask_for(page, CODE)
    open_workbench(page, version)
    start = HEBREW.index(WORDS)
    select(page, start, start + len(WORDS))
    expect(page.locator("[data-bar]")).to_be_visible()
    place = box(page, "[data-bar]")
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= DESKTOP["width"]
    assert english_on(page) == []
    press(page, "claim")
    expect(page.locator("#opened [name=text]")).to_be_visible()
    page.locator("#opened input[data-source]").first.fill("שם חדש")
    expect(page.locator("[data-source-means]").first).not_to_be_empty()
    assert check(page, "form") == {}


@pytest.mark.long
def test_keys_of_the_text_work_on_a_cyrillic_keyboard(page, sign_in, person, version, claim):
    sign_in(page, person)
    open_workbench(page, version)
    page.locator("[data-text]").dispatch_event("keydown", {"key": "т", "code": "KeyN"})
    expect(card(page, claim.number)).to_be_visible()
