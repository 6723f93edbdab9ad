"""Indexes that searching by words or by a part of a name needs."""

from django.db import migrations

SEARCH = """
CREATE INDEX article_title_search ON annotations_article
    USING gin (to_tsvector('simple', factcheck_unaccent(title)));
CREATE INDEX statement_text_search ON annotations_statement
    USING gin (to_tsvector('simple', factcheck_unaccent(channel || ' ' || text)));
CREATE INDEX alias_name_search ON annotations_sourcealias
    USING gin (name_key gin_trgm_ops);
"""
UNDO = """
DROP INDEX article_title_search;
DROP INDEX statement_text_search;
DROP INDEX alias_name_search;
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0003_history_is_read_by_row")]

    operations = [migrations.RunSQL(SEARCH, UNDO)]
