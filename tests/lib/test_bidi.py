"""Names of the other direction keep to their place in a sentence."""

import pytest
from django.utils import translation

from annotations.claims.summaries import _passed_on
from annotations.lib.bidi import isolated, reads_from_right

VIA = "%(who)s via %(relay)s"


@pytest.mark.parametrize(
    ("words", "expected"),
    [("CNN", False), ("Укрінформ", False), ("2,000", False), ("رويترز", True), ("a רויטרס", True)],
)
def test_letters_tell_what_is_read_from_the_right(words, expected):
    assert reads_from_right(words) is expected


def test_nothing_needs_no_isolation():
    assert isolated("") == ""
    assert isolated("دنا") == "\u2068دنا\u2069"


def test_a_chain_of_latin_names_is_left_as_it_is():
    assert _passed_on(VIA, "Service", "CNN") == "Service via CNN"


def test_a_chain_keeps_the_order_of_the_interface():
    arabic = _passed_on(VIA, "رويترز", "الخدمة")
    assert arabic == "\u200e\u2068رويترز\u2069 via \u2068الخدمة\u2069"
    with translation.override("he"):
        assert _passed_on(VIA, "Service", "CNN") == "\u200f\u2068Service\u2069 via \u2068CNN\u2069"
