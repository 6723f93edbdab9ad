"""Large parts of a page are put in after rendering: whole, in their places, and only there."""

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

from annotations.web.late import LateParts

WORDS = SafeString("<p>Сто 🧑‍🌾 людей --> & more</p>")


def rendered(template: str, **context):
    return Template(template).render(Context(context))


def test_each_part_stands_at_its_place():
    late = LateParts()
    text, rows = late.place(WORDS), late.place(SafeString("<li>1</li>"))
    page = rendered("<main>{{ text }}</main><ol>{{ rows }}</ol>!", text=text, rows=rows)
    expected = f"<main>{WORDS}</main><ol><li>1</li></ol>!"
    assert late.fill(page) == expected.encode()


def test_a_template_may_leave_a_part_out_or_show_it_twice():
    late = LateParts()
    late.place(SafeString("left out"))
    text = late.place(WORDS)
    page = rendered("{{ text }}|{{ text }}", text=text)
    assert late.fill(page) == f"{WORDS}|{WORDS}".encode()


def test_the_place_of_another_page_stays_what_it_is():
    late, another = LateParts(), LateParts()
    late.place(WORDS)
    page = rendered("{{ title }}", title=another.place(WORDS))
    assert late.fill(page) == page.encode()


def test_only_html_that_was_escaped_can_be_placed():
    with pytest.raises(TypeError):
        LateParts().place("<script>")  # type: ignore[arg-type]
