"""A later version's text and its cards show where the claims of earlier versions stand."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.articles.services import article_update
from annotations.claims.placements.models import MentionPlacement
from annotations.claims.placements.services import placement_mark_gone
from annotations.projects.marking import marking_of
from annotations.projects.visibility import sight_for_role
from annotations.verification.rounds.services import round_open
from annotations.web.views.workbench_read import Reading
from annotations.web.views.workbench_text import draw_text
from annotations.web.views.workbench_touched import TouchedReading
from tests.marking import make_version
from tests.placing import (
    CHANGES,
    GOES,
    MOVES,
    NEW,
    OLD,
    STAYS,
    add_version,
    make_placed,
    mark,
    mention_of,
    placement_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(project, reviewer):
    return make_placed(project, reviewer)


def address(version, number=2):
    return f"/p/desk/articles/{version.article.uid}/?version={number}"


def number_of(words):
    return mention_of(words).claim.number


def page(client, version, query=""):
    return client.get(f"{address(version)}{query}").content.decode()


def test_what_stands_there_is_marked_like_the_versions_own(client_for, reviewer, version):
    own = mark(reviewer, version.article, "Nobody was hurt", number=2)
    shown = page(client_for(reviewer), version)
    for words, number in (
        (STAYS, number_of(STAYS)),
        (MOVES, number_of(MOVES)),
        ("Nobody was hurt", own.number),
    ):
        assert f'data-claims="{number}">{words}</mark>' in shown
        assert f'id="row-{number}"' in shown
    for words in (CHANGES, GOES):
        assert f'data-claims="{number_of(words)}"' not in shown
        assert f'id="elsewhere-{number_of(words)}"' in shown
    assert "1 claim of an earlier version needs review in this one." in shown
    assert "1 is gone from it." in shown
    assert f"/p/desk/versions/{version.uid}/placements/" in shown


def test_the_first_version_shows_no_more_than_its_own(client_for, reviewer, version):
    with CaptureQueriesContext(connection) as asked:
        shown = client_for(reviewer).get(address(version, 1)).content.decode()
    assert "data-placed" not in shown
    assert not any("mentionplacement" in one["sql"] for one in asked.captured_queries)


def reading_of(kind, version, viewer, *more):
    sight = sight_for_role(viewer, "reviewer", marking_of(viewer.pk, version.project))
    return kind(version.article, version, viewer, sight, False, *more)


def test_touched_blocks_are_drawn_as_in_the_whole_text(project, reviewer, version):
    mark(reviewer, version.article, "42 families", number=2)
    whole = reading_of(Reading, version, reviewer)
    assert len(whole.places) == 3
    for block in whole.blocks:
        touched = reading_of(TouchedReading, version, reviewer, [(block.start, block.end)])
        assert draw_text(touched.blocks, touched.marks) == draw_text(
            whole.blocks, whole.marks, only=[block.n]
        )


def test_as_many_queries_for_many_placed_claims_as_for_one(
    client_for, reviewer, project, django_assert_num_queries
):
    few = make_version(reviewer, project, OLD, title="One").article
    mark(reviewer, few, STAYS)
    many = make_version(reviewer, project, OLD, title="Many").article
    for words in ("bridge", "was closed", "closed on", "on Monday", STAYS, "The mayor", MOVES):
        mark(reviewer, many, words)
    client, asked = client_for(reviewer), []
    for article in (few, many):
        version = add_version(reviewer, article)
        url = address(version)
        client.get(url)
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == 200
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_words_marked_again_by_hand_are_shown_once(client_for, reviewer, version):
    claim = mention_of(STAYS).claim
    start = NEW.index(STAYS)
    from annotations.claims.services import mention_add

    mention_add(actor=reviewer, claim=claim, version=version, ranges=[(start, start + len(STAYS))])
    places = reading_of(Reading, version, reviewer).places
    assert [one.number for one in places].count(claim.number) == 1


def test_a_card_says_where_its_places_stand_in_this_text(client_for, reviewer, version):
    client = client_for(reviewer)
    assert "Moved in version 2" in page(client, version, f"&claim={number_of(MOVES)}")
    waiting = page(client, version, f"&claim={number_of(CHANGES)}")
    assert "Needs review in version 2" in waiting
    assert "Not marked in this version." in waiting
    assert f"/p/desk/placements/{placement_of(CHANGES, version).uid}/" in waiting
    assert "Not marked in this version." not in page(client, version, f"&claim={number_of(MOVES)}")


def test_the_claims_page_says_where_each_mention_stands_now(client_for, reviewer, version):
    client = client_for(reviewer)
    for words, said in (
        (STAYS, "At the same place in version 2"),
        (MOVES, "Moved in version 2"),
        (CHANGES, "Needs review in version 2"),
        (GOES, "Gone from version 2"),
    ):
        shown = client.get(f"/p/desk/claims/{number_of(words)}/").content.decode()
        assert said in shown
        assert ("not the current text" in shown) == (words in (CHANGES, GOES))


def test_words_picked_in_the_text_can_be_said_to_be_the_same_place(client_for, reviewer, version):
    placed = placement_of(CHANGES, version)
    words = "The council confirmed"
    start = NEW.index(words)
    number = number_of(CHANGES)
    client = client_for(reviewer)
    url = f"/p/desk/versions/{version.uid}/mentions/new/"
    form = client.get(f"{url}?range={start}-{start + len(words)}&claim={number}").content.decode()
    value = f"{placed.uid}:{placed.revision}"
    assert f'name="stands_here" value="{value}"' in form
    answer = client.post(
        url,
        {
            "claim": number,
            "range": f"{start}-{start + len(words)}",
            "content_hash": version.content_hash,
            "stands_here": value,
            "key": str(placed.uid),
            "hops-TOTAL_FORMS": "0",
            "hops-INITIAL_FORMS": "0",
        },
    )
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer["Location"]).query)["version"] == ["2"]
    placed.refresh_from_db()
    assert (placed.state, placed.why, placed.decided_by) == ("moved", "selected", reviewer)
    assert mention_of(CHANGES).claim.mentions.count() == 1


def test_versions_are_listed_with_what_stands_in_them(client_for, reviewer, version):
    shown = client_for(reviewer).get(f"/p/desk/articles/{version.article.uid}/versions/")
    assert "4 placed" in shown.content.decode()
    assert "1 needs review" in shown.content.decode()


def test_who_marks_the_text_independently_sees_nothing_of_it(
    client_for, reviewer, second_reviewer, moderator, version
):
    round_open(actor=moderator, article=version.article, people=[reviewer, second_reviewer])
    client = client_for(second_reviewer)
    shown = page(client, version)
    assert "data-placed" not in shown
    assert "data-claims=" not in shown
    listed = client.get(f"/p/desk/versions/{version.uid}/placements/").content.decode()
    assert "Nothing to place" in listed
    assert CHANGES not in listed
    detail = f"/p/desk/placements/{placement_of(CHANGES, version).uid}/"
    assert client.get(detail).status_code == 404
    assert client_for(moderator).get(detail).status_code == 200


def test_the_discarded_are_shown_where_asked_for(client_for, reviewer, version):
    from annotations.claims.services import claim_discard

    claim_discard(actor=reviewer, claim=mention_of(MOVES).claim)
    client = client_for(reviewer)
    assert f'data-claims="{number_of(MOVES)}"' not in page(client, version)
    assert f'data-claims="{number_of(MOVES)}"' in page(client, version, "&discarded=1")


def test_what_is_gone_is_offered_as_an_event_for_a_person_to_decide(client_for, reviewer, version):
    placement_mark_gone(
        actor=reviewer, placement=placement_of(CHANGES, version), revision=None, reason="Cut"
    )
    client = client_for(reviewer)
    shown = client.get(f"/p/desk/versions/{version.uid}/placements/").content.decode()
    start = shown.index(f"/p/desk/articles/{version.article.uid}/events/new/?")
    link = shown[start : shown.index('"', start)].replace("&amp;", "&")
    form = client.get(link).content.decode()
    assert '<option value="edited_silent" selected>' in form
    assert f'value="{version.created_at:%Y-%m-%d %H:%M:%S}"' in form
    assert "Version 2 no longer has" in form
    assert not version.article.events.exists()
    article_update(
        actor=reviewer, article=version.article, revision=version.article.revision, byline="A. Lee"
    )
    assert MentionPlacement.objects.filter(version=version).count() == 4
