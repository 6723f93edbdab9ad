"""Every page of the desk; importing them registers them (see factcheck/admin_config.py)."""

from annotations.admin import articles, claims, people, projects, statements

__all__ = ["articles", "claims", "people", "projects", "statements"]
