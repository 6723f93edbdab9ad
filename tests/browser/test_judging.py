"""Judging with a rating and evidence: what is suggested, kept while typing, and saved."""

import pytest
from playwright.sync_api import expect

from annotations.models import Draft, Review
from tests.browser.workbench import card, open_workbench
from tests.marking import make_claim, make_version
from tests.material import make_evidence, make_scale

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_suggested_label_is_kept_as_a_draft_and_saved_with_its_evidence(
    page, sign_in, project, reviewer, admin
) -> None:
    scale = make_scale(project, admin)
    version = make_version(reviewer, project)
    claim = make_claim(reviewer, version)
    piece = make_evidence(project, reviewer, claim=claim, file=None)
    sign_in(page, reviewer)
    open_workbench(page, version, "?version=1&claim=1")
    form = card(page, 1).locator("[data-review]")
    refuted = form.locator("input[name=label][value=refuted]")
    supported = form.locator("input[name=label][value=supported]")
    rating = form.locator("select[name=rating]")
    rating.select_option(label="True → Supported")
    expect(supported).to_be_checked()
    rating.select_option(label="False → Refuted")
    expect(refuted).to_be_checked()
    expect(form).to_contain_text("The label was set to what this rating suggests.")
    form.locator("summary").click()
    form.locator("input[type=checkbox][name=evidence]").check()
    form.locator("textarea[name=justification]").fill("**Counted**")
    for _turn in range(100):
        if Draft.objects.exists():
            break
        page.wait_for_timeout(100)
    page.reload()
    page.get_by_role("button", name="Continue").click()
    expect(refuted).to_be_checked()
    expect(rating).to_have_value(str(scale.values.get(n=3).uid))
    # What a person chose is left alone.
    supported.check()
    rating.select_option(label="Half true")
    rating.select_option(label="False → Refuted")
    expect(supported).to_be_checked()
    form.get_by_role("button", name="Save my judgement").click()
    expect(card(page, 1)).to_contain_text("Take my judgement back")
    review = Review.objects.get()
    assert (review.label, review.rating.name) == ("supported", "False")
    assert [one.link.evidence for one in review.evidence_used.all()] == [piece]
