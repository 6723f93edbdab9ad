"""The page on which people decide where claims of earlier versions stand."""

import pytest

from annotations.claims.models import Claim
from annotations.claims.placements.services import (
    find_words,
    placement_confirm,
    placement_mark_gone,
    placement_select,
)
from annotations.claims.services import mention_discard
from annotations.lib.errors import Conflict, InvalidInput, StaleVersion
from annotations.notifications.models import Notification
from tests.material import make_article
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
    words_of,
)
from tests.proofs import at_the_end

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(project, reviewer):
    return make_placed(project, reviewer)


def list_of(version):
    return f"/p/desk/versions/{version.uid}/placements/"


def address(placed, deed=""):
    return f"/p/desk/placements/{placed.uid}/{deed}"


def deeds(placed):
    return [(one.pgh_context["action"], one.state) for one in placed.history.order_by("pgh_id")]


def test_the_page_compares_old_and_new_words_and_counts_all(client_for, reviewer, version):
    shown = client_for(reviewer).get(list_of(version)).content.decode()
    assert 'The council <del class="diff__telling">denied</del> that it had been warned.' in shown
    assert (
        'The council <ins class="diff__telling">confirmed</ins> that it had been warned.' in shown
    )
    for state, words in (
        ("same", "Same place"),
        ("moved", "Moved"),
        ("needs_review", "Needs review"),
        ("orphaned", "Gone"),
    ):
        assert f'placing-counts__one--{state}"><dt>{words}</dt><dd>1</dd>' in shown
    assert GOES in shown
    assert STAYS not in shown


def test_weighty_changes_stand_out(client_for, reviewer, project):
    version = make_placed(
        project,
        reviewer,
        new=NEW.replace("42 families had left", "no families had left").replace(
            "confirmed", "did not deny"
        ),
    )
    shown = client_for(reviewer).get(list_of(version)).content.decode()
    assert '<del class="diff__telling">42' in shown
    assert '<ins class="diff__telling">no' in shown
    assert '<span class="badge badge--warn">negation</span>' in shown
    assert '<span class="badge badge--warn">number</span>' in shown


def test_confirming_takes_the_proposed_place(client_for, reviewer, second_reviewer, version):
    placed = placement_of(CHANGES, version)
    answer = client_for(second_reviewer).post(
        address(placed, "confirm/"), {"revision": placed.revision}
    )
    assert answer.status_code == 302
    assert answer["Location"] == f"{list_of(version)}#next"
    placed.refresh_from_db()
    assert (placed.state, placed.why, placed.decided_by) == ("moved", "confirmed", second_reviewer)
    assert placed.span == placed.proposed
    assert deeds(placed) == [
        ("mention.place", "needs_review"),
        ("placement.confirm", "moved"),
    ]
    assert placed.history.latest("pgh_id").pgh_context["actor"] == second_reviewer.pk
    assert Notification.objects.get(recipient=reviewer).kind == "claim_edited"
    shown = client_for(reviewer).get(list_of(version)).content.decode()
    assert "Nothing waits for a decision in this version." in shown
    assert "1 place decided by people" in shown


def test_a_decision_changes_nothing_of_the_claim(reviewer, version):
    before = Claim.objects.get(pk=mention_of(CHANGES).claim_id)
    placed = placement_of(CHANGES, version)
    placement_confirm(actor=reviewer, placement=placed, revision=placed.revision)
    after = Claim.objects.get(pk=before.pk)
    assert (after.revision, after.content_revision) == (before.revision, before.content_revision)


def test_words_are_typed_or_pasted(client_for, reviewer, version):
    placed = placement_of(CHANGES, version)
    client = client_for(reviewer)
    sent = {"words": "council  confirmed", "revision": placed.revision}
    assert client.post(address(placed, "select/"), sent).status_code == 302
    placed.refresh_from_db()
    at_the_end()
    assert (placed.state, placed.why) == ("moved", "selected")
    assert words_of(placed.span) == ["council confirmed"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("denied that it", "These words do not stand in this version."),
        ("that", "These words stand there 2 times."),
        ("  ", "This field is required."),
    ],
)
def test_words_that_do_not_stand_there_once_are_refused(client_for, reviewer, version, words, said):
    placed = placement_of(CHANGES, version)
    sent = {"words": words, "revision": placed.revision}
    answer = client_for(reviewer).post(address(placed, "select/"), sent)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    placed.refresh_from_db()
    assert placed.state == "needs_review"


def test_what_is_marked_gone_can_be_decided_again(client_for, reviewer, version):
    placed = placement_of(CHANGES, version)
    client = client_for(reviewer)
    sent = {"revision": placed.revision, "reason": "The sentence says another thing"}
    assert client.post(address(placed, "gone/"), sent).status_code == 302
    placed.refresh_from_db()
    assert (placed.state, placed.why, placed.span) == ("orphaned", "marked_gone", None)
    assert placed.history.latest("pgh_id").pgh_context["reason"] == sent["reason"]
    listed = client.get(list_of(version)).content.decode()
    assert f'<blockquote class="quote" dir="auto">{CHANGES}</blockquote>' in listed
    shown = client.get(address(placed)).content.decode()
    assert "The sentence says another thing" in shown
    assert "Reviewer" in shown
    placement_confirm(actor=reviewer, placement=placed, revision=placed.revision)
    placed.refresh_from_db()
    assert placed.state == "moved"


@pytest.mark.parametrize("deed", ["confirm/", "select/", "gone/"])
def test_a_stale_decision_is_refused(client_for, reviewer, moderator, version, deed):
    placed = placement_of(CHANGES, version)
    sent = {"revision": placed.revision, "words": "council"}
    if deed == "gone/":
        placement_confirm(actor=moderator, placement=placed, revision=None)
    else:
        placement_mark_gone(actor=moderator, placement=placed, revision=None)
    answer = client_for(reviewer).post(address(placed, deed), sent)
    assert answer.status_code == 412
    placed.refresh_from_db()
    assert placed.decided_by == moderator


def test_the_same_decision_twice_is_one(reviewer, version):
    placed = placement_of(CHANGES, version)
    for _time in range(2):
        placement_confirm(actor=reviewer, placement=placed, revision=1)
    placed.refresh_from_db()
    assert placed.revision == 2
    assert len(deeds(placed)) == 2


def test_the_comparison_can_be_overruled(reviewer, version):
    placed = placement_of(STAYS, version)
    placement_select(
        actor=reviewer, placement=placed, revision=1, ranges=find_words(placed, "bridge")
    )
    placed.refresh_from_db()
    assert words_of(placed.span) == ["bridge"]
    with pytest.raises(Conflict):
        placement_confirm(actor=reviewer, placement=placed, revision=placed.revision)
    with pytest.raises(InvalidInput):
        placement_select(
            actor=reviewer, placement=placed, revision=None, ranges=[(0, len(NEW) + 1)]
        )
    with pytest.raises(StaleVersion):
        placement_mark_gone(actor=reviewer, placement=placed, revision=1)


def test_a_discarded_mention_is_not_decided_about(reviewer, version):
    placed = placement_of(CHANGES, version)
    mention_discard(actor=reviewer, mention=mention_of(CHANGES))
    with pytest.raises(Conflict):
        placement_confirm(actor=reviewer, placement=placed, revision=placed.revision)


def test_a_reader_sees_and_decides_nothing(client_for, reader, version):
    shown = client_for(reader).get(list_of(version)).content.decode()
    denied = '<del class="diff__telling">denied</del>'
    assert CHANGES.replace("denied", denied) in shown
    assert "Confirm the proposed words" not in shown
    assert "events/new" not in shown


def test_a_first_version_and_one_without_marks_say_so(client_for, reviewer, project):
    article = make_article(project, reviewer, text=OLD)
    shown = client_for(reviewer).get(list_of(article.versions.get())).content.decode()
    assert "This is the first version of the text" in shown


def test_the_claims_history_tells_who_decided(client_for, reviewer, second_reviewer, version):
    placed = placement_of(CHANGES, version)
    placement_mark_gone(actor=second_reviewer, placement=placed, revision=None, reason="Cut out")
    number = mention_of(CHANGES).claim.number
    shown = client_for(reviewer).get(f"/p/desk/claims/{number}/").content.decode()
    assert "Place in a later version" in shown
    assert "Cut out" in shown


def test_a_decision_is_found_in_no_other_project(client_for, outsider, other_project, version):
    placed = placement_of(MOVES, version)
    client = client_for(outsider)
    assert client.get(f"/p/elsewhere/placements/{placed.uid}/").status_code == 404
    assert client.get(f"/p/elsewhere/versions/{version.uid}/placements/").status_code == 404


@pytest.mark.parametrize("words", [CHANGES, GOES])
def test_the_field_for_other_words_begins_with_the_proposed_or_the_former_ones(
    client_for, reviewer, version, words
):
    placed = placement_of(words, version)
    shown = client_for(reviewer).get(address(placed)).content.decode()
    field = shown.split('<textarea name="words"')[1].split("</textarea>")[0]
    assert "autofocus" in field
    offered = words_of(placed.proposed)[0] if placed.proposed else words
    assert field.split(">", 1)[1].strip() == offered


def test_a_sentence_in_the_middle_of_a_quotation_is_known_as_quoted(client_for, reviewer, project):
    said = "“Nobody told us of it. We saw a warning that day. We left at noon,” the mayor said."
    article = make_article(project, reviewer, text=f"{OLD}\n{said}\n", title="Quoted")
    mark(reviewer, article, "We saw a warning that day.")
    new = f"{OLD}\n{said.replace('warning', 'signal')}\n"
    version = add_version(reviewer, article, new)
    shown = client_for(reviewer).get(list_of(version)).content.decode()
    assert '<del class="diff__telling">warning</del>' in shown
    assert '<span class="badge badge--warn">quotation</span>' in shown


LIST = "The ministry denied this:\n- The bridge was closed to cars.\n- No one had been warned.\n"


def test_what_changed_around_words_that_stayed_is_shown(client_for, reviewer, project):
    article = make_article(project, reviewer, text=f"{OLD}\n{LIST}", title="List")
    mark(reviewer, article, "No one had been warned.")
    new = f"{OLD}\n{LIST.replace('denied', 'confirmed')}"
    shown = client_for(reviewer).get(list_of(add_version(reviewer, article, new)))
    drawn = shown.content.decode()
    assert "What stands around the words has changed" in drawn
    assert '<del class="diff__telling">denied</del>' in drawn
    assert '<ins class="diff__telling">confirmed</ins>' in drawn
    assert '<span class="badge badge--warn">negation</span>' in drawn


def test_other_line_ends_around_the_words_are_said_to_be_that(client_for, reviewer, project):
    article = make_article(project, reviewer, text="It rained. No one was warned. Buses ran.\n")
    mark(reviewer, article, "No one was warned.")
    version = add_version(reviewer, article, "It rained.\nNo one was warned. Buses ran.\n")
    drawn = client_for(reviewer).get(list_of(version)).content.decode()
    assert "Around the sentence only line ends or white space are others." in drawn


def test_what_changed_around_takes_no_queries_for_each(
    client_for, reviewer, project, django_assert_max_num_queries
):
    items = "".join(f"- Street number {n} had been closed to all cars.\n" for n in range(12))
    text = f"{OLD}\nThe ministry denied this:\n{items}"
    article = make_article(project, reviewer, text=text, title="List")
    counted = []
    for asked in (2, 11):
        for n in range(12 - asked, 12) if asked == 2 else range(1, 10):
            mark(reviewer, article, f"Street number {n} had been closed to all cars.")
        new = text.replace("denied", f"confirmed {asked} times")
        version = add_version(reviewer, article, new)
        with django_assert_max_num_queries(200) as seen:
            shown = client_for(reviewer).get(list_of(version)).content.decode()
        assert shown.count("placing__around") == asked
        counted.append(len(seen.captured_queries))
    assert counted[0] == counted[1]
