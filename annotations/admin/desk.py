"""Every page of the desk; importing them registers them (see factcheck/admin_config.py)."""

from annotations.admin import (
    articles,
    assignments,
    claims,
    comments,
    evidence,
    flags,
    invitations,
    lifecycle,
    people,
    projects,
    redactions,
    sources,
    standards,
    statements,
    verdicts,
    watches,
)

__all__ = [
    "articles",
    "assignments",
    "claims",
    "comments",
    "evidence",
    "flags",
    "invitations",
    "lifecycle",
    "people",
    "projects",
    "redactions",
    "sources",
    "standards",
    "statements",
    "verdicts",
    "watches",
]
