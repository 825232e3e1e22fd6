"""Entries as sentences. A room explains its own kinds by a `presenters.py` with up to three tables.

SENTENCES maps a kind to an Indonesian sentence with places {actor}, {subject} and any key of the detail:
"persons.read": "{actor} membaca data {count} orang untuk keperluan {purpose}."
WORDS turns an id into what people say: by the key of the detail ("purpose"), by what stands before the colon of a
subject ("area"), or by a kind, for a subject that is nothing but an id.
GROUPS names what kinds with the same beginning have in common, as msgids: {"persons.": "Pembacaan data orang"}.
"""

from collections.abc import Callable, Mapping, MutableMapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

_ROLES: Final = {"user": "Pengguna nomor", "system": "Sistem", "public": "Publik"}
_SYSTEM: Final = {
    "account": "akun", "areas": "wilayah", "definitions": "definisi", "demo": "akun contoh", "import": "impor",
    "publication": "penerbitan", "publish": "penerbitan", "synthetic": "penduduk contoh",
}  # fmt: skip
_UNKNOWN: Final = "{actor}: peristiwa “{kind}” atas {subject}."

Word = Callable[[str], str]
Memory = MutableMapping[tuple[str, str], str]


class _Places(dict[str, object]):
    """A place the entry says nothing about shows as dots, never as an error."""

    def __missing__(self, key: str) -> str:
        return "…"


@cache
def sentences() -> dict[str, str]:
    """Every room's sentences by kind; two rooms may not explain the same kind."""
    return _gathered("SENTENCES")


@cache
def groups() -> dict[str, str]:
    """Every room's groups of kinds, by the beginning of the kind: "persons." and its msgid."""
    return _gathered("GROUPS")


@cache
def _words() -> dict[str, Word]:
    return _gathered("WORDS")


def _gathered(table: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for app in apps.get_app_configs():
        name = f"{app.name}.presenters"
        if not find_spec(name):
            continue
        for key, said in getattr(import_module(name), table, {}).items():
            if key in found:
                raise ImproperlyConfigured(f"{name}: {key} is explained by another room already")
            found[key] = said
    return found


def sentence(
    kind: str, actor: str, subject: str, detail: Mapping[str, object], memory: Memory | None = None
) -> str:
    """What happened, in one Indonesian sentence; a kind nobody explains is shown as it is.

    `memory` keeps the words of ids from one entry of a page to the next; what it holds for ("user", "17") is how
    account 17 is called.
    """
    known: Memory = {} if memory is None else memory
    said = {name: _said(name, value, known) for name, value in detail.items()}
    about = _subject(kind, subject, known) if kind in sentences() else subject
    places = _Places(said, actor=actor_name(actor, known), subject=about, kind=kind)
    return sentences().get(kind, _UNKNOWN).format_map(places)


def actor_name(actor: str, memory: Memory) -> str:
    """ "user:17" as `memory` calls it, else "Pengguna nomor 17": names of officers are not in the ledger."""
    role, _, name = actor.partition(":")
    if (role, name) in memory and role == "user":
        return memory[role, name]
    if role == "system" and name in _SYSTEM:
        return f"Sistem ({_SYSTEM[name]})"
    return f"{_ROLES.get(role, role.capitalize())} {name}".strip()


def _subject(kind: str, subject: str, memory: Memory) -> str:
    what, colon, own = subject.partition(":")
    if not colon:
        return _said(kind, subject, memory)
    if what == "user":
        return memory.get((what, own), f"pengguna nomor {own}")
    return _said(what, own, memory) if what in _words() else own


def _said(name: str, value: object, memory: Memory) -> str:
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    key = (name, str(value))
    if key not in memory:
        memory[key] = _words()[name](key[1]) if name in _words() else key[1]
    return memory[key]
