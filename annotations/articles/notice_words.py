"""How outlets say that they changed an article, in several languages. PURE.

Everything is matched in lower case. A label opens a paragraph; a phrase opens a sentence.
"""

from __future__ import annotations

import re

# fmt: off
# These say by themselves that something was wrong or unclear.
CORRECTIONS = (
    "correction", "corrections", "corrections and clarifications", "correction and clarification",
    "corrections & clarifications", "erratum", "corrigendum",
    "correction appended", "a correction",
    "виправлення", "виправлено", "спростування та виправлення", "виправлення помилки",
    "исправление", "исправлено",
    "berichtigung", "korrektur", "richtigstellung", "korrekturhinweis",
    "rectificatif", "rectification", "correctif", "errata",
    "fe de errores", "fe de erratas", "corrección", "rectificación",
    "تصحيح", "تصويب", "استدراك",
    "sprostowanie", "korekta", "errata corrige", "rettifica", "correzione",
)
CLARIFICATIONS = (
    "clarification", "clarifications",
    "уточнення", "уточнено", "роз'яснення", "уточнение", "разъяснение",
    "klarstellung", "präzisierung", "précision", "clarificación", "aclaración",
    "توضيح", "تنويه", "wyjaśnienie", "precisazione", "chiarimento",
)
UPDATES = (
    "update", "updated", "оновлення", "оновлено", "обновление", "обновлено", "дополнено",
    "aktualisierung", "mise à jour", "actualización", "تحديث", "aktualizacja", "aggiornamento",
)
# These open all sorts of remarks: only one that tells of a change counts.
EDITORS = (
    "editor's note", "editors' note", "editors note", "editor’s note", "note from the editor",
    "note to readers", "for the record", "від редакції", "примітка редакції",
    "от редакции", "примечание редакции",
    "anmerkung der redaktion", "anm. d. red.", "hinweis der redaktion",
    "note de la rédaction", "ndlr", "nota de la redacción", "nota del editor",
    "ملاحظة المحرر", "ملاحظة من المحرر", "تنويه من المحرر", "od redakcji",
)

_EN_PIECE = r"(?:article|story|post|report|piece|page|column|item|headline|video|caption|blog)"
_UK_PIECE = r"(?:статт[іяюі]|матеріалу?|тексту?|новин[аиуі]|публікаці[їяю]|допису?)"
_RU_PIECE = r"(?:стать[иеяю]|материал[ае]?|текст[ае]?|новост[иь]|публикаци[ияю])"
_DE_PIECE = r"(?:artikels?|textes|text|beitrags?|berichts?|meldung)"
_FR_PIECE = r"(?:article|texte|dépêche|papier|titre)"
_ES_PIECE = r"(?:artículo|noticia|texto|información|nota|titular|pieza)"
_AR_PIECE = r"(?:المقالة?|الخبر|التقرير|المادة|النص)"
# An article that says it was changed; a date beside it is that of the change.
_CHANGED = (
    rf"(?:this|the) {_EN_PIECE} (?:was|has been) (?:since )?(?:amended|corrected|updated|edited|"
    r"revised|changed|clarified)"
    r"(?= on | to | after | at | in order | because | since | with |[.,;:])",
    rf"(?:we|the editors) have (?:since )?(?:amended|corrected|clarified) (?:this|the) {_EN_PIECE}",
    rf"this is a corrected version of (?:this|the|an) (?:earlier )?{_EN_PIECE}",
    rf"(?:цю|цей|ця|у цій|у цьому) {_UK_PIECE} (?:було |була |був )?(?:виправлено|уточнено|"
    r"оновлено|доповнено|змінено|виправили|уточнили)",
    rf"(?:эт[ауо]т?|в этой|в этом) {_RU_PIECE} (?:была? |было )?(?:исправлен|уточнен|уточнён|"
    r"обновлен|обновлён|изменен|изменён|дополнен)[ао]?",
    rf"(?:dieser|dieses|diese|der|die) {_DE_PIECE} (?:wurde|ist) (?:[\w.,: ]{{0,60}}? )?"
    r"(?:korrigiert|berichtigt|aktualisiert|geändert|ergänzt|präzisiert)",
    rf"(?:cet|cette|ce) {_FR_PIECE} a été "
    r"(?:modifiée?|corrigée?|mise? à jour|actualisée?|amendée?)",
    rf"(?:este|esta|el|la) {_ES_PIECE} (?:ha sido|fue|se ha) "
    r"(?:corregid[oa]|modificad[oa]|actualizad[oa]|corregido|rectificad[oa])",
    rf"(?:تم|جرى) (?:تصحيح|تعديل|تحديث) (?:هذا |هذه )?{_AR_PIECE}",
)
# A sentence about what stood there before; a date in it may be that of anything.
_EARLIER = (
    r"(?:in )?(?:an|the|a) (?:earlier|previous|original|prior|first) version of th(?:is|e) "
    + _EN_PIECE,
    r"(?:у|в) (?:попередній|першій|ранішій|початковій) версії "
    rf"(?:цієї|цього|нашої|нашого)? ?{_UK_PIECE}",
    rf"(?:попередня|перша|початкова) версія (?:цієї|цього) {_UK_PIECE}",
    rf"(?:раніше|спочатку) (?:у|в) (?:цій|цьому) {_UK_PIECE}",
    rf"в (?:предыдущей|первой|более ранней|первоначальной) версии (?:этой|этого)? ?{_RU_PIECE}",
    r"in einer (?:früheren|ersten|vorherigen) (?:version|fassung) "
    rf"(?:dieses|des|dieser|der) {_DE_PIECE}",
    rf"eine (?:frühere|erste|vorherige) (?:version|fassung) (?:dieses|des|dieser) {_DE_PIECE}",
    r"in einer (?:früheren|ersten|vorherigen) (?:version|fassung) "
    r"(?:hieß|stand|hatte|hatten|haben|war)",
    rf"(?:dans )?une (?:première|précédente|ancienne) version de (?:cet|cette|ce) {_FR_PIECE}",
    r"(?:en )?una (?:versión|primera versión) (?:anterior|previa|de) ?"
    rf"(?:de )?(?:este|esta) {_ES_PIECE}",
    rf"(?:في |ذكرت |جاء في )?(?:نسخة|صيغة) (?:سابقة|أولى) من (?:هذا|هذه) ?{_AR_PIECE}",
)
# What a remark of the editors must speak of, to be one about a change.
_TELLS = (
    "correct", "amend", "clarif", "retract", "erroneous", "inaccura", "misstat", "in error",
    "earlier version", "previous version", "removed", "withdrawn",
    "виправ", "уточн", "помилк", "вилуч", "попередній версії", "исправ", "ошибк", "удален",
    "korrig", "berichtig", "fehler", "früheren version", "früheren fassung", "richtig gestellt",
    "corrig", "erreur", "rectifi", "précédente version", "correg", "error", "rectific",
    "versión anterior", "تصحيح", "خطأ", "sprostow", "popraw", "błąd", "błęd",
)
# fmt: on

CHANGED = re.compile("|".join(_CHANGED))
EARLIER = re.compile("|".join(_EARLIER))
TELLS = re.compile("|".join(map(re.escape, _TELLS)))
