"""Requests to the Django admin and to django-allauth, each acceptable to the product."""

from typing import Any

from tests.factories import PASSWORD
from tests.matrix.asks import Ask, fixed, nothing, object_id
from tests.matrix.asks_moderation import MODERATION_ADMIN
from tests.matrix.rows import Rows

# The admin's page of each model, and the row it shows.
MODELS = {
    "article": "article",
    "claim": "claim",
    "review": "review",
    "adjudication": "adjudication",
    "verdict": "verdict",
    "user": "person",
    "apitoken": "token",
    "project": "project",
    "membership": "membership",
    "invitation": "invitation",
    "statement": "statement",
    "lifecycleevent": "event",
    "source": "source",
    "evidence": "evidence",
    "comment": "comment",
    "assignment": "assignment",
    "flag": "flag",
    "redaction": "redaction",
    "ratingscale": "scale",
    "guideline": "guideline",
    "capture": "capture",
    "lookagain": "look_again",
    "mentionplacement": "placement",
    "watch": "watch",
}


def hiding(name: str) -> Any:
    return lambda rows: {
        "action": "hide_rows",
        "_selected_action": [getattr(rows, name).pk],
        "decided": "1",
        "reason": "Off topic.",
    }


def deciding(action: str, name: str) -> Any:
    return lambda rows: {**hiding(name)(rows), "action": action}


CHANGES: dict[str, Any] = {
    "article": lambda rows: {
        "title": "Other words",
        "kind": "news",
        "marking_state": "done",
        "revision_seen": rows.article.revision,
    },
    "claim": lambda rows: {
        "text": "Other words",
        "checkability": "checkable",
        "priority": "2",
        "revision_seen": rows.claim.revision,
    },
    "user": fixed(display_name="Someone else"),
    "project": lambda rows: {
        "name": "Another name",
        "slug": rows.project.slug,
        "language": "en",
        "time_zone": "UTC",
        "reviews_needed": "2",
        "queue_policy": "newest",
        "look_again_policy": "publisher",
        "revision_seen": rows.project.revision,
    },
    "membership": fixed(role="reader"),
    "statement": lambda rows: {"channel": "Radio", "revision_seen": rows.statement.revision},
    "source": lambda rows: {
        "name": "Rescuers",
        "kind": "organisation",
        "revision_seen": rows.source.revision,
        **{f"aliases-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS")},
    },
}
CHANGES["evidence"] = lambda rows: {
    "question": "Who counted?",
    "medium": "web_text",
    "revision_seen": rows.evidence.revision,
    **{f"claim_links-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS")},
}
ADDITIONS: dict[str, Any] = {
    "user": fixed(email="one@example.org", display_name="One"),
    "project": fixed(
        name="Another name",
        slug="another",
        language="en",
        time_zone="UTC",
        reviews_needed="2",
        queue_policy="newest",
        look_again_policy="publisher",
    ),
    "membership": lambda rows: {
        "project": rows.project.pk,
        "user": rows.stranger.pk,
        "role": "reader",
    },
    "invitation": lambda rows: {
        "project": rows.project.pk,
        "email": "one@example.org",
        "role": "reader",
    },
    "redaction": lambda rows: {
        "project": rows.project.pk,
        "words": "Another person",
        "ground": "court_order",
        "reference": "Court of Somewhere",
    },
}
ACTIONS = {
    "user": "end_sessions",
    "apitoken": "revoke_tokens",
    "project": "archive_projects",
    "membership": "remove_members",
    "invitation": "revoke_invitations",
    "verdict": "rescind_verdicts",
    "assignment": "withdraw_assignments",
    "flag": "dismiss_flags",
    "redaction": "cancel_redactions",
}


def _pages(model: str, name: str) -> dict[tuple[str, str], Ask]:
    route, names = f"admin:annotations_{model}", object_id(name)
    change, add = CHANGES.get(model, nothing), ADDITIONS.get(model, nothing)
    return {
        (f"{route}_changelist", "GET"): Ask(name, nothing),
        (f"{route}_changelist", "POST"): Ask(
            name, nothing, deciding(ACTIONS.get(model, "hide_rows"), name)
        ),
        (f"{route}_add", "GET"): Ask(name, nothing),
        (f"{route}_add", "POST"): Ask(name, nothing, add),
        (f"{route}_history", "GET"): Ask(name, names),
        (f"{route}_change", "GET"): Ask(name, names),
        (f"{route}_change", "POST"): Ask(name, names, change),
        (f"admin/annotations/{model}/<path:object_id>/", "GET"): Ask(
            path=f"/admin/annotations/{model}/1/"
        ),
    }


ADMIN = {
    ("admin:index", "GET"): Ask(names=nothing),
    ("admin:login", "GET"): Ask(names=nothing),
    ("admin:login", "POST"): Ask(names=nothing, is_traceless=True),
    ("admin:logout", "POST"): Ask(names=nothing, is_traceless=True),
    ("admin:autocomplete", "GET"): Ask(
        names=nothing,
        query="?app_label=annotations&model_name=claim&field_name=statement&term=",
    ),
    ("admin:jsi18n", "GET"): Ask(names=nothing),
    ("admin:app_list", "GET"): Ask(path="/admin/annotations/"),
    ("admin/(?P<url>.*)$", "GET"): Ask(path="/admin/nothing/"),
    ("admin:annotations_user_password_link", "POST"): Ask(
        "person", object_id("person"), is_traceless=True
    ),
    **MODERATION_ADMIN,
    **{key: ask for model, name in MODELS.items() for key, ask in _pages(model, name).items()},
}


def _form(route: str, body: Any = nothing, **names: Any) -> dict[tuple[str, str], Ask]:
    given = (lambda rows: names) if names else nothing
    return {
        (route, "GET"): Ask(names=given),
        (route, "POST"): Ask(names=given, body=body, is_traceless=True),
    }


def typed(rows: Rows) -> dict[str, Any]:
    return {"login": "typist@example.org", "password": PASSWORD}


ALLAUTH = {
    **_form("account_login", typed),
    **_form("account_logout"),
    ("account_inactive", "GET"): Ask(names=nothing),
    ("account_signup", "GET"): Ask(names=nothing),
    ("account_email", "GET"): Ask(names=nothing),
    ("account_email_verification_sent", "GET"): Ask(names=nothing),
    **_form("account_reauthenticate"),
    **_form("account_change_password"),
    **_form("account_set_password"),
    ("account_set_password", "POST"): Ask(
        names=nothing, body=fixed(password1=PASSWORD, password2=PASSWORD)
    ),
    **_form("account_reset_password", fixed(email="typist@example.org")),
    ("account_reset_password_done", "GET"): Ask(names=nothing),
    **_form("account_reset_password_from_key", uidb36="1", key="none-at-all"),
    ("account_reset_password_from_key_done", "GET"): Ask(names=nothing),
    **_form("account_confirm_login_code"),
    **_form("account_confirm_email", key="none"),
    ("mfa_index", "GET"): Ask(names=nothing),
    **_form("mfa_authenticate"),
    **_form("mfa_reauthenticate"),
    **_form("mfa_activate_totp"),
    **_form("mfa_deactivate_totp"),
    ("mfa_view_recovery_codes", "GET"): Ask(names=nothing),
    **_form("mfa_generate_recovery_codes"),
    ("mfa_download_recovery_codes", "GET"): Ask(names=nothing),
    ("mfa_list_webauthn", "GET"): Ask(names=nothing),
    **_form("mfa_add_webauthn"),
    **_form("mfa_reauthenticate_webauthn"),
    **_form("mfa_remove_webauthn", pk=1),
    **_form("mfa_edit_webauthn", pk=1),
    **_form("mfa_login_webauthn"),
}
