"""What the article list can be filtered by: the values that a project's articles really have."""

from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from annotations.articles.models import Article, Outlet
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


def languages_of(project: Project, sight: Sight) -> list[str]:
    """Return the languages of the articles the viewer sees, sorted; "" stands for unknown."""
    with connection.cursor() as cursor:
        cursor.execute(_LANGUAGES, {"project": project.pk, "sees_hidden": sight.sees_hidden})
        return [row[0] for row in cursor.fetchall()]


def outlets_of(project: Project, sight: Sight) -> list[tuple[UUID, str]]:
    """Return uid and name of outlets of articles the viewer sees, by name, at most MOST_OUTLETS."""
    articles = Article.objects.in_sight(project, sight).filter(outlet=OuterRef("pk"))
    outlets = Outlet.objects.filter(Exists(articles), project=project).order_by("name", "id")
    return list(outlets.values_list("uid", "name")[:MOST_OUTLETS])
