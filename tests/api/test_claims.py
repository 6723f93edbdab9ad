"""Claims and mentions through the API: words, chains, labels, and what is refused."""

import pytest

from annotations.models import Claim, ClaimHistory, Review, Span
from tests.material import make_article, make_claim, make_event, make_statement

CLAIMS = "/api/v1/projects/desk/claims/"
FAMILY = "👨‍👩‍👧"
EMOJI_TEXT = f"A family {FAMILY} fled.\nShe said “no” twice.\n"


@pytest.fixture
def article(project, reviewer):
    return make_article(project, reviewer)


@pytest.fixture
def claim(project, reviewer, article):
    return make_claim(project, reviewer, article=article)


def path(claim):
    return f"{CLAIMS}{claim.uid}/"


def mention_of(article, **more):
    return {"version": str(article.versions.get().uid), "ranges": [[17, 54]], **more}


HOP = {
    "source_name": "State Emergency Service",
    "source_kind": "organisation",
    "quote_type": "indirect",
    "source_ranges": [[0, 11]],
    "cue_ranges": [[12, 16]],
}


class TestCreate:
    def test_a_claim_comes_with_its_words_its_chain_and_my_label(self, api, reviewer, article):
        exact = ["more than 2,000 civilians were killed"]
        body = {
            "text": "More than 2,000 civilians were killed",
            "types": ["numerical"],
            "label": "refuted",
            "justification": "The verified minimum is 136.",
            "mentions": [mention_of(article, exact=exact, attributions=[HOP])],
        }
        answer = api(reviewer).post(CLAIMS, body)
        assert answer.status_code == 201, answer.content
        shown = answer.json()
        mention = shown["mentions"][0]
        assert mention["ranges"] == [
            {
                "start": 17,
                "end": 54,
                "exact": exact[0],
                "prefix": "The service said ",
                "suffix": ".\nThe ministry said 498.\n",
            }
        ]
        hop = mention["attributions"][0]
        assert hop["source"]["name"] == "State Emergency Service"
        assert hop["source_ranges"][0]["exact"] == "The service"
        assert hop["cue_ranges"][0]["exact"] == "said"
        assert shown["label"]["label"] == "refuted"
        assert Review.objects.get().justification == "The verified minimum is 136."
        assert shown["created_by"] == {"uid": str(reviewer.uid), "name": "Reviewer"}
        assert answer["Location"] == f"http://localhost{CLAIMS}{shown['uid']}/"
        read = api(reviewer).get(answer["Location"])
        assert (read["ETag"], read.json()) == (answer["ETag"], shown)
        assert not answer.cookies

    def test_history_names_who_and_what_for(self, api, reviewer, article):
        api(reviewer).post(CLAIMS, {"text": "x", "mentions": [mention_of(article)]})
        row = ClaimHistory.objects.get()
        assert row.pgh_label == "insert"
        assert row.pgh_context["actor"] == reviewer.pk
        assert row.pgh_context["action"] == "claim.create"

    def test_several_mentions_come_in_one_go(self, api, project, reviewer, article):
        other = make_article(project, reviewer, title="Copy")
        body = {"text": "x", "mentions": [mention_of(article), mention_of(other)]}
        shown = api(reviewer).post(CLAIMS, body).json()
        assert [one["article"] for one in shown["mentions"]] == [
            str(article.uid),
            str(other.uid),
        ]

    def test_one_bad_mention_undoes_all_and_is_pointed_at(self, api, project, reviewer, article):
        bad = mention_of(article, ranges=[[5, 5000]])
        body = {"text": "x", "mentions": [mention_of(article), bad]}
        answer = api(reviewer).post(CLAIMS, body)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["pointer"] == "#/mentions/1/ranges"
        assert not Claim.objects.exists()
        assert not Span.objects.exists()
        project.refresh_from_db()
        assert project.last_claim_number == 0

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"ranges": [[4, 4]]}, "#/mentions/0/ranges"),
            ({"ranges": [[9, 4]]}, "#/mentions/0/ranges"),
            ({"ranges": [[0, 9], [4, 12]]}, "#/mentions/0/ranges"),
            ({"ranges": [[0, 99999]]}, "#/mentions/0/ranges"),
            ({"ranges": [[11, 12]]}, "#/mentions/0/ranges"),
            ({"ranges": []}, "#/mentions/0/ranges"),
            ({"ranges": [[0]]}, "#/mentions/0/ranges/0"),
            ({"ranges": [["0", 4]]}, "#/mentions/0/ranges/0/0"),
            ({"ranges": [[0, 4.5]]}, "#/mentions/0/ranges/0/1"),
            ({"ranges": [[-1, 4]]}, "#/mentions/0/ranges/0/0"),
            ({"exact": ["more than 3,000"]}, "#/mentions/0/exact/0"),
            ({"exact": []}, "#/mentions/0/exact"),
            ({"attributions": [{"source_name": "CNN"}]}, "#/mentions/0/attributions/0/quote_type"),
            (
                {"attributions": [{"quote_type": "direct"}]},
                "#/mentions/0/attributions",
            ),
        ],
    )
    def test_what_is_wrong_with_a_mention_is_pointed_at(
        self, api, reviewer, article, change, pointer
    ):
        body = {"text": "x", "mentions": [mention_of(article, **change)]}
        answer = api(reviewer).post(CLAIMS, body)
        assert answer.status_code == 400
        assert pointer in [one["pointer"] for one in answer.json()["errors"]]
        assert not Claim.objects.exists()

    def test_a_claim_without_a_mention_rests_on_a_statement(self, api, project, reviewer):
        statement = make_statement(project, reviewer)
        event = make_event(statement, reviewer)
        body = {"text": "A tip", "statement": str(statement.uid)}
        shown = api(reviewer).post(CLAIMS, body).json()
        assert shown["mentions"] == []
        assert shown["marks"] == [
            {
                "event": str(event.uid),
                "type": "deleted_by_author",
                "standing": "reported",
                "statement": str(statement.uid),
            }
        ]


class TestSnapping:
    @pytest.fixture
    def article(self, project, reviewer):
        return make_article(project, reviewer, text=EMOJI_TEXT)

    def ranges(self, api, reviewer, article, **more):
        inside = EMOJI_TEXT.index(FAMILY) + 2
        mention = mention_of(article, ranges=[[inside, inside + 1]], **more)
        body = {"text": "x", "mentions": [mention]}
        answer = api(reviewer).post(CLAIMS, body)
        assert answer.status_code == 201, answer.content
        return answer.json()["mentions"][0]["ranges"]

    def test_a_range_is_widened_to_whole_characters_by_default(self, api, reviewer, article):
        start = EMOJI_TEXT.index(FAMILY)
        one = self.ranges(api, reviewer, article)[0]
        assert (one["start"], one["end"]) == (start, start + len(FAMILY))
        assert one["exact"] == FAMILY
        assert (one["prefix"], one["suffix"]) == ("A family ", " fled.\nShe said “no” twice.\n")

    def test_without_snap_it_is_kept_exactly(self, api, reviewer, article):
        exact = FAMILY[2:3]
        one = self.ranges(api, reviewer, article, snap=False, exact=[exact])[0]
        assert one["exact"] == exact

    def test_exact_is_about_the_range_as_sent(self, api, reviewer, article):
        one = self.ranges(api, reviewer, article, exact=[FAMILY[2:3]])[0]
        assert one["exact"] == FAMILY


class TestMentions:
    def test_a_mention_is_added_and_changes_the_claims_etag(self, api, reviewer, claim, article):
        caller = api(reviewer)
        before = caller.get(path(claim))
        made = caller.post(path(claim) + "mentions/", mention_of(article, attributions=[HOP]))
        assert made.status_code == 201
        after = caller.get(path(claim))
        assert after["ETag"] != before["ETag"]
        assert after.json()["content_revision"] == before.json()["content_revision"] + 1
        assert after.json()["mentions"][1] == made.json()

    def test_ranges_and_chain_change_and_reviews_become_stale(self, api, reviewer, claim):
        caller = api(reviewer)
        review = {"claim": str(claim.uid), "label": "supported"}
        caller.post("/api/v1/projects/desk/reviews/", review)
        mention = f"{path(claim)}mentions/{claim.mentions.get().uid}/"
        etag = caller.get(mention)["ETag"]
        hops = [{"source_given": "none", "quote_type": "scare"}, {**HOP, "source_name": "CNN"}]
        body = {"ranges": [[4, 11], [12, 16]], "attributions": hops}
        shown = caller.patch(mention, body, If_Match=etag).json()
        assert [one["exact"] for one in shown["ranges"]] == ["service", "said"]
        assert [one["source_given"] for one in shown["attributions"]] == ["none", "named"]
        assert caller.get(path(claim)).json()["label"]["is_stale"] is True

    def test_someone_elses_change_of_the_claim_makes_it_stale(
        self, api, reviewer, second_reviewer, claim
    ):
        mention = f"{path(claim)}mentions/{claim.mentions.get().uid}/"
        etag = api(reviewer).get(mention)["ETag"]
        other = api(second_reviewer)
        other.patch(path(claim), {"text": "Theirs"}, If_Match=other.get(path(claim))["ETag"])
        answer = api(reviewer).patch(mention, {"ranges": [[4, 11]]}, If_Match=etag)
        assert answer.status_code == 412
        assert answer.json()["current"]["uid"] == str(claim.mentions.get().uid)

    def test_a_mention_of_another_claim_is_404(self, api, project, reviewer, claim, article):
        other = make_claim(project, reviewer, article=article)
        swapped = f"{path(claim)}mentions/{other.mentions.get().uid}/"
        assert api(reviewer).get(swapped).status_code == 404

    def test_chains_with_other_speakers_dispute_the_attribution(
        self, api, reviewer, claim, article
    ):
        caller = api(reviewer)
        assert caller.get(path(claim)).json()["attribution_disputed"] is False
        hop = {"source_name": "Ministry of Defence", "quote_type": "indirect"}
        caller.post(path(claim) + "mentions/", mention_of(article, attributions=[hop]))
        assert caller.get(path(claim)).json()["attribution_disputed"] is True


class TestOwnership:
    def test_without_shared_editing_another_reviewer_is_refused(
        self, api, project, claim, second_reviewer
    ):
        project.shared_editing = False
        project.save(update_fields=["shared_editing"])
        caller = api(second_reviewer)
        etag = caller.get(path(claim))["ETag"]
        answer = caller.patch(path(claim), {"text": "Mine now"}, If_Match=etag)
        assert answer.status_code == 403
        assert "their own claims only" in answer.json()["detail"]
        claim.refresh_from_db()
        assert claim.text == "2,000 civilians died"

    def test_another_reviewer_cannot_discard_and_a_moderator_can(
        self, api, claim, second_reviewer, moderator
    ):
        etag = api(second_reviewer).get(path(claim))["ETag"]
        assert api(second_reviewer).delete(path(claim), If_Match=etag).status_code == 403
        etag = api(moderator).get(path(claim))["ETag"]
        assert api(moderator).delete(path(claim), If_Match=etag).status_code == 200

    def test_a_discarded_claim_is_restored_before_it_changes(self, api, claim, reviewer):
        caller = api(reviewer)
        etag = caller.delete(path(claim), If_Match=caller.get(path(claim))["ETag"])["ETag"]
        answer = caller.patch(path(claim), {"text": "Still wrong"}, If_Match=etag)
        assert answer.status_code == 409

    def test_a_review_is_its_authors_alone(self, api, project, claim, reviewer, moderator):
        made = api(reviewer).post(
            "/api/v1/projects/desk/reviews/", {"claim": str(claim.uid), "label": "supported"}
        )
        place = f"/api/v1/projects/desk/reviews/{made.json()['uid']}/"
        etag = api(moderator).get(place)["ETag"]
        answer = api(moderator).patch(place, {"label": "refuted"}, If_Match=etag)
        assert answer.status_code == 403
        assert Review.objects.get().label == "supported"

    def test_judging_words_that_have_changed_is_412(self, api, claim, reviewer):
        caller = api(reviewer)
        caller.patch(path(claim), {"text": "New"}, If_Match=caller.get(path(claim))["ETag"])
        body = {"claim": str(claim.uid), "label": "supported", "claim_revision": 1}
        answer = caller.post("/api/v1/projects/desk/reviews/", body)
        assert answer.status_code == 412
        assert answer.json()["current"]["text"] == "New"
        assert not Review.objects.exists()
