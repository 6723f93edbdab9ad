"""Merging a source into another: names, hops, statements and evidence; outlets stay apart."""

import pytest

from annotations.claims.hops import HopInput
from annotations.lib.errors import Conflict, InvalidInput
from annotations.lifecycle.services import assessment_add
from annotations.lifecycle.timelines import events_of
from annotations.moderation.merge_sources import source_merge
from annotations.projects.visibility import sight_of
from annotations.sources.models import Source
from annotations.sources.services import alias_add, source_resolve, source_update
from annotations.verification.models import Review
from tests.material import (
    make_article,
    make_claim,
    make_event,
    make_evidence,
    make_review,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db
WHY = "Two spellings of one name."


def merge(actor, source, into):
    source_merge(actor=actor, source=source, into=into, reason=WHY)
    source.refresh_from_db()
    into.refresh_from_db()


def test_everything_that_names_it_names_the_other(project, reviewer, moderator):
    stays, goes = make_source(project, reviewer), make_source(project, reviewer, "Rescuers")
    alias_add(actor=reviewer, source=goes, name="DSNS")
    hop = HopInput(source=goes, spokesperson_for=goes)
    claim = make_claim(project, reviewer, article=make_article(project, reviewer), hops=[hop])
    review = make_review(claim, reviewer)
    statement = make_statement(project, reviewer, source=goes)
    piece = make_evidence(project, reviewer, source=goes)
    merge(moderator, goes, stays)
    named = claim.mentions.get().attributions.get()
    for row in (statement, piece):
        row.refresh_from_db()
        assert (row.source, row.revision) == (stays, 2)
    assert (named.source, named.spokesperson_for) == (stays, stays)
    assert source_resolve(project=project, name="dsns") == stays
    assert source_resolve(project=project, name="rescuers") == stays
    assert (goes.merged_into, goes.name, goes.aliases.count()) == (stays, "Rescuers", 0)
    assert not Review.objects.get(pk=review.pk).is_stale
    for row in (goes, named, statement, piece):
        last = row.history.order_by("-pgh_id").first()
        assert (last.pgh_context["action"], last.pgh_context["reason"]) == ("source.merge", WHY)


def test_events_name_the_other_and_count_it_once(project, reviewer, moderator):
    goes = make_source(project, reviewer, "CNN")
    event = make_event(make_statement(project, reviewer), reviewer, event_actor=goes)
    stays = make_source(project, reviewer, "Cable News Network")
    merge(moderator, goes, stays)
    (line,) = events_of(reviewer, sight_of(reviewer, project.pk), pk=event.pk)
    assert (line.reporters, line.actor) == ("Cable News Network", stays)
    with pytest.raises(InvalidInput):
        assessment_add(
            actor=reviewer, event=event, standing="corroborated", reason="Both.", reporter=stays
        )


def outlet_source(project, actor, name):
    make_article(project, actor, outlet_name=name, title=name)
    return Source.objects.get(name=name)


def test_an_outlet_goes_into_an_outlet_that_publishes_nothing_here(project, reviewer, moderator):
    goes = outlet_source(project, reviewer, "The Daily")
    outlet = goes.outlet
    stays = make_source(project, reviewer, "Daily")
    source_update(actor=reviewer, source=stays, revision=stays.revision, kind="outlet")
    stays.refresh_from_db()
    merge(moderator, goes, stays)
    assert (goes.outlet, stays.outlet) == (None, outlet)


def into_a_person(project, actor, goes):
    return make_source(project, actor, "Somebody")


def into_another_outlet(project, actor, goes):
    return outlet_source(project, actor, "The Weekly")


@pytest.mark.parametrize("target", [into_a_person, into_another_outlet])
def test_outlets_stay_apart(project, reviewer, moderator, target):
    goes = outlet_source(project, reviewer, "The Daily")
    stays = target(project, reviewer, goes)
    with pytest.raises(Conflict, match="outlet"):
        merge(moderator, goes, stays)
    goes.refresh_from_db()
    assert goes.merged_into is None


def test_a_source_that_was_merged_is_in_no_list(project, reviewer, moderator):
    stays, goes = make_source(project, reviewer), make_source(project, reviewer, "Rescuers")
    merge(moderator, goes, stays)
    assert goes not in Source.objects.visible_to(reviewer).unmerged()
    with pytest.raises(Conflict, match="already"):
        merge(moderator, goes, make_source(project, reviewer, "Third"))
