"""What became of the demo's statements and articles, beside the removal that CNN reports."""

from annotations.lifecycle.services import assessment_add, event_record
from annotations.management.demo.articles import RESCUERS
from annotations.management.demo.captures import taken_down
from annotations.management.demo.desk import Desk
from annotations.statements.models import Statement


def look_back(first: Desk, second: Desk) -> None:
    """Put a published verdict up for another look, and record what turned out wrong."""
    _superseded(first, second)
    _refuted(first, second)
    taken_down(first, second)


def _superseded(first: Desk, second: Desk) -> None:
    """The UN's count of a day is replaced by that of the next: two saw it, so it is corroborated,
    and the verdict that rests on the older one waits to be looked at again.
    """
    update = Statement.objects.get(
        project=first.project, channel="Daily update on civilian casualties"
    )
    event = event_record(
        actor=second.reviewer,
        subject=update,
        type="superseded",
        event_actor=update.source,
        reported_by_name="UN Human Rights Office",
        happened="2022-03-02",
        happened_basis="stated",
        noticed="2022-03-02T18:00",
        reason_text="The figures are updated every day.",
        reason_inferred="outdated",
        assessment_reason="The office says so itself under its next update.",
    )
    assessment_add(
        actor=first.reviewer,
        event=event,
        standing="corroborated",
        reason="Another newsroom compared the two updates.",
        reporter_name="Reuters",
    )


def _refuted(first: Desk, second: Desk) -> None:
    """An edit that nobody made: it stays in the ledger, and says so."""
    article = first.versions[RESCUERS.title].article
    event = event_record(
        actor=second.reviewer,
        subject=article,
        type="edited_silent",
        self_observed=True,
        happened="2022-03~",
        noticed="2022-03-04",
        assessment_reason="The headline looked different from the one in my notes.",
    )
    assessment_add(
        actor=first.reviewer,
        event=event,
        standing="refuted",
        reason="Both of us read the same headline: the note was of another article.",
    )
