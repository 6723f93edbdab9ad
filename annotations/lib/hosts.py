"""Whose a web address is: the part of a host name that somebody registered. PURE.

A rule of thumb and no public suffix list: that is 200 kB of data which changes every week, and what
rests on this is a warning that a person reads, never a decision.
"""

from __future__ import annotations

import ipaddress

from annotations.lib.urls import host_of

# Second-level names under which countries register (co.uk, com.ua, gov.pl, ...).
_SECOND_LEVEL = frozenset(
    (
        *("ac", "asso", "co", "com", "edu", "gob", "gouv", "gov", "go", "gv", "info", "int"),
        *("kiev", "kyiv", "lg", "ltd", "mil", "ne", "net", "nic", "or", "org"),
    )
)
# Under these, everybody has a name of their own.
_HOSTING = frozenset(
    (
        "blogspot.com",
        "github.io",
        "gitlab.io",
        "livejournal.com",
        "medium.com",
        "netlify.app",
        "substack.com",
        "tumblr.com",
        "wordpress.com",
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
    taken = 2
    if ".".join(labels[-2:]) in _HOSTING or (len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL):
        taken = 3
    return ".".join(labels[-taken:])


def origin_of(url: str) -> str:
    """Return whose a canonical URL is; empty where the host does not say, and for no URL."""
    host = host_of(url)
    registered = registrable_host(host)
    if registered in _SHARED or host.removeprefix("www.") in _SHARED:
        return ""
    return registered


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
