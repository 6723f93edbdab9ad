"""Scales and guidelines: versions that stay, which one holds, and what was judged before."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from annotations.lib.errors import InvalidInput, Refused, StaleVersion
from annotations.models import Guideline, Project, RatingScale, RatingValue
from annotations.verification.standards.older import older_reviews
from annotations.verification.standards.services import (
    guideline_publish,
    scale_choose,
    scale_create,
)
from annotations.verification.standards.shipped import SHIPPED, Value
from tests.factories import make_project
from tests.material import make_claim, make_guideline, make_review, make_scale
from tests.proofs import at_once

pytestmark = pytest.mark.django_db


def now(project: Project) -> Project:
    return Project.objects.select_related("rating_scale", "guideline").get(pk=project.pk)


def test_a_new_version_holds_and_the_old_one_stays(project, admin):
    first = make_scale(project, admin)
    second = make_scale(project, admin, name="Two", values=[Value("Yes"), Value("No")])
    assert [one.version for one in (first, second)] == [1, 2]
    assert now(project).rating_scale == second
    assert [one.name for one in first.values.all()] == ["True", "Half true", "False"]
    assert [(one.n, one.suggested_label) for one in first.values.all()] == [
        (1, "supported"),
        (2, ""),
        (3, "refuted"),
    ]
    changed = Project.history.rel.related_model.objects.filter(pgh_label="update")
    assert changed.last().pgh_context["action"] == "scale.create"


def test_an_earlier_version_or_none_can_hold_again(project, admin):
    first, second = make_scale(project, admin), make_scale(project, admin)
    scale_choose(actor=admin, project=project, scale=first, seen=second.version)
    before = now(project).revision
    scale_choose(actor=admin, project=project, scale=first, seen=99)
    assert (now(project).rating_scale, now(project).revision) == (first, before)
    scale_choose(actor=admin, project=project, scale=None, seen=1)
    assert now(project).rating_scale is None


def test_guidelines_are_published_once_for_the_same_words(project, admin):
    first = guideline_publish(actor=admin, project=project, text="Two sources.\r\n", seen=0)
    again = guideline_publish(actor=admin, project=project, text="Two sources.", seen=0)
    second = guideline_publish(actor=admin, project=project, text="Three.", note="More", seen=1)
    assert (first, now(project).guideline) == (again, second)
    assert Guideline.objects.get(version=1).text == "Two sources."


def test_who_saw_another_version_hold_is_told(project, admin):
    make_scale(project, admin)
    make_guideline(project, admin)
    for act in (
        lambda: make_scale(project, admin, seen=0),
        lambda: scale_choose(actor=admin, project=project, scale=None, seen=0),
        lambda: guideline_publish(actor=admin, project=project, text="Other", seen=0),
    ):
        with pytest.raises(StaleVersion):
            act()
    assert (RatingScale.objects.count(), Guideline.objects.count()) == (1, 1)


@pytest.mark.parametrize("who", ["reader", "reviewer", "moderator", "operator"])
def test_only_admins_of_the_project_set_them(project, actor, who):
    for act in (make_scale, make_guideline):
        with pytest.raises(Refused):
            act(project, actor(who))
    assert not RatingScale.objects.exists()
    assert not Guideline.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        [Value("Alone")],
        [Value(str(n)) for n in range(21)],
        [Value("Yes"), Value("yes")],
        [Value("Yes"), Value(" ")],
        [Value("Yes"), Value("No", "", "wrong")],
        [Value("Yes"), Value("N" * 61)],
    ],
)
def test_a_scale_has_two_to_twenty_values_of_different_names(project, admin, values):
    with pytest.raises(InvalidInput):
        scale_create(actor=admin, project=project, name="Bad", values=values)
    assert not RatingScale.objects.exists()


@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_every_shipped_scale_can_be_taken_as_it_is(project, admin, key):
    shipped = SHIPPED[key]
    made = scale_create(
        actor=admin,
        project=project,
        name=str(shipped.name),
        description=str(shipped.description),
        values=shipped.values,
        is_ordered=shipped.is_ordered,
    )
    assert made.values.count() == len(shipped.values)


def test_the_database_keeps_scales_as_they_were_made(project, admin):
    scale = make_scale(project, admin)
    value = RatingValue(project=project, scale=scale, n=4, name="Another")
    guideline = make_guideline(project, admin)
    other = make_project("Other", slug="other", admin=admin)
    for act in (
        lambda: RatingScale.objects.update(name="Other"),
        lambda: RatingValue.objects.update(description="Other"),
        lambda: Guideline.objects.update(text="Other"),
        lambda: RatingValue.objects.all().delete(),
        value.save,
        lambda: Project.objects.filter(pk=other.pk).update(rating_scale=scale),
        lambda: Project.objects.filter(pk=other.pk).update(guideline=guideline),
    ):
        with pytest.raises(DatabaseError):
            at_once(act)


class TestJudgedBefore:
    """Who finds which judgements under older versions."""

    @pytest.fixture
    def judged(self, project, admin, reviewer, second_reviewer):
        """One judgement of each of two people from before, and a later one."""
        claim, later = make_claim(project, admin), make_claim(project, admin, text="Later")
        old = [make_review(claim, one) for one in (reviewer, second_reviewer)]
        scale = make_scale(project, admin)
        make_guideline(project, admin)
        project.refresh_from_db()
        later.project = project
        made = make_review(later, reviewer, rating=scale.values.first())
        return [*old, made]

    def test_reviewers_find_their_own_and_moderators_all(
        self, judged, project, reviewer, moderator, second_reviewer
    ):
        mine, theirs, _later = judged
        assert list(older_reviews(project, reviewer)) == [mine]
        assert list(older_reviews(project, second_reviewer)) == [theirs]
        assert list(older_reviews(project, moderator)) == [theirs, mine]

    def test_a_change_of_one_of_the_two_lists_all_before(self, judged, project, admin, moderator):
        make_guideline(project, admin, "Three sources.")
        project.refresh_from_db()
        found = {
            under: len(older_reviews(project, moderator, under=under))
            for under in ("guideline", "scale", "")
        }
        assert found == {"guideline": 3, "scale": 2, "": 3}

    def test_the_page_shows_no_judgement_of_others(
        self, judged, project, client_for, reviewer, second_reviewer
    ):
        url = reverse("guideline-older", kwargs={"slug": project.slug})
        content = client_for(reviewer).get(url).content.decode()
        assert reviewer.display_name in content
        assert second_reviewer.display_name not in content


def test_the_pages_make_and_choose(project, admin, client_for):
    client = client_for(admin)
    offered = client.get("/p/desk/scales/new/?from=one-to-five").content.decode()
    assert 'value="1"' in offered
    sent = {
        "key": "0190c3a8-0000-7000-8000-000000000001",
        "seen": "0",
        "name": "Two",
        "values-TOTAL_FORMS": "3",
        "values-INITIAL_FORMS": "0",
        "values-0-name": "Yes",
        "values-1-name": "No",
        "values-1-suggested_label": "refuted",
        "values-2-name": "",
    }
    assert client.post("/p/desk/scales/new/", {**sent, "more": "1"}).status_code == 200
    for _twice in range(2):
        assert client.post("/p/desk/scales/new/", sent).status_code == 302
    assert RatingScale.objects.get().values.count() == 2
    assert client.post("/p/desk/scales/stop/", {"seen": "7"}).status_code == 412
    assert client.post("/p/desk/scales/new/", {**sent, "name": ""}).status_code == 400
    text = "# How\n\n<script>alert(1)</script>"
    words = {"key": "0190c3a8-0000-7000-8000-000000000002", "seen": "0", "text": text}
    assert client.post("/p/desk/guidelines/new/", words).status_code == 302
    shown = client.get("/p/desk/guidelines/").content.decode()
    assert "<h3>How</h3>" in shown
    assert "<script>alert" not in shown
    stale = {**words, "key": "0190c3a8-0000-7000-8000-000000000003", "text": "Others"}
    answer = client.post("/p/desk/guidelines/new/", stale)
    assert answer.status_code == 412
    assert "Others" in answer.content.decode()


def test_the_api_makes_chooses_and_stops(project, admin, reader, client_for):
    client, base = client_for(admin), "/api/v1/projects/desk"

    def send(path, **body):
        return client.post(f"{base}/{path}", body, content_type="application/json")

    values = [{"name": "Yes", "suggested_label": "supported"}, {"name": "No"}]
    made = send("scales/", name="Two", values=values, is_ordered=False, seen=0)
    assert (made.status_code, made.json()["is_current"], made.json()["version"]) == (201, True, 1)
    stale = send("scales/", name="Two", values=values, seen=0)
    assert (stale.status_code, stale.json()["current"]["version"]) == (412, 1)
    assert send("scales/", name="One", values=values[:1]).status_code == 400
    assert send("scales/stop/", seen=1).json() == {"current": None}
    assert send("scales/stop/", seen=9).status_code == 200
    used = client.post(f"{made['Location']}use/", {}, content_type="application/json")
    assert used.json()["is_current"]
    published = [send("guidelines/", text="Two sources.") for _twice in range(2)]
    assert [one.status_code for one in published] == [201, 200]
    shown = client_for(reader).get(f"{base}/guidelines/").json()["results"]
    assert [(one["version"], one["text"]) for one in shown] == [(1, "Two sources.")]
