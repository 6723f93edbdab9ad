"""What the article list can be filtered by: the values that a project's articles really have."""

from uuid import UUID

from django.db import connection

from annotations.articles.models import Outlet
from annotations.projects.models import Project

MOST_OUTLETS = 500

# Steps from one language to the next in the index article_by_language; DISTINCT would read all.
_LANGUAGES = """
    WITH RECURSIVE known AS (
        (SELECT language FROM annotations_article WHERE project_id = %(project)s
          ORDER BY language LIMIT 1)
        UNION ALL
        SELECT (SELECT language FROM annotations_article
                 WHERE project_id = %(project)s AND language > known.language
                 ORDER BY language LIMIT 1)
          FROM known WHERE known.language IS NOT NULL
    )
    SELECT language FROM known WHERE language IS NOT NULL
"""


def languages_of(project: Project) -> list[str]:
    """Return the languages of the project's articles, sorted; "" stands for unknown."""
    with connection.cursor() as cursor:
        cursor.execute(_LANGUAGES, {"project": project.pk})
        return [row[0] for row in cursor.fetchall()]


def outlets_of(project: Project) -> list[tuple[UUID, str]]:
    """Return uid and name of the project's outlets by name, at most MOST_OUTLETS."""
    outlets = Outlet.objects.filter(project=project).order_by("name", "id")
    return list(outlets.values_list("uid", "name")[:MOST_OUTLETS])
