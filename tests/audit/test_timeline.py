"""The timeline: who, when, what from what to what, and why, as one viewer may see it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.audit.context import context
from annotations.audit.timeline import Parts, timeline
from annotations.claims.hops import HopInput
from annotations.claims.models import Attribution, Mention
from annotations.claims.services import claim_update, mention_update
from annotations.moderation.services import row_hide
from annotations.sources.models import Source
from annotations.sources.services import alias_add, alias_remove
from tests.material import (
    make_article,
    make_claim,
    make_event,
    make_review,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(project, reviewer):
    return make_claim(project, reviewer, article=make_article(project, reviewer))


def whole(claim, viewer):
    mentions = list(claim.mentions.all())
    return timeline(
        [claim, *mentions, *claim.reviews.all()],
        viewer,
        parts=[Parts(Attribution, "mention", mentions)],
    )


def test_a_change_says_who_when_what_and_why(claim, second_reviewer, reader):
    with context(actor=second_reviewer, action="claim.update", reason="the figure was wrong"):
        claim_update(actor=second_reviewer, claim=claim, revision=1, text="2,100 died", priority=1)
    entry = timeline([claim], reader)[0]
    assert (entry.who, entry.label, entry.action) == ("Second reviewer", "update", "claim.update")
    assert entry.reason == "the figure was wrong"
    assert abs((timezone.now() - entry.when).total_seconds()) < 60
    changes = {change.field: (change.name, change.before, change.after) for change in entry.changes}
    assert changes["text"] == ("claim", "2,000 civilians died", "2,100 died")
    assert changes["priority"][1:] == ("Normal", "Low")
    assert set(changes) == {"text", "priority"}


def test_the_first_entry_is_the_making(claim, reader):
    entry = timeline([claim], reader)[-1]
    assert (entry.label, entry.who, entry.object_uid) == ("insert", "Reviewer", claim.uid)
    assert ("text", "", "2,000 civilians died") in [
        (change.field, change.before, change.after) for change in entry.changes
    ]


def test_several_rows_are_merged_newest_first(claim, reviewer, reader):
    make_review(claim, reviewer)
    claim_update(actor=reviewer, claim=claim, revision=claim.revision, text="Another text")
    entries = whole(claim, reviewer)
    assert [entry.when for entry in entries] == sorted(
        (entry.when for entry in entries), reverse=True
    )
    assert {entry.model_name for entry in entries} == {"claim", "mention", "attribution", "review"}
    assert [entry.model_name for entry in whole(claim, reviewer)[:1]] == ["claim"]


def test_hops_that_were_replaced_stay_readable(claim, reviewer, reader):
    mention = claim.mentions.get()
    mention_update(
        actor=reviewer, mention=mention, revision=claim.revision, hops=[HopInput(source_name="CNN")]
    )
    said = {
        words
        for entry in whole(claim, reader)
        for change in entry.changes
        for words in (change.before, change.after)
        if entry.model_name == "attribution" and change.field == "source"
    }
    assert said >= {"State Emergency Service", "CNN"}


def test_others_blind_reviews_are_left_out_until_revealed(claim, reviewer, second_reviewer, reader):
    make_review(claim, reviewer, justification="because of the count")
    assert "review" not in {entry.model_name for entry in whole(claim, second_reviewer)}
    assert "review" not in {entry.model_name for entry in whole(claim, reader)}
    assert "review" in {entry.model_name for entry in whole(claim, reviewer)}
    make_review(claim, second_reviewer, "refuted")
    assert "review" in {entry.model_name for entry in whole(claim, second_reviewer)}


def test_hidden_rows_and_outsiders_get_nothing(claim, moderator, reader, outsider):
    assert whole(claim, outsider) == []
    row_hide(actor=moderator, row=claim, reason="a private person")
    assert whole(claim, reader) == []
    assert whole(claim, moderator) != []
    assert whole(claim, None) != []


def test_a_hidden_speaker_is_not_named(claim, moderator, reader):
    row_hide(
        actor=moderator, row=Source.objects.get(name="State Emergency Service"), reason="private"
    )
    assert "State Emergency Service" not in str(whole(claim, reader))
    assert "State Emergency Service" in str(whole(claim, moderator))


def test_a_statement_is_not_named_by_a_hidden_speaker(project, reviewer, moderator, reader):
    statement = make_statement(project, reviewer, source_name="Olena")
    claim = make_claim(project, reviewer, statement=statement)
    assert "Olena" in str(timeline([claim], reader))
    row_hide(actor=moderator, row=statement.source, reason="private")
    assert "Olena" not in str(timeline([claim], reader))
    assert "Olena" not in str(timeline([statement], reader))


def test_a_confidential_statement_is_not_named_to_readers(project, reviewer, reader):
    statement = make_statement(project, reviewer, channel="Secret channel", confidential=True)
    claim = make_claim(project, reviewer, statement=statement)
    assert "Secret channel" not in str(timeline([claim], reader))
    assert "Secret channel" in str(timeline([claim], reviewer))
    assert timeline([statement], reader) == []


def test_removed_parts_stay_readable(project, reviewer, reader):
    source = make_source(project, reviewer, "Volodymyr")
    alias_add(actor=reviewer, source=source, name="Vladimir")
    alias_remove(actor=reviewer, source=source, name="Vladimir")
    parts = [Parts(type(source.aliases.get()), "source", [source])]
    removed = timeline([source], reader, parts=parts)[0]
    assert (removed.label, removed.action) == ("delete", "source.alias_remove")
    assert [change.before for change in removed.changes] == ["Volodymyr", "Vladimir"]


def test_rows_without_history_show_their_making(project, reviewer, reader):
    event = make_event(make_statement(project, reviewer), reviewer)
    entries = timeline([event, *event.assessments.all()], reader)
    assert {(entry.model_name, entry.label, entry.who) for entry in entries} == {
        ("lifecycleevent", "insert", "Reviewer"),
        ("eventassessment", "insert", "Reviewer"),
    }


def test_addresses_never_show(claim, reviewer, second_reviewer):
    make_review(claim, reviewer)
    make_review(claim, second_reviewer)
    assert "example.org" not in str(whole(claim, reviewer))


def test_the_limit_keeps_the_newest_and_what_they_changed_from(claim, reviewer, reader):
    for number in range(5):
        claim.refresh_from_db()
        claim_update(actor=reviewer, claim=claim, revision=claim.revision, text=f"text {number}")
    entries = timeline([claim], reader, limit=2)
    changes = [
        (change.before, change.after)
        for entry in entries
        for change in entry.changes
        if change.field == "text"
    ]
    assert changes == [("text 3", "text 4"), ("text 2", "text 3")]


def test_the_number_of_queries_does_not_grow(project, reviewer, reader):
    article = make_article(project, reviewer)
    claims = [make_claim(project, reviewer, article=article) for _n in range(11)]
    for claim in claims:
        claim_update(actor=reviewer, claim=claim, revision=claim.revision, text="changed")
    counts = []
    for chosen in (claims[:1], claims):
        mentions = list(Mention.objects.filter(claim__in=chosen))
        with CaptureQueriesContext(connection) as queries:
            timeline([*chosen, *mentions], reader, parts=[Parts(Attribution, "mention", mentions)])
        counts.append(len(queries))
    assert counts[0] == counts[1]
