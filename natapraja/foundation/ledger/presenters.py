"""Entries as sentences. A room explains its own kinds by a `presenters.py` with a table SENTENCES.

SENTENCES maps a kind to an Indonesian sentence with places {actor}, {subject} and any key of the detail:
"persons.read": "{actor} membaca data {count} orang untuk keperluan {purpose}."
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

_ROLES: Final = {"user": "Pengguna nomor", "system": "Sistem", "public": "Publik"}
_UNKNOWN: Final = "{actor}: peristiwa “{kind}” atas {subject}."


class _Places(dict[str, object]):
    """A place the entry says nothing about shows as dots, never as an error."""

    def __missing__(self, key: str) -> str:
        return "…"


@cache
def sentences() -> dict[str, str]:
    """Every room's sentences by kind; two rooms may not explain the same kind."""
    found: dict[str, str] = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.presenters"
        if not find_spec(name):
            continue
        for kind, sentence in getattr(import_module(name), "SENTENCES", {}).items():
            if kind in found:
                raise ImproperlyConfigured(f"{name}: kind {kind} is explained by another room already")
            found[kind] = sentence
    return found


def sentence(kind: str, actor: str, subject: str, detail: Mapping[str, object]) -> str:
    """What happened, in one Indonesian sentence; a kind nobody explains is shown as it is."""
    places = _Places(detail, actor=actor_name(actor), subject=subject, kind=kind)
    return sentences().get(kind, _UNKNOWN).format_map(places)


def actor_name(actor: str) -> str:
    """ "user:17" as "Pengguna nomor 17": names of officers are not in the ledger."""
    role, _, name = actor.partition(":")
    return f"{_ROLES.get(role, role.capitalize())} {name}".strip()
