"""The list of a bundle's files with their SHA-256, as `sha256sum -c` reads it. PURE."""

from __future__ import annotations

import re
from collections.abc import Mapping

EVENT_FORMAT = "factcheck-event/1"
NAME = "MANIFEST.sha256"
# A page looked at every six hours for a year has 3,000 captures, of up to four files each.
MOST_FILES = 20_000
# Safe on every system and in every shell: no folder above, nothing hidden, nothing to be quoted.
SAFE_NAME = re.compile(
    r"(?!-)[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,2}"
)
_LINE = re.compile(r"([0-9a-f]{64})  (\S{1,300})")


class BadManifest(ValueError):
    """The list cannot be read; the message says which line."""


def write_manifest(digests: Mapping[str, str]) -> bytes:
    """Return the list of names and digests (64 lower-case hex digits), in the order of names.

    Raises BadManifest for a name that is not safe.
    """
    for name in digests:
        if not SAFE_NAME.fullmatch(name):
            raise BadManifest(f"not a safe name: {name!r}")
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode("ascii")


def read_manifest(content: bytes) -> dict[str, str]:
    """Return digest by name. Raises BadManifest for a line that is none, and a name named twice."""
    try:
        lines = content.decode("ascii").splitlines()
    except UnicodeDecodeError:
        raise BadManifest("it is not ASCII") from None
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        parts = _LINE.fullmatch(line)
        if parts is None or not SAFE_NAME.fullmatch(parts[2]):
            raise BadManifest(f"line {number} is no digest and name")
        if parts[2] in found:
            raise BadManifest(f"line {number} names {parts[2]} again")
        found[parts[2]] = parts[1]
    return found
