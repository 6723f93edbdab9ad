"""Walls of every sort as they come with 200, written for these tests."""

from unicodedata import normalize

from tests.captures.pages import short


def dialog(title: str, *lines: str, buttons: tuple[str, ...] = (), heading: str = "") -> str:
    """A page that is all one question, with buttons and the links that stand under it."""
    body = "".join(f"<p>{line}</p>" for line in lines)
    pressed = "".join(f"<button type='button'>{words}</button>" for words in buttons)
    head = f"<h1>{heading}</h1>" if heading else ""
    return (
        f"<html><head><title>{title}</title></head><body><nav><a href=/>News</a> <a href=/s>Sport"
        f"</a></nav><div role=dialog>{head}{body}{pressed}</div><footer>© 2026 <a href=/p>Imprint"
        "</a> All rights reserved.</footer></body></html>"
    )


BLOCKS = {
    "press and hold": dialog(
        "daily.test",
        "Please verify you are a human",
        "Press and hold the button to confirm that you are a human and not a robot.",
        "Reference ID 4f1c2d70-96b1-11ee-8f43",
    ),
    "before access": dialog(
        "Access to this page",
        "Before we continue, we need to make sure that you are not a bot. Press & Hold to confirm"
        " you are a human (and not a bot).",
    ),
    "security check": dialog(
        "One moment, please...",
        "Please wait while your request is being verified...",
    ),
    "puzzle": dialog(
        "Security check",
        "We need to check that you are not a robot. Please complete the security check to access"
        " the site.",
        "Why do I have to complete a CAPTCHA? Completing the CAPTCHA proves you are a human and"
        " gives you temporary access to the web property.",
    ),
    "ukrainian robot": dialog(
        "Перевірка", "Підтвердьте, що ви людина. Натисніть і утримуйте кнопку.",
    ),
    "russian robot": dialog("Проверка", "Нажмите и удерживайте кнопку, чтобы подтвердить,"
                            " что вы человек."),
    "german robot": dialog("Prüfung", "Bitte bestätigen Sie, dass Sie ein Mensch sind. Halten Sie"
                           " die Schaltfläche gedrückt."),
    "french robot": dialog("Vérification", "Veuillez confirmer que vous êtes un humain. Appuyez"
                           " sur le bouton et maintenez-le enfoncé."),
    "spanish robot": dialog("Un momento", "Verifica que eres humano. Mantén pulsado el botón para"
                            " confirmar que no eres un robot."),
    "italian robot": dialog("Un attimo", "Verifica di essere un essere umano. Tieni premuto il"
                            " pulsante per confermare di non essere un robot."),
    "polish robot": dialog("Chwileczkę", "Potwierdź, że jesteś człowiekiem. Naciśnij i przytrzymaj"
                           " przycisk."),
    "dutch robot": dialog("Even geduld", "Bevestig dat u een mens bent. Houd de knop ingedrukt."),
    "region": dialog(
        "Unavailable in your region",
        "This content is not available in your region due to the General Data Protection"
        " Regulation (GDPR) of the European Economic Area. We continue to look for solutions that"
        " will make all our articles available to our readers in Europe.",
        heading="Unavailable in your region",
    ),
    "legal reasons": dialog(
        "451: Unavailable due to legal reasons",
        "We recognize you are attempting to access this website from a country belonging to the"
        " European Economic Area (EEA) including the EU which enforces the General Data Protection"
        " Regulation (GDPR) and therefore access cannot be granted at this time.",
        "For any issues, contact news@daily.test or call 555-0100.",
        heading="451: Unavailable due to legal reasons",
    ),
    "for legal reasons": dialog(
        "Unavailable for legal reasons",
        "We're sorry, this site is currently not available in the European Economic Area.",
        heading="Unavailable for legal reasons",
    ),
    "most europe": dialog(
        "Daily",
        "Unfortunately, our website is currently unavailable in most European countries. We are"
        " engaged on the issue and committed to looking at options that support our full range of"
        " digital offerings to the EU market.",
    ),
    "german region": dialog("Nicht verfügbar", "Dieser Inhalt ist in Ihrem Land leider nicht"
                            " verfügbar."),
    "french region": dialog("Indisponible", "Ce contenu n'est pas disponible dans votre pays."),
    "spanish region": dialog("No disponible", "Este contenido no está disponible en tu región."),
    "italian region": dialog("Spiacenti", "Questo contenuto non è disponibile nel tuo paese."),
    "dutch region": dialog("Helaas", "Deze inhoud is niet beschikbaar in uw land."),
    "polish region": dialog("Niestety", "Ta treść jest niedostępna w Twoim kraju."),
    "ukrainian region": dialog("Новини", "На жаль, цей вміст недоступний у вашій країні."),
    "russian region": dialog("Новости", "К сожалению, сайт недоступен в вашем регионе."),
}  # fmt: skip

BLOCKS |= {
    "network security": short(
        "Blocked", "You've been blocked by network security. To continue, log in to your account or"
        " use your developer token. If you think you've been blocked by mistake, file a ticket"
        " below and we'll look into it.",
    ),
    "spanish connection": short(
        "Un momento…", "daily.test necesita revisar la seguridad de su conexión antes de continuar."
        " Verifique que usted es un ser humano completando la acción a continuación. Esto puede"
        " tardar unos segundos; gracias por su paciencia.",
    ),
    "soft hyphens": short(
        "Prüfung", "Bitte be\u00adstätigen Sie, dass Sie ein Mensch\u00ad sind. Halten Sie die"
        " Schalt\u00adfläche ge\u00addrückt, bis die Prü\u00adfung ab\u00adgeschlossen ist.",
    ),
    "letters in two parts": normalize("NFD", short(
        "Prüfung", "Die Schaltfläche gedrückt halten, bis die Prüfung fertig ist."
    )),
}  # fmt: skip

CONSENTS = {
    "german pay": dialog(
        "Zeitung",
        "Besuchen Sie zeitung.test wie gewohnt mit Werbung und Tracking. Details zum Tracking"
        " finden Sie in der Datenschutzerklärung und im Privacy Center.",
        "Wir und unsere bis zu 212 Partner verarbeiten personenbezogene Daten, zum Beispiel Ihre"
        " IP-Adresse. Zugriff auf Informationen auf einem Endgerät, personalisierte Werbung und"
        " Inhalte, Messung von Werbeleistung. Sie können Ihre Einwilligung jederzeit widerrufen.",
        "Nutzen Sie zeitung.test ohne Werbetracking für 4,99 Euro im Monat. Bereits Pur-Abonnent?"
        " Hier anmelden. Informationen zum Pur-Abo finden Sie in unseren FAQ.",
        buttons=("Akzeptieren und weiter", "Jetzt Pur-Abo abschließen"),
        heading="Weiterlesen mit Werbung",
    ),
    "german bare": short("Zeitung", "Weiterlesen mit Werbung", "Akzeptieren und weiter", "Pur-Abo"),
    "french": dialog(
        "Journal",
        "Avec votre accord, nous et nos 147 partenaires utilisons des cookies ou technologies"
        " similaires pour stocker, consulter et traiter des données personnelles telles que votre"
        " visite sur ce site internet. Vous pouvez retirer votre consentement à tout moment.",
        "Si vous refusez, vous pouvez vous abonner pour lire sans publicité.",
        buttons=("Continuer sans accepter", "Accepter et continuer", "S'abonner"),
    ),
    "french bare": short("Journal", "Continuer sans accepter", "Accepter et continuer, ou"
                         " s'abonner"),
    "italian": dialog(
        "Giornale",
        "Noi e i nostri 812 partner utilizziamo cookie e tecnologie simili per finalità tecniche"
        " e, con il tuo consenso, anche per la pubblicità personalizzata. Puoi rifiutare i cookie"
        " abbonandoti.",
        buttons=("Accetta e continua", "Rifiuta e abbonati"),
    ),
    "italian bare": short("Giornale", "Continua senza accettare", "Accetta e continua"),
    "spanish": dialog(
        "Diario",
        "Nosotros y nuestros 730 socios utilizamos cookies para mostrarte publicidad personalizada."
        " Si no quieres aceptar, puedes suscribirte y navegar sin publicidad.",
        buttons=("Aceptar y continuar", "Rechazar y suscribirse"),
    ),
    "spanish bare": short("Diario", "Continuar sin aceptar", "Aceptar y continuar"),
    "dutch": dialog(
        "Krant",
        "Wij en onze 96 partners gebruiken cookies en vergelijkbare technieken om u"
        " gepersonaliseerde advertenties te tonen. U kunt uw keuze op elk moment wijzigen.",
        buttons=("Alles accepteren", "Doorgaan zonder te accepteren", "Abonneren"),
    ),
    "dutch bare": short("Krant", "Doorgaan zonder te accepteren", "Accepteren en doorgaan"),
    "ukrainian": dialog(
        "Новини",
        "Ми та наші 56 партнерів використовуємо файли cookie, щоб показувати вам рекламу. Ви можете"
        " змінити свою згоду будь-коли.",
        buttons=("Прийняти й продовжити", "Продовжити без згоди", "Оформити передплату"),
        heading="Читайте далі з рекламою",
    ),
    "ukrainian bare": short("Новини", "Продовжити без згоди", "Прийняти й продовжити"),
    "russian": dialog(
        "Новости",
        "Мы и наши 56 партнёров используем файлы cookie. Вы можете отозвать согласие.",
        buttons=("Принять все", "Отклонить все"),
    ),
    "polish": dialog(
        "Gazeta",
        "My i nasi 812 partnerzy przechowujemy informacje na urządzeniu, takie jak pliki cookie."
        " Możesz zmienić swoje zgody w każdej chwili.",
        buttons=("Akceptuję i przechodzę dalej", "Ustawienia zaawansowane"),
    ),
    "partners": dialog(
        "Daily",
        "We and our 843 partners use cookies to store and/or access information on a device, for"
        " personalised advertising and content, advertising and content measurement, audience"
        " research and services development.",
        "You can change your mind at any time by clicking on Manage preferences.",
        "Some partners do not ask for your consent and rely on their legitimate interest. To object"
        " to this, open our list of vendors and purposes below.",
        "Your choices apply to this site only, and are kept on your device for twelve months.",
        buttons=("Accept all", "Reject all", "Manage preferences"),
        heading="Before you continue",
    ),
    "partners bare": short(
        "Before you continue", "We and our 843 partners use cookies.",
        "Accept all Reject all Manage preferences",
    ),
    "buttons alone": dialog("Daily", buttons=("Accept all", "Reject all")),
}  # fmt: skip

CONSENTS |= {
    "this website": short(
        "Daily", "This website uses cookies so that we can provide you with the best user"
        " experience possible. Cookie information is stored in your browser and performs functions"
        " such as recognising you when you return to our website and helping our team to understand"
        " which sections of the website you find most interesting and useful.",
    ),
    "ukrainian letters": short(
        "Новини", "Ми використовуємо файли куки, щоб показувати вам рекламу та аналізувати"
        " відвідування. Продовжуючи користуватися сайтом, ви погоджуєтеся з використанням файлів"
        " куки та нашою політикою приватності. Ви можете змінити налаштування будь-коли.",
    ),
    "this site in french": short("Journal", "Ce site utilise des cookies pour mesurer son audience."
                                 " En continuant, vous acceptez leur dépôt sur votre appareil."),
}  # fmt: skip

MAINTENANCE = {
    "soon": dialog(
        "Maintenance",
        "We are carrying out scheduled maintenance on our servers at the moment and should be back"
        " shortly. Thank you for your patience.",
        heading="We will be back soon!",
    ),
    "under": short("Site under maintenance", "Please try again later."),
    "bare": short("Daily", "We'll be back soon", "The site is down for scheduled maintenance."),
    "application": short("Something went wrong", "An error occurred on our end. Please try again"
                         " later."),
    "database": short("Database Error", "Error establishing a database connection"),
    "ukrainian": dialog("Новини", "На сайті тривають технічні роботи. Ми скоро повернемося."),
    "russian": dialog("Новости", "На сайте ведутся технические работы. Мы скоро вернёмся."),
    "german": dialog("Wartung", "Wegen Wartungsarbeiten ist unsere Seite vorübergehend nicht"
                     " erreichbar. Wir sind bald wieder für Sie da."),
    "french": dialog("Maintenance", "Le site est en maintenance. Nous serons bientôt de retour."),
    "spanish": dialog("Mantenimiento", "Sitio en mantenimiento. Volveremos pronto."),
    "italian": dialog("Manutenzione", "Sito in manutenzione. Torneremo presto."),
    "polish": dialog("Przerwa", "Trwają prace techniczne. Wrócimy wkrótce."),
    "dutch": dialog("Onderhoud", "De website is in onderhoud. We zijn zo terug."),
}  # fmt: skip

THROTTLES = {
    "bare": short("Too many requests", "Too many requests"),
    "number": short("429 Too Many Requests", "nginx"),
    "text": "<html><body>Too many requests, please try again later.</body></html>",
    "limit": dialog("Daily", "You have sent too many requests in a given amount of time. Please"
                    " slow down and try again in a few minutes."),
    "rate": short("Error", "Rate limit exceeded"),
    "ukrainian": short("Помилка", "Забагато запитів. Спробуйте пізніше."),
    "russian": short("Ошибка", "Слишком много запросов. Повторите попытку позже."),
    "german": short("Fehler", "Zu viele Anfragen. Bitte versuchen Sie es später erneut."),
    "french": short("Erreur", "Trop de requêtes. Veuillez réessayer plus tard."),
    "spanish": short("Error", "Demasiadas solicitudes. Inténtalo más tarde."),
    "italian": short("Errore", "Troppe richieste. Riprova più tardi."),
    "polish": short("Błąd", "Zbyt wiele żądań. Spróbuj ponownie później."),
    "dutch": short("Fout", "Te veel verzoeken. Probeer het later opnieuw."),
}  # fmt: skip

# Said in words that stand in no list, to whoever reads.
IN_OTHER_WORDS = {
    "characters": dialog("Shop", "Enter the characters you see below", "Sorry, we just need to make"
                         " sure you're not a robot. For best results, please make sure your browser"
                         " is accepting cookies."),
    "limited": dialog("403", "Your access to this site has been limited by the site owner", "If you"
                      " think you have been blocked in error, contact the owner of this site for"
                      " assistance. Block Technical Data. Your request was blocked by Wordfence."),
    "union": dialog("Unavailable", "Sorry, this page is not available in the EU. Due to the GDPR"
                    " our site cannot be reached from your country."),
}  # fmt: skip
CONSENT_IN_OTHER_WORDS = {
    "standard": dialog("Zeitung", "Wir benötigen Ihre Zustimmung", "Um unser Angebot kostenlos zu"
                       " nutzen, brauchen wir Ihre Einwilligung in Cookies und Tracking.",
                       buttons=("Einverstanden", "PUR-Abo kaufen")),
    "le monde": dialog("Journal", "Vous pouvez lire le journal avec cookies ou vous abonner.",
                       "Nous utilisons des cookies et partageons vos données avec nos partenaires"
                       " publicitaires.", buttons=("Accepter et fermer", "Je m'abonne")),
    "no list": dialog("Daily", "With your consent, our cookies remember what you read. The choice"
                      " is yours.", buttons=("Fine", "No, thanks")),
}  # fmt: skip
