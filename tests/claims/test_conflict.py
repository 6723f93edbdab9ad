"""Three versions of a claim become one, and nothing of anybody's is lost without a word."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.web.views.claims_conflict import merge

VALUES = st.dictionaries(
    st.sampled_from(["text", "priority", "types"]), st.integers(0, 3), min_size=3, max_size=3
)


@given(VALUES, VALUES, VALUES)
def test_every_change_is_kept_or_asked_about(base, theirs, mine):
    merged = merge(base, theirs, mine)
    for name in mine:
        value = merged.values[name]
        assert value in (theirs[name], mine[name])
        if mine[name] != base[name]:
            assert value == mine[name]
        if theirs[name] not in (base[name], mine[name]):
            assert value == theirs[name] or name in merged.conflicting
        assert (name in merged.adopted) == (value != mine[name])


@given(VALUES, VALUES)
def test_without_a_base_every_difference_is_asked_about(theirs, mine):
    merged = merge({}, theirs, mine)
    assert merged.conflicting == [name for name in mine if mine[name] != theirs[name]]
    assert merged.values == mine
