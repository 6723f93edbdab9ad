"""Draws the panel's list: one string per claim, as a template per row costs ten times as much."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.lifecycle.marks import Mark
from annotations.verification.models import Label
from annotations.web.views.workbench_list import ClaimRow
from annotations.web.views.workbench_read import FALLEN


class RowWords:
    """Words that every row repeats, translated once for the page."""

    def __init__(self) -> None:
        self.labels = {value: escape(str(label)) for value, label in Label.choices}
        self.none = escape(_("Not judged"))
        self.stale = escape(_("judged before a change"))
        self.published = escape(_("published"))
        self.discarded = escape(_("Discarded"))
        self.hidden = escape(_("Hidden by moderation"))
        self.nobody = escape(_("Nobody named"))
        self.marks: dict[int, str] = {}
        self.here = escape(_("Mark it in this text"))
        # The version that is read.
        self.beside: int | None = None

    def badge(self, mark: Mark) -> str:
        """Return the line of one event: many claims may rest on one statement."""
        drawn = self.marks.get(mark.event.pk)
        if drawn is None:
            drawn = mark_line(mark_style(mark), escape(mark_sentence(mark)))
            self.marks[mark.event.pk] = drawn
        return drawn


def mark_sentence(mark: Mark) -> str:
    """Say what happened to the statement, who reports it and how sure we are."""
    parts = [str(mark.event.get_type_display())]
    if mark.reporters:
        parts.append(_("reported by %(who)s") % {"who": mark.reporters})
    parts.append(_("standing: %(standing)s") % {"standing": mark.standing_text.lower()})
    return " – ".join(parts)


def mark_style(mark: Mark) -> str:
    """Return the badge that fits the mark: refuted ones are faint, never gone."""
    if mark.standing == "refuted":
        return "outline"
    return "danger" if mark.group in FALLEN else "warn"


def marks_in_words(marks: Sequence[Mark]) -> list[tuple[str, str]]:
    """Return style and sentence of each mark, for templates."""
    return [(mark_style(mark), mark_sentence(mark)) for mark in marks]


def draw_rows(
    rows: Sequence[ClaimRow], *, query: Mapping[str, str], beside: int | None = None
) -> SafeString:
    """Return the list items; `query` is what must stay in the workbench's address.

    Rows of other versions lead there, and their cards can be opened beside version `beside` too.
    """
    words = RowWords()
    words.beside = beside
    kept = f"{urlencode(query)}&" if query else ""
    prefix = escape(f"?{kept}")
    # Every text in it went through escape().
    return mark_safe("".join(_row(row, prefix, words) for row in rows))


def _row(row: ClaimRow, prefix: str, words: RowWords) -> str:
    """Draw one claim in one line; what became of its statement follows in lines of its own."""
    number = row.number
    version = f"version={row.version}&amp;" if row.version else ""
    anchor = "elsewhere" if row.version else "row"
    name = "is-off" if row.is_discarded else ""
    return (
        f'<li id="{anchor}-{number}" class="claims__row {name}" data-row="{number}"'
        f' data-at="{row.start}">'
        f'<a class="claims__link" href="{prefix}{version}claim={number}#claim-{number}"'
        f' data-open="{number}"><span class="claims__number">{number}</span> '
        f'<span class="claims__text" dir="auto">{escape(row.text)}</span> '
        f'<bdi class="claims__who">{escape(row.who) or words.nobody}</bdi>'
        f"{_others(row, words)}</a>"
        f'<span class="claims__facts">{_label(row, words)}{_places(row)}</span>'
        f"{''.join(_badges(row, words))}{_again(row, prefix, words)}</li>"
    )


def _again(row: ClaimRow, prefix: str, words: RowWords) -> str:
    """Lead to the card beside the text at hand, which says where the claim stood."""
    if not row.version or words.beside is None:
        return ""
    address = f"{prefix}version={words.beside}&amp;claim={row.number}"
    link = f'<a href="{address}" data-again="{row.number}">{words.here}</a>'
    return f'<p class="claims__mark claims__again">{link}</p>'


def _label(row: ClaimRow, words: RowWords) -> str:
    if not row.label:
        return f'<span class="label">{words.none}</span>'
    stale = f" ({words.stale})" if row.is_stale else ""
    published = f" · {words.published}" if row.is_published else ""
    label = f'<span class="label" data-label="{row.label}">{words.labels[row.label]}</span>'
    return f"{label}{published}{stale}"


def _others(row: ClaimRow, words: RowWords) -> str:
    """Name on paper who says it at the further places; on the screen the card does."""
    return "".join(
        f'<span class="print-only">; <bdi class="claims__who">{escape(who) or words.nobody}</bdi>'
        f"</span>"
        for who in row.others
    )


def _places(row: ClaimRow) -> str:
    if row.version:
        return f" · {escape(_('version %(number)d') % {'number': row.version})}"
    if row.places < 2:
        return ""
    places = ngettext("%(count)d place", "%(count)d places", row.places) % {"count": row.places}
    return f" · {escape(places)}"


def _badges(row: ClaimRow, words: RowWords) -> Iterable[str]:
    if row.is_discarded:
        yield mark_line("outline", words.discarded)
    if row.is_hidden:
        yield mark_line("danger", words.hidden)
    for mark in row.marks:
        yield words.badge(mark)


def mark_line(style: str, words: str) -> str:
    """Return a line below a claim; its words are HTML."""
    return f'<p class="claims__mark mark-line mark-line--{style}">{words}</p>'
