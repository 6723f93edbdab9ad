"""Lines that pages write anew by themselves: when a page was updated, how often it was seen, what
else to read, where to share it, what to sign up for. PURE.

A line counts only as a whole, or what follows its last sentence: a sentence of the article with
such words in it is the article's.
"""

from __future__ import annotations

import re

from annotations.articles.written_dates import MONTH_NAMES
from annotations.lib.text import PLAIN_MARKS

# A longer line is the article's own, in code points.
LONGEST = 300
_LONGEST_TEASER = 200

# fmt: off
_UPDATED = (
    "(?:(?:page |article |story )?(?:was |is )?(?:last |first )?"
    "(?:updated|modified|published|posted|edited)|last update|update)"
    "|(?:востаннє )?(?:оновлено|опубліковано|змінено)|оновлення|(?:последнее )?обновление"
    "|обновлено|опубликовано|изменено"
    "|(?:zuletzt )?(?:aktualisiert|veröffentlicht|geändert)|aktualisierung|stand"
    "|(?:dernière )?mise à jour|mis à jour|publié|modifié"
    "|(?:última )?actualización|actualizado|publicado|modificado|تحديث|آخر تحديث|نشر"
)
_DATE_WORDS = (
    "on at by the of today yesterday now just ago hour hours hrs minute minutes mins min day days"
    " and am pm a p m st nd rd th gmt utc bst est edt cet cest eet eest msk pst pdt et ct pt"
    " monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
    " о об у в від на року р сьогодні вчора годин години година хвилин хвилини тому"
    " понеділок вівторок середа середу четвер п'ятниця п'ятницю субота суботу неділя неділю"
    " от года г сегодня вчера часов часа час минут минуты назад"
    " понедельник вторник среда среду пятница пятницу суббота воскресенье"
    " am um den der uhr vor stunden minuten heute gestern montag dienstag mittwoch donnerstag"
    " freitag samstag sonntag le la à a h il y heures aujourd'hui hier lundi mardi mercredi jeudi"
    " vendredi samedi dimanche el las los de del hace horas hoy ayer lunes martes miércoles jueves"
    " viernes sábado domingo في منذ ساعة دقيقة"
)
_COUNTED = (
    "comments?|views?|shares?|likes?|reads?|min(?:utes?)? read|reactions?"
    "|перегляд(?:ів|и)?|коментар\\w*|хв(?:илин)? читання|поширен\\w+"
    "|просмотр\\w*|комментари\\w*|минут\\w* чтения"
    "|kommentare?|aufrufe?|min(?:uten)? lesezeit|commentaires?|vues?|partages?"
    "|comentarios?|visitas?|vistas?|min de lectura|تعليق\\w*|مشاهد\\w*"
)
# Behind "read" and the like only: "How often? 42 times." is the article's.
_TIMES = "times|разів|раз|mal|fois|veces"
_COUNTER_HEADS = (
    "(?:this (?:page|article|story) (?:was|has been) )?(?:read|viewed|seen|visited)"
    "|comments?|views?|shares?|likes?|(?:цю сторінку )?прочитано|перегляд(?:ів|и)|коментар\\w*"
    "|прочитано|просмотр\\w*|комментари\\w*|aufrufe|kommentare|gelesen|lu|vues|commentaires"
    "|leído|visitas|comentarios"
)
_READ_MORE = (
    "read (?:more|also|next|on)|also read|related(?: (?:articles?|stories|story|topics?|content))?"
    "|see also|more (?:on|about) this(?: story| topic)?|more on this story"
    "|recommended (?:for you|stories|reading)|you (?:may|might) also like|most read|don't miss"
    "|further reading|watch"
    "|читайте (?:також|ще|більше)|читати (?:також|більше)|дивіться також|також читайте"
    "|більше (?:по|за) тем[іою]+|по темі|за темою|вам може бути цікаво"
    "|читайте (?:также|ещё|еще|больше)|читать (?:также|далее)|смотрите также|по теме"
    "|lesen sie (?:auch|mehr|dazu)|mehr (?:zum thema|dazu|lesen)|siehe auch"
    "|auch interessant|lire (?:aussi|plus|la suite|également)|(?:à|a) lire(?: aussi)?|voir aussi"
    "|sur le même sujet|le(?:a|e)r? (?:también|más)|leer más|ver también|te puede interesar"
    "|relacionad[oa]s?|artículos relacionados|اقرأ (?:أيضا|أيضًا|المزيد)|مواضيع ذات صلة"
)
# Over other headlines only: "Recommended: no more than 2 a day" is the article's.
_READ_MORE_ALONE = "recommended|рекомендуємо|рекомендуем"
_SHARE_HEADS = (
    "share|follow us|tweet|like us|поділитися|поділіться|поширити|поширте|стежте за нами"
    "|поделиться|поделитесь|следите за нами|teilen|folgen sie uns|partager|partagez|suivez-nous"
    "|compartir|comparte|síguenos|síganos|شارك|مشاركة|تابعنا"
)
_SHARE_WORDS = (
    "this the article story post page link on via with to in by and or your friends email e-mail"
    " facebook twitter x telegram whatsapp viber instagram linkedin reddit pinterest tiktok youtube"
    " threads bluesky mastodon signal messenger vk ok flipboard pocket google news print copy"
    " цю цим статтю статтею новину новиною у в на через та і або друзями фейсбук фейсбуці твіттері"
    " телеграм телеграмі вайбер эту этой статью статьей новость новостью через или друзьями"
    " фейсбуке твиттере телеграме и"
    " diesen artikel auf per über und oder bei cet article sur par et ou avec vos amis"
    " este esta artículo noticia en por y o con amigos sus tus على هذا المقال و عبر"
)
_SIGN_UP = (
    r"(?:sign up|subscribe)(?: now| today| here)?(?: for| to) (?:our|the|your|a)\b"
    r"|підпи(?:суйтесь|суйтеся|шіться|шись|сатися|суйся) на (?:наш|нашу|наші|розсилку|канал)\w*"
    r"|підпи(?:суйтесь|суйтеся) на |подпи(?:сывайтесь|шитесь|сывайся|саться) на "
    r"|(?:abonnieren|bestellen) sie (?:unseren|den)\b|jetzt (?:den )?(?=newsletter)"
    r"|(?:inscrivez-vous|abonnez-vous) (?:à|a) |s'abonner à "
    r"|(?:suscríb(?:ete|ase)|regístr(?:ate|ese)|inscríb(?:ete|ase)) (?:a|en|al) |اشترك في "
)
_OFFERED = (
    "newsletters?|mailing list|channels?|telegram|whatsapp|youtube|alerts?|updates|podcasts?"
    "|emails?|розсилк\\w+|канал\\w*|рассылк\\w+|infolettre|chaîne|canal|bolet[ií]n\\w*|النشرة\\w*|قناتنا"
)
# fmt: on

_NUMBER = r"\d[\d.,'\u00a0\u202f ]*[kmKM]?"
_DATED = "|".join(
    sorted({re.escape(one) for one in (*_DATE_WORDS.split(), *MONTH_NAMES)}, key=len, reverse=True)
)
_SHARED = "|".join(sorted({re.escape(one) for one in _SHARE_WORDS.split()}, key=len, reverse=True))
_GAP = r"[\s.,:;|/·•—–()\[\]*_-]"
# After the label only dates, times and marks, and at least one digit or "ago" among them.
_STAMP = rf"(?:{_UPDATED})\b(?:{_GAP}|\d|h(?=\d)|(?:(?<=\d)|\b)(?:{_DATED})\b)+"
_COUNTER = (
    rf"(?:(?:{_COUNTER_HEADS}){_GAP}*{_NUMBER}(?:(?:{_COUNTED}|{_TIMES})\b)?"
    rf"|{_NUMBER}(?:(?:{_COUNTED})\b|mal gelesen\b))"
)
_SHARE = rf"(?:{_SHARE_HEADS})\b(?:{_GAP}|/|\b(?:{_SHARED})\b)*"
# What is counted may stand behind a number that was read as part of a time: "14:05. 12 comments".
_PIECE = re.compile(
    rf"(?:{_STAMP}|{_COUNTER}|(?<=\d\s)(?:{_COUNTED})\b|{_SHARE})(?:{_GAP}+|\Z)", re.IGNORECASE
)
_TEASER = re.compile(
    rf"[\W_]*(?:(?:{_READ_MORE})\s*(?:(?:[:>»→|]|\s[-–—])\s*(?P<rest>.*))?"
    rf"|(?:{_READ_MORE_ALONE})\W*)\Z",
    re.IGNORECASE,
)
# What is offered stands beside the invitation: further on, a sentence names what it likes.
_OFFER = re.compile(rf"\W*(?:{_SIGN_UP})[^.,:;!?…]{{0,40}}?\b(?:{_OFFERED})\b.*\Z", re.IGNORECASE)
_LEAD = re.compile(rf"{_GAP}*")
# A sentence that ends, and one that begins behind it.
_SENTENCES = re.compile(r"[.!?…؟][\"”»)]*\s+\S")
_STOP = re.compile(r"[.!?…؟][\"”»)]*\s+(?=\S)")
_FULL_STOP = re.compile(r"(?<!\.)\.[\"”»)]*(?:\s|\Z)")


def is_boilerplate(line: str) -> bool:
    """Say whether a line is nothing but such words. Bounded: a longer line never is."""
    words = line.translate(PLAIN_MARKS).strip()
    if not words or len(words) > LONGEST:
        return False
    return _is_pieces(words) or _is_teaser(words) or _is_offer(words)


def boilerplate_start(line: str) -> int:
    """Return from where on a line is nothing but such words; its length where it is nowhere.

    Of a page that is all in one line, a counter stands behind the last sentence. What stands
    behind a question answers it: "How many did he sell? 4,000 shares".
    """
    if is_boilerplate(line):
        return 0
    for stop in _STOP.finditer(line, max(0, len(line) - LONGEST)):
        rest = line[stop.end() :].translate(PLAIN_MARKS).strip()
        if stop[0][0] not in "?؟" and _is_pieces(rest):
            return stop.end()
    return len(line)


def _is_pieces(words: str) -> bool:
    """Read stamps, counters and invitations to share one after another to the line's end."""
    lead = _LEAD.match(words)
    at = lead.end() if lead else 0
    while at < len(words):
        piece = _PIECE.match(words, at)
        if piece is None:
            return False
        at = piece.end()
    return True


def _is_teaser(words: str) -> bool:
    """Say whether it is "Read more:" alone or with a headline: a sentence is the article's."""
    found = _TEASER.match(words)
    if found is None:
        return False
    rest = found["rest"] or ""
    is_sentence = _FULL_STOP.search(rest)
    return len(rest) <= _LONGEST_TEASER and not is_sentence


def _is_offer(words: str) -> bool:
    return bool(_OFFER.match(words)) and not _SENTENCES.search(words)
