"""Suggestions for a new claim, read off the text around it; a person always decides.

Is it a quotation, by the quotation marks; and whose, by the words that name a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotations.spans.selectors import TextRange

# Marks and names are looked for in the paragraph only, and not beyond this many code points.
REACH = 2000
# A quotation of at most this many words inside other words keeps its distance from them.
SCARE_WORDS = 2

_DOUBLE = '"“”„‟«»″＂'
_SINGLE = "'‘’‚‛"
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


# Nouns that speak, in English and Ukrainian.
_SPEAKING_NOUNS = _words(
    "ministry minister president government spokesman spokeswoman spokesperson official officials"
    " service services police army military authorities office governor mayor company agency"
    " statement report embassy council commission committee union court prosecutor prosecutors"
    " міністерство міністр президент уряд речник речниця служба поліція влада губернатор мер"
    " компанія агентство посольство рада комісія суд прокуратура військові посадовець"
)
_ARTICLES = _words("the a an")
# After one of these someone else is named: who speaks for a ministry is not the ministry.
_ABOUT = _words("of for from at by in with to від для з із при у в")
_PRONOUNS = _words("he she they it we i він вона вони воно ми я")
_SAID = _words(
    "said says say told tells claimed claims claim stated states announced confirmed reported"
    " reports added denied insisted warned argued wrote declared estimated revealed tweeted"
    " acknowledged alleged admitted explained noted stressed"
    " сказав сказала сказали заявив заявила заявили заявило повідомив повідомила повідомили"
    " повідомляє повідомило зазначив зазначила зазначили наголосив наголосила додав додала додали"
    " написав написала підтвердив підтвердила розповів розповіла визнав визнала запевнив каже"
)
_ACCORDING = (
    "according to", "in the words of", "as reported by", "за словами", "за даними", "згідно з",
    "за інформацією", "як повідомляє", "на думку", "за оцінками",
)  # fmt: skip
_CUE = re.compile(rf"\b(?:{'|'.join(_SAID)})\b", re.IGNORECASE)
_CUE_BEFORE_NAME = re.compile(rf"\b(?:{'|'.join(_ACCORDING)})\s+", re.IGNORECASE)
_SENTENCE_EDGE = re.compile(r"(?<=[.!?…])[\"”»’']*\s+(?=[\"“«„‘'—–-]?\s*[A-ZА-ЯҐЄІЇ0-9])|\n+")
_CLAUSE_EDGE = re.compile(
    r"[,;:()\"“”„«»—–]|\s-\s|\b(?:that|and|but|as|after|before|while|when|which|who|also|has|had"
    r"|have|on|in|at|last|yesterday|today|since|adding|until|about|що|та|але|як|коли|який|яка|які"
    r"|також|у|в|на|після)\b",
    re.IGNORECASE,
)


# What may stand between a name and its cue.
_BETWEEN = re.compile(
    r"(?:,?\s+however,|,\s*|\s+(?:has|had|have|also|later|then|earlier|again|since|вже|також|раніше"
    r"|(?:on|last|this)\s+\w+|(?:у|в)\s+\w+))\s*$|\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SpeakerSuggestion:
    """The words that seem to name the speaker, and the cue ("said") that says so."""

    source: TextRange
    cue: TextRange


def quote_type(text: str, ranges: Sequence[TextRange]) -> str:
    """Guess `direct`, `indirect`, `mixed` or `scare` from the quotation marks in and around.

    All words quoted: direct. None: indirect. Some: mixed, or scare where every quoted stretch is
    at most SCARE_WORDS words long. Apostrophes are told from closing marks.
    """
    quoted_words = words = 0
    stretches: list[int] = []
    is_fragment = False
    for one in ranges:
        low, high = _paragraph(text, one)
        quoted = list(_quoted(text, low, high))
        for found in _WORD.finditer(text, one.start, one.end):
            words += 1
            quoted_words += any(start <= found.start() < end for start, end in quoted)
        for start, end in quoted:
            if start < one.end and one.start < end:
                stretches.append(len(_WORD.findall(text, start, end)))
                is_fragment = is_fragment or _is_fragment(text, start, end)
    if not quoted_words:
        return "indirect"
    is_short = all(length <= SCARE_WORDS for length in stretches)
    if quoted_words == words:
        return "scare" if is_short and is_fragment else "direct"
    return "scare" if is_short else "mixed"


def suggest_speaker(text: str, one: TextRange) -> SpeakerSuggestion | None:
    """Return the nearest words that name who said it, in English or Ukrainian, or None.

    Looks in the sentences that the range touches, then in the sentence before and after it.
    """
    low, high = _paragraph(text, one)
    sentences = list(_sentences(text, low, high))
    touched = [n for n, (start, end) in enumerate(sentences) if start < one.end and one.start < end]
    if not touched:
        return None
    neighbours = [n for n in (touched[0] - 1, touched[-1] + 1) if 0 <= n < len(sentences)]
    for group in (touched, neighbours):
        found = [pair for n in group for pair in _speakers(text, *sentences[n])]
        if found:
            return min(found, key=lambda pair: _distance(pair.cue, one))
    return None


def names_within(words: str) -> list[str]:
    """Return what may be a name in the words that name a speaker, the longest first.

    Leading words go one by one: "President Volodymyr Zelenskyy" may be known as "Zelenskyy". They
    never go past a preposition or a possessive, and of an office only the article goes: the
    Russian ministry is not "the ministry".
    """
    found = words.split()[:12]
    names = []
    for n in range(len(found)):
        gone, rest = found[:n], found[n:]
        if any(_is_another(word) for word in gone):
            break
        is_office = any(word.lower() in _SPEAKING_NOUNS for word in rest)
        only_articles = all(word.lower() in _ARTICLES for word in gone)
        if only_articles or (rest[0][0].isupper() and not is_office):
            names.append(" ".join(rest))
    return names


def _is_another(word: str) -> bool:
    """Say whether the words after this one name someone other than who speaks."""
    return word.lower() in _ABOUT or word.endswith(("'s", "’s", "s'", "s’", ","))


def _paragraph(text: str, one: TextRange) -> tuple[int, int]:
    """Return the bounds of the paragraphs the range touches, within REACH."""
    low = max(text.rfind("\n", 0, one.start) + 1, one.start - REACH, 0)
    feed = text.find("\n", one.end)
    high = min(feed if feed >= 0 else len(text), one.end + REACH)
    return low, high


def _quoted(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield the outermost quoted stretches, without their marks.

    A double mark that is never closed quotes to the line's end (a quotation of several
    paragraphs); a single one that is never closed was an apostrophe.
    """
    position = low
    while position < high:
        mark = text[position]
        if mark in _DOUBLE + _SINGLE and _can_open(text, position, low):
            end = _closing(text, position, high)
            if end is not None:
                yield position + 1, end
                position = end
        position += 1


def _can_open(text: str, position: int, low: int) -> bool:
    before = text[position - 1] if position > low else " "
    after = text[position + 1 : position + 2]
    has_words_after = bool(after) and (text[position] == "«" or not after.isspace())
    return has_words_after and not before.isalnum()


def _closing(text: str, position: int, high: int) -> int | None:
    """Return the offset of the mark that closes the one at `position`."""
    mark = text[position]
    line_end = text.find("\n", position, high)
    end = line_end if line_end >= 0 else high
    if mark in _DOUBLE:
        closers = {"“": "”“", "„": "“”„", "«": "»", "»": "«»", "‟": "”"}.get(mark, mark)
        found = (at for at in range(position + 1, end) if text[at] in closers)
        return next(found, end)
    closers = {"‘": "’", "‚": "‘’", "‛": "’"}.get(mark, mark)
    for at in range(position + 1, end):
        if text[at] in closers and not text[at + 1 : at + 2].isalnum() and text[at - 1] != " ":
            return at
    return None


def _is_fragment(text: str, start: int, end: int) -> bool:
    """Tell a quoted word or two in the middle of a sentence from a short quoted sentence."""
    inside = text[start:end].strip()
    return bool(inside) and inside[0].islower() and inside[-1].isalnum()


def _sentences(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    start = low
    for edge in _SENTENCE_EDGE.finditer(text, low, high):
        yield start, edge.start()
        start = edge.end()
    if start < high:
        yield start, high


def _speakers(text: str, low: int, high: int) -> Iterator[SpeakerSuggestion]:
    """Yield every cue of the sentence that has a name beside it."""
    for cue in _CUE_BEFORE_NAME.finditer(text, low, high):
        source = _clause(text, cue.end(), high)
        if source and _names_someone(text[source.start : source.end]):
            yield SpeakerSuggestion(
                source, TextRange(cue.start(), cue.start() + len(cue[0].rstrip()))
            )
    for cue in _CUE.finditer(text, low, high):
        before, after = _clause_before(text, low, cue.start()), _clause(text, cue.end(), high)
        for source in (before, after):
            if source and _names_someone(text[source.start : source.end]):
                yield SpeakerSuggestion(source, TextRange(cue.start(), cue.end()))
                break


def _clause(text: str, start: int, high: int) -> TextRange | None:
    """Return the words after `start` up to the clause's end."""
    edge = _CLAUSE_EDGE.search(text, start, high)
    return _tight(text, start, edge.start() if edge else high)


def _clause_before(text: str, low: int, end: int) -> TextRange | None:
    """Return the words before `end` back to the clause's beginning."""
    # "The president on Wednesday claimed", "Zelensky has said".
    while between := _BETWEEN.search(text, low, end):
        end = between.start()
    start = low
    for edge in _CLAUSE_EDGE.finditer(text, low, end):
        start = edge.end()
    return _tight(text, start, end)


def _tight(text: str, start: int, end: int) -> TextRange | None:
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return TextRange(start, end) if start < end else None


def _names_someone(words: str) -> bool:
    """Tell a speaker from other words: a pronoun alone, a capital, or a noun that can speak."""
    found = words.split()
    if len(found) > 8:
        return False
    if len(found) == 1 and found[0].lower() in _PRONOUNS:
        return True
    return any(word[0].isupper() or word.lower() in _SPEAKING_NOUNS for word in found)


def _distance(cue: TextRange, one: TextRange) -> int:
    return max(cue.start - one.end, one.start - cue.end, 0)
