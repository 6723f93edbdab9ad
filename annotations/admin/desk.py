"""Every page of the desk; importing them registers them (see factcheck/admin_config.py)."""

from annotations.admin import (
    articles,
    claims,
    evidence,
    flags,
    people,
    projects,
    sources,
    statements,
)

__all__ = ["articles", "claims", "evidence", "flags", "people", "projects", "sources", "statements"]
