"""The queue, one's own work, who works on what, and the dashboard, as people see them."""

from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations.claims.services import claim_update
from annotations.comments.services import comment_create
from annotations.models import Assignment, Claim
from annotations.verification.assignments.services import assignments_give
from annotations.verification.dashboard import SETTLED, dashboard_of
from annotations.verification.stage_queries import stages_for
from annotations.verification.stages import Stage
from tests.factories import make_project
from tests.material import make_article, make_claim, make_review
from tests.ruling import adjudicate, dispute, make_checked, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(project, admin):
    return make_claim(project, admin)


def page(client, name, **names):
    answer = client.get(reverse(name, kwargs={"slug": "desk", **names}))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_next_claim_opens_and_says_for_how_long_it_is_mine(
    client_for, claim, reviewer, second_reviewer
):
    client = client_for(reviewer)
    answer = client.post("/p/desk/queue/next/", {"kind": "claim"})
    assert answer["Location"] == "/p/desk/claims/1/"
    mine = page(client, "claim-detail", number=1)
    assert "Yours until" in mine
    assert "data-lease=" in mine
    others = client_for(second_reviewer)
    for words in (page(others, "claim-detail", number=1), page(others, "claim-list")):
        assert "Being worked on by" in words
        assert "Yours until" not in words


def test_saving_on_the_claim_moves_the_lease_on(client_for, claim, reviewer):
    client = client_for(reviewer)
    client.post("/p/desk/queue/next/")
    soon = timezone.now() + timedelta(minutes=1)
    Assignment.objects.update(leased_until=soon)
    client.post("/p/desk/claims/1/edit/", {"text": "Other", "revision": "1", "priority": "2"})
    assert Assignment.objects.get().leased_until > soon


def test_nothing_left_leads_to_my_work_and_says_so(client_for, project, reviewer):
    answer = client_for(reviewer).post("/p/desk/queue/next/", {"kind": "article"}, follow=True)
    assert "No article is waiting for you" in answer.content.decode()
    assert "Nothing is yours just now" in answer.content.decode()


def test_my_work_shows_what_was_sent_back_what_waits_and_what_is_stale(
    client_for, project, claim, admin, moderator, reviewer
):
    make_review(claim, reviewer)
    claim = Claim.objects.get(pk=claim.pk)
    claim_update(actor=admin, claim=claim, revision=claim.revision, text="Changed since")
    other = make_claim(project, admin, text="To be done")
    assignments_give(
        actor=moderator, project=project, assignee=reviewer, subjects=[other], note="By Friday"
    )
    elsewhere = make_project("Elsewhere", admin=reviewer)
    there = make_claim(elsewhere, reviewer)
    assignments_give(actor=reviewer, project=elsewhere, assignee=reviewer, subjects=[there])
    ask = comment_create(actor=admin, claim=other, text="@Reviewer, by whose count?")
    mine = page(client_for(reviewer), "me-page")
    assert f"#comment-{ask.uid}" in mine
    assert "by whose count?" in mine
    assert "Elsewhere" in mine
    assert "1 to do" in mine
    assert "By Friday" in mine
    assert "Changed since" in mine
    assert "Judge anew" in mine
    Assignment.objects.update(state="sent_back", note="Which source?")
    mine = page(client_for(reviewer), "me-page")
    assert "Sent back to you" in mine
    assert "Which source?" in mine


def test_a_moderator_gives_chosen_claims_and_is_told_what_is_missing(
    client_for, claim, moderator, reviewer
):
    client = client_for(moderator)
    assert "Assign chosen" in page(client, "claim-list")
    address = f"/p/desk/assignments/new/?claim={claim.uid}"
    assert claim.text in client.get(address).content.decode()
    assert client.post(address, {"claim": claim.uid}).status_code == 400
    answer = client.post(address, {"claim": claim.uid, "assignee": reviewer.uid}, follow=True)
    assert "Assigned 1." in answer.content.decode()
    assert "Assign chosen" not in page(client_for(reviewer), "claim-list")


@pytest.mark.parametrize("blind", [True, False])
@pytest.mark.parametrize("needed", [1, 2])
def test_the_dashboard_counts_stages_as_each_viewer_sees_them(
    project, admin, reviewer, second_reviewer, moderator, reader, blind, needed
):
    project.blind, project.reviews_needed = blind, needed
    project.save()
    people = (reviewer, second_reviewer, moderator)
    said = [[], ["s"], ["s", "s"], ["s", "r"], ["s", "s", "r"], ["r", "s", "s"], [None, "s"]]
    labels = {"s": "supported", "r": "refuted"}
    for given in said:
        claim = make_claim(project, admin)
        for person, label in zip(people, given, strict=False):
            if label:
                make_review(claim, person, labels[label])
    stale = make_claim(project, admin)
    make_review(stale, reviewer)
    stale = Claim.objects.get(pk=stale.pk)
    claim_update(actor=admin, claim=stale, revision=stale.revision, text="Changed")
    decided = make_checked(project, admin)
    dispute(decided, reviewer, second_reviewer)
    if needed > 1:
        adjudicate(decided, moderator)
    publish(decided, admin)
    claims = list(Claim.objects.all())
    for viewer in (*people, reader, admin):
        found = dashboard_of(project, viewer)
        expected = Counter(stages_for(claims, viewer).values())
        assert found.stages == {stage: expected[stage] for stage in Stage}, viewer
        assert expected[Stage.PUBLISHED] == 1
        assert sum(found.ages) == len(claims) - sum(expected[one] for one in SETTLED)


def test_the_dashboard_names_others_to_moderators_only(
    client_for, project, claim, reviewer, second_reviewer, moderator
):
    make_review(claim, second_reviewer)
    mine = dashboard_of(project, reviewer)
    assert [one.name for one in mine.people] == ["Reviewer"]
    assert mine.weeks[-1].reviews == 0
    every = dashboard_of(project, moderator)
    assert [one.reviews for one in every.people if one.name == "Second reviewer"] == [1]
    assert every.weeks[-1].reviews == 1
    assert "Second reviewer" not in page(client_for(reviewer), "dashboard-page")
    assert "Second reviewer" in page(client_for(moderator), "dashboard-page")


def test_an_article_from_the_queue_says_how_its_marking_is_done(
    client_for, project, admin, reviewer
):
    article = make_article(project, admin)
    client = client_for(reviewer)
    client.post("/p/desk/queue/next/", {"kind": "article"})
    edit = reverse("article-edit", kwargs={"slug": "desk", "uid": article.uid})
    assert f"{edit}#id_marking_state" in page(client, "workbench", uid=article.uid)
    assert 'id="id_marking_state"' in client.get(edit).content.decode()


def test_the_dashboard_counts_work_that_is_overdue_beside_claims_that_are(
    client_for, project, claim, moderator, reviewer, second_reviewer
):
    late = timezone.localdate() - timedelta(days=2)
    give = {"actor": moderator, "project": project, "subjects": [claim], "due": late}
    for person in (reviewer, second_reviewer):
        assignments_give(assignee=person, **give)
    shown = '<dt>{}</dt><dd class="figures__number">{}</dd>'
    assert shown.format("Work overdue", 2) in page(client_for(moderator), "dashboard-page")
    mine = page(client_for(reviewer), "dashboard-page")
    assert shown.format("Your work overdue", 1) in mine
    assert shown.format("Claims overdue", 0) in mine
