"""What the article list can be filtered by: the values that a project's articles really have."""

from typing import Any
from uuid import UUID

from django.db import connection

from annotations.projects.models import Project
from annotations.projects.visibility import Sight

MOST_OUTLETS = 500

# Steps from one language to the next in the index article_by_language; DISTINCT would read all.
_LANGUAGES = """
    WITH RECURSIVE known AS (
        (SELECT language FROM annotations_article
          WHERE project_id = %(project)s AND (%(sees_hidden)s OR hidden_at IS NULL)
          ORDER BY language LIMIT 1)
        UNION ALL
        SELECT (SELECT language FROM annotations_article
                 WHERE project_id = %(project)s AND language > known.language
                   AND (%(sees_hidden)s OR hidden_at IS NULL)
                 ORDER BY language LIMIT 1)
          FROM known WHERE known.language IS NOT NULL
    )
    SELECT language FROM known WHERE language IS NOT NULL
"""


# By cursor, as both stand on every page of the list: the ORM takes longer to write the second
# than the database to answer it.
_OUTLETS = """
    SELECT uid, name FROM annotations_outlet o
     WHERE project_id = %(project)s
       AND EXISTS (SELECT FROM annotations_article
                    WHERE project_id = %(project)s AND outlet_id = o.id
                      AND (%(sees_hidden)s OR hidden_at IS NULL))
     ORDER BY name, id LIMIT %(most)s
"""


def languages_of(project: Project, sight: Sight) -> list[str]:
    """Return the languages of the articles the viewer sees, sorted; "" stands for unknown."""
    return [language for (language,) in _read(_LANGUAGES, project, sight)]


def outlets_of(project: Project, sight: Sight) -> list[tuple[UUID, str]]:
    """Return uid and name of outlets of articles the viewer sees, by name, at most MOST_OUTLETS."""
    return _read(_OUTLETS, project, sight)


def _read(query: str, project: Project, sight: Sight) -> list[tuple[Any, ...]]:
    values = {"project": project.pk, "sees_hidden": sight.sees_hidden, "most": MOST_OUTLETS}
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()
