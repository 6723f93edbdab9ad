"""What captures say of themselves, in words for people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from annotations.captures.failures import SENTENCES, FailureCode


class Origin(TextChoices):
    """How a capture came to be ours."""

    FETCHED = "fetched", _("Fetched by us")
    UPLOADED = "uploaded", _("Made elsewhere and uploaded")
    WEB_ARCHIVE = "web_archive", _("A web archive's copy")


class PageKindChoices(TextChoices):
    """What a capture shows; the values are those of quality.PageKind."""

    PAGE = "page", _("A page")
    FILE = "file", _("A file that is no page")
    UNCHANGED = "unchanged", _("Unchanged, says the server")
    BLOCK = "block", _("We are kept out")
    CONSENT_WALL = "consent_wall", _("Only a question about cookies")
    LOGIN_WALL = "login_wall", _("Only with an account")
    THROTTLED = "throttled", _("The server asks to wait")
    EMPTY_SHELL = "empty_shell", _("An empty shell")
    HOME_PAGE = "home_page", _("Led to the home page")
    SOFT_NOT_FOUND = "soft_not_found", _("Says “not found” without a plain 404")
    NOT_FOUND = "not_found", _("Not found (404)")
    GONE = "gone", _("Gone (410)")
    TOMBSTONE = "tombstone", _("A notice of removal")
    REFUSED = "refused", _("Refused")
    SERVER_ERROR = "server_error", _("The server failed")
    UNREADABLE = "unreadable", _("Cannot be read")
    UNREACHABLE = "unreachable", _("Not reachable")


# Of the kind "refused", where it was we who did not ask (failures.OURS).
NOT_FETCHED = _("Not fetched by us")
FAILURES = [(code.value, _(SENTENCES[code])) for code in FailureCode]

# A reason before its colon, and what it says; `%s` is what stands behind the colon.
REASONS = {
    "another_host": _("the answer is another site's"),
    "another_path": _("the answer stands at another address of the site"),
    "block_words": _("it asks for a proof that a person is reading, or lets nobody in"),
    "consent_words": _("there is only a question about cookies"),
    "few_paragraphs": _("there are hardly any paragraphs"),
    "hardly_a_word": _("there is hardly a word"),
    "led_to_a_login": _("it leads to a sign-in page"),
    "led_to_the_home_page": _("it leads to the site's home page"),
    "letters_lost": _("letters were lost: the encoding is not what it says"),
    "login_form": _("there is a form for a password"),
    "login_words": _("it can be read with an account only"),
    "media_type": _("it is a file of type %s"),
    "needs_scripts": _("it shows nothing without scripts"),
    "no_body": _("the answer is empty"),
    "no_title": _("it has neither title nor heading"),
    "not_found_words": _("it says that nothing was found"),
    "repair_words": _("it says that the site is being repaired, or broke down"),
    "retry_after": _("ask again after %s seconds"),
    "scripts_only": _("there are only scripts"),
    "sends_its_reader_on": _("it sends its reader to another address"),
    "short": _("there is little text"),
    "status": _("status %s"),
    "throttle_words": _("it says that too much was asked for"),
    "too_broken": _("it is too large or too broken to read"),
}


# What a tombstone says became of the page; the values are those of quality_words.Removal.
REMOVALS = {
    "deleted_by_author": _("it says that its author deleted it"),
    "deleted_by_platform": _("it says that the platform removed it"),
    "account_removed": _("it says that the account is gone"),
    "access_restricted": _("it says that not everybody may see it"),
    "unpublished": _("it says that it was taken off the site"),
    "legal_takedown": _("it says that it was taken down for legal reasons"),
    "unavailable_unknown": _("it says that it is not available"),
}


def reason_words(reason: str) -> str:
    """Return a reason of a quality in words, in the language active now."""
    name, _colon, value = reason.partition(":")
    if name == "failure":
        return str(_(SENTENCES[FailureCode(value)]))
    if name == "removal":
        return str(REMOVALS[value])
    words = str(REASONS[name])
    return words % value if "%s" in words else words
