"""Indexes that the article list sorts, filters and searches by."""

from django.db import migrations, models

from factcheck.migrating import AtOnce


# An address is searched by its words; `regexp_replace` because a parser takes it for one token.
SEARCH = """
CREATE INDEX article_url_search ON annotations_article
    USING gin (to_tsvector('simple', regexp_replace(url, '[^[:alnum:]]+', ' ', 'g')));
CREATE INDEX outlet_name_search ON annotations_outlet
    USING gin (to_tsvector('simple', factcheck_unaccent(name)));
"""
UNDO = "DROP INDEX article_url_search; DROP INDEX outlet_name_search;"


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0004_desk_search'),
    ]

    operations = [
        AtOnce([
            migrations.RemoveIndex(
                model_name='article',
                name='article_by_added',
            ),
            migrations.RemoveIndex(
                model_name='article',
                name='article_by_published',
            ),
            migrations.RemoveIndex(
                model_name='article',
                name='article_by_title',
            ),
            migrations.RemoveIndex(
                model_name='article',
                name='article_by_marking',
            ),
            migrations.RemoveIndex(
                model_name='article',
                name='article_by_outlet',
            ),
            migrations.AddIndex(
                model_name='article',
                index=models.Index(fields=['project', '-created_at', '-id'], include=('hidden_at',), name='article_by_added'),
            ),
            migrations.AddIndex(
                model_name='article',
                index=models.Index(fields=['project', 'published_earliest', 'id'], include=('hidden_at',), name='article_by_published'),
            ),
            migrations.AddIndex(
                model_name='article',
                index=models.Index(models.F('project'), models.OrderBy(models.F('published_earliest'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), include=('hidden_at',), name='article_by_published_last'),
            ),
            migrations.AddIndex(
                model_name='article',
                index=models.Index(fields=['project', 'title', 'id'], include=('hidden_at',), name='article_by_title'),
            ),
            migrations.AddIndex(
                model_name='article',
                index=models.Index(fields=['project', 'marking_state', '-id'], include=('hidden_at',), name='article_by_marking'),
            ),
            migrations.AddIndex(
                model_name='article',
                index=models.Index(fields=['project', 'outlet', '-id'], include=('hidden_at',), name='article_by_outlet'),
            ),
            migrations.AddIndex(
                model_name='article',
                index=models.Index(fields=['project', 'language', '-id'], include=('hidden_at',), name='article_by_language'),
            ),
            migrations.AddIndex(
                model_name='outlet',
                index=models.Index(fields=['project', 'name', 'id'], name='outlet_by_name'),
            ),
        ]),
        migrations.RunSQL(SEARCH, UNDO),
    ]
