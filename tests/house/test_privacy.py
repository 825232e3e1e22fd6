"""Every column of every table says how private it is.

The convention: each model carries `PRIVACY: dict[str, str]`, from the name of each of its fields to
one of open, internal, personal, sensitive. Only a running number `id` made by Django may be left out: it is
internal. The same words class the fields of the registers (definitions/) and decide what may enter the mart.
"""

from django.apps import apps
from django.db.models import AutoField, Model

from tests.house.sources import report

CLASSES = {"open", "internal", "personal", "sensitive"}


def own_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("natapraja.")]


def column_names(model: type[Model]) -> set[str]:
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {field.name for field in fields}


def test_every_model_field_has_a_privacy_class() -> None:
    problems = []
    for model in own_models():
        where = f"{model.__module__}.{model.__name__}"
        declared: dict[str, str] = vars(model).get("PRIVACY", {})
        numbered = {"id"} if isinstance(model._meta.pk, AutoField) else set()
        missing = column_names(model) - set(declared) - numbered
        problems += [f"{where}.{name}: no class" for name in sorted(missing)]
        problems += [
            f"{where}.{name}: no such field" for name in sorted(set(declared) - column_names(model) - {"pk"})
        ]
        problems += [
            f"{where}.{name}: {word!r} is no class" for name, word in declared.items() if word not in CLASSES
        ]
    assert not problems, report(
        problems, "declare it in PRIVACY of the model: open, internal, personal or sensitive."
    )


def test_fields_that_hold_persons_are_never_called_open() -> None:
    telling = {"nik", "full_name", "password", "payload", "phone"}
    problems = [
        f"{model.__module__}.{model.__name__}.{field}: {word}"
        for model in own_models()
        for field, word in vars(model).get("PRIVACY", {}).items()
        if field in telling and word not in ("personal", "sensitive")
    ]
    assert not problems, report(problems, "a name or a number of a person is personal.")
