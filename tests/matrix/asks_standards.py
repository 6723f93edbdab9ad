"""Requests about scales and guidelines, each acceptable to the product."""

from typing import Any

from annotations.projects.models import Project
from tests.matrix.asks import Ask, form_key, slug, uid_of
from tests.matrix.rows import Rows


def version_of(name: str) -> Any:
    return lambda rows: {"slug": rows.project.slug, "version": getattr(rows, name).version}


def new_scale(rows: Rows) -> dict[str, Any]:
    sizes = {"values-TOTAL_FORMS": "2", "values-INITIAL_FORMS": "0"}
    names = {"values-0-name": "Yes", "values-1-name": "No"}
    return {**sizes, **names, "name": "Two", "key": form_key(), "seen": rows.scale.version}


def new_guideline(rows: Rows) -> dict[str, Any]:
    return {"text": "Three sources.", "key": form_key(), "seen": rows.guideline.version}


def without_scale(rows: Rows, actor: Any) -> None:
    """Let no scale hold, so that one can be chosen."""
    Project.objects.filter(pk=rows.project.pk).update(rating_scale=None)


def scale_body(rows: Rows) -> dict[str, Any]:
    return {"name": "Two", "values": [{"name": "Yes"}, {"name": "No"}]}


def guideline_body(rows: Rows) -> dict[str, Any]:
    return {"text": "Three sources."}


STANDARDS = {
    ("guideline-list", "GET"): Ask(),
    ("guideline-detail", "GET"): Ask("guideline", version_of("guideline")),
    ("guideline-create", "GET"): Ask(),
    ("guideline-create", "POST"): Ask(body=new_guideline),
    ("guideline-older", "GET"): Ask(),
    ("scale-detail", "GET"): Ask("scale", version_of("scale")),
    ("scale-create", "GET"): Ask(query="?from=six-steps"),
    ("scale-create", "POST"): Ask(body=new_scale),
    ("scale-use", "POST"): Ask("project", version_of("scale"), before=without_scale),
    ("scale-stop", "POST"): Ask(),
}
STANDARDS_API = {
    ("api-scales", "GET"): Ask(),
    ("api-scales", "POST"): Ask(body=scale_body),
    ("api-scale", "GET"): Ask("scale", uid_of("scale")),
    ("api-scale-use", "POST"): Ask("project", uid_of("scale"), before=without_scale),
    ("api-scale-stop", "POST"): Ask(names=slug),
    ("api-guidelines", "GET"): Ask(),
    ("api-guidelines", "POST"): Ask(body=guideline_body),
    ("api-guideline", "GET"): Ask("guideline", uid_of("guideline")),
}
