"""Whose a web address is: the part of a host name that somebody registered. PURE.

By the public suffix list (https://publicsuffix.org), as of the release that is installed.
"""

from __future__ import annotations

import ipaddress
from functools import cache

from publicsuffixlist import PublicSuffixList

from annotations.lib.urls import host_of

# Under these, too, everybody has a name of their own, which the list does not say.
_HOSTING = frozenset(
    (
        "livejournal.com",
        "medium.com",
        "substack.com",
        "tumblr.com",
    )
)
# Here many speak under one name, or others' pages are kept: the host says nothing of the origin.
_SHARED = frozenset(
    (
        *(
            "archive.is",
            "archive.org",
            "archive.ph",
            "archive.today",
            "perma.cc",
            "ghostarchive.org",
        ),
        *("facebook.com", "fb.com", "instagram.com", "threads.net", "tiktok.com", "twitter.com"),
        *("x.com", "t.me", "telegram.me", "telegram.org", "youtube.com", "youtu.be", "vk.com"),
        *("ok.ru", "linkedin.com", "reddit.com", "bsky.app", "drive.google.com", "docs.google.com"),
    )
)


def registrable_host(host: str) -> str:
    """Return the registered part of a host name: `bbc.co.uk` of `news.bbc.co.uk`.

    An address in numbers or a name of one part is its own.
    """
    name = host.lower().rstrip(".")
    labels = [label for label in name.split(".") if label]
    if _is_address(name) or len(labels) < 3:
        return name
    if ".".join(labels[-2:]) in _HOSTING:
        return ".".join(labels[-3:])
    return _suffixes().privatesuffix(".".join(labels)) or name


def origin_of(url: str) -> str:
    """Return whose a canonical URL is; empty where the host does not say, and for no URL."""
    host = host_of(url)
    registered = registrable_host(host)
    if registered in _SHARED or host.removeprefix("www.") in _SHARED:
        return ""
    return registered


@cache
def _suffixes() -> PublicSuffixList:
    """Read the list when it is first asked for: most processes never do."""
    return PublicSuffixList()


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
