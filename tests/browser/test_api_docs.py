"""The API's documentation in a real browser, under the strict policy."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.long
def test_the_docs_show_every_operation_and_try_one(page, sign_in, project, reviewer):
    sign_in(page, reviewer)
    page.goto("/api/v1/docs/")
    page.wait_for_selector(".opblock-tag")
    shown = 0
    # One group after the other: all of them at once take longer to draw than anybody waits.
    for tag in page.locator(".opblock-tag").all():
        tag.click()
        page.wait_for_selector(".opblock")
        shown += page.locator(".opblock").count()
        tag.click()
        page.wait_for_selector(".opblock", state="detached")
    accepted = {"Accept": "application/vnd.oai.openapi+json"}
    described = page.request.get("/api/v1/schema/", headers=accepted).json()
    operations = [method for path in described["paths"].values() for method in path]
    assert shown == len([one for one in operations if one != "parameters"]) > 45
    page.click("#operations-tag-projects")
    page.click("#operations-projects-projects_list .opblock-summary-control")
    page.click("#operations-projects-projects_list .try-out__btn")
    page.click("#operations-projects-projects_list button.execute")
    page.wait_for_selector("#operations-projects-projects_list .live-responses-table")
    answer = page.locator("#operations-projects-projects_list .live-responses-table").inner_text()
    assert "200" in answer
    assert '"slug": "desk"' in answer
