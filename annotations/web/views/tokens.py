"""Pages about my API tokens."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.accounts import tokens
from annotations.accounts.models import ApiToken
from annotations.lib.errors import DomainError
from annotations.web.access import SignedInRequest, signed_in
from annotations.web.errors import add_error
from annotations.web.forms.accounts import TokenForm


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def token_list(request: SignedInRequest) -> HttpResponse:
    """Show my tokens and make one; the new one is shown in this answer and never again."""
    form, raw, status = TokenForm(request.POST or None), None, 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = tokens.token_create(
                    actor=request.user, user=request.user, **form.cleaned_data
                )
            except DomainError as error:
                add_error(form, error)
            else:
                raw, form, status = made[1], TokenForm(), 201
    rows = ApiToken.objects.filter(user=request.user, revoked_at__isnull=True)
    values = {"tokens": rows, "form": form, "raw": raw, "now": timezone.now()}
    return render(request, "accounts/tokens.html", values, status=status)


@require_POST
@signed_in
def token_revoke(request: SignedInRequest, uid: uuid.UUID) -> HttpResponse:
    """Make one of my tokens useless."""
    token = get_object_or_404(ApiToken, user=request.user, uid=uid)
    tokens.token_revoke(actor=request.user, token=token)
    messages.success(request, _("The token is revoked."))
    return redirect("token-list")
