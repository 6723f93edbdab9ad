"""What walls, blocks, missing pages and removed posts say, in several languages. PURE.

All in lower case with plain apostrophes and single spaces, as `folded` writes a page's words. A
phrase decides nothing alone: quality.py looks at how much else there is to read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

# Where a word may be broken at a line's end is no part of it.
_PLAIN = str.maketrans(
    dict.fromkeys("’‘ʼ`´′＇", "'") | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)


def folded(words: str) -> str:
    """Return words as the phrases below are written, each letter in its one spelling (NFKC).

    For the words of a notice: of a million marks on one letter it would take long.
    """
    plain = unicodedata.normalize("NFKC", words.translate(_PLAIN))
    return " ".join(plain.casefold().split())


CONSENT_HOSTS = (
    "consent.google.com", "consent.youtube.com", "consent.yahoo.com", "guce.yahoo.com",
    "guce.advertising.com", "myprivacy.dpgmedia.nl", "cmp.privacy-mgmt.com",
)  # fmt: skip

LOGIN = (
    "log in to continue", "sign in to continue", "log in to see", "sign up to see",
    "you must log in", "you must be logged in", "please log in", "please sign in",
    "log in or sign up", "create an account to", "subscribe to continue", "subscribe to read",
    "already a subscriber", "this content is for subscribers", "to continue reading",
    "увійдіть, щоб", "увійти або зареєструватися", "потрібно увійти", "лише для передплатників",
    "оформіть передплату", "войдите, чтобы", "необходимо войти", "только для подписчиков",
    "bitte melden sie sich an", "connectez-vous pour", "inicia sesión para", "zaloguj się, aby",
    "um weiterzulesen", "cet article est réservé", "la suite est réservée", "para seguir leyendo",
    "este artículo es exclusivo", "artykuł tylko dla prenumeratorów", "artykuł tylko dla subskryb",
    "accedi per continuare", "per continuare a leggere", "questo articolo è riservato",
    "om verder te lezen", "dit artikel is alleen voor abonnees",
)  # fmt: skip
# Who may write below a page is no matter of who may read it.
COMMENTING = re.compile(
    r"\bcomment|\breply|\bcoment|коментар|комментар|komment|komentarz|відповіс|ответи"
)
LOGIN_PATHS = (
    "/login", "/log-in", "/signin", "/sign-in", "/accounts/login", "/account/login", "/auth",
    "/users/sign_in", "/checkpoint", "/uas/login", "/i/flow/login", "/subscribe",
)  # fmt: skip

NOT_FOUND = (
    "page not found", "404 not found", "error 404", "404 error", "http 404",
    "page doesn't exist", "page does not exist", "page isn't available", "page can't be found",
    "page cannot be found", "couldn't find that page", "couldn't find the page",
    "we can't find the page", "article not found",
    "сторінку не знайдено", "сторінка не знайдена", "сторінки не існує", "такої сторінки немає",
    "помилка 404", "матеріал не знайдено", "новину не знайдено",
    "страница не найдена", "такой страницы нет", "ошибка 404",
    "страница не существует", "материал не найден",
    "strony nie znaleziono", "nie znaleziono strony", "strona nie istnieje",
    "strona nie została znaleziona", "seite nicht gefunden", "seite konnte nicht gefunden werden",
    "seite konnte leider nicht gefunden werden", "seite existiert nicht", "page introuvable",
    "page non trouvée", "page n'existe pas", "page n'existe plus", "página no encontrada",
    "página no existe", "página no se ha encontrado", "pagina non trovata", "pagina non esiste",
    "pagina niet gevonden", "pagina bestaat niet",
)  # fmt: skip
# What is said of other things too: a search, a product.
NOTHING_HERE = (
    "no longer available", "nothing was found", "нічого не знайдено", "ничего не найдено",
)  # fmt: skip

SCRIPT_NEEDED = (
    "enable javascript", "javascript is disabled", "javascript is required", "requires javascript",
    "turn on javascript", "you need to enable javascript", "without javascript",
    "увімкніть javascript", "включите javascript", "javascript вимкнено", "javascript aktivieren",
    "activer javascript", "habilita javascript", "włącz javascript",
    "abilita javascript", "schakel javascript in",
)  # fmt: skip


class Removal(StrEnum):
    """What a tombstone says became of what stood there; named as the events are."""

    DELETED_BY_AUTHOR = "deleted_by_author"
    DELETED_BY_PLATFORM = "deleted_by_platform"
    ACCOUNT_REMOVED = "account_removed"
    ACCESS_RESTRICTED = "access_restricted"
    UNPUBLISHED = "unpublished"
    LEGAL_TAKEDOWN = "legal_takedown"
    UNAVAILABLE = "unavailable_unknown"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What a kind of platform shows where something is gone; no hosts: any site."""

    hosts: tuple[str, ...]
    removal: Removal
    phrases: tuple[str, ...]


_META = ("facebook.com", "fb.com", "instagram.com", "threads.net", "threads.com")
_X = ("x.com", "twitter.com")
_VIDEO = ("youtube.com", "youtu.be", "tiktok.com", "vimeo.com", "dailymotion.com", "rumble.com")
_CHANNELS = ("t.me", "telegram.me")
_VK = ("vk.com", "vk.ru", "ok.ru")
_TALK = ("reddit.com", "bsky.app", "linkedin.com")
_BLOGS = ("medium.com", "substack.com", "tumblr.com", "wordpress.com", "blogspot.com",
          "livejournal.com")  # fmt: skip

# By removal, the more telling first: the first that fits is taken.
TOMBSTONES = (
    Tombstone(_VIDEO, Removal.DELETED_BY_AUTHOR, (
        "this video has been removed by the uploader", "автор видалив це відео",
        "видео удалено пользователем", "the uploader has not made this video available",
    )),
    Tombstone(_VIDEO, Removal.ACCESS_RESTRICTED, (
        "this video is private", "private video", "це відео приватне", "это видео с ограниченным",
    )),
    Tombstone(_VIDEO, Removal.DELETED_BY_PLATFORM, (
        "this video has been removed for violating", "removed for violating youtube's",
        "це відео видалено за порушення", "видео удалено за нарушение",
    )),
    Tombstone(_VIDEO, Removal.ACCOUNT_REMOVED, (
        "account associated with this video has been terminated", "couldn't find this account",
        "this account has been terminated", "this channel does not exist",
        "цей канал не існує", "не вдалося знайти цей обліковий запис",
    )),
    Tombstone(_VIDEO, Removal.UNAVAILABLE, (
        "this video is unavailable", "video unavailable", "video isn't available anymore",
        "video currently unavailable", "відео недоступне", "це відео більше не доступне",
        "видео недоступно",
    )),
    Tombstone(_META, Removal.UNAVAILABLE, (
        "this content isn't available", "sorry, this page isn't available",
        "the link you followed may be broken, or the page may have been removed",
        "it's been deleted", "цей вміст зараз недоступний", "цей вміст наразі недоступний",
        "на жаль, ця сторінка недоступна", "ця сторінка недоступна", "вміст недоступний",
        "этот контент сейчас недоступен", "к сожалению, эта страница недоступна",
        "dieser inhalt ist momentan nicht verfügbar", "ta zawartość jest teraz niedostępna",
        "ce contenu n'est pas disponible",
    )),
    Tombstone(_X, Removal.DELETED_BY_AUTHOR, (
        "this post was deleted by the post author", "this tweet was deleted by the tweet author",
        "автор видалив цей допис", "автор удалил этот пост",
    )),
    Tombstone(_X, Removal.ACCOUNT_REMOVED, (
        "this account doesn't exist", "account suspended", "from a suspended account",
        "from an account that no longer exists", "цього акаунта не існує",
        "обліковий запис призупинено", "эта учетная запись не существует",
    )),
    Tombstone(_X, Removal.LEGAL_TAKEDOWN, (
        "withheld in response to a legal demand", "has been withheld in",
    )),
    Tombstone(_X, Removal.DELETED_BY_PLATFORM, (
        "this post violated the x rules", "this tweet violated the twitter rules",
    )),
    Tombstone(_X, Removal.UNAVAILABLE, (
        "this post is unavailable", "this tweet is unavailable", "this page doesn't exist",
        "nothing to see here", "цей допис недоступний", "цієї сторінки не існує",
        "этот пост недоступен", "этой страницы не существует",
    )),
    Tombstone(_CHANNELS, Removal.UNAVAILABLE, (
        "post not found", "channel not found", "this channel can't be displayed",
        "this message couldn't be displayed", "допис не знайдено", "пост не найден",
    )),
    Tombstone(_VK, Removal.DELETED_BY_AUTHOR, (
        "запись удалена автором", "страница удалена пользователем", "пост удалён автором",
    )),
    Tombstone(_VK, Removal.UNAVAILABLE, (
        "запись удалена", "запись не найдена", "страница удалена", "post deleted",
        "страница заблокирована", "запис видалено", "сторінку видалено",
    )),
    Tombstone(_TALK, Removal.DELETED_BY_AUTHOR, (
        "deleted by the person who originally posted it", "post was deleted by its author",
    )),
    Tombstone(_TALK, Removal.DELETED_BY_PLATFORM, (
        "this post was removed by", "removed by the moderators", "removed by reddit",
    )),
    Tombstone(_TALK, Removal.UNAVAILABLE, (
        "post not found", "this post cannot be displayed", "this post is no longer available",
        "this community doesn't exist",
    )),
    Tombstone(_BLOGS, Removal.DELETED_BY_AUTHOR, (
        "the author deleted this", "the authors have deleted this site", "blog has been removed",
        "user deactivated their account", "запись была удалена",
    )),
    Tombstone(_BLOGS, Removal.DELETED_BY_PLATFORM, (
        "has been archived or suspended", "under investigation or was found in violation",
    )),
    Tombstone((), Removal.LEGAL_TAKEDOWN, (
        "unavailable for legal reasons", "removed following a court order",
        "removed due to a court order", "видалено за рішенням суду", "удалено по решению суда",
        "удалён по решению суда", "удален по решению суда",
    )),
    Tombstone((), Removal.UNPUBLISHED, (
        "this article has been removed", "this article has been withdrawn",
        "this story has been removed", "this story has been withdrawn",
        "this page has been removed", "this post has been removed", "this post has been deleted",
        "this press release has been withdrawn", "this statement has been removed",
        "цю статтю видалено", "статтю видалено", "статтю вилучено", "матеріал видалено",
        "матеріал вилучено", "новину видалено", "публікацію видалено", "допис видалено",
        "матеріал знято з публікації", "статья удалена", "материал удален", "материал удалён",
        "новость удалена", "публикация удалена", "материал снят с публикации",
        "artykuł został usunięty", "dieser artikel wurde entfernt", "cet article a été supprimé",
        "este artículo ha sido eliminado", "questo articolo è stato rimosso",
    )),
)  # fmt: skip
