"""What stands in the way of a page says, in nine languages: checks, borders, cookies. PURE.

As `quality_words.folded` writes words, and without numbers: "we and our 843 partners" is "we and
our partners" here. walls.py looks at how much else there is to read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Said to whoever reads: a report speaks of people, a wall speaks to one. German has "Sie" for "you"
# and for "they", told by its capital where it does not begin a sentence. Short words are others'
# too: "US", the French "du", the Spanish and Polish "u", the Polish "we wtorek".
_DU = "kannst|hast|bist|möchtest|musst|willst|darfst|wirst|brauchst|stimmst|findest|nutzt|siehst"
_U = "kunt|bent|heeft|hebt|wilt|moet|mag|gaat|wordt|akkoord"
SPEAKS_TO_ITS_READER = re.compile(
    r"(?<=\S )(?-i:Sie|Ihr\w{0,2}|Ihnen)\b|"
    r"\b(?:we(?! (?:wtor|wrze|wroc|wspó|wszy|wła|wło|fran|lwow|środ))|(?-i:[Uu]s)|our|you|your|"
    rf"please|wir|uns|unser\w*|du(?= (?:{_DU})\b)|(?:{_DU}) du|dein\w*|bitte|"
    r"nous|notre|nos|vous|votre|vos|veuillez|"
    r"noi|nostr[aeio]|tu[aeoi]|tuoi|puoi|vostr[aeio]|utilizziamo|usiamo|"
    r"nosotros|nuestr[ao]s?|tus?|usted|puedes?|utilizamos|usamos|quieres|"
    rf"wij|ons|onze|je|jouw|uw|u(?= (?:{_U}|een mens)\b)|(?:{_U}|dat|als|om|indien) u(?![.\w-])|"
    r"my|nasi|nasz\w*|tw[oó]j\w*|twoi\w*|państw\w*|możesz|używamy|prosimy|"
    r"ми|нас|нам|наш\w*|ви|вас|вам|ваш\w*|використовуємо|можете|"
    r"мы|вы|используем|пожалуйста)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wall:
    """One kind of wall.

    `says` are words that it says itself, `buttons` what it has to be pressed (two of them say as
    much), `heads` what says as much where it is all of a title, heading or line. `told` finds what
    says it in other words where it is said to the reader, `about` whatever such walls speak of. As
    many code points as `rest` may stand beside it.
    """

    says: tuple[str, ...]
    told: re.Pattern[str]
    about: re.Pattern[str]
    heads: frozenset[str] = field(default_factory=frozenset)
    buttons: tuple[str, ...] = ()
    rest: int = 150


_ROBOT = (
    "just a moment...", "checking your browser", "attention required! | cloudflare",
    "verify you are human", "verify you are a human", "verify that you are a human",
    "verify that you are human", "verifying you are human", "confirm you are a human",
    "confirm that you are a human", "confirm you are human", "proves you are a human",
    "are you a robot", "i'm not a robot", "that you are not a robot", "that you're not a robot",
    "that you are not a bot", "that you're not a bot", "press and hold", "press & hold",
    "unusual traffic from your computer", "enable javascript and cookies to continue",
    "please enable cookies.", "access to this page has been denied", "pardon our interruption",
    "request unsuccessful. incapsula", "you don't have permission to access", "access denied",
    "the request could not be satisfied", "sorry, you have been blocked", "ddos-guard",
    "ddos protection by", "complete the captcha", "solve the captcha", "your ip has been",
    "complete the security check", "verifying your browser", "enable js and disable any ad blocker",
    "additional security check is required", "vercel security checkpoint",
    "your request is being verified", "slide to verify", "blocked by network security",
    "checking if the site connection is secure", "review the security of your connection",
    "your connection needs to be verified", "revisar la seguridad de su conexión",
    "revisar la seguridad de tu conexión", "usted es un ser humano", "que eres un ser humano",
    "vérifier la sécurité de votre connexion", "sicherheit ihrer verbindung überprüfen",
    "verificare la sicurezza della tua connessione", "sprawdzić bezpieczeństwo połączenia",
    "перевірити безпеку вашого підключення", "проверить безопасность вашего подключения",
    "доступ заборонено", "перевірка браузера", "що ви не робот", "що ви людина",
    "натисніть і утримуйте", "натисніть та утримуйте",
    "доступ запрещен", "доступ запрещён", "что вы не робот", "вы не робот", "что вы человек",
    "нажмите и удерживайте", "проверка браузера",
    "dostęp zabroniony", "że jesteś człowiekiem", "nie jesteś robotem", "naciśnij i przytrzymaj",
    "zugriff verweigert", "sie ein mensch sind", "sie kein roboter sind", "gedrückt halten",
    "halten sie die schaltfläche gedrückt",
    "accès refusé", "que vous êtes un humain", "vous êtes humain", "vous n'êtes pas un robot",
    "acceso denegado", "que eres humano", "no eres un robot", "mantén pulsado",
    "di essere un essere umano", "di non essere un robot", "tieni premuto", "accesso negato",
    "dat u een mens bent", "dat je een mens bent", "geen robot bent", "houd de knop ingedrukt",
    "toegang geweigerd",
)  # fmt: skip
_BORDER = (
    "available in your country", "unavailable in your country", "available in your region",
    "unavailable in your region", "available in your location", "unavailable in your location",
    "currently unavailable to visitors from the european",
    "country belonging to the european economic area", "access cannot be granted at this time",
    "unavailable to most european countries", "unavailable in most european countries",
    "unavailable due to legal reasons", "not available in the european economic area",
    "unavailable in the european economic area", "unavailable to visitors from the european union",
    "not available to readers in europe", "not available to visitors from europe",
    "у вашій країні", "у вашому регіоні", "у вашому розташуванні",
    "в вашей стране", "в вашем регионе",
    "in ihrem land leider nicht verfügbar", "in ihrem land nicht verfügbar",
    "in ihrer region nicht verfügbar", "in deinem land nicht verfügbar",
    "disponible dans votre pays", "disponible dans votre région",
    "disponible en tu país", "disponible en tu región", "disponible en su país",
    "disponible en su región", "disponibile nel tuo paese", "disponibile nella tua regione",
    "beschikbaar in uw land", "beschikbaar in je land", "beschikbaar in uw regio",
    "beschikbaar in jouw land", "w twoim kraju", "w twoim regionie", "w państwa kraju",
)  # fmt: skip
KEPT_OUT = Wall(
    says=(*_ROBOT, *_BORDER),
    told=re.compile(
        r"\bnot a (?:ro)?bot\b|\bhuman visitor|\bcaptcha|\bad ?-?blocker|characters you see|"
        r"access to this (?:site|page) has been (?:limited|blocked|denied)|"
        r"your request was blocked|"
        r"\A(?=.*\b(?:europe|european|gdpr|eu|eea)\b)"
        r"(?=.*(?:unavailable|not available|cannot be (?:reached|granted)))"
    ),
    about=re.compile(
        r"robot|робот|\bbots?\b|human|captcha|browser|brauser|javascript|cookie|\bip\b|\bray id\b|"
        r"securit|traffic|button|block|access|permi|referen|automat|verif|request|"
        r"regio|countr|europ|\beea\b|\beu\b|gdpr|protection|location|legal|available|issues|"
        r"contact|надіс|країн|регіон|доступ|стран|person|site"
    ),
)

CONSENT = Wall(
    rest=200,
    told=re.compile(
        r"\A(?=.*\b(?:cookies?|tracking|куки)\b)(?=.*(?:consent|accept|choice|einwillig|zustimm|accord|"
        r"consenso|consentimiento|toestemming|zgod|згод|соглас))"
    ),
    says=(
        "before you continue to", "we value your privacy", "we and our partners",
        "we and our third", "with our partners", "we, and our partners", "we use cookies and",
        "we use cookies", "this website uses cookies", "this site uses cookies",
        "manage your privacy", "your privacy choices",
        "we care about your privacy",
        "consent to the use of cookies", "store and/or access information on a device",
        "ми цінуємо вашу приватність", "ми та наші партнер", "ми і наші партнер",
        "ми використовуємо файли cookie", "ми використовуємо cookie", "перш ніж продовжити",
        "сайт використовує файли cookie", "сайт використовує cookie", "використовуємо файли куки",
        "сайт використовує файли куки", "погоджуюся на використання", "читайте далі з рекламою",
        "сайт использует файлы cookie", "сайт использует cookie", "используем файлы куки",
        "мы используем файлы cookie", "мы используем cookie", "прежде чем продолжить",
        "мы и наши партн", "мы ценим вашу конфиденциальность",
        "wir und unsere partner", "wir und unsere bis zu partner", "bevor sie fortfahren",
        "wie gewohnt mit werbung", "weiterlesen mit werbung", "weiter mit werbung",
        "diese website verwendet cookies", "diese seite verwendet cookies",
        "diese webseite verwendet cookies", "wir verwenden cookies", "wir nutzen cookies",
        "nous et nos partenaires", "avant de continuer", "nous utilisons des cookies",
        "ce site utilise des cookies", "nous respectons votre vie privée",
        "questo sito utilizza cookie", "questo sito utilizza i cookie", "questo sito usa cookie",
        "este sitio web utiliza cookies", "este sitio utiliza cookies", "esta web utiliza cookies",
        "esta página utiliza cookies",
        "noi e i nostri partner", "noi e terze parti", "utilizziamo cookie", "prima di continuare",
        "nosotros y nuestros socios", "utilizamos cookies", "usamos cookies", "antes de continuar",
        "wij en onze partners", "wij gebruiken cookies", "we gebruiken cookies",
        "deze website gebruikt cookies", "deze site gebruikt cookies",
        "voordat je verdergaat", "voordat u verdergaat",
        "strona używa plików cookie", "strona korzysta z plików cookie",
        "serwis używa plików cookie",
        "my i nasi partnerzy", "zanim przejdziesz", "używamy plików cookie",
        "szanujemy twoją prywatność", "cenimy twoją prywatność", "dbamy o twoją prywatność",
    ),
    heads=frozenset(("before you continue", "we value your privacy", "privacy preference center")),
    buttons=(
        "accept all", "reject all", "accept and continue", "accept & continue",
        "agree and continue",
        "continue without accepting", "manage preferences", "manage options", "cookie settings",
        "manage cookies", "more options", "reject and subscribe", "reject and pay",
        "прийняти всі", "відхилити всі", "прийняти й продовжити", "прийняти і продовжити",
        "продовжити без згоди", "продовжити без реклами", "оформити передплату",
        "налаштування cookie", "прийняти та продовжити",
        "принять все", "отклонить все", "принять и продолжить", "продолжить без согласия",
        "alle akzeptieren", "alle ablehnen", "akzeptieren und weiter", "zustimmen und weiter",
        "einwilligen und weiter", "pur-abo", "ohne werbung lesen", "werbefrei lesen",
        "tout accepter", "tout refuser", "accepter et continuer", "continuer sans accepter",
        "s'abonner", "refuser et s'abonner", "paramétrer",
        "accetta tutto", "rifiuta tutto", "accetta e continua", "continua senza accettare",
        "rifiuta e abbonati", "abbonati",
        "aceptar todo", "rechazar todo", "aceptar y continuar", "continuar sin aceptar",
        "rechazar y suscribirse", "suscribirse",
        "alles accepteren", "alles weigeren", "alles afwijzen", "doorgaan zonder te accepteren",
        "accepteren en doorgaan", "akkoord en doorgaan",
        "akceptuję wszystko", "odrzuć wszystko", "akceptuję i przechodzę", "zaakceptuj wszystko",
        "przejdź do serwisu", "ustawienia zaawansowane",
    ),
    about=re.compile(
        r"cookie|куки|browser|website|partner|partenaire|consent|accept|refus|preferen|purpose|vendor|device|identif|"
        r"legitimate|privac|advert|person|tracking|werb|abo\b|abonn|abbon|suscri|subscri|zweck|"
        r"einwillig|zustimm|daten|endgerät|donn[ée]es|publici|pubblici|finalit|datos|socios|dati|"
        r"gegevens|toestemming|keuze|choice|mind\b|"
        r"реклам|згод|приватн|конфіденц|партнер|передплат|соглас|конфиденц|партн[её]р|данн|"
        r"zgod|reklam|prywatn|danych|subskry"
    ),
)  # fmt: skip

REPAIRS = Wall(
    told=re.compile(
        r"\A(?=.*\b(?:site|page|website|server|portal|app)\b)"
        r"(?=.*\b(?:maintenance|technical (?:work|difficult|problem)|try again|repair))"
    ),
    says=(
        "we will be back soon", "we'll be back soon", "we'll be right back",
        "we will be right back",
        "be back online shortly", "should be back shortly", "back shortly", "back online soon",
        "site is under maintenance", "site under maintenance", "website is under maintenance",
        "site is undergoing maintenance", "down for maintenance", "down for scheduled maintenance",
        "unavailable for scheduled maintenance", "site is currently undergoing",
        "website is currently undergoing", "the server encountered a", "site is temporarily down",
        "performing scheduled maintenance", "performing maintenance",
        "carrying out scheduled maintenance", "carrying out maintenance",
        "error occurred on our end", "went wrong on our end", "something went wrong on our",
        "error establishing a database connection", "technical difficulties on our",
        "we are experiencing technical difficulties", "we're experiencing technical difficulties",
        "this site is experiencing technical difficulties", "temporarily unavailable due to maint",
        "service is temporarily unavailable", "service temporarily unavailable",
        "сайті тривають технічні роботи", "сайті проводяться технічні роботи",
        "ми скоро повернемося", "сайт тимчасово недоступний",
        "сайт тимчасово не працює", "ведуться технічні роботи", "сайт на технічному обслуговуванні",
        "сайте ведутся технические работы", "сайте проводятся технические работы",
        "мы скоро вернемся", "мы скоро вернёмся", "сайт временно недоступен",
        "сайт временно не работает",
        "bald wieder für sie da", "gleich wieder für sie da", "wegen wartungsarbeiten ist unser",
        "website wird gerade gewartet", "seite wird gerade gewartet", "sind in kürze wieder",
        "site est en maintenance", "site en maintenance", "bientôt de retour",
        "de retour dans quelques instants",
        "sitio en mantenimiento", "sitio está en mantenimiento", "volveremos pronto",
        "estamos en mantenimiento", "sito in manutenzione", "sito è in manutenzione",
        "torneremo presto", "torniamo subito",
        "trwają prace techniczne", "wrócimy wkrótce", "przerwa techniczna w serwisie",
        "website is in onderhoud", "site is in onderhoud", "zijn zo terug", "zijn snel weer terug",
    ),
    heads=frozenset((
        "maintenance", "scheduled maintenance", "under maintenance", "maintenance mode",
        "be right back", "internal server error", "bad gateway",
        "gateway timeout",
        "service unavailable", "service temporarily unavailable", "gateway time-out",
        "something went wrong", "database error", "технічні роботи", "технические работы",
        "wartungsarbeiten", "wartungsmodus", "en maintenance", "en mantenimiento",
        "in manutenzione", "przerwa techniczna", "in onderhoud",
    )),
    about=re.compile(
        r"mainten|mantenim|manutenz|wartung|onderhoud|server|service|s[iy]te|seite|moment|"
        r"technic|techn|try again|later|back|error|patien|работ|робот|технічн|sorry|improv"
    ),
)  # fmt: skip

TOO_OFTEN = Wall(
    told=re.compile(r"too many requests"),
    says=(
        "sent too many requests", "made too many requests", "too many requests, please",
        "too many requests from your", "too many requests from this", "received too many requests",
        "you have been rate limited", "you are being rate limited", "you've been rate limited",
        "забагато запитів. спроб", "занадто багато запитів. спроб",
        "слишком много запросов. п", "zu viele anfragen. bitte", "trop de requêtes. v",
        "demasiadas solicitudes. i", "demasiadas peticiones. i", "troppe richieste. r",
        "zbyt wiele żądań. s", "te veel verzoeken. p",
    ),
    heads=frozenset((
        "too many requests", "error:too many requests", "rate limit exceeded", "rate limited",
        "rate limit reached",
        "error too many requests", "error: too many requests", "error rate limited",
        "забагато запитів", "занадто багато запитів", "слишком много запросов",
        "zu viele anfragen", "trop de requêtes", "demasiadas solicitudes",
        "demasiadas peticiones", "troppe richieste", "zbyt wiele żądań", "te veel verzoeken",
    )),
    about=re.compile(
        r"request|limit|later|try again|slow|minut|anfrag|später|requête|plus tard|solicitud|"
        r"richiest|żąda|później|verzoek|запит|пізніше|запрос|позже"
    ),
)  # fmt: skip
