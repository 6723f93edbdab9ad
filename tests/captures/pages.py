"""Pages of every sort that a fetch may bring home, written for these tests."""

SENTENCE = (
    "The emergency service said on Wednesday that more than two thousand civilians had been killed"
    " since the morning of the twenty-fourth, a figure nobody else could confirm. "
)
PARAGRAPH = f"<p>{SENTENCE * 2}</p>"
ARTICLE = f"""<!doctype html><html lang="en"><head><title>Tolls differ - Daily</title></head><body>
<nav><a href="/">Home</a> <a href="/war">War</a></nav><h1>Tolls differ by a factor of ten</h1>
{PARAGRAPH * 4}<footer>We use cookies and log in to continue <a href="/c">Cookie settings</a>
</footer></body></html>"""
UKRAINIAN = (
    "<html lang='uk'><head><title>Втрати різняться</title></head><body><h1>Втрати різняться</h1>"
    + "<p>Рятувальна служба повідомила, що від ранку двадцять четвертого загинуло понад дві тисячі"
    " мирних жителів, і цього числа ніхто інший не підтвердив.</p>" * 5 + "</body></html>"
)


def short(title: str, *lines: str, heading: str = "") -> str:
    """A page of few words."""
    body = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f"<html><head><title>{title}</title></head><body><h1>{heading or title}</h1>{body}</body>"
        "</html>"
    )


BLOCKS = {
    "challenge": "<html><head><title>Just a moment...</title></head><body><noscript>Enable"
    " JavaScript and cookies to continue</noscript><script>run()</script></body></html>",
    "captcha": short("One more step", "Please verify you are human by completing the captcha."),
    "denied": short("Access Denied", "You don't have permission to access this page."),
    "robot": short("Перевірка", "Підтвердьте, що ви не робот, щоб продовжити."),
    "traffic": short(
        "Sorry", "Our systems have detected unusual traffic from your computer network"
    ),
}
CONSENTS = {
    "english": short(
        "Daily", "We value your privacy", "We and our partners store data. Accept all"
    ),
    "ukrainian": short("Новини", "Ми цінуємо вашу приватність. Прийняти всі файли cookie"),
    "german": short("Zeitung", "Wir und unsere Partner verarbeiten Daten. Alle akzeptieren"),
}
LOGINS = {
    "facebook": short("Social", "Log in or sign up to see this", "Password <input type=password>"),
    "paper": short("Daily", "Already a subscriber? Sign in.", "Subscribe to continue reading."),
    "ukrainian": short("Вісник", "Увійдіть, щоб читати далі. Лише для передплатників."),
    "italian": short("Giornale", SENTENCE, "Abbonati per continuare a leggere."),
    "dutch": short("Krant", SENTENCE, "Log in om verder te lezen."),
    "german": short("Zeitung", SENTENCE, "Jetzt anmelden, um weiterzulesen."),
    "french": short("Journal", SENTENCE, "Cet article est réservé aux abonnés."),
    "spanish": short("Diario", SENTENCE, "Suscríbete para seguir leyendo."),
    "polish": short("Gazeta", SENTENCE, "Artykuł tylko dla prenumeratorów."),
    "form": "<html><title>Desk</title><form><input name=u><input type=password></form></html>",
}
MISSING = {
    "english": short("Page not found - Daily", "Try the search."),
    "number": short("404 | Daily", "Oops."),
    "ukrainian": short("Новини", "На жаль, сторінку не знайдено. Спробуйте пошук."),
    "russian": short("Ошибка 404", "Такой страницы нет."),
    "french": short("Page introuvable", "Retour."),
    "french too": short("Page non trouvée - Journal", SENTENCE),
    "french in a sentence": short("Journal", "Désolé, cette page n'existe pas ou plus."),
    "german too": short("Zeitung", "Diese Seite konnte leider nicht gefunden werden."),
    "german": short("Seite nicht gefunden | Zeitung", SENTENCE),
    "spanish too": short("Diario", "Lo sentimos, la página no existe."),
    "dutch": short("Pagina niet gevonden", SENTENCE),
    "italian": short("La pagina non esiste", SENTENCE),
    "polish": short("Strona nie została znaleziona", SENTENCE),
    "a heading of three digits": short("Daily", SENTENCE, heading="404"),
}
SHELLS = {
    "app": "<html><head><title>App</title></head><body><div id=root></div>"
    "<script src=a.js></script></body></html>",
    "noscript": "<html><title>App</title><noscript>You need to enable JavaScript to run this app."
    "</noscript><div id=root>Loading the newest stories of the day for all of our readers"
    + " and more of them " * 20
    + "</div></html>",
    "ukrainian": "<html><title>Стрічка</title><body>Увімкніть JavaScript у браузері</body></html>",
    "italian": "<html><title>Giornale</title><body>Abilita JavaScript nel browser</body></html>",
    "dutch": "<html><title>Krant</title><body>Schakel JavaScript in om verder te gaan"
    + " en nog een paar woorden " * 9
    + "</body></html>",
    "refresh": "<html><head><meta http-equiv=refresh content='0; url=/elsewhere'></head><body>"
    "Moving</body></html>",
    "nothing": "<html><body></body></html>",
    "hidden": f"<html><title>T</title><body style='display:none'>{PARAGRAPH}</body></html>".replace(
        "<p>", "<div>"
    ).replace("</p>", "</div>"),
}
# (host, what is shown, what became of it)
TOMBSTONES = [
    ("www.facebook.com", "This content isn’t available right now", "unavailable_unknown"),
    ("facebook.com", "Цей вміст наразі недоступний", "unavailable_unknown"),
    ("www.instagram.com", "Sorry, this page isn't available.", "unavailable_unknown"),
    ("x.com", "This Post was deleted by the Post author. Learn more", "deleted_by_author"),
    ("x.com", "Hmm...this page doesn’t exist. Try searching", "unavailable_unknown"),
    ("twitter.com", "Account suspended", "account_removed"),
    ("x.com", "This account has been withheld in Germany", "legal_takedown"),
    ("x.com", "Автор видалив цей допис", "deleted_by_author"),
    ("www.youtube.com", "This video has been removed by the uploader", "deleted_by_author"),
    ("youtu.be", "Video unavailable. This video is private", "access_restricted"),
    ("youtube.com", "Відео недоступне", "unavailable_unknown"),
    ("t.me", "Post not found", "unavailable_unknown"),
    ("vk.com", "Запись удалена", "unavailable_unknown"),
    ("www.reddit.com", "Sorry, this post was removed by Reddit's filters.", "deleted_by_platform"),
    ("medium.com", "The author deleted this Medium story", "deleted_by_author"),
    ("daily.test", "This article has been removed at the author's request.", "unpublished"),
    ("visnyk.test", "Матеріал знято з публікації", "unpublished"),
    ("visnyk.test", "Статтю видалено", "unpublished"),
    ("gazeta.test", "Материал удалён", "unpublished"),
    ("daily.test", "Unavailable for legal reasons", "legal_takedown"),
]
