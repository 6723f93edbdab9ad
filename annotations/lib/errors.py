"""The root of every refusal: one small tree, each carrying a sentence a person can read.

The web and the API translate these to an HTTP status in one place each.
"""

from __future__ import annotations

from collections.abc import Mapping


def gettext_noop(message: str) -> str:
    """Mark a message of a PURE module for translation; the edge translates it when shown."""
    return message


class DomainError(Exception):
    """Something asked for cannot be done; `message` says why. HTTP 400 unless narrowed below.

    `message` is a plain or lazily translated string with `%(name)s` places that `params` fill.
    `field` names the form or JSON field at fault, if one is. For translating at the edge,
    `msgid` keeps the message before `params` went in.
    """

    status = 400

    def __init__(
        self,
        message: object,
        *,
        field: str | None = None,
        params: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.msgid = message
        self.field = field
        self.params: dict[str, object] = dict(params or {})

    @property
    def message(self) -> str:
        """The sentence for a person, in the language active when it is read."""
        return str(self.msgid) % self.params if self.params else str(self.msgid)

    def __str__(self) -> str:
        return self.message


class InvalidInput(DomainError):
    """What was sent is not acceptable as it stands. HTTP 400."""

    status = 400


class Refused(DomainError):
    """The person may see the thing but not do this to it. HTTP 403."""

    status = 403


class Conflict(DomainError):
    """The request contradicts what is already there. HTTP 409."""

    status = 409


class StaleVersion(DomainError):
    """The thing changed since it was read; `current` is what it is now. HTTP 412."""

    status = 412

    def __init__(
        self,
        message: object = gettext_noop("Someone changed this since you opened it."),
        *,
        current: object | None = None,
        field: str | None = None,
        params: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, field=field, params=params)
        self.current = current
