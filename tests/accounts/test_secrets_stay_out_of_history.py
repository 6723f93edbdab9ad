"""History is for ever, so no password, token or second-step secret may reach it."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.db import connection

from annotations.accounts import services
from annotations.accounts.tokens import hash_token, token_create, token_mark_used
from annotations.projects.invitations import invitation_create, invitation_token
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def every_history_row() -> str:
    """Return all event tables of the app as text."""
    tables = [
        model._meta.db_table
        for model in apps.get_app_config("annotations").get_models()
        if any(field.name == "pgh_id" for field in model._meta.get_fields())
    ]
    assert len(tables) > 10
    parts = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            parts.append(cursor.fetchone()[0])
    return "\n".join(parts)


def test_no_secret_reaches_history(project, admin, client_for):
    person = make_user("ann", password=PASSWORD)
    services.password_set(actor=person, user=person, password="entirely different words")
    token, raw = token_create(actor=person, user=person, name="x")
    token_mark_used(token)
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    invitation = invitation_create(
        actor=admin, project=project, email="new@example.org", role="reader"
    )
    link = invitation_token(invitation)
    person.refresh_from_db()
    history = every_history_row()
    assert "ann@example.org" in history
    secrets = [PASSWORD, "entirely different words", person.password, raw, link, "JBSWY3DPEHPK3PXP"]
    for secret in [*secrets, hash_token(raw), hash_token(link)]:
        assert secret not in history


def test_signing_in_writes_no_history(client_for):
    person = make_user("ann")
    before = every_history_row()
    client_for(person)
    assert every_history_row() == before
