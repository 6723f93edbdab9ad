"""The API's documentation in a real browser, under the strict policy."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.long
def test_the_docs_show_every_operation_and_try_one(page, sign_in, project, reviewer):
    sign_in(page, reviewer)
    page.goto("/api/v1/docs/")
    page.click("#operations-tag-claims")
    page.wait_for_selector("#operations-claims-projects_claims_create")
    assert page.locator(".opblock-tag").count() >= 15
    page.click("#operations-tag-projects")
    page.click("#operations-projects-projects_list .opblock-summary-control")
    page.click("#operations-projects-projects_list .try-out__btn")
    page.click("#operations-projects-projects_list button.execute")
    page.wait_for_selector("#operations-projects-projects_list .live-responses-table")
    answer = page.locator("#operations-projects-projects_list .live-responses-table").inner_text()
    assert "200" in answer
    assert '"slug": "desk"' in answer
