"""Saving in the desk goes through the services; what they refuse is said at the field."""

import pytest
from django.urls import reverse

from annotations.accounts.models import Invitation, User
from annotations.accounts.roles import Role
from annotations.articles.models import Article
from annotations.audit.context import context
from annotations.audit.timeline import timeline
from annotations.claims.models import Claim
from annotations.claims.services import claim_update
from annotations.moderation.services import row_lock
from annotations.projects.invitations import invitation_link
from annotations.projects.models import Membership, Project
from annotations.sources.models import Source
from annotations.statements.models import Statement
from annotations.verification.evidence.models import Evidence
from tests.admin.conftest import list_url, row_url
from tests.factories import make_member, make_user
from tests.material import make_source

pytestmark = pytest.mark.django_db
CHANGES = {
    "article": {"title": "A better title", "outlet_name": "BBC", "published": "2022-03-02"},
    "claim": {"text": "2,100 civilians died", "priority": "1", "types": ["numerical"]},
    "statement": {"channel": "Briefing", "said_on": "2022-03-02", "language": "uk"},
    "evidence": {"answer": "137 deaths.", "published": "2022-03-02", "response": ""},
    "source": {"name": "Emergency Service", "description": "of the state"},
    "project": {"name": "New name", "reviews_needed": "3"},
    "membership": {"role": "reader"},
}
MODELS = {
    "article": Article,
    "claim": Claim,
    "statement": Statement,
    "evidence": Evidence,
    "source": Source,
}


def form_values(client, url):
    """The form's values as a browser would send them."""
    form = client.get(url).context["adminform"].form
    values = {}
    for bound in form:
        value = bound.value()
        if value is not None and value is not False:
            values[bound.html_name] = value
    return values


def save(client, row, **changes):
    url = row_url(row)
    return client.post(url, {**inline_values(), **form_values(client, url), **changes})


def inline_values():
    """What the read-only rows of a page send along."""
    return {
        f"{prefix}-{name}": "0"
        for prefix in ("aliases", "assessments", "claim_links")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_saved_with_its_history(mine, admin, client_for, name):
    row = mine[name]
    answer = save(client_for(admin), row, **CHANGES[name])
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    row = type(row)._base_manager.get(pk=row.pk)
    for field, value in CHANGES[name].items():
        if field == "outlet_name":
            assert row.outlet.name == value
        else:
            stored = getattr(row, field)
            assert (stored if isinstance(stored, list) else str(stored)) == value
    entry = timeline([row], None)[0]
    assert (entry.who, entry.label) == ("Admin", "update")
    assert entry.action.split(".")[0] in (name, "member")


@pytest.mark.parametrize("name", ["article", "claim", "statement", "evidence", "source"])
def test_moderators_correct_rows_even_when_locked(mine, moderator, client_for, name):
    row_lock(actor=moderator, row=mine[name], reason="settled")
    row = MODELS[name].objects.get(pk=mine[name].pk)
    assert save(client_for(moderator), row, **CHANGES[name]).status_code == 302


@pytest.mark.parametrize("name", ["article", "claim", "statement", "evidence", "source", "project"])
def test_who_came_second_is_told_and_overwrites_nothing(mine, admin, client_for, name):
    client, row = client_for(admin), mine[name]
    stale = {**inline_values(), **form_values(client, row_url(row)), **CHANGES[name]}
    first = {"project": {"blind": ""}}.get(
        name, {"language": "de", "description": "first", "answer": "1"}
    )
    assert save(client, row, **first).status_code == 302
    before = type(row)._base_manager.filter(pk=row.pk).values().get()
    answer = client.post(row_url(row), stale)
    assert answer.status_code == 200
    assert "Someone changed this since you opened it." in answer.content.decode()
    assert type(row)._base_manager.filter(pk=row.pk).values().get() == before


def test_a_form_without_its_revision_saves_nothing(mine, admin, client_for):
    client = client_for(admin)
    sent = form_values(client, row_url(mine["claim"])) | {"text": "x", "revision_seen": ""}
    assert client.post(row_url(mine["claim"]), sent).status_code == 200
    assert Claim.objects.get(pk=mine["claim"].pk).text == "Mine claim"


def test_a_refusal_stands_at_its_field(mine, project, reviewer, admin, client_for):
    make_source(project, reviewer, "Taken")
    answer = save(client_for(admin), mine["source"], name="taken")
    assert "name" in answer.context["adminform"].form.errors
    answer = save(client_for(admin), mine["statement"], said_on="the other day")
    assert "said_on" in answer.context["adminform"].form.errors
    answer = save(client_for(admin), mine["project"], slug="Not A Slug!")
    assert "slug" in answer.context["adminform"].form.errors


def test_nothing_changed_writes_no_history(mine, admin, client_for):
    before = mine["claim"].history.count()
    assert save(client_for(admin), mine["claim"]).status_code == 302
    assert mine["claim"].history.count() == before


def test_a_change_of_a_claims_text_makes_reviews_stale(mine, admin, client_for):
    save(client_for(admin), mine["claim"], text="Something else")
    mine["review"].refresh_from_db()
    mine["review"].claim.refresh_from_db()
    assert mine["review"].is_stale


@pytest.mark.parametrize(
    "name",
    [
        "lifecycleevent",
        "review",
        "invitation",
        "apitoken",
        "redaction",
        "ratingscale",
        "guideline",
        "capture",
        "mentionplacement",
        "lookagain",
        "watch",
    ],
)
def test_what_never_changes_here_is_read_only(mine, operator, client_for, name):
    client = client_for(operator)
    assert 'name="_save"' not in client.get(row_url(mine[name])).content.decode()
    answer = client.post(row_url(mine[name]), {"label": "refuted", "note": "x", "email": "x@y.z"})
    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["article", "claim", "statement", "evidence", "source"])
def test_an_operator_without_a_role_reads_and_does_not_rewrite(mine, operator, client_for, name):
    client = client_for(operator)
    content = client.get(row_url(mine[name])).content.decode()
    assert 'name="_save"' not in content
    assert client.post(row_url(mine[name]), CHANGES[name]).status_code == 403
    make_member(mine["project"], operator, Role.MODERATOR)
    assert save(client, mine[name], **CHANGES[name]).status_code == 302


@pytest.mark.parametrize("name", ["project", "membership"])
def test_moderators_do_not_manage(mine, moderator, client_for, name):
    client = client_for(moderator)
    assert 'name="_save"' not in client.get(row_url(mine[name])).content.decode()
    assert client.post(row_url(mine[name]), CHANGES[name]).status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "article",
        "claim",
        "statement",
        "source",
        "lifecycleevent",
        "review",
        "apitoken",
        "user",
        "membership",
        "project",
    ],
)
def test_admins_of_projects_add_nothing_here_but_invitations(mine, admin, client_for, name):
    url = reverse(f"admin:annotations_{name}_add")
    assert client_for(admin).get(url).status_code == 403
    assert client_for(admin).post(url, {}).status_code == 403


def test_a_changed_role_ends_sessions(mine, reviewer, admin, client_for):
    signed_in = client_for(reviewer)
    save(client_for(admin), mine["membership"], role="reader")
    assert signed_in.get("/").status_code == 302


def test_an_invitation_is_sent_and_its_link_shown_once(mine, admin, client_for):
    client = client_for(admin)
    sent = {"project": mine["project"].pk, "email": "new@example.org", "role": "reviewer"}
    answer = client.post(reverse("admin:annotations_invitation_add"), sent)
    invitation = Invitation.objects.get(email="new@example.org")
    link = invitation_link(invitation)
    assert link in answer.content.decode()
    for url in (row_url(invitation), list_url("invitation"), row_url(invitation, "history")):
        content = client.get(url).content.decode()
        assert link not in content
        assert invitation.token_hash not in content


def test_an_operator_creates_accounts_projects_and_members(operator, client_for):
    client = client_for(operator)
    sent = {"email": "Ann@Example.org", "display_name": "Ann", "language": "en"}
    answer = client.post(reverse("admin:annotations_user_add"), sent)
    person = User.objects.get(display_name="Ann")
    assert answer.status_code == 302
    assert (person.language, person.is_superuser, person.has_usable_password()) == (
        "en",
        False,
        False,
    )
    again = client.post(reverse("admin:annotations_user_add"), {**sent, "email": "ANN@example.org"})
    assert "email" in again.context["adminform"].form.errors
    client.post(
        reverse("admin:annotations_project_add"),
        {"name": "Night desk", "slug": "night", "language": "en", "time_zone": "UTC"}
        | {"reviews_needed": "2", "queue_policy": "newest", "look_again_policy": "nobody"},
    )
    project = Project.objects.get(slug="night")
    assert project.created_by == operator
    client.post(
        reverse("admin:annotations_membership_add"),
        {"project": project.pk, "user": person.pk, "role": "moderator"},
    )
    assert Membership.objects.get(project=project, user=person).role == "moderator"


def test_an_operator_renames_people_and_sees_no_secret(operator, client_for):
    person = make_user("ann", password="a long enough password")
    client = client_for(operator)
    sent = {"display_name": "Anna", "language": "", "email": "other@example.org"}
    assert client.post(row_url(person), {**sent, "is_superuser": "on"}).status_code == 302
    person.refresh_from_db()
    assert (person.display_name, person.email, person.is_superuser) == (
        "Anna",
        "ann@example.org",
        False,
    )
    for url in (row_url(person), row_url(person, "history"), list_url("user")):
        assert person.password not in client.get(url).content.decode()


def test_the_history_page_shows_who_what_and_why(mine, second_reviewer, moderator, client_for):
    with context(actor=second_reviewer, action="claim.update", reason="a <b>typo</b>"):
        claim_update(
            actor=second_reviewer,
            claim=mine["claim"],
            revision=mine["claim"].revision,
            text="Mended",
        )
    content = client_for(moderator).get(row_url(mine["claim"], "history")).content.decode()
    for words in ("Second reviewer", "Mine claim", "Mended", "a &lt;b&gt;typo&lt;/b&gt;"):
        assert words in content
    assert "State Emergency Service" in content
    assert "example.org" not in content
