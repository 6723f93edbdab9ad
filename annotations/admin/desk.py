"""Every page of the desk; importing them registers them (see factcheck/admin_config.py)."""

from annotations.admin import articles, assignments, claims, evidence, people, projects, statements

__all__ = ["articles", "assignments", "claims", "evidence", "people", "projects", "statements"]
