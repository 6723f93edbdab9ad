"""Turns domain errors into pages, in one place: 400, 403, 409 and 412 with a readable sentence."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from annotations.lib.errors import DomainError
from annotations.projects.refusals import sentence

FormType = TypeVar("FormType", bound=forms.BaseForm)


def add_error(form: forms.BaseForm, error: DomainError) -> None:
    """Put a domain error where the person can mend it: at its field, else above the form."""
    field = error.field if error.field in form.fields else None
    form.add_error(field, sentence(error))


def form_again(request: HttpRequest, form: FormType, error: DomainError, revision: int) -> FormType:
    """Return a stale form with what was typed and the present revision.

    Shown beside what is stored now, sending it once more is a decision and no longer an accident.
    """
    sent = request.POST.copy()
    sent["revision"] = str(revision)
    again = type(form)(sent, initial=form.initial)
    add_error(again, error)
    return again


def problem_response(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Answer with the error's status: a page, or a short fragment for an htmx request."""
    partial = request.headers.get("HX-Request") == "true"
    template = "_partials/problem.html" if partial else f"{error.status}.html"
    context = {"message": sentence(error), "came_from": _came_from(request)}
    return render(request, template, context, status=error.status)


def _came_from(request: HttpRequest) -> str:
    """Return the page of ours whose form was refused, to go back to; empty where it is unknown."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if is_ours and request.method == "POST" else ""


class DomainErrorMiddleware:
    """Answers pages whose view raised a DomainError; the API translates its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; show a page where Django refuses a method with an empty one."""
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Translate domain errors; everything else goes its usual way."""
        if isinstance(error, DomainError):
            return problem_response(request, error)
        return None
