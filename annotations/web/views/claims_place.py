"""The passage a form is about: its ranges, its words, and which claims stand there already."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotations.accounts.models import User
from annotations.articles.models import ArticleVersion
from annotations.articles.passages import Passage, read_passage
from annotations.claims.models import Claim, Mention
from annotations.claims.suggest import SpeakerSuggestion, quote_type, suggest_speaker
from annotations.lib.errors import Conflict
from annotations.spans.graphemes import snap_outwards
from annotations.spans.selectors import InvalidRange, TextRange, check_ranges, trim
from annotations.web.access import SignedInRequest
from annotations.web.forms.claims import PlaceForm, RangesField

Ranges = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Words:
    """One range with its words."""

    start: int
    end: int
    text: str

    @property
    def value(self) -> str:
        """Return the range as forms send it."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class PassageView:
    """The selected words and what their quotation marks suggest."""

    words: Sequence[Words]
    quote_type: str
    speaker: Words | None = None
    cue: Words | None = None

    @property
    def quote(self) -> str:
        """Return the words in one line, ranges set apart."""
        return " … ".join(" ".join(one.text.split()) for one in self.words)


def asked_ranges(request: SignedInRequest, version: ArticleVersion) -> Ranges:
    """Read `?range=` from the address, trimmed and snapped as they will be stored.

    Raises InvalidRange.
    """
    try:
        given = RangesField(required=True).clean(request.GET.getlist("range"))
    except ValidationError as error:
        raise InvalidRange(error.messages[0], field="range") from error
    return [_snapped(version, one) for one in given]


def _snapped(version: ArticleVersion, given: tuple[int, int]) -> tuple[int, int]:
    check_ranges([TextRange(*given)], length=version.length)
    passage = read_passage(version, *given)
    local = trim(passage.text, TextRange(given[0] - passage.start, given[1] - passage.start))
    start, end = snap_outwards(passage.text, local.start, local.end)
    return start + passage.start, end + passage.start


def passage_of(version: ArticleVersion, ranges: Ranges) -> PassageView:
    """Read the words of the ranges, and what the text around the first one suggests."""
    words: list[Words] = []
    guess = ""
    found: SpeakerSuggestion | None = None
    speaker, cue = None, None
    for start, end in ranges:
        if not 0 <= start < end <= version.length:
            continue
        passage = read_passage(version, start, end)
        local = TextRange(start - passage.start, end - passage.start)
        words.append(_words(passage, local))
        if len(words) == 1:
            guess = quote_type(passage.text, [local])
            found = suggest_speaker(passage.text, local)
        if found and len(words) == 1:
            speaker, cue = _words(passage, found.source), _words(passage, found.cue)
    return PassageView(words, guess, speaker, cue)


def _words(passage: Passage, local: TextRange) -> Words:
    text = passage.text[local.start : local.end]
    return Words(local.start + passage.start, local.end + passage.start, text)


def claims_on(user: User, version: ArticleVersion, ranges: Ranges) -> list[Claim]:
    """Return the kept claims marked on the very same passage, so that it is not claimed twice."""
    edges = [edge for pair in ranges for edge in pair]
    mentions = (
        Mention.objects.listed_to(user)
        .kept()
        .filter(version=version, span__start=min(edges), span__end=max(edges))
        .select_related("claim")
        .order_by("claim__number")
    )
    return list({mention.claim_id: mention.claim for mention in mentions}.values())


def check_same_text(version: ArticleVersion, content_hash: str) -> None:
    """Raise Conflict unless the words were selected in this very text."""
    if content_hash and content_hash != version.content_hash:
        raise Conflict(
            _("The text is another one than when you selected. Select the words again."),
            field="range",
        )


def shown_ranges(form: PlaceForm) -> Ranges:
    """Return the ranges that a form holds, as sent or as offered; none that cannot be read."""
    try:
        return RangesField(required=False).clean(form["range"].value())
    except ValidationError:
        return []
