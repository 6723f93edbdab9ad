"""Accounts through their services: whatever weakens an account ends its sessions and tokens."""

import pytest

from annotations.accounts import services
from annotations.accounts.models import ApiToken, User
from annotations.accounts.tokens import token_create, token_find
from annotations.audit.timeline import history_model
from annotations.lib.errors import Conflict, InvalidInput, Refused
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
UserHistory = history_model(User)


@pytest.fixture
def token(reviewer) -> str:
    return token_create(actor=reviewer, user=reviewer, name="script")[1]


def is_signed_in(client) -> bool:
    return client.get("/account/").status_code == 200


def test_an_operator_deactivates_a_person_and_shuts_them_out_at_once(
    operator, reviewer, token, client_for
):
    client = client_for(reviewer)
    assert is_signed_in(client)
    services.user_deactivate(actor=operator, user=reviewer, reason="left the desk")
    assert not is_signed_in(client)
    assert token_find(token) is None
    row = UserHistory.objects.filter(pgh_obj=reviewer).latest("pgh_id")
    assert row.pgh_context["actor"] == operator.pk
    assert row.pgh_context["reason"] == "left the desk"


def test_a_reactivated_person_signs_in_anew(operator, reviewer, token, client_for):
    client = client_for(reviewer)
    services.user_deactivate(actor=operator, user=reviewer)
    services.user_reactivate(actor=operator, user=reviewer)
    assert not is_signed_in(client)
    assert token_find(token) is None
    assert is_signed_in(client_for(reviewer))


@pytest.mark.parametrize(
    "act",
    [
        lambda operator, person: services.sessions_end(actor=operator, user=person, reason="Why"),
        lambda operator, person: services.second_step_remove(
            actor=operator, user=person, reason="Why"
        ),
        lambda operator, person: services.password_set(
            actor=operator, user=person, password="entirely different words", reason="Why"
        ),
    ],
    ids=["sign-out", "second step", "password"],
)
def test_what_is_done_to_an_account_stands_in_its_history(operator, reviewer, act):
    act(operator, reviewer)
    row = UserHistory.objects.filter(pgh_obj=reviewer).latest("pgh_id")
    assert row.pgh_label == "update"
    assert (row.pgh_context["actor"], row.pgh_context["reason"]) == (operator.pk, "Why")


def test_nobody_signs_in_as_the_machine(operator):
    system = User.objects.system()
    with pytest.raises(Refused, match="as the system"):
        services.password_set(actor=system, user=system, password="entirely different words")
    assert not system.has_usable_password()


def test_an_address_is_kept_in_lower_case_so_that_its_owner_can_sign_in(operator, client):
    made = services.user_create(
        actor=operator, email=" Anna.Boss@Desk.Example ", display_name="Anna", password=PASSWORD
    )
    assert made.email == "anna.boss@desk.example"
    for typed in ("anna.boss@desk.example", "Anna.Boss@Desk.example"):
        client.post("/accounts/login/", {"login": typed, "password": PASSWORD})
        assert is_signed_in(client)
        client.logout()


def test_only_an_operator_deactivates(admin, reviewer):
    with pytest.raises(Refused):
        services.user_deactivate(actor=admin, user=reviewer)
    reviewer.refresh_from_db()
    assert reviewer.is_active


def test_the_last_operator_stays(operator):
    with pytest.raises(Refused, match="last operator"):
        services.user_deactivate(actor=operator, user=operator)


def test_a_new_password_ends_sessions_and_tokens(reviewer, token, client_for):
    client = client_for(reviewer)
    services.password_set(actor=reviewer, user=reviewer, password="quite another phrase")
    assert not is_signed_in(client)
    assert token_find(token) is None
    assert User.objects.get(pk=reviewer.pk).check_password("quite another phrase")


def test_a_weak_password_changes_nothing(reviewer, token):
    before = reviewer.password
    with pytest.raises(InvalidInput) as refused:
        services.password_set(actor=reviewer, user=reviewer, password="12345678")
    assert refused.value.field == "password"
    assert User.objects.get(pk=reviewer.pk).password == before
    assert token_find(token) is not None


def test_another_persons_password_is_an_operators_to_set(admin, reviewer):
    with pytest.raises(Refused):
        services.password_set(actor=admin, user=reviewer, password=PASSWORD)


def test_an_address_is_used_once_whatever_its_case(operator):
    make_user("ann", email="ann@example.org")
    with pytest.raises(Conflict):
        services.user_create(actor=operator, email="Ann@Example.org", display_name="Ann")


@pytest.mark.parametrize("email", ["", "ann", "ann@", "a b@example.org"])
def test_what_is_no_address_is_refused(operator, email):
    with pytest.raises(InvalidInput):
        services.user_create(actor=operator, email=email, display_name="Ann")


def test_a_name_is_one_line_and_not_empty(reviewer):
    services.user_update(actor=reviewer, user=reviewer, display_name=" Ann \n Bo ", language="uk")
    assert User.objects.get(pk=reviewer.pk).display_name == "Ann Bo"
    with pytest.raises(InvalidInput):
        services.user_update(actor=reviewer, user=reviewer, display_name="  ", language="")


def test_the_command_line_makes_operators():
    made = services.operator_create(email="op@example.org", display_name="Op", password=PASSWORD)
    assert made.is_superuser
    assert UserHistory.objects.get(pgh_obj=made).pgh_context["actor"] == User.objects.system().pk


def test_signing_out_everywhere_revokes_tokens_too(reviewer, token, client_for):
    other = client_for(reviewer)
    here = client_for(reviewer)
    assert here.post("/account/sessions/end/").status_code == 302
    assert is_signed_in(here)
    assert not is_signed_in(other)
    assert not ApiToken.objects.filter(user=reviewer, revoked_at__isnull=True).exists()
