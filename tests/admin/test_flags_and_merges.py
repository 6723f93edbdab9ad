"""The queue of flags, and merging at the desk: preview, reason, all or nothing, in bulk."""

import pytest
from django.urls import reverse

from annotations.admin.decisions import MOST_ROWS
from annotations.moderation.flags import flag_dismiss, flag_raise
from annotations.moderation.models import Flag
from tests.admin.conftest import list_url, row_url
from tests.material import make_claim, make_source

pytestmark = pytest.mark.django_db
WHY = "a person is named"


def flag_on(claim, by, **fields):
    return flag_raise(
        actor=by,
        project=claim.project,
        kind="claim",
        target=claim.uid,
        **{"reason": "wrong", **fields},
    )[0]


def text(answer):
    return answer.content.decode()


def test_the_queue_shows_open_flags_by_thing_oldest_first(
    project, reviewer, reader, second_reviewer, moderator, client_for
):
    first, other = make_claim(project, reviewer), make_claim(project, reviewer, text="Other words")
    flags = [flag_on(first, reader), flag_on(other, reader), flag_on(first, second_reviewer)]
    page = client_for(moderator).get(list_url("flag"))
    shown = [row.pk for row in page.context["cl"].result_list]
    assert shown == [flags[0].pk, flags[2].pk, flags[1].pk]
    assert "Claim: 2. Other words" in text(page)
    assert row_url(other) in text(page)
    client = client_for(moderator)
    assert list(client.get(list_url("flag"), {"state": "accepted"}).context["cl"].result_list) == []
    kept = client.get(list_url("flag"), {"reason": "abuse"}).context["cl"].result_list
    assert list(kept) == []


def test_flags_are_accepted_in_bulk_with_what_is_done(
    project, reviewer, reader, moderator, client_for, choose
):
    claims = [make_claim(project, reviewer) for _n in range(2)]
    flags = [flag_on(one, reader, words="It was 498.") for one in claims]
    client = client_for(moderator)
    preview = text(client.post(list_url("flag"), choose("accept_flags", *flags)))
    assert "1. 2,000 civilians died" in preview
    assert "It was 498." in preview
    sent = choose("accept_flags", *flags, decided="1", outcome="hide", reason=WHY)
    assert client.post(list_url("flag"), sent).status_code == 302
    for claim, flag in zip(claims, flags, strict=True):
        claim.refresh_from_db()
        flag.refresh_from_db()
        assert (claim.hidden_reason, flag.state, flag.answer) == (WHY, "accepted", WHY)
    refused = client.post(list_url("flag"), {**sent, "outcome": "lock"}, follow=True)
    assert "nothing left to decide" in text(refused)


def test_flags_that_somebody_else_decided_meanwhile_are_said_to_be_left_out(
    project, reviewer, reader, moderator, admin, client_for, choose
):
    flags = [flag_on(make_claim(project, reviewer), reader) for _n in range(3)]
    flag_dismiss(actor=admin, flag=flags[0], reason="It is right.")
    sent = choose("accept_flags", *flags, decided="1", outcome="hide", reason=WHY)
    said = text(client_for(moderator).post(list_url("flag"), sent, follow=True))
    assert "1 of the chosen rows is left out: somebody else was faster." in said
    assert "Decided about 2 rows." in said


def test_flags_are_dismissed_with_a_reason(
    project, reviewer, reader, moderator, client_for, choose
):
    flag = flag_on(make_claim(project, reviewer), reader)
    client = client_for(moderator)
    client.post(list_url("flag"), choose("dismiss_flags", flag, decided="1", reason=" "))
    flag.refresh_from_db()
    assert flag.is_open
    client.post(list_url("flag"), choose("dismiss_flags", flag, decided="1", reason="It is right."))
    flag.refresh_from_db()
    assert (flag.state, flag.answer, flag.decided_by) == ("dismissed", "It is right.", moderator)


def test_who_does_not_moderate_finds_no_flag_of_others(
    project, reviewer, reader, client_for, choose
):
    flag = flag_on(make_claim(project, reviewer), reader)
    sent = choose("dismiss_flags", flag, decided="1", reason="Mine.")
    assert client_for(reviewer).post(list_url("flag"), sent).status_code == 302
    assert Flag.objects.open().count() == 1


def test_claims_are_merged_after_the_page_has_shown_what_changes(
    project, reviewer, moderator, client_for, choose
):
    stays, *going = (make_claim(project, reviewer) for _n in range(3))
    client = client_for(moderator)
    preview = client.post(list_url("claim"), choose("merge_claims", stays, *going))
    assert "Claim #2 is merged into #1" in text(preview)
    assert "cannot be undone" in text(preview)
    sent = choose("merge_claims", stays, *going, decided="1", reason=WHY, into=2)
    # Another one is to stay than the page has shown: it shows that first.
    again = client.post(list_url("claim"), {**sent, "previewed": stays.pk})
    assert "Claim #3 is merged into #2" in text(again)
    client.post(list_url("claim"), {**sent, "into": 1, "previewed": stays.pk})
    for one in going:
        one.refresh_from_db()
        assert one.merged_into == stays
    assert "merged into" in text(client.get(list_url("claim"), {"state": "merged"}))


def test_one_claim_is_merged_into_another_by_its_number(
    project, reviewer, moderator, client_for, choose, other_project, outsider
):
    stays, goes = make_claim(project, reviewer), make_claim(project, reviewer)
    client = client_for(moderator)
    sent = choose("merge_claims", goes, decided="1", reason=WHY)
    for wrong in ("", 2, 99):
        answer = client.post(list_url("claim"), {**sent, "into": wrong, "previewed": "1"})
        assert "errorlist" in text(answer)
    client.post(list_url("claim"), {**sent, "into": 1, "previewed": stays.pk})
    goes.refresh_from_db()
    assert goes.merged_into == stays
    assert "merged" in text(client.get(row_url(goes)))


def test_sources_are_merged_by_any_name(project, reviewer, moderator, client_for, choose):
    stays, goes = make_source(project, reviewer), make_source(project, reviewer, "Rescuers")
    client = client_for(moderator)
    preview = text(client.post(list_url("source"), choose("merge_sources", stays, goes)))
    assert "“Rescuers” is merged into “State Emergency Service”" in preview
    sent = choose("merge_sources", stays, goes, decided="1", reason=WHY, previewed=stays.pk)
    client.post(list_url("source"), {**sent, "into": "state emergency SERVICE"})
    goes.refresh_from_db()
    assert goes.merged_into == stays


def test_no_more_than_fit_the_page_are_decided_at_once(
    project, reviewer, moderator, client_for, choose
):
    claim = make_claim(project, reviewer)
    sent = choose("merge_claims", claim)
    sent["_selected_action"] = [claim.pk, *range(10**6, 10**6 + MOST_ROWS)]
    assert client_for(moderator).post(list_url("claim"), sent).status_code == 200


def test_the_index_leads_to_the_queue(project, moderator, client_for):
    assert list_url("flag") in text(client_for(moderator).get(reverse("admin:index")))
