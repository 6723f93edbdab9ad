"""Every page of the desk; importing them registers them (see factcheck/admin_config.py)."""

from annotations.admin import articles, claims, evidence, people, projects, standards, statements

__all__ = ["articles", "claims", "evidence", "people", "projects", "standards", "statements"]
