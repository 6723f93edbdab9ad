"""Where mentions stand in later versions is in the native form, for whoever sees the mention."""

import pytest

from annotations.claims.placements.services import placement_confirm
from annotations.moderation.services import row_hide
from tests.exchange.conftest import native
from tests.placing import CHANGES, MOVES, make_placed, mention_of, placement_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_placement_is_written_with_its_words_and_who_decided(
    project, reader, reviewer, second_reviewer, moderator
):
    version = make_placed(project, reviewer)
    placement_confirm(
        actor=second_reviewer, placement=placement_of(CHANGES, version), revision=None
    )
    document = native(project)
    assert [(one.state, one.why) for one in document.placements] == [
        ("same", "identical"),
        ("moved", "identical"),
        ("moved", "confirmed"),
        ("orphaned", "not_found"),
    ]
    moved, confirmed = document.placements[1:3]
    assert (moved.mention, moved.version) == (str(mention_of(MOVES).uid), str(version.uid))
    assert [one.exact for one in moved.ranges] == [MOVES]
    assert [one.exact for one in confirmed.from_ranges] == [CHANGES]
    assert confirmed.proposed == confirmed.ranges
    assert confirmed.decided_by == str(second_reviewer.uid)
    assert confirmed.decided_by in {one.uid for one in document.people}
    assert document.closing.counts["placements"] == 4
    row_hide(actor=moderator, row=mention_of(MOVES).claim, reason="Off topic")
    for viewer, count in ((reader, 3), (moderator, 4)):
        assert len(native(project, viewer).placements) == count
