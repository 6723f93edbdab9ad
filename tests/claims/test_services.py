"""Claims, mentions and chains, through their services, on the real database."""

import pytest
from django.db import connection

from annotations.articles.services import article_create
from annotations.claims.chains import chains_of_mentions
from annotations.claims.hops import HopInput
from annotations.claims.services import (
    claim_create,
    claim_discard,
    claim_restore,
    claim_update,
    mention_discard,
    mention_restore,
    mention_update,
)
from annotations.lib.errors import Conflict, InvalidInput, StaleVersion
from annotations.models import ArticleVersion, Attribution, Claim, Mention, Source, SpanRange
from annotations.projects.visibility import EVERYTHING
from annotations.statements.services import statement_create

pytestmark = pytest.mark.django_db

TEXT = (
    "Death tolls differ\n\n"
    "The emergency service said more than 2,000 civilians were killed. "
    "CNN reported that the service removed the post. 👨‍👩‍👧 A family fled.\n"
)


@pytest.fixture
def version(project, reviewer) -> ArticleVersion:
    article = article_create(
        actor=reviewer, project=project, text=TEXT, title="Death tolls differ", outlet_name="CNN"
    )
    return article.versions.get()


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def make(reviewer, version, words="more than 2,000 civilians were killed", **more) -> Claim:
    return claim_create(
        actor=reviewer,
        project=version.project,
        text="More than 2,000 civilians were killed",
        version=version,
        ranges=[place(words)],
        **more,
    )


def test_a_claim_gets_the_next_number_and_a_mention_on_its_words(reviewer, version):
    first = make(reviewer, version)
    second = make(reviewer, version)
    assert (first.number, second.number) == (1, 2)
    stored = first.mentions.get().span.ranges.get()
    assert stored.exact == "more than 2,000 civilians were killed"
    assert (stored.start, stored.end) == place(stored.exact)
    assert stored.prefix == TEXT[stored.start - 32 : stored.start]


def test_sql_and_python_cut_the_same_words(reviewer, version):
    stored = make(reviewer, version, "👨‍👩‍👧 A family").mentions.get().span.ranges.get()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT substr(text, %s, %s) FROM annotations_articleversion WHERE id = %s",
            [stored.start + 1, stored.end - stored.start, version.pk],
        )
        assert cursor.fetchone()[0] == stored.exact == TEXT[stored.start : stored.end]


def test_a_range_inside_a_family_emoji_snaps_outwards(reviewer, version):
    start, _end = place("👨‍👩‍👧")
    claim = claim_create(
        actor=reviewer,
        project=version.project,
        text="A family",
        version=version,
        ranges=[(start + 1, start + 2)],
    )
    assert claim.mentions.get().span.ranges.get().exact == "👨‍👩‍👧"


def test_two_ranges_that_snap_into_one_cluster_become_one(reviewer, version):
    start, end = place("👨‍👩‍👧")
    claim = claim_create(
        actor=reviewer,
        project=version.project,
        text="A family",
        version=version,
        ranges=[(start, start + 1), (start + 2, end)],
    )
    assert [one.exact for one in claim.mentions.get().span.ranges.all()] == ["👨‍👩‍👧"]


def test_a_claim_can_have_several_ranges(reviewer, version):
    claim = claim_create(
        actor=reviewer,
        project=version.project,
        text="The service removed the post about civilians",
        version=version,
        ranges=[place("civilians"), place("removed the post")],
    )
    span = claim.mentions.get().span
    assert [one.exact for one in span.ranges.all()] == ["civilians", "removed the post"]
    assert (span.start, span.end) == (place("civilians")[0], place("removed the post")[1])


@pytest.mark.parametrize(
    "ranges", [[], [(5, 5)], [(9, 3)], [(-1, 4)], [(0, 10**6)], [(0, 9), (4, 12)], [("a", 1)]]
)
def test_ranges_that_cannot_be_are_refused_and_nothing_is_stored(reviewer, version, ranges):
    with pytest.raises(InvalidInput):
        claim_create(
            actor=reviewer, project=version.project, text="x", version=version, ranges=ranges
        )
    assert not Claim.objects.exists()
    assert not SpanRange.objects.exists()


def test_a_chain_keeps_its_order_and_resolves_aliases(reviewer, version):
    chain = [
        HopInput(
            source_name="State Emergency Service", quote_type="indirect", said_on="2022-03-02"
        ),
        HopInput(source_name="cnn", hop_type="cited"),
    ]
    claim = make(reviewer, version, hops=chain)
    hops = chains_of_mentions([claim.mentions.get().pk], EVERYTHING)[claim.mentions.get().pk]
    assert [hop.name for hop in hops] == ["State Emergency Service", "CNN"]
    assert hops[0].said_on == "2022-03-02"
    # CNN is the outlet's own source, which the database made with the outlet.
    assert hops[1].source.outlet.name == "CNN"
    assert Source.objects.filter(project=version.project).count() == 2


def test_a_hop_without_a_source_must_say_so(reviewer, version):
    with pytest.raises(InvalidInput) as refused:
        make(reviewer, version, hops=[HopInput()])
    assert refused.value.field == "source_name"
    claim = make(reviewer, version, hops=[HopInput(source_given="none")])
    assert claim.mentions.get().attributions.get().source is None


def test_changing_the_text_makes_a_new_content_revision(reviewer, version):
    claim = make(reviewer, version)
    changed = claim_update(
        actor=reviewer, claim=claim, revision=1, text="At least 2,000", types=["numerical"]
    )
    assert (changed.revision, changed.content_revision) == (2, 2)
    again = claim_update(actor=reviewer, claim=claim, revision=2, priority=4)
    assert (again.revision, again.content_revision) == (3, 2)


def test_a_stale_revision_is_refused_and_nothing_changes(reviewer, second_reviewer, version):
    claim = make(reviewer, version)
    claim_update(actor=reviewer, claim=claim, revision=1, text="Mine")
    with pytest.raises(StaleVersion) as stale:
        claim_update(actor=second_reviewer, claim=claim, revision=1, text="Theirs")
    assert stale.value.current.text == "Mine"
    claim.refresh_from_db()
    assert claim.text == "Mine"


def test_moving_a_range_keeps_the_old_span_and_the_chain(reviewer, version):
    claim = make(reviewer, version, hops=[HopInput(source_name="The service")])
    mention = claim.mentions.get()
    old = mention.span
    moved = mention_update(
        actor=reviewer, mention=mention, revision=claim.revision, ranges=[place("civilians")]
    )
    assert moved.span.ranges.get().exact == "civilians"
    assert old.ranges.get().exact == "more than 2,000 civilians were killed"
    assert moved.attributions.get().source.name == "The service"
    claim.refresh_from_db()
    assert claim.content_revision == 2


def test_moving_a_range_to_where_it_is_changes_nothing(reviewer, version):
    claim = make(reviewer, version)
    words = place("more than 2,000 civilians were killed")
    mention_update(actor=reviewer, mention=claim.mentions.get(), revision=1, ranges=[words])
    claim.refresh_from_db()
    assert claim.revision == 1


def test_a_changed_chain_keeps_the_rows_of_unchanged_hops(reviewer, version):
    claim = make(
        reviewer, version, hops=[HopInput(source_name="Service"), HopInput(source_name="CNN")]
    )
    mention = claim.mentions.get()
    first = mention.attributions.get(order=0).pk
    mention_update(
        actor=reviewer,
        mention=mention,
        revision=1,
        hops=[
            HopInput(source_name="Service"),
            HopInput(source_name="BBC"),
            HopInput(source_name="AFP"),
        ],
    )
    names = mention.attributions.order_by("order").values_list("source__name", flat=True)
    assert list(names) == ["Service", "BBC", "AFP"]
    assert mention.attributions.get(order=0).pk == first
    mention_update(
        actor=reviewer, mention=mention, revision=2, hops=[HopInput(source_name="Service")]
    )
    assert mention.attributions.count() == 1


def test_discard_and_restore_keep_everything_and_are_idempotent(reviewer, version):
    claim = make(reviewer, version)
    claim_discard(actor=reviewer, claim=claim, reason="Entered twice")
    again = claim_discard(actor=reviewer, claim=claim, reason="Again")
    assert (again.discard_reason, again.revision) == ("Entered twice", 2)
    with pytest.raises(Conflict):
        claim_update(actor=reviewer, claim=claim, revision=2, text="x")
    restored = claim_restore(actor=reviewer, claim=claim)
    assert restored.discarded_at is None
    assert restored.mentions.count() == 1


def test_a_discarded_mention_can_come_back(reviewer, version):
    claim = make(reviewer, version)
    mention = claim.mentions.get()
    mention_discard(actor=reviewer, mention=mention)
    assert not Mention.objects.kept().exists()
    mention_restore(actor=reviewer, mention=mention)
    assert Mention.objects.kept().get() == mention


def test_history_says_who_what_and_why(reviewer, version):
    claim = make(reviewer, version)
    claim_discard(actor=reviewer, claim=claim, reason="Entered twice")
    rows = list(claim.history.order_by("pgh_id"))
    assert [row.pgh_label for row in rows] == ["insert", "update"]
    assert rows[0].pgh_context == {"actor": reviewer.pk, "action": "claim.create"}
    assert rows[1].pgh_context["reason"] == "Entered twice"
    assert Attribution.objects.count() == 0


def test_the_number_of_queries_does_not_grow_with_the_article(
    reviewer, version, django_assert_max_num_queries
):
    chain = [HopInput(source_name="CNN")]
    with django_assert_max_num_queries(22):
        make(reviewer, version, hops=chain)


def test_another_statement_under_a_claim_makes_its_reviews_stale(reviewer, project):
    said = statement_create(actor=reviewer, project=project, source_name="Service")
    claim = claim_create(actor=reviewer, project=project, text="Without a mention")
    changed = claim_update(actor=reviewer, claim=claim, revision=1, statement=said)
    assert changed.content_revision == 2


def test_more_text_than_a_claim_can_quote_is_refused(reviewer, project):
    article = article_create(
        actor=reviewer, project=project, text="word " * 8_000, title="Long", outlet_name=""
    )
    version = article.versions.get()
    with pytest.raises(InvalidInput):
        claim_create(
            actor=reviewer, project=project, text="x", version=version, ranges=[(0, 30_000)]
        )
    with pytest.raises(InvalidInput):
        claim_create(
            actor=reviewer,
            project=project,
            text="x",
            version=version,
            ranges=[(0, 10)],
            hops=[HopInput(source_name="CNN", cue_ranges=[(0, 2_000)])],
        )
    assert not Claim.objects.exists()
