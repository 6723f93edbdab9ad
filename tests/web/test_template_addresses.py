"""Addresses that templates ask for by name: `{% url ... as x %}` hides one that does not exist."""

import re

from django.conf import settings
from django.urls import get_resolver

ASKED = re.compile(r"{%\s*url\s+'([^':]+)'[^%]*\bas\s+\w+\s*%}")


def test_every_address_kept_in_a_name_exists():
    templates = (settings.BASE_DIR / "templates").rglob("*.html")
    asked = {(one.name, name) for one in templates for name in ASKED.findall(one.read_text())}
    assert asked
    known = get_resolver().reverse_dict
    assert [one for one in sorted(asked) if one[1] not in known] == []
