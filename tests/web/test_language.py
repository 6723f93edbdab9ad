"""The interface's language: who chooses it, where it is kept, how dates and plurals read."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from annotations.models import Membership, User
from tests.factories import make_invitation, make_member
from tests.marking import make_version
from tests.material import make_claim

SWITCH = "/account/language/"
SIGN_IN = "/accounts/login/"
MOMENT = datetime(2022, 3, 2, 21, 5, tzinfo=UTC)


@pytest.fixture
def visitor(client_for, anonymous):
    return client_for(anonymous)


def choose(client, language, **fields):
    return client.post(SWITCH, {"language": language, **fields})


def text_of(client, address, **headers):
    return client.get(address, headers=headers).content.decode()


def test_a_browser_that_asks_for_ukrainian_gets_it(visitor):
    assert 'lang="uk"' in text_of(visitor, SIGN_IN, accept_language="uk-UA,uk;q=0.9,en;q=0.8")
    assert 'lang="en"' in text_of(visitor, SIGN_IN, accept_language="pt")


def test_someone_not_signed_in_chooses_and_the_browser_remembers(visitor):
    response = choose(visitor, "uk", next=SIGN_IN)
    assert (response.status_code, response["Location"]) == (302, SIGN_IN)
    cookie = response.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("uk", True, "Lax")
    page = text_of(visitor, SIGN_IN, accept_language="en")
    assert "Увійти з ключем доступу" in page
    # The words of Django's and allauth's own fields.
    assert "Пароль" in page
    assert "Password" not in page


def test_the_invitation_page_offers_the_switch_and_comes_back_to_it(visitor, project, admin):
    _invitation, secret = make_invitation(project, by=admin)
    address = reverse("invitation-accept", kwargs={"token": secret})
    page = text_of(visitor, address)
    assert f'action="{SWITCH}"' in page
    assert f'name="next" value="{address}"' in page
    assert "Українська</button>" in page
    assert choose(visitor, "uk", next=address)["Location"] == address
    assert "Приєднатися до проєкту «Desk»" in text_of(visitor, address)


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""]
)
def test_the_switch_leads_nowhere_but_to_this_site(visitor, elsewhere):
    assert choose(visitor, "uk", next=elsewhere)["Location"] == reverse("project-list")


@pytest.mark.parametrize("language", ["xx", "", "uk\r\nSet-Cookie: a=b"])
def test_a_language_that_is_not_offered_changes_nothing(client_for, reviewer, language):
    response = choose(client_for(reviewer), language, next="/")
    assert response.status_code == 302
    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies
    assert User.objects.get(pk=reviewer.pk).language == ""


def test_the_switch_takes_a_form_only(visitor):
    assert visitor.get(SWITCH).status_code == 405


def test_a_signed_in_person_s_choice_goes_with_them(client_for, reviewer, project):
    client = client_for(reviewer)
    choose(client, "uk", next="/p/desk/")
    reviewer.refresh_from_db()
    assert reviewer.language == "uk"
    latest = reviewer.history.latest("pgh_id")
    assert latest.pgh_context["action"] == "user.update"
    # On another device, whatever that browser asks for or remembers.
    other = client_for(reviewer)
    other.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = text_of(other, "/p/desk/", accept_language="en")
    assert '<html lang="uk" dir="ltr">' in page
    assert "Статті" in page


def test_the_menu_names_the_present_language(client_for, reviewer, project):
    page = text_of(client_for(reviewer), "/p/desk/")
    assert 'value="en" lang="en" aria-current="true">English</button>' in page
    assert 'value="uk" lang="uk">Українська</button>' in page


def test_the_account_page_sets_the_language_and_forgets_it(client_for, reviewer):
    client = client_for(reviewer)
    client.post("/account/", {"display_name": "Reviewer", "language": "uk"})
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "uk"
    assert "Мова інтерфейсу" in text_of(client, "/account/")
    client.post("/account/", {"display_name": "Reviewer", "language": ""})
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == ""
    assert "Interface language" in text_of(client, "/account/")


def test_a_language_that_is_offered_no_more_is_as_none(client_for, reviewer, project):
    User.objects.filter(pk=reviewer.pk).update(language="xx")
    assert '<html lang="en"' in text_of(client_for(reviewer), "/p/desk/")


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 твердження"),
        (2, "2 твердження"),
        (5, "5 тверджень"),
        (11, "11 тверджень"),
        (21, "21 твердження"),
        (112, "112 тверджень"),
    ],
)
def test_claims_are_counted_in_ukrainian(count, words):
    with translation.override("uk"):
        assert ngettext("%(n)s claim", "%(n)s claims", count) % {"n": count} == words


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 учасник"), (2, "2 учасники"), (5, "5 учасників"), (21, "21 учасник")],
)
def test_members_are_counted_on_the_page_of_projects(client_for, reviewer, project, count, words):
    Membership.objects.filter(project=project).exclude(user=reviewer).delete()
    for _n in range(count - 1):
        make_member(project)
    client = client_for(reviewer)
    choose(client, "uk")
    assert words in text_of(client, "/")


@pytest.mark.parametrize(
    ("count", "claims", "here"),
    [
        (1, "1 твердження", "1 твердження в цьому блоці"),
        (2, "2 твердження", "2 твердження в цьому блоці"),
        (5, "5 тверджень", "5 тверджень у цьому блоці"),
        (21, "21 твердження", "21 твердження в цьому блоці"),
    ],
)
def test_claims_are_counted_in_lists_and_beside_the_text(
    client_for, reviewer, project, count, claims, here
):
    version = make_version(reviewer, project, "Words of one block.")
    for n in range(count):
        make_claim(project, reviewer, text=f"Claim {n}", version=version, ranges=[(0, 5)])
    client = client_for(reviewer)
    choose(client, "uk")
    assert f"{claims}<" in text_of(client, "/p/desk/claims/")
    address = reverse("workbench", kwargs={"slug": "desk", "uid": version.article.uid})
    assert here in text_of(client, address)


@pytest.mark.parametrize(
    ("language", "form", "words"),
    [
        ("en", "DATE_FORMAT", "2 March 2022"),
        ("en", "SHORT_DATE_FORMAT", "2 Mar 2022"),
        ("en", "DATETIME_FORMAT", "2 March 2022, 21:05"),
        ("en", "SHORT_DATETIME_FORMAT", "2 Mar 2022, 21:05"),
        ("en", "TIME_FORMAT", "21:05"),
        ("uk", "DATE_FORMAT", "2 березня 2022 р."),
        ("uk", "SHORT_DATE_FORMAT", "02.03.2022"),
        ("uk", "DATETIME_FORMAT", "2 березня 2022 р., 21:05"),
        ("uk", "SHORT_DATETIME_FORMAT", "02.03.2022, 21:05"),
        ("uk", "TIME_FORMAT", "21:05"),
    ],
)
def test_dates_read_one_way_only(language, form, words):
    with translation.override(language):
        assert date_format(MOMENT, form) == words


def test_the_desk_shows_dates_in_the_person_s_language(client_for, operator):
    User.objects.filter(pk=operator.pk).update(date_joined=MOMENT)
    client = client_for(operator)
    address = f"/admin/annotations/user/{operator.pk}/change/"
    assert "2 March 2022, 21:05" in text_of(client, address)
    choose(client, "uk")
    page = text_of(client, address)
    assert "2 березня 2022 р., 21:05" in page
    assert "Зберегти" in page


def test_the_words_of_scripts_come_translated(client_for, reviewer, project):
    version = make_version(reviewer, project)
    client = client_for(reviewer)
    choose(client, "uk")
    address = reverse("workbench", kwargs={"slug": "desk", "uid": version.article.uid})
    assert 'data-saved="Збережено."' in text_of(client, address)


def test_the_api_answers_in_the_language_asked_for(visitor):
    english = visitor.get("/api/v1/projects/").json()
    assert english["title"] == "Sign in first"
    ukrainian = visitor.get("/api/v1/projects/", headers={"accept-language": "uk"}).json()
    assert ukrainian["title"] == "Спочатку увійдіть"
    assert ukrainian["type"] == english["type"]


def test_the_api_says_in_ukrainian_what_is_wrong_with_a_field(client_for, reviewer, project):
    client = client_for(reviewer)
    address, headers = "/api/v1/projects/desk/claims/", {"accept-language": "uk"}
    answer = client.post(address, "{}", content_type="application/json", headers=headers).json()
    assert answer["errors"] == [{"detail": "Це поле обов’язкове.", "pointer": "#/text"}]


def test_words_of_one_spelling_and_two_meanings_are_kept_apart():
    with translation.override("uk"):
        assert translation.pgettext("statement", "Standing") == "Чинна"
        assert gettext("Standing") == "Статус"
