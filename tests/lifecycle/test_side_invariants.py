"""What holds of the sides of any event, whatever was captured when and however it is dated."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.lifecycle.event_sides import PRECISION, sides_of
from annotations.lifecycle.event_versions import Bounds
from annotations.lifecycle.services import event_record
from tests.material import TEXT, make_capture, make_statement

pytestmark = pytest.mark.django_db
URL = "https://daily.example/tolls"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
WORDS = "About 2,000 died, it said."
BODIES = (f"{WORDS}\n\n{TEXT}", f"About 200 died, it said.\n\n{TEXT}")
LOOKS = st.sampled_from([(200, BODIES[0]), (200, BODIES[1]), (404, ""), (503, ""), (304, "")])
TYPES = st.sampled_from(
    ["edited_silent", "retracted", "unpublished", "unavailable_unknown", "restored", "reaffirmed"]
)


@st.composite
def times(draw):
    """A clock time, an interval, an open one, a day, or only when it was noticed."""
    first = START + timedelta(minutes=draw(st.integers(-90, 600)))
    last = first + timedelta(minutes=draw(st.integers(1, 300)))
    first, last = (one.strftime("%Y-%m-%dT%H:%MZ") for one in (first, last))
    return {
        "happened": draw(st.sampled_from(["", first, f"{first}/{last}", f"../{last}", f"{first}/..",
                                          "2026-03-02"])),
        "noticed": draw(st.sampled_from(["", last])),
    }  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(looks=st.lists(LOOKS, min_size=1, max_size=5), type=TYPES, told=times())
def test_no_capture_stands_where_it_cannot(project, reviewer, looks, type, told):
    with transaction.atomic():
        for hour, (status, body) in enumerate(looks):
            at = START + timedelta(hours=hour, seconds=20)
            make_capture(project, reviewer, url=URL, at=at, status=status, body=body.encode())
        said = make_statement(project, reviewer, url=URL, text=WORDS)
        event = event_record(actor=reviewer, subject=said, type=type, self_observed=True, **told)
        sides, bounds = sides_of(event), Bounds.of(event)
        before, after = sides.before, list(sides.after)
        assert after == sorted(after, key=lambda one: one.taken_at)
        if before is not None:
            assert before.is_good
            assert before.taken_at < bounds.latest + PRECISION
            assert all(one.taken_at > before.taken_at for one in after)
        if after and type in ("unpublished", "unavailable_unknown"):
            assert not after[0].is_good or after[0].taken_at >= bounds.latest
            assert after[0].status != 304 or after[0].taken_at >= bounds.latest
        if bounds.earliest is not None and after:
            assert after[0].taken_at >= bounds.earliest
        if type == "restored" and after:
            is_there = after[0].is_good or after[0].status == 304
            assert is_there or after[0].taken_at >= bounds.latest
        # What one example made is no other's.
        transaction.set_rollback(True)
