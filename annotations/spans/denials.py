"""Words that turn a statement round: negations, words that deny, and words that affirm. PURE.

One table for every language of the product, as a sentence does not say which one it is in. Rather
one word too many than one too few: what is marked is shown to a person and decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from annotations.spans.plain import plain

# A star stands for any ending. English, German, French, Spanish, Ukrainian, Russian, Arabic.
_NEGATIONS = (
    "not no never none nobody nothing neither nor nowhere without cannot hardly scarcely barely"
    " no-one dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wont wouldnt cant couldnt"
    " shouldnt",
    "nicht nichts nie niemals niemand niemandem niemanden nirgends kein keine keinen keinem keiner"
    " keines keinesfalls keineswegs keinerlei weder ohne kaum",
    "ne pas non jamais rien aucun aucune aucunement nul nulle sans ni",
    "nunca jamás nadie nada ningún ninguno ninguna tampoco sin",
    "не ні ані ніколи ніхто нікого нікому ніщо нічого нічим ніде жоден жодна жодне жодного жодної"
    " жодних без нема немає навряд",
    "ни нет никогда никто никого никому ничто ничего ничем нигде нельзя без вряд",
    "لا لم لن ما ليس ليست ليسوا غير بدون دون",
)
_DENYING = (
    "deny denies denied denying denial* acquit* exonerat* innocent* innocence reject* refuse*"
    " refusing refusal* refut* disprov* dismiss* oppose* false falsely untrue baseless unfounded"
    " unable",
    "bestreit* bestritt* dementier* leugn* geleugnet* freigesprochen* freispr* unschuld* ablehn*"
    " abgelehnt* lehnt* verweiger* weiger* zurückgewiesen* zurückweis* zurückwies* widerleg*"
    " versäum* falsch* unwahr*",
    "nié niée niés niées nier nient niait niaient démen* acquitt* rejet* rejett* refus* réfut* faux"
    " fausse*",
    "nieg* negó negar negaron negaba* negado negada negando desmint* desmient* absuel* absolv*"
    " inocen* rechaz* rehús* rehus* fals*",
    "запереч* спрост* виправда* невин* відхил* відмов* відкину* відкида* неправд* хибн* фальшив*",
    "отриц* опроверг* оправд* невинов* отклон* отказ* отверг* отверж* ложн* ложь",
    "نفى نفت نفوا ينفي تنفي نفي أنكر أنكرت ينكر رفض رفضت يرفض ترفض بريء بريئة براءة",
)
# These turn a statement round only where they stand for a word that denies.
_AFFIRMING = (
    "confirm* convict* guilt* accept* admit* admission* approv* acknowledg* prov* agree* upheld"
    " support* endors* true truly managed able",
    "bestätig* verurteil* schuld* akzeptier* angenommen* annahm* zugegeben zugab* einräum* räumt*"
    " eingeräumt* genehmig* wahr*",
    "condamn* coupable* admet* admis* reconn* approuv* vrai*",
    "conden* culpable* culpab* acept* reconoc* aprob* aprueb* verdader* cierto",
    "підтвер* засуд* винн* винен винуват* прийня* прийма* визна* схвал* погод* правд*",
    "подтвер* осужд* осуд* виновн* виновен приня* прини* призна* одобр* соглас* правд*",
    "أكد أكدت يؤكد تؤكد اعترف اعترفت مذنب مذنبة أدين أدينت إدانة وافق وافقت قبلت",
)
# The first word denies only where the second follows it.
_TWO_WORDS = (
    (re.compile(r"(?:fail\w*|declin\w+)\Z"), frozenset({"to"})),
    (re.compile(r"rul(?:ed?|es|ing)\Z"), frozenset({"out"})),
    (re.compile(r"échou\w+\Z"), frozenset({"à"})),
)
# "unlikely" against "likely", "незаконно" against "законно"; among shorter words it is by chance.
_PREFIXES = ("non-", "не-", "non", "un", "in", "im", "il", "ir", "dis", "не", "ні")
_SHORTEST = 4
# "didn't"; "n'a", but not "N'Djamena"; "l'innocent"; Arabic "and" and "so" are tied to their word.
_NEGATED = re.compile(r"n't\Z|\A[nN]'[a-zà-ÿœ]")
_VOWEL_MARKS = re.compile("[\u064b-\u065f\u0670]")
_TIED = re.compile(r"\A(?:(?:[ldsmtjc]|qu)'|[وف](?=\w{2}))")


def _any_of(tables: Sequence[str]) -> re.Pattern[str]:
    words = {re.escape(one).replace(r"\*", r"\w*") for table in tables for one in table.split()}
    return re.compile(rf"(?:{'|'.join(sorted(words))})\Z")


_DENIES = _any_of((*_NEGATIONS, *_DENYING))
_AFFIRMS = _any_of(_AFFIRMING)


def denies(words: Sequence[str], n: int) -> bool:
    """Say whether the n-th word denies; white space between words is a word of its own."""
    word = _plain(words[n])
    if _NEGATED.search(word) or _has(_DENIES, word.casefold()):
        return True
    # "n' est"
    if word in ("n", "N") and n + 1 < len(words) and _plain(words[n + 1]) == "'":
        return True
    following = words[n + 2].casefold() if n + 2 < len(words) and words[n + 1].isspace() else ""
    first = word.casefold()
    return any(following in second and head.match(first) for head, second in _TWO_WORDS)


def affirms(word: str) -> bool:
    """Say whether a word affirms what a word of denial in its place would deny."""
    return _has(_AFFIRMS, _plain(word).casefold())


def turned_round(word: str, others: Collection[str]) -> bool:
    """Say whether one of the words in its place is its opposite by a prefix: "likely", "unlikely".

    `others` are plain and in lower case.
    """
    bare = plain(word).casefold()
    if len(bare) < _SHORTEST or not bare[0].isalpha():
        return False
    return any(
        prefix + bare in others
        or (bare.startswith(prefix) and len(bare) >= len(prefix) + _SHORTEST
            and bare[len(prefix) :] in others)
        for prefix in _PREFIXES
    )  # fmt: skip


def _has(table: re.Pattern[str], word: str) -> bool:
    return bool(table.match(word) or table.match(_TIED.sub("", word)))


def _plain(word: str) -> str:
    return _VOWEL_MARKS.sub("", plain(word))
