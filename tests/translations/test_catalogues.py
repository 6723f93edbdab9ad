"""Every sentence of the product is in the Ukrainian catalogue, translated, with its places kept."""

import re
from collections import Counter

import pytest

from factcheck.catalogues import compile_changed_catalogues
from factcheck.messages import (
    catalogue_path,
    collect_messages,
    plural_forms,
    read_catalogue,
    update_catalogue,
)

LANGUAGES = ["uk"]
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>|&\w+;")
# A file with one sentence, in the form its translator would leave it.
ONE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Save"\nmsgstr "{}"\n'


@pytest.fixture(scope="module")
def collected():
    return {(one.context, one.id): one for one in collect_messages() if one.id}


@pytest.fixture(scope="module", params=LANGUAGES)
def catalogue(request):
    return read_catalogue(catalogue_path(request.param).read_bytes())


def entries(catalogue):
    return [one for one in catalogue if one.id]


def forms(message):
    """Each form of the translation with the sentence it stands for."""
    if isinstance(message.id, str):
        return [(message.id, message.string)]
    singular, plural = message.id
    return [(singular if n == 0 else plural, form) for n, form in enumerate(message.string)]


def test_the_code_and_the_templates_are_read(collected):
    assert (None, "Sign in") in collected
    assert (None, ("%(n)s claim", "%(n)s claims")) in collected
    assert (None, ("%(count)d place", "%(count)d places")) in collected
    assert ("statement", "Standing") in collected
    assert (None, "The interval ends before it begins.") in collected


def test_the_catalogue_holds_exactly_what_the_product_says(collected, catalogue):
    known = {(one.context, one.id) for one in entries(catalogue)}
    assert collected.keys() - known == set(), "run make messages, then translate"
    assert known - collected.keys() == set(), "run make messages"


def test_everything_is_translated_and_nothing_is_a_guess(catalogue):
    open_ones = [one.id for one in entries(catalogue) if not all(text for _id, text in forms(one))]
    assert open_ones == []
    assert [one.id for one in entries(catalogue) if one.fuzzy] == []


def test_every_translation_keeps_the_places_of_its_sentence(catalogue):
    wrong = [
        (sentence, text)
        for one in entries(catalogue)
        for sentence, text in forms(one)
        if Counter(PLACES.findall(sentence)) != Counter(PLACES.findall(text))
    ]
    assert wrong == []


def test_every_translation_begins_and_ends_as_its_sentence_does(catalogue):
    ends = re.compile(r"\A\s*|\s*\Z")
    wrong = [
        sentence
        for one in entries(catalogue)
        for sentence, text in forms(one)
        if ends.findall(sentence) != ends.findall(text)
    ]
    assert wrong == []


def test_plurals_are_counted_as_django_counts_them(catalogue):
    assert catalogue.plural_forms == plural_forms(str(catalogue.locale))
    plural = [one for one in entries(catalogue) if one.pluralizable]
    assert {len(one.string) for one in plural} == {catalogue.num_plurals}


@pytest.mark.parametrize("language", LANGUAGES)
def test_updating_a_current_catalogue_changes_not_one_byte(language, tmp_path):
    copy = catalogue_path(language, tmp_path)
    copy.parent.mkdir(parents=True)
    before = catalogue_path(language).read_bytes()
    copy.write_bytes(before)
    assert update_catalogue(language, tmp_path) == (0, 0)
    assert copy.read_bytes() == before


def test_an_update_keeps_translations_and_drops_what_is_said_no_more(tmp_path):
    path = catalogue_path("de", tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text(ONE.format("Speichern") + '\nmsgid "Gone for good"\nmsgstr "Weg"\n')
    new, gone = update_catalogue("de", tmp_path)
    assert (new > 1000, gone) == (True, 1)
    catalogue = read_catalogue(path.read_bytes())
    assert catalogue["Save"].string == "Speichern"
    assert "Gone for good" not in catalogue
    assert catalogue.num_plurals == 2


def test_compiling_happens_when_the_source_changed_and_only_then(tmp_path):
    source, target = tmp_path / "locale", tmp_path / "compiled"
    path = catalogue_path("de", source)
    path.parent.mkdir(parents=True)
    path.write_text(ONE.format("Speichern"))
    assert compile_changed_catalogues(target, source) == ["de"]
    made = target / "de" / "LC_MESSAGES" / "django.mo"
    assert b"Speichern" in made.read_bytes()
    assert compile_changed_catalogues(target, source) == []
    path.write_text(ONE.format("Sichern"))
    assert compile_changed_catalogues(target, source) == ["de"]
    made.unlink()
    assert compile_changed_catalogues(target, source) == ["de"]
