"""Lines that a page writes anew by itself are told from the article's own sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.articles.boilerplate import LONGEST, boilerplate_start, is_boilerplate

BOILERPLATE = [
    "Updated at 9:00",
    "Updated: 21 November 2026, 14:05. This page was read 8,777 times",
    "Last updated on Thursday, March 3, 2022 at 2:05 pm EST",
    "Updated 10 minutes ago",
    "Published 3 March 2022 · 5 min read · 12 comments",
    "1,204 views",
    "12 comments | 4 shares",
    "Comments (12)",
    "Оновлено: 3 березня 2022, 14:05",
    "Переглядів: 8 777",
    "Опубликовано 3 марта 2022 г. в 14:05",
    "Aktualisiert am 3. März 2022 um 14:05 Uhr",
    "Mis à jour le 3 mars 2022 à 14h05",
    "Actualizado el 3 de marzo de 2022",
    "Share this article on Facebook",
    "Share this article on X and Facebook",
    "Share: Facebook | X | Telegram",
    "Поділитися у Facebook",
    "Partager sur Facebook",
    "Teilen auf Facebook",
    "Compartir en Facebook y X",
    "Follow us on Telegram",
    "Read more: Five storms that changed the coast",
    "Read more: Is it over? what we know",
    "Read more",
    "Related: Seven bridges and what they cost…",
    "See also — Ten years of storms",
    "Читайте також: П'ять бур, які змінили узбережжя",
    "Читайте также: Пять бурь, изменивших побережье",
    "Lesen Sie auch: Fünf Stürme an der Küste",
    "Lire aussi : Cinq tempêtes sur la côte",
    "Lea también: Cinco tormentas en la costa",
    "اقرأ أيضا: خمس عواصف",
    "Sign up for our newsletter",
    "Sign up for our daily newsletter and get 5 stories a day.",
    "Subscribe to our Telegram channel!",
    "Підписуйтесь на наш Telegram-канал",
    "Подписывайтесь на наш канал в Telegram",
    "Abonnieren Sie unseren Newsletter",
    "Inscrivez-vous à notre newsletter",
    "Suscríbete a nuestro boletín",
    "Jetzt Newsletter abonnieren",
    "Recommended",
    "Рекомендуємо:",
    "8.777 mal gelesen",
    "This article was read 8,777 times",
    "Цю сторінку прочитано 8 777 разів",
]
# What an article itself may say.
SENTENCES = [
    "",
    "Share prices fell by 42 per cent on Monday.",
    "Share this with 40 people, he told the crowd.",
    "Shared homes cost 400 a month",
    "They asked readers to share this article on Facebook.",
    "You can read more about the five storms in the report.",
    "Read more than 40 pages, the judge told them.",
    "Read more: the judge told them to. They did not.",
    "Related: Two men were arrested on 3 March.",
    "Related deaths rose to 42",
    "See also that 42 people died",
    "Sign up for our war, he told 400 men.",
    "He told them to sign up for our newsletter.",
    "Sign up for our newsletter. In the city 42 people died.",
    "Updated figures show that 43 people died",
    "Updated: the ministry now says that 43 people died.",
    "Published reports speak of 43 dead",
    "The firm sold 4,000 shares",
    "It had 1,204 views before it was taken down.",
    "1,204 people were killed",
    "Поділитися хлібом прийшли 42 людини",
    "Читайте також між рядками, сказав він.",
    "Читайте также между строк, сказал он.",
    "Teilen heißt leben, sagte er.",
    "Partager le pain coûte 5 euros",
    "Compartir 40 panes no basta",
    "Оновлено 40 вагонів",
    "Stand 5 homes away from the sea",
    "Read more: " + "five storms " * 40,
    "42 times",
    "40 разів.",
    "42 mal",
    "42 fois",
    "Recommended: no more than 2 drinks a day",
    "Рекомендуємо: 2 пігулки на день",
    "Sign up for the army by 3 March, Telegram channels told 400 men",
    "Subscribe to the view that 42 people died, whatever its channels say",
]


@pytest.mark.parametrize("line", BOILERPLATE)
def test_a_line_that_a_page_writes_anew_is_boilerplate(line):
    assert is_boilerplate(line)
    assert is_boilerplate(f"  {line}\t")


@pytest.mark.parametrize("line", BOILERPLATE)
def test_spaces_that_do_not_break_and_marks_of_direction_change_nothing(line):
    assert is_boilerplate(line.replace(" ", "\u00a0"))
    assert is_boilerplate("\u200e" + line.replace("'", "ʼ"))


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_of_the_article_is_none(line):
    assert not is_boilerplate(line)


@pytest.mark.parametrize("line", [one for one in BOILERPLATE if ":" not in one])
def test_a_sentence_beside_such_words_keeps_the_line_the_articles(line):
    assert not is_boilerplate(f"{line}. In the city 42 people died.")


@given(st.lists(st.sampled_from(["share", "on", " ", ".", "5", "updated", "march", "12", "views"])))
def test_any_line_is_read_to_its_end(pieces):
    line = "".join(pieces)
    assert is_boilerplate(line) in (True, False)
    assert not is_boilerplate(line + " people died")


@pytest.mark.parametrize(
    ("line", "tail"),
    [
        ("It said so. 1,204 views", "1,204 views"),
        ("It said: “So it is.” Updated at 14:05. 12 comments", "Updated at 14:05. 12 comments"),
        ("1,204 views", "1,204 views"),
        ("It sold 4,000 shares", ""),
        ("It said so. In all 1,204 views", ""),
        ("How often did the guard hit him? 42 times.", ""),
        ("Скільки разів він стріляв? 40 разів.", ""),
        ("How many did he sell? 4,000 shares", ""),
        ("Combien de fois ? 3 fois", ""),
        ("It said so. 1,204 views were counted.", ""),
        ("It said so. Read more: Five storms", ""),
        ("", ""),
    ],
)
def test_counters_behind_the_last_sentence_are_boilerplate(line, tail):
    assert line[boilerplate_start(line) :] == tail
    assert ("word " * 400 + line)[boilerplate_start("word " * 400 + line) :] in ("", tail)


def test_a_long_line_is_never_boilerplate():
    assert not is_boilerplate("share " * LONGEST)
    assert not is_boilerplate("share " + "." * (LONGEST - 10) + "died")
