"""What the demo's people tell one another: scale, guidelines, comments, an assignment, a flag."""

from datetime import timedelta

from django.utils import timezone

from annotations.accounts.models import User
from annotations.comments.services import comment_create
from annotations.management.demo.desk import Desk
from annotations.management.demo.people import Cast
from annotations.moderation.choices import FlagKind, FlagReason
from annotations.moderation.flags import flag_raise
from annotations.projects.models import Project
from annotations.verification.assignments.services import assignments_give
from annotations.verification.standards.services import guideline_publish, scale_create
from annotations.verification.standards.shipped import SIX_STEPS

GUIDELINES = """\
## What we judge

The claim **as it is worded**, at the time it was made. Not whether somebody said it: that is what
the chain is for.

## Before you judge

- Find the first place where it was said, and save it.
- Put down at least one piece of evidence that does not come from the speaker.
- Compare only numbers that count the same: own or enemy, soldiers or civilians, claimed or
  verified.

## Which label

- *Not enough evidence* is a result, not a failure. Say what you looked for.
- *Conflicting evidence* needs two sources that counted **the same thing**.
- Appraisals and promises are *not checkable*.
"""


def set_standards(actor: User, project: Project) -> None:
    """Let the project judge by a shipped scale and by guidelines of its own."""
    scale_create(
        actor=actor,
        project=project,
        name=str(SIX_STEPS.name),
        description=str(SIX_STEPS.description),
        values=SIX_STEPS.values,
        is_ordered=SIX_STEPS.is_ordered,
    )
    guideline_publish(actor=actor, project=project, text=GUIDELINES)
    project.refresh_from_db()


def talk(cast: Cast, desk: Desk) -> None:
    """Leave a question with an answer, work with a date, and something to look at."""
    toll = desk.found("More than 2,000")
    question = comment_create(
        actor=cast.reviewer,
        claim=toll,
        text=f"@{cast.second.display_name} The UN counts only deaths it has confirmed one by one. "
        "Does 136 contradict 2,000, or does it count something else?",
    )
    comment_create(
        actor=cast.second,
        claim=toll,
        thread=question,
        text=f"@{cast.reviewer.display_name} Something else, strictly. But readers will set them "
        f"side by side. @{cast.moderator.display_name}, would you decide?",
    )
    assignments_give(
        actor=cast.moderator,
        project=cast.project,
        assignee=cast.reviewer,
        subjects=[desk.found("498 Russian soldiers were killed and")],
        due=timezone.localdate() + timedelta(days=3),
        note="The wounded too, please: does anybody but the ministry give that number?",
    )
    flag_raise(
        actor=cast.reader,
        project=cast.project,
        kind=FlagKind.CLAIM,
        target=desk.found("Ukraine broke").uid,
        reason=FlagReason.OFF_TOPIC,
        words="This is a line from a speech. Is there anything to check in it?",
    )
