"""Adding articles and versions and correcting what is said about them."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from annotations.articles.blocks import BlockCut, BlockKind
from annotations.articles.errors import AddressTaken, TextKnown
from annotations.articles.services import article_create, article_update, version_add
from annotations.lib.errors import InvalidInput, StaleVersion
from annotations.lib.text import ForbiddenCharacter, TextEmpty, TextTooLong
from annotations.models import Article, ArticleVersion, Block, Outlet, Source
from annotations.projects.visibility import sight_of
from tests.factories import make_article, make_member, make_project

pytestmark = pytest.mark.django_db

TEXT = "Death tolls differ\r\n\r\nThe ministry said 498 were killed. 👨‍👩‍👧 A family fled.\r\n"
STORED = TEXT.replace("\r\n", "\n")


def test_an_article_keeps_its_text_and_cuts_it_into_blocks(reviewer, project):
    article = article_create(
        actor=reviewer, project=project, text=TEXT, title="Death tolls differ", origin="api"
    )
    version = article.versions.get()
    assert version.text == STORED
    assert (version.number, version.length, version.origin) == (1, len(STORED), "api")
    blocks = list(version.blocks.order_by("n"))
    assert "".join(block.text for block in blocks) == STORED
    assert [block.kind for block in blocks] == ["headline", "paragraph"]


def test_known_blocks_keep_their_kinds(reviewer, project):
    text = "Head\n\nQuoted words"
    blocks = [BlockCut(BlockKind.HEADLINE, 0, 6), BlockCut(BlockKind.QUOTE, 6, len(text))]
    article = article_create(actor=reviewer, project=project, text=text, block_kinds=blocks)
    assert list(Block.objects.values_list("kind", flat=True)) == ["headline", "quote"]
    assert article.title == "Head"


def test_a_bare_date_is_meant_in_the_projects_zone(reviewer, project):
    project.time_zone = "Europe/Kyiv"
    article = make_article(project, published="2022-03-02", by=reviewer)
    assert article.published == "2022-03-02"
    assert article.published_earliest == datetime(2022, 3, 1, 22, tzinfo=UTC)
    assert article.published_latest == datetime(2022, 3, 2, 22, tzinfo=UTC)
    assert article.published_zone == "Europe/Kyiv"


def test_one_outlet_however_its_name_is_written_and_one_source_for_it(project):
    first = make_article(project, outlet_name="CNN", url="https://cnn.com/a")
    second = make_article(project, outlet_name=" cnn ")
    assert first.outlet == second.outlet
    assert Outlet.objects.get().host == "cnn.com"
    assert Source.objects.get(kind="outlet").outlet == first.outlet


def test_the_same_address_is_refused_and_names_the_article(reviewer, project):
    first = make_article(project, url="https://Example.org/a?utm_source=x#top")
    with pytest.raises(AddressTaken) as refusal:
        make_article(project, url="https://example.org:443/a", by=reviewer)
    assert refusal.value.article == first
    assert refusal.value.field == "url"
    assert Article.objects.count() == 1


def test_the_same_address_is_free_in_another_project(project, other_project):
    make_article(project, url="https://example.org/a")
    make_article(other_project, url="https://example.org/a")
    assert Article.objects.count() == 2


def test_a_hidden_articles_address_is_refused_without_naming_it(reviewer, moderator, project):
    hidden = make_article(project, url="https://example.org/a")
    Article.objects.filter(pk=hidden.pk).update(hidden_at=hidden.created_at, hidden_reason="x")
    with pytest.raises(AddressTaken) as refusal:
        make_article(project, url="https://example.org/a", by=reviewer)
    assert refusal.value.article is None
    assert hidden.title not in refusal.value.message
    with pytest.raises(AddressTaken) as refusal:
        make_article(project, url="https://example.org/a", by=moderator)
    assert refusal.value.article == hidden


def test_the_same_text_is_told_and_may_be_added_as_a_copy(reviewer, project):
    first = make_article(project, TEXT)
    with pytest.raises(TextKnown) as notice:
        make_article(project, STORED, by=reviewer)
    assert notice.value.article == first
    copy = make_article(project, STORED, by=reviewer, copy_ok=True)
    assert copy.syndicated_from == first


def test_the_same_text_in_another_project_stays_unknown(project, other_project, outsider):
    make_article(project, TEXT)
    assert make_article(other_project, TEXT, by=outsider).syndicated_from is None


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", TextEmpty),
        (" \n\t\n", TextEmpty),
        ("a\x00b", ForbiddenCharacter),
        ("a\ud800b", ForbiddenCharacter),
        ("a" * 1_000_001, TextTooLong),
    ],
)
def test_what_is_no_text_is_refused_and_nothing_stored(text, error, reviewer, project):
    with pytest.raises(error):
        article_create(actor=reviewer, project=project, text=text)
    assert not Article.objects.exists()
    assert not ArticleVersion.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"url": "ftp://example.org"}, "url"),
        ({"url": "https://user:secret@example.org/"}, "url"),
        ({"published": "yesterday"}, "published"),
        ({"language": "not a tag"}, "language"),
        ({"kind": "poem"}, "kind"),
        ({"title": "x" * 501}, "title"),
        ({"title": "a\x07b"}, "title"),
        ({"byline": "x" * 301}, "byline"),
        ({"outlet_name": "“”"}, "outlet_name"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_stored(fields, field, reviewer, project):
    with pytest.raises(InvalidInput) as refusal:
        make_article(project, "Words.", by=reviewer, **fields)
    assert refusal.value.field == field
    assert not Article.objects.exists()
    assert not Outlet.objects.exists()


def test_a_text_of_a_million_characters_is_stored_in_short_blocks(reviewer, project):
    text = ("Слово за словом. " * 58_824)[:1_000_000]
    article = article_create(actor=reviewer, project=project, text=text)
    version = article.versions.get()
    assert version.length == 1_000_000
    assert max(end - start for start, end in version.blocks.values_list("start", "end")) <= 4100
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_further_version_gets_the_next_number(reviewer, project):
    article = make_article(project, TEXT)
    version, is_new = version_add(actor=reviewer, article=article, text=f"{TEXT}More.")
    assert (version.number, is_new) == (2, True)
    assert article.versions.count() == 2


def test_an_identical_text_adds_nothing(reviewer, project):
    article = make_article(project, TEXT)
    version, is_new = version_add(actor=reviewer, article=article, text=STORED)
    assert (version.number, is_new) == (1, False)
    article.refresh_from_db()
    assert (article.versions.count(), article.revision) == (1, 1)


def test_going_back_to_an_earlier_text_is_a_new_version(reviewer, project):
    article = make_article(project, "One text")
    version_add(actor=reviewer, article=article, text="Another text")
    version, is_new = version_add(actor=reviewer, article=article, text="One text")
    assert (version.number, is_new) == (3, True)


def test_an_update_changes_counts_and_is_remembered(reviewer, project):
    article = make_article(project)
    changed = article_update(
        actor=reviewer,
        article=article,
        revision=1,
        reason="a typing error",
        title="Better",
        outlet_name="Фокус",
        marking_state="in_progress",
        published="2022-03",
    )
    assert (changed.title, changed.outlet.name, changed.revision) == ("Better", "Фокус", 2)
    last = article.history.order_by("-pgh_id")[0]
    assert last.pgh_context["actor"] == reviewer.pk
    assert last.pgh_context["action"] == "article.update"
    assert last.pgh_context["reason"] == "a typing error"
    assert last.title == "Better"


def test_what_is_so_already_changes_nothing(reviewer, project):
    article = make_article(project, published="2022-03-02", outlet_name="CNN")
    same = article_update(
        actor=reviewer,
        article=article,
        revision=1,
        title=article.title,
        published="2022-03-02",
        outlet_name="cnn",
    )
    assert same.revision == 1
    assert article.history.count() == 1


def test_an_update_from_an_old_revision_is_refused_with_the_current_row(reviewer, project):
    article = make_article(project)
    article_update(actor=reviewer, article=article, revision=1, title="First")
    with pytest.raises(StaleVersion) as refusal:
        article_update(actor=reviewer, article=article, revision=1, title="Second")
    assert refusal.value.current.title == "First"


def test_an_update_cannot_take_anothers_address_or_touch_other_columns(reviewer, project):
    first = make_article(project, url="https://example.org/a")
    second = make_article(project)
    with pytest.raises(AddressTaken) as refusal:
        article_update(actor=reviewer, article=second, revision=1, url="https://example.org/a#part")
    assert refusal.value.article == first
    with pytest.raises(InvalidInput):
        article_update(actor=reviewer, article=second, revision=1, hidden_reason="x")


def test_the_database_refuses_the_same_address_twice_whoever_asks(project):
    make_article(project, url="https://example.org/a")
    other = make_article(project)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=other.pk).update(canonical_url="https://example.org/a")


def test_the_viewer_of_a_list_sees_what_visible_to_says(
    project, reader, reviewer, moderator, admin, outsider
):
    make_article(project)
    hidden = make_article(project)
    Article.objects.filter(pk=hidden.pk).update(hidden_at=hidden.created_at, hidden_reason="x")
    elsewhere = make_project("Elsewhere2")
    make_article(elsewhere)
    make_member(elsewhere, reader)
    for member in (reader, reviewer, moderator, admin):
        sight = sight_of(member, project.pk)
        listed = set(Article.objects.in_sight(project, sight))
        assert listed == set(Article.objects.visible_to(member).filter(project=project))
    assert not Article.objects.visible_to(outsider).exists()
