"""Who has an article open just now: kept while their pages say so, in a table without history."""

from uuid import UUID

from django.db import connection

from annotations.accounts.models import User
from annotations.articles.models import Article

# A page asks every 20 seconds; one that missed three times was closed or lost its network.
SECONDS_PRESENT = 65
# What was said a moment ago need not be written again.
SECONDS_FRESH = 10
# A fresh row is looked for first: a conflict locks the row, and that alone has to be written out.
_NOTE_AND_READ = """
    WITH noted AS (
        INSERT INTO annotations_presence (project_id, article_id, user_id, seen_at)
        SELECT %(project)s, %(article)s, %(user)s, now()
         WHERE NOT EXISTS (SELECT FROM annotations_presence
                            WHERE article_id = %(article)s AND user_id = %(user)s
                              AND seen_at >= now() - make_interval(secs => %(fresh)s))
        ON CONFLICT (article_id, user_id) DO UPDATE SET seen_at = now()
         WHERE annotations_presence.seen_at < now() - make_interval(secs => %(fresh)s)
    )
    SELECT u.uid, u.display_name FROM annotations_presence p
      JOIN annotations_user u ON u.id = p.user_id
     WHERE p.article_id = %(article)s AND p.user_id <> %(user)s
       AND p.seen_at > now() - make_interval(secs => %(present)s)
     ORDER BY u.display_name, u.id
"""


def presence_note(*, actor: User, article: Article) -> list[tuple[UUID, str]]:
    """Note that the person has the article open; return the others who have: uid and name.

    One statement; it writes at most every SECONDS_FRESH.
    """
    values = {
        "project": article.project_id,
        "article": article.pk,
        "user": actor.pk,
        "fresh": SECONDS_FRESH,
        "present": SECONDS_PRESENT,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NOTE_AND_READ, values)
        return cursor.fetchall()
