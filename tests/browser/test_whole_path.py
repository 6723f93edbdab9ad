"""The whole path once, on the demo: a deleted statement's claim, from the text to the export."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from annotations.models import Article, Claim, Project, User
from tests.browser.pictures import keep

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def demo(transactional_db, tmp_path) -> Project:
    call_command("create_demo", sign_ins=str(tmp_path / "sign-ins.txt"))
    return Project.objects.get(slug="demo")


def address(live_server, name: str, **more: object) -> str:
    return live_server.url + reverse(name, kwargs={"slug": "demo", **more})


def test_screenshot_of_the_workbench(demo, live_server, new_context, sign_in):
    article = Article.objects.get(title__startswith="Two capitals")
    page = new_context(viewport={"width": 1280, "height": 860}).new_page()
    sign_in(page, User.objects.get(email="reviewer@demo.example"))
    page.goto(address(live_server, "workbench", uid=article.uid))
    mark = page.locator("mark", has_text="more than 2,000 civilians").first
    expect(mark).to_be_visible()
    expect(page.get_by_text("Deleted by its author").first).to_be_visible()
    keep(page, "images/workbench")


@pytest.mark.long
def test_screenshot_of_a_claim_resting_on_a_deleted_statement(
    demo, live_server, new_context, sign_in
):
    claim = Claim.objects.get(text__startswith="More than 2,000")
    page = new_context(viewport={"width": 1280, "height": 1000}).new_page()
    sign_in(page, User.objects.get(email="reviewer@demo.example"))
    page.goto(address(live_server, "claim-detail", number=claim.number))
    expect(page.get_by_text("reported by CNN").first).to_be_visible()
    keep(page, "images/claim")


@pytest.mark.long
def test_a_disputed_attribution_is_said_to_be_one(demo, live_server, new_context, sign_in):
    claim = Claim.objects.get(text__startswith="6,000")
    page = new_context().new_page()
    sign_in(page, User.objects.get(email="reviewer@demo.example"))
    page.goto(address(live_server, "claim-detail", number=claim.number))
    expect(page.get_by_text("disputed", exact=False).first).to_be_visible()
    expect(page.get_by_text("Ministry of Defence of Ukraine").first).to_be_visible()


def test_the_export_holds_the_claim_with_its_deletion(demo, live_server, new_context, sign_in):
    page = new_context().new_page()
    sign_in(page, User.objects.get(email="reviewer@demo.example"))
    page.goto(address(live_server, "export-page"))
    answer = page.context.request.get(live_server.url + "/api/v1/projects/demo/export/?format=json")
    assert answer.status == 200
    document = json.loads(answer.body())
    assert "closing" in document
    text = json.dumps(document, ensure_ascii=False)
    assert "More than 2,000 Ukrainian civilians" in text
    assert "deleted_by_author" in text
    assert "@demo.example" not in text
