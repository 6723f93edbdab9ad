"""Shows pages in the language a person chose, before what their browser asks for."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class UserLanguageMiddleware:
    """Activates the signed-in person's interface language, where they have set one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Switch for this request only; LocaleMiddleware resets it for the next."""
        user = getattr(request, "user", None)
        language = getattr(user, "language", "")
        # One that is no longer offered counts as none.
        if language in dict(settings.LANGUAGES):
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


def language_choices() -> list[tuple[str, str]]:
    """Return the languages of the interface, each by its own name."""
    return list(settings.LANGUAGES)


def remember_language(response: HttpResponse, language: str) -> None:
    """Let this browser's pages be in the language while nobody is signed in; "" forgets it."""
    name = settings.LANGUAGE_COOKIE_NAME
    if not language:
        response.delete_cookie(name, samesite="Lax")
        return
    response.set_cookie(
        name,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
