"""The register definitions of this installation, loaded once and carried as frozen objects."""

from functools import cache
from pathlib import Path

from django.conf import settings

from natapraja.foundation.kernel.definitions import load_folder

from .codes import CodeList
from .definition import Register


@cache
def registers() -> dict[str, Register]:
    """Every register by its id."""
    return load_folder(_home() / "registers", Register)


@cache
def code_lists() -> dict[str, CodeList]:
    """Every code list by its id: those of the republic and those of this regency."""
    national = load_folder(settings.DEFINITIONS / "national" / "codes", CodeList)
    return national | load_folder(_home() / "codes", CodeList)


def register(name: str) -> Register:
    """One register; KeyError with the names there are when it is unknown."""
    try:
        return registers()[name]
    except KeyError:
        known = ", ".join(sorted(registers()))
        raise KeyError(f"Register {name!r} tidak dikenal. Pilih salah satu: {known}.") from None


def _home() -> Path:
    return Path(settings.DEFINITIONS) / settings.REGENCY
