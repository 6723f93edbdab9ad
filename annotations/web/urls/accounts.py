"""Pages of accounts; signing in itself is django-allauth's, under /accounts/."""

from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from annotations.web.views import accounts, language, tokens

# An account's address is its identity in invitations and mail: allauth's page to change it, and
# its sign-up, are answered here, before allauth's own routes.
to_account = RedirectView.as_view(
    pattern_name="account-edit", http_method_names=["get", "head", "options"]
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", accounts.account_edit, name="account-edit"),
    path("account/sessions/end/", accounts.sessions_end, name="sessions-end"),
    path("account/language/", language.language_choose, name="language-choose"),
    path("account/tokens/", tokens.token_list, name="token-list"),
    path("account/tokens/<uuid:uid>/revoke/", tokens.token_revoke, name="token-revoke"),
    path("accounts/signup/", accounts.signup_closed),
    path("accounts/email/", to_account),
]
