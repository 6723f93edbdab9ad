"""Derives anew what statements are left in: what happened until a day is before what came since."""

from collections import defaultdict

from django.db import migrations
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

# The rule itself, not a copy: the state is derived, and what derives it is what stands now.
from annotations.lifecycle.state_rule import order_time, state_after

_TIMES = (
    "happened_earliest",
    "happened_latest",
    "noticed_earliest",
    "noticed_latest",
    "created_at",
)


def derive_states(apps, schema_editor):
    statements = apps.get_model("annotations", "Statement").objects
    assessments = apps.get_model("annotations", "EventAssessment").objects
    latest = assessments.filter(event=OuterRef("pk")).order_by("-id").values("standing")[:1]
    events = (
        apps.get_model("annotations", "LifecycleEvent")
        .objects.filter(statement__isnull=False, moderation__hidden_at__isnull=True)
        .annotate(standing=Subquery(latest))
        .only("type", "statement", *_TIMES)
    )
    told = defaultdict(list)
    for event in events.order_by("pk").iterator():
        if event.standing != "refuted":
            told[event.statement_id].append(event)
    rows = statements.filter(pk__in=told).values_list("pk", "state", "state_event")
    for statement, state, state_event in rows:
        left = state_after(sorted(told[statement], key=order_time))
        event = left.event.pk if left.event is not None else None
        if (left.state.value, event) != (state, state_event):
            statements.filter(pk=statement).update(
                state=left.state.value,
                state_event=event,
                revision=F("revision") + 1,
                updated_at=timezone.now(),
            )


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0036_what_waits_stays_in_its_project"),
    ]

    operations = [
        migrations.RunPython(derive_states, migrations.RunPython.noop, elidable=True),
    ]
