"""Pages about one's own account."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from annotations.accounts import services
from annotations.lib.errors import DomainError
from annotations.web.access import SignedInRequest, signed_in
from annotations.web.errors import add_error
from annotations.web.forms.accounts import AccountForm
from annotations.web.language import remember_language


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def account_edit(request: SignedInRequest) -> HttpResponse:
    """Change my name and language; from here to password, security and tokens."""
    user = request.user
    initial = {"display_name": user.display_name, "language": user.language}
    form = AccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.user_update(actor=user, user=user, **form.cleaned_data)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Saved."))
            response = redirect("account-edit")
            # The page to sign in again should not be in another language.
            remember_language(response, form.cleaned_data["language"])
            return response
    status = 400 if form.is_bound else 200
    return render(request, "accounts/edit.html", {"form": form}, status=status)


@require_POST
@signed_in
def sessions_end(request: SignedInRequest) -> HttpResponse:
    """Sign me out everywhere but here, and revoke my tokens."""
    services.sessions_end(actor=request.user, user=request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Signed out everywhere else; all tokens are revoked."))
    return redirect("account-edit")


@require_safe
def signup_closed(request: HttpRequest) -> HttpResponse:
    """Explain that accounts come by invitation."""
    return render(request, "account/signup_closed.html")
