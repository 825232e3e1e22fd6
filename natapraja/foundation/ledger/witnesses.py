"""Rooms that can prove what they hold: each offers `witness.py`, found by its name.

`digests(first, last)` gives (seq, digest) for the entries the room vouches for, recomputed from its rows.
`KINDS`, if given, are beginnings of kinds of which every entry must be vouched for: one without is a loss.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps


@dataclass(frozen=True, slots=True)
class Witness:
    room: str
    module: ModuleType

    def digests(self, first: int, last: int) -> Iterable[tuple[int, bytes]]:
        found: Iterable[tuple[int, bytes]] = self.module.digests(first, last)
        return found

    def vouches_for(self, kind: str) -> bool:
        return isinstance(kind, str) and kind.startswith(tuple(getattr(self.module, "KINDS", ())))


def witnesses() -> list[Witness]:
    """All rooms with a witness, by the name people know the room by."""
    return [
        Witness(str(app.verbose_name), import_module(f"{app.name}.witness"))
        for app in apps.get_app_configs()
        if find_spec(f"{app.name}.witness")
    ]
