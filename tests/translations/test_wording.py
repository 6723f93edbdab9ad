"""Columns that people read about have words, and borrowed sentences are still said by others."""

from pathlib import Path

import allauth
import django
import pytest
import rest_framework
from babel.messages.mofile import read_mo
from django.apps import apps
from django.contrib import admin
from django.utils import translation
from django.utils.functional import Promise

from annotations.audit.timeline import NOISE, NOISE_ENDINGS, history_model
from annotations.wording import BORROWED, COLUMNS, MODELS

OTHERS = [
    Path(django.__file__).parent / "contrib" / "admin" / "locale",
    Path(allauth.__file__).parent / "locale",
    Path(rest_framework.__file__).parent / "locale",
]


def shown_models():
    """Models of the desk, and those whose history is kept."""
    models = list(apps.get_app_config("annotations").get_models())
    with_history = filter(history_model, models)
    return sorted({*admin.site._registry, *with_history}, key=lambda model: model.__name__)


@pytest.mark.parametrize("model", shown_models(), ids=lambda model: model.__name__)
def test_every_column_in_history_and_desk_has_words(model):
    kept = {field.name for field in (history_model(model) or model)._meta.concrete_fields}
    named = [
        field.name
        for field in model._meta.concrete_fields
        if field.name in kept
        and not isinstance(field.verbose_name, Promise)
        and field.name not in NOISE | {"token_hash"}
        and not field.name.endswith(NOISE_ENDINGS)
    ]
    assert named == []
    assert isinstance(model._meta.verbose_name, Promise)


def test_words_are_given_to_columns_and_models_that_exist():
    models = list(apps.get_app_config("annotations").get_models())
    fields = {field.name for model in models for field in model._meta.local_fields}
    assert COLUMNS.keys() - fields == set()
    assert MODELS.keys() - {model._meta.model_name for model in models} == set()


def test_a_column_is_named_in_the_reader_s_language():
    field = apps.get_model("annotations", "Mention")._meta.get_field("version")
    with translation.override("uk"):
        assert str(field.verbose_name) == "версія"


def test_what_is_borrowed_is_still_said_by_others():
    said = set()
    for folder in OTHERS:
        with (folder / "de" / "LC_MESSAGES" / "django.mo").open("rb") as file:
            said |= {str(one.id) for one in read_mo(file)}
    assert [sentence for sentence in BORROWED if sentence not in said] == []
