"""Numbers: in words, in digits of any script, and the signs that belong to them. PURE.

One table for every language of the product, as a text does not say which one a word is in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from annotations.spans.plain import plain

# A star stands for any ending. English, German, French, Spanish, Ukrainian, Russian, Arabic.
_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
    " hundred hundreds thousand thousands million millions billion billions trillion trillions"
    " dozen dozens half halves quarter quarters once twice thrice double triple pair couple"
    " first second third fourth fifth sixth seventh eighth ninth tenth twentieth",
    "million millionen milliarde milliarden billion billionen dutzend dutzende hunderte tausende"
    " hälfte drittel viertel halb einmal zweimal dreimal erste ersten zweite zweiten dritte"
    " dritten",
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt"
    " vingts trente quarante cinquante soixante septante huitante nonante cent cents mille"
    " milliard milliards dizaine* douzaine* quinzaine* vingtaine* trentaine* centaine* millier"
    " milliers moitié tiers quart demi demie premier première deuxième troisième",
    "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis"
    " diecisiete dieciocho diecinueve veint* treinta cuarenta cincuenta sesenta setenta ochenta"
    " noventa cien ciento cientos doscient* trescient* cuatrocient* quinient* seiscient* setecient*"
    " ochocient* novecient* mil miles millón millones billón billones decena decenas docena docenas"
    " centenar centenares millar millares mitad tercio cuarto primero primera segundo segunda"
    " tercero tercera",
    "один одна одне одного однієї дві два двох двом двоє двадцят* дванадцят* три трьох трьом троє"
    " тридцят* тринадцят* чотири чотирьох чотирьом четверо чотирнадцят* п'ять п'яти п'ятьох п'ятеро"
    " п'ятнадцят* п'ятдесят* шість шести шістьох шестеро шістнадцят* шістдесят* сім семи сімох"
    " семеро сімнадцят* сімдесят* вісім восьми вісьмох восьмеро вісімнадцят* вісімдесят* дев'ять"
    " дев'яти дев'ятьох дев'ятеро дев'ятнадцят* дев'яност* десять десяти десятьох десятк*"
    " одинадцят*"
    " сорок сорока сто ста сотня сотні сотень сотнями двіст* двохсот трист* трьохсот чотирист*"
    " п'ятсот шістсот сімсот вісімсот дев'ятсот тисяч* мільйон* мільярд* трильйон* половин* третин*"
    " чверт* вдвічі удвічі втричі утричі півтора півтори перший перша перше другий друга друге"
    " третій третя третє",
    "одно двое двух двум две двадцат* двенадцат* трое трех трёх трем трём тридцат* тринадцат*"
    " четыре четырех четырёх четырнадцат* пять пяти пятеро пятнадцат* пятьдесят* шесть шестнадцат*"
    " шестьдесят* семь семнадцат* семьдесят* восемь восьми восемнадцат* восемьдесят* девять девяти"
    " девятнадцат* девяност* десяти одиннадцат* сотен двест* четырест* пятьсот шестьсот семьсот"
    " восемьсот девятьсот миллион* миллиард* триллион* треть трети четверть четверти вдвое втрое"
    " полтора первый первая первое второй вторая второе третий третья третье",
    "واحد واحدة اثنان اثنين اثنتان اثنتين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمان"
    " ثماني ثمانية تسع تسعة عشر عشرة عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين"
    " سبعون سبعين ثمانون ثمانين تسعون تسعين مئة مائة مئات مئتان مئتين ألف آلاف ألفان ألفين مليون"
    " مليونان ملايين مليار مليارات نصف ثلث ربع عشرات",
)
# German writes them as one word: "einundzwanzig", "zweihundert".
_GERMAN = re.compile(
    r"(?:ein|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|sech|sieb|zwan|und"
    r"|zig|ßig|hundert|tausend)+\Z"
)
_NO_GERMAN = frozenset(("ein", "und", "einzig", "sieb", "sech", "zig"))
_TABLE = re.compile(
    "و?(?:"
    + "|".join(
        sorted({re.escape(one).replace(r"\*", r"\w*") for words in _WORDS for one in words.split()})
    )
    + r")\Z"
)
_LONGEST = 40
_BEFORE = frozenset("-+±<>≤≥≈~#№")
_AFTER = frozenset("%‰°+")


def is_number(word: str) -> bool:
    """Say whether a word is a number, in digits or in words: "½", "twenty-one"."""
    if any(one.isnumeric() for one in word):
        return True
    bare = plain(word).casefold()
    if len(bare) > _LONGEST:
        return False
    parts = [one for one in bare.split("-") if one]
    return bool(parts) and all(_is_number_word(one) for one in parts)


def is_sign(words: Sequence[str], n: int) -> bool:
    """Say whether the n-th word is a sign of the number beside it: "-", "$", "%"; white space
    between words is a word of its own.
    """
    sign = plain(words[n])
    is_money = len(sign) == 1 and unicodedata.category(sign) == "Sc"
    if not (is_money or sign in _BEFORE or sign in _AFTER):
        return False
    if (is_money or sign in _AFTER) and _is_digits(words, n - 1, n - 2):
        return True
    if sign == "-" and n and words[n - 1][-1].isalpha():
        return False
    further = n + 1 if sign == "-" else n + 2
    return (is_money or sign in _BEFORE) and _is_digits(words, n + 1, further)


def _is_digits(words: Sequence[str], at: int, further: int) -> bool:
    """Say whether a number in digits stands at a place, or behind white space there."""
    if 0 <= at < len(words) and words[at].isspace():
        at = further
    return 0 <= at < len(words) and any(one.isnumeric() for one in words[at])


def _is_number_word(word: str) -> bool:
    return bool(_TABLE.match(word)) or (word not in _NO_GERMAN and bool(_GERMAN.match(word)))
