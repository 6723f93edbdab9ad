"""News about walls, which is none, written for these tests."""

from tests.captures.pages import PARAGRAPH, short

# News of three or four sentences, in one or two paragraphs: pages, whatever they speak of.
NEWS = {
    "cookies": short(
        "Google fined over its cookie banner",
        "The French regulator fined Google 150 million euros on Thursday over the cookie banner on"
        " its search page. One click was enough to accept all cookies, it found, while users who"
        " wanted to reject all of them needed five.",
        "Google said that people trust it to respect their privacy and that it would change its"
        " banners. The company has three months before it must pay 100,000 euros a day.",
    ),
    "cookies quoted": short(
        "Court: “Accept all” is not enough",
        "A banner that only offers “Accept all” beside “Manage preferences” breaks the law, a court"
        " in Hanover ruled on Tuesday. The publisher’s banner had begun with the words “We and our"
        " 843 partners use cookies” and offered no way to refuse.",
        "The data protection officer of Lower Saxony called the ruling a signal to all sites. An"
        " appeal is possible until the end of May.",
    ),
    "german pay": short(
        "Gericht prüft Pur-Abo",
        "Das Landgericht Leipzig prüft, ob Verlage ihre Leser vor die Wahl zwischen Werbung und"
        " Pur-Abo stellen dürfen. Geklagt hatte ein Verein, der die Schaltfläche „Akzeptieren und"
        " weiter“ für eine erzwungene Einwilligung hält.",
        "Der Verlag verweist auf eine Entscheidung der Datenschutzkonferenz. Ein Urteil wird im"
        " Herbst erwartet, sagte eine Sprecherin am Montag.",
    ),
    "french pay": short(
        "La CNIL examine les murs de cookies",
        "La CNIL a ouvert une enquête sur les sites qui demandent de s’abonner ou d’accepter les"
        " cookies. Le lien « Continuer sans accepter » doit rester visible, rappelle l’autorité.",
        "Trois éditeurs sont visés, selon une source proche du dossier. Ils ont deux mois pour"
        " répondre, et risquent une amende de deux pour cent de leur chiffre d’affaires.",
    ),
    "region": short(
        "US papers still closed to Europe",
        "More than 1,000 news sites of the United States are still unavailable in Europe six years"
        " after the General Data Protection Regulation came into force. Readers in the European"
        " Economic Area see a notice that the site is not available in your region.",
        "Two publishers said that the European market was too small for the lawyers it would take."
        " The Commission declined to comment on Wednesday.",
    ),
    "legal": short(
        "Regulator blocks two sites",
        "The regulator ordered providers on Monday to block two sites for legal reasons it did not"
        " name. Visitors were shown “Unavailable for legal reasons” and the number 451 from noon.",
        "The editors called the step censorship and went to court. A hearing is set for the"
        " fourteenth of June, said their lawyer, who expects a ruling within the week.",
    ),
    "captcha": short(
        "Are you a robot? Captchas no longer help",
        "Programs now solve captchas faster than people do, researchers in Zurich found. The tests"
        " that ask whether you are a robot were passed in every one of 1,400 attempts.",
        "Makers of such tests have begun to ask people to press and hold a button instead. That too"
        " will be learned within a year, the authors expect.",
    ),
    "denied": short(
        "Access denied to observers",
        "Election observers were denied access to eleven polling stations in the north on Sunday,"
        " their mission said. “Access denied” was written on a sheet of paper at one of the doors.",
        "The electoral commission spoke of a misunderstanding and promised to look into it. Turnout"
        " stood at 41 percent in the afternoon, ten points less than four years ago.",
    ),
    "maintenance": short(
        "Nuclear plant goes into scheduled maintenance",
        "The third reactor of the Rivne plant was taken off the grid for scheduled maintenance on"
        " Friday. It will be back soon, the operator said, and no later than the tenth of October.",
        "Two other reactors are still under maintenance, according to the ministry. There will be"
        " no shortage of electricity as imports from Poland have been agreed on.",
    ),
    "site down": short(
        "Tax office's website down for hours",
        "The website of the tax office could not be reached for six hours on Monday. Visitors read"
        " that the site was under maintenance and were asked to try again later.",
        "It was an attack, the agency admitted in the evening: too many requests had been sent by"
        " a network of hijacked cameras. No data were stolen, it said, and all services work.",
    ),
    "ukrainian": short(
        "Сайт податкової не працював через технічні роботи",
        "Сайт податкової служби не працював шість годин через технічні роботи, повідомило відомство"
        " в понеділок. Відвідувачі бачили напис «На сайті тривають технічні роботи».",
        "Увечері служба визнала, що це була атака: забагато запитів надходило із захоплених камер."
        " Дані не постраждали, запевнив речник, і всі послуги знову доступні.",
    ),
    "of the US": short(
        "FTC fines Google over cookies",
        "The US Federal Trade Commission fined Google on Thursday for tracking people by cookies"
        " without their consent. The US company must pay 150 million dollars over cookies that 12"
        " million people never agreed to, said a U.S. judge.",
        "US lawmakers called the cookies a threat to privacy, and the US Senate will hear Google in"
        " May.",
    ),
    "french and no german": short(
        "La CNIL condamne Google",
        "Le gendarme du numérique a infligé jeudi une amende de 150 millions d'euros à Google pour"
        " des cookies déposés sans le consentement du public. Le refus des cookies du moteur de"
        " recherche demandait cinq clics, selon le rapport du régulateur.",
        "Le bouton « Tout accepter » du bandeau n'en demandait qu'un, et les données du visiteur"
        " partaient aussitôt chez les partenaires du groupe.",
    ),
    "polish and no english": short(
        "Kara za pliki cookie",
        "Urząd ochrony danych nałożył we wtorek karę na portal, który zbierał pliki cookie bez"
        " zgody u dwóch milionów osób. Wyrok we Wrocławiu mówi o plikach cookie i o zgodzie u"
        " każdego z tych odbiorców reklam.",
        "Zgoda na reklamy u partnerów portalu była ukryta, ustalił we wrześniu sąd we Wrocławiu.",
    ),
}  # fmt: skip
BANNER = (
    "<div role=dialog><h2>Before you continue</h2><p>We and our 843 partners use cookies to store"
    " and/or access information on a device. You can change your mind at any time. Some partners"
    " rely on their legitimate interest, to which you can object.</p><button>Accept all</button>"
    "<button>Reject all</button><button>Manage preferences</button></div>"
)


def with_banner(source: str) -> str:
    """A page with a question about cookies before everything else in it."""
    return source.replace("<body>", f"<body>{BANNER}", 1)


# A text of ordinary length that is about nothing but walls.
LONG = {name: source.replace("</body>", PARAGRAPH * 3 + "</body>") for name, source in NEWS.items()}
POST = "<html><title>Post</title><body><h1>Ministry of Defence</h1><p>{}</p></body></html>".format(
    "Today 498 of our soldiers were killed and 1,597 were wounded, says the ministry on Wednesday."
)

# One paragraph about a removal, with no words of its own for one.
REMOVALS = (
    "The ministry's page now reads “This statement has been removed”, with no word on why; the"
    " figure of 4,000 had been quoted by every paper in the land for two days, and by us.",
    "A press officer said this statement has been removed because the figure of 4,000 was wrong,"
    " and that a new one would be given on Monday by the minister of health himself.",
    "“Nothing to see here”, wrote the minister on Monday as 42 people were taken to hospital in the"
    " north of the country after an explosion that the army denies.",
    "Nothing to see here, the minister claims, while 42 people were taken to hospital in the north"
    " of the country after an explosion that the army denies.",
    "У губернатора запись удалена, но у нас остался снимок: он обещал 4 000 рублей каждой семье"
    " погибшего и сто тысяч раненым, а теперь молчит.",
    "Речниця міністерства пояснила, що цю статтю видалено через помилку в числі загиблих, а нове"
    " число назвуть у понеділок після засідання уряду в Києві.",
)
AROUND_TOMBSTONES = (
    ("x.com", short("X", "Don’t miss what’s happening", "People on X are the first to know.",
                    "Hmm...this page doesn’t exist. Try searching for something else.")),
    ("x.com", short("X", "This account has been withheld in Germany in response to a legal demand."
                    " Learn more.")),
    ("facebook.com", short("Facebook", "This content isn't available right now", "When this"
                           " happens, it's usually because the owner only shared it with a small"
                           " group of people, changed who can see it or it's been deleted.")),
    ("instagram.com", short("Instagram", "Sorry, this page isn't available.", "The link you"
                            " followed may be broken, or the page may have been removed. Go back"
                            " to Instagram.")),
    ("youtube.com", short("Video", "Video unavailable", "This video has been removed for violating"
                          " YouTube's policy on harassment and bullying")),
)  # fmt: skip
# Headlines and short texts of what was not found.
MISSING = {
    "Nothing was found in search for missing plane": (PARAGRAPH, PARAGRAPH),
    "Windows 10 no longer available": (PARAGRAPH,),
    "Search ends": (
        "Police searched the house of the former minister for six hours on Monday. Nothing was"
        " found, a spokesman said, and the minister called it a farce.",
    ),
    "Обшук": (
        "У будинку колишнього міністра шість годин тривав обшук. Нічого не знайдено, повідомив"
        " речник поліції у понеділок увечері.",
    ),
    "Page not found: how a ministry lost 42 reports": (PARAGRAPH,),
    "Court: “Page not found” is no excuse": (PARAGRAPH,),
}
# Whoever else must sign in.
SIGN_INS = (
    "Adults in Britain must create an account to watch such sites from Monday, the regulator Ofcom"
    " said, and 42 sites have agreed to it so far in writing.",
    "From Monday people must log in to see posts of ministries on Facebook, the company said; 42"
    " governments have asked it to change that decision.",
)
COMMENTING = (
    "You must be logged in to post a comment.",
    "You must be <a href=/in>logged in</a> to post a comment.",
    "Please log in to leave a reply.",
    "Щоб залишити коментар, потрібно увійти.",
    "Увійдіть, щоб залишити коментар.",
    "Войдите, чтобы оставить комментарий.",
    "Bitte melden Sie sich an, um zu kommentieren.",
    "Connectez-vous pour commenter.",
    "Sites may not write “create an account to read on” any more.",
)
