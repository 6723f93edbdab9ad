"""Switching the language of the interface."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from annotations.accounts import services
from annotations.accounts.models import User
from annotations.web.language import language_choices, remember_language


@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """Show pages in a language from now on: in this browser, and for me wherever I sign in.

    Goes back to `next` when that is on this site. A language that is not offered changes nothing.
    """
    after = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        after, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(after if is_ours else "project-list")
    language = request.POST.get("language", "")
    if language in dict(language_choices()):
        user = request.user
        if isinstance(user, User):
            services.user_update(
                actor=user, user=user, display_name=user.display_name, language=language
            )
        remember_language(response, language)
    return response
