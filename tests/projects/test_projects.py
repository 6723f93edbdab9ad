"""Opening, changing, renaming and archiving a project."""

import re

import pytest

from annotations.accounts.roles import Permission, Role
from annotations.audit.timeline import history_model
from annotations.lib.errors import Conflict, InvalidInput, Refused, StaleVersion
from annotations.projects import services
from annotations.projects.models import FormerSlug, Membership, Project
from annotations.projects.permissions import can, check, role_of
from annotations.projects.services import ProjectSettings
from tests.factories import make_project, make_user

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Night desk",
    "slug": "",
    "language": "uk",
    "time_zone": "Europe/Kyiv",
    "reviews_needed": 3,
    "blind": "on",
}


def test_whoever_opens_a_project_is_its_admin(outsider, client_for):
    answer = client_for(outsider).post("/projects/new/", FORM)
    assert (answer.status_code, answer.url) == (302, "/p/night-desk/members/")
    project = Project.objects.get(slug="night-desk")
    assert (project.time_zone, project.reviews_needed) == ("Europe/Kyiv", 3)
    assert (project.blind, project.shared_editing) == (True, False)
    assert role_of(outsider, project) == Role.ADMIN
    row = history_model(Project).objects.get(pgh_obj=project)
    assert row.pgh_context["actor"] == outsider.pk


def test_anonymous_visitors_open_nothing(anonymous, client_for):
    answer = client_for(anonymous).post("/projects/new/", FORM)
    assert answer.status_code == 401
    assert "/accounts/login/?next=" in answer.content.decode()
    assert not Project.objects.exists()


def test_a_name_in_another_script_gets_an_address_all_the_same(reviewer, client_for):
    sent = {**FORM, "name": "Перевірка фактів", "slug": ""}
    assert client_for(reviewer).post("/projects/new/", sent).status_code == 302
    assert re.fullmatch("project-[0-9a-f]{6}", Project.objects.get().slug)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "),
        ("slug", "Not a slug!"),
        ("slug", "-"),
        ("language", "English, mostly"),
        ("time_zone", "Mars/Phobos"),
        ("reviews_needed", 0),
        ("reviews_needed", 10),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(outsider, client_for, field, value):
    answer = client_for(outsider).post("/projects/new/", {**FORM, field: value})
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not Project.objects.exists()


def test_two_projects_never_share_an_address(project, outsider, client_for):
    answer = client_for(outsider).post("/projects/new/", {**FORM, "slug": "desk"})
    assert "belongs to another project" in answer.content.decode()
    assert Project.objects.count() == 1


def settings_of(project, **changes) -> ProjectSettings:
    names = ProjectSettings.__dataclass_fields__
    return ProjectSettings(**{**{name: getattr(project, name) for name in names}, **changes})


def test_a_former_address_leads_to_the_new_one(project, admin, outsider, client_for):
    form = {**FORM, "slug": "night", "revision": 1}
    answer = client_for(admin).post("/p/desk/settings/", form)
    assert answer.url == "/p/night/settings/"
    moved = client_for(admin).get("/p/desk/members/?page=2")
    assert (moved.status_code, moved.url) == (302, "/p/night/members/?page=2")
    assert client_for(admin).post("/p/desk/leave/").status_code == 404
    assert client_for(outsider).get("/p/desk/members/").status_code == 404
    with pytest.raises(Conflict):
        services.project_create(actor=outsider, wanted=ProjectSettings("Desk", "desk"))


def test_a_project_may_return_to_a_former_address(project, admin):
    services.project_update(actor=admin, project=project, wanted=settings_of(project, slug="night"))
    back = services.project_update(actor=admin, project=project, wanted=settings_of(project))
    assert back.slug == "desk"
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["night"]


def test_saving_over_someone_elses_change_is_stopped(project, admin, client_for):
    client_for(admin).post("/p/desk/settings/", {**FORM, "slug": "desk", "revision": 1})
    late = client_for(admin).post(
        "/p/desk/settings/", {**FORM, "name": "Mine", "slug": "desk", "revision": 1}
    )
    assert late.status_code == 400
    assert "Someone changed this" in late.content.decode()
    assert Project.objects.get(pk=project.pk).name == "Night desk"
    with pytest.raises(StaleVersion):
        services.project_update(
            actor=admin, project=project, wanted=settings_of(project, name="Mine"), revision=1
        )


def test_saving_without_a_change_writes_nothing(project, admin):
    services.project_update(actor=admin, project=project, wanted=settings_of(project))
    assert Project.objects.get(pk=project.pk).revision == 1


@pytest.mark.parametrize("who", ["reader", "reviewer", "moderator"])
def test_only_admins_change_settings(project, actor, who, client_for):
    person = actor(who)
    form = {**FORM, "slug": "desk"}
    assert client_for(person).post("/p/desk/settings/", form).status_code == 403
    assert client_for(person).post("/p/desk/archive/").status_code == 403
    with pytest.raises(Refused):
        services.project_archive(actor=person, project=project)
    project.refresh_from_db()
    assert (project.name, project.archived_at) == ("Desk", None)


def test_an_archived_project_can_be_read_not_changed(project, admin, moderator, client_for):
    client_for(admin).post("/p/desk/archive/", {"reason": "election is over"})
    project.refresh_from_db()
    assert project.archived_at is not None
    assert client_for(moderator).get("/p/desk/members/").status_code == 200
    for permission in (Permission.ANNOTATE, Permission.REVIEW, Permission.MODERATE):
        assert not can(moderator, project, permission)
        with pytest.raises(Refused, match="archived"):
            check(moderator, project, permission)
    assert can(moderator, project, Permission.EXPORT)
    with pytest.raises(Refused, match="archived"):
        services.project_update(
            actor=admin, project=project, wanted=settings_of(project, name="Other")
        )
    client_for(admin).post("/p/desk/unarchive/")
    project.refresh_from_db()
    assert can(moderator, project, Permission.ANNOTATE)
    reasons = history_model(Project).objects.values_list("pgh_context__reason", flat=True)
    assert "election is over" in list(reasons)


def test_bad_settings_never_reach_the_database(project, admin):
    with pytest.raises(InvalidInput):
        services.project_update(
            actor=admin, project=project, wanted=settings_of(project, time_zone="UTC+2")
        )


def test_my_projects_costs_the_same_for_one_and_eleven(
    outsider, client_for, django_assert_num_queries
):
    make_project("P", admin=outsider)
    client = client_for(outsider)
    client.get("/")
    with django_assert_num_queries(4):
        client.get("/")
    for _number in range(10):
        make_project("P", admin=outsider)
    with django_assert_num_queries(4):
        assert len(client.get("/").context["active"]) == 11


def test_members_cost_the_same_for_one_and_eleven(
    outsider, client_for, django_assert_max_num_queries
):
    project = make_project("P", slug="p", admin=outsider)
    client = client_for(outsider)
    with django_assert_max_num_queries(12) as first:
        client.get("/p/p/members/")
    for _number in range(10):
        Membership.objects.create(project=project, user=make_user(), role=Role.READER)
    with django_assert_max_num_queries(len(first)):
        assert len(client.get("/p/p/members/").context["memberships"]) == 11
