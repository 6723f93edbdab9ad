"""Everyone but operators finds only their own projects' rows, on every way in."""

import pytest
from django.urls import reverse

from annotations.accounts.roles import Role
from tests.admin.conftest import ADMINS_ONLY, OPERATORS_ONLY, PAGES, list_url, row_url
from tests.factories import make_member, make_project

pytestmark = pytest.mark.django_db
SCOPED = [name for name in PAGES if name not in OPERATORS_ONLY]


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize("who", ["moderator", "admin"])
def test_lists_and_searches_hold_own_rows_only(mine, theirs, actor, client_for, who):
    client = client_for(actor(who))
    for name in SCOPED:
        for query in ({}, {"q": "theirs"}, {"q": "theirs source"}, {"q": "1"}):
            answer = client.get(list_url(name), query)
            closed = name in ADMINS_ONLY and who == "moderator"
            assert answer.status_code == (403 if closed else 200), name
            assert "Theirs" not in text(answer), (name, query)
            assert row_url(theirs[name]) not in text(answer), (name, query)


def test_an_operator_finds_all(mine, theirs, operator, client_for):
    client = client_for(operator)
    for name in SCOPED:
        content = text(client.get(list_url(name)))
        assert row_url(mine[name]) in content, name
        assert row_url(theirs[name]) in content, name


def test_another_projects_row_is_a_missing_row(mine, theirs, admin, client_for):
    client = client_for(admin)
    for name in PAGES:
        for page in ("change", "history"):
            answer = client.get(row_url(theirs[name], page))
            assert answer.status_code in (302, 403), name
            assert "Theirs" not in text(answer), name
        sent = {"text": "x", "role": "admin", "name": "x"}
        assert client.post(row_url(theirs[name]), sent).status_code in (302, 403), name


def test_the_project_filter_offers_and_takes_own_projects_only(
    mine, theirs, admin, client_for, other_project
):
    client = client_for(admin)
    for name in SCOPED:
        assert "Elsewhere" not in text(client.get(list_url(name))), name
        answer = client.get(list_url(name), {"project": other_project.pk})
        assert row_url(theirs[name]) not in text(answer), name


def test_a_filter_by_nonsense_is_refused_kindly(mine, admin, client_for):
    answer = client_for(admin).get(list_url("claim"), {"project": "1; DROP TABLE"})
    assert (answer.status_code, answer.url) == (302, "/admin/annotations/claim/?e=1")


LOOKUPS = [
    "created_by__password__startswith",
    "created_by__email__contains",
    "user__password__startswith",
    "user__email",
    "project__memberships__user__password__startswith",
    "project__name__startswith",
    "password__startswith",
    "token_hash__startswith",
    "hidden_reason__contains",
    "text__regex",
    "reviewer__password__startswith",
    "project__id__exact",
]


def test_lookups_that_a_client_thinks_up_are_refused(mine, operator, client_for):
    client = client_for(operator)
    for name in PAGES:
        for lookup in LOOKUPS:
            answer = client.get(list_url(name), {lookup: "a"})
            assert answer.status_code == 400, (name, lookup)


AUTOCOMPLETES = [
    ("claim", "statement", "statement"),
    ("statement", "source", "source"),
    ("invitation", "project", "project"),
    ("membership", "user", "user"),
    ("membership", "project", "project"),
]


def autocomplete(client, model, field, term=""):
    return client.get(
        reverse("admin:autocomplete"),
        {"app_label": "annotations", "model_name": model, "field_name": field, "term": term},
    )


@pytest.mark.parametrize(("model", "field", "target"), AUTOCOMPLETES)
def test_autocomplete_offers_own_rows_only(
    mine, theirs, admin, operator, client_for, model, field, target
):
    answer = autocomplete(client_for(admin), model, field)
    if target == "user":
        assert answer.status_code == 403
    else:
        offered = [one["text"] for one in answer.json()["results"]]
        assert offered
        assert not [one for one in offered if "Theirs" in one or "Elsewhere" in one]
    ids = [one["id"] for one in autocomplete(client_for(operator), model, field).json()["results"]]
    assert {str(mine[target].pk), str(theirs[target].pk)} <= set(ids)


@pytest.mark.parametrize("who", ["reviewer", "reader", "outsider"])
def test_autocomplete_is_closed_to_who_may_not_enter(mine, actor, client_for, who):
    if who == "outsider":
        actor("project")
    answer = autocomplete(client_for(actor(who)), "statement", "source")
    assert answer.status_code in (302, 403)


def test_a_field_that_is_no_autocomplete_gives_nothing(mine, admin, client_for):
    for model, field in (("claim", "created_by"), ("review", "reviewer"), ("article", "outlet")):
        assert autocomplete(client_for(admin), model, field).status_code == 403


def form_of(client, row, **changes):
    """The change form's values as the browser would send them, with changes."""
    form = client.get(row_url(row)).context["adminform"].form
    values = {}
    for bound in form:
        value = bound.value()
        if value is not None and value is not False:
            values[bound.html_name] = value
    return {**values, **changes}


def test_a_foreign_key_takes_rows_of_the_rows_own_project_only(
    mine, theirs, admin, client_for, other_project, operator
):
    for who in (admin, operator):
        client = client_for(who)
        if who == admin:
            # Even where the person moderates both projects.
            make_member(other_project, admin, Role.MODERATOR)
        else:
            make_member(mine["project"], operator, Role.ADMIN)
        sent = form_of(client, mine["claim"], statement=theirs["statement"].pk)
        answer = client.post(row_url(mine["claim"]), sent)
        assert answer.status_code == 200
        assert "statement" in answer.context["adminform"].form.errors
        mine["claim"].refresh_from_db()
        assert mine["claim"].statement_id is None


@pytest.mark.parametrize(
    "name", ["article", "claim", "statement", "source", "evidence", "comment", "lifecycleevent"]
)
def test_actions_reach_own_rows_only(mine, theirs, moderator, client_for, choose, name):
    client = client_for(moderator)
    sent = choose("hide_rows", theirs[name], decided="1", reason="none of mine")
    client.post(list_url(name), sent)
    row = type(theirs[name]).objects.get(pk=theirs[name].pk)
    assert getattr(row, "hidden_at", None) is None
    assert getattr(row, "moderation", None) is None
    sent = choose("hide_rows", theirs[name], select_across="1", decided="1", reason="all of them")
    client.post(list_url(name), sent)
    row.refresh_from_db()
    assert getattr(row, "hidden_at", None) is None


def test_roles_are_read_for_each_project_alone(mine, theirs, moderator, client_for, other_project):
    """A reviewer of one project and moderator of another moderates only there."""
    make_member(other_project, moderator, Role.REVIEWER)
    client = client_for(moderator)
    assert row_url(theirs["claim"]) not in text(client.get(list_url("claim")))
    assert client.get(row_url(theirs["claim"])).status_code == 302


def test_invitations_need_the_admins_role_in_that_very_project(
    mine, theirs, moderator, client_for, other_project
):
    own = make_project("Own", admin=moderator)
    client = client_for(moderator)
    assert client.get(list_url("invitation")).status_code == 200
    assert "example.net" not in text(client.get(list_url("invitation")))
    sent = {"project": mine["project"].pk, "email": "x@example.org", "role": "admin"}
    answer = client.post(reverse("admin:annotations_invitation_add"), sent)
    assert "project" in answer.context["adminform"].form.errors
    assert not own.invitations.exists()
    assert mine["project"].invitations.count() == 1
