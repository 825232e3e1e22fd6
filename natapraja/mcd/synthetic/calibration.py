"""What the invented regency is fitted to: figures with their source, read from the definition files."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from natapraja.foundation.kernel.definitions import DefinitionError, Text, load

from .draws import Array


class Demonstration(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The village whose real neighbourhoods are always complete, however few people are asked for."""

    village: str
    persons_per_neighbourhood: int
    most_of_district: float


class Fault(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is made wrong on purpose: in this month every unfit house of this village becomes fit on paper."""

    village: str
    month: int
    unfit_share: float


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file synthetic.toml."""

    id: str
    title: Text
    people: int
    seed: int
    months: int
    note: str
    demonstration: Demonstration
    fault: Fault
    reference: dict[str, str]


class Generation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """First and second words of the names of those born before the year `until`."""

    until: int
    words: int
    male_first: tuple[str, ...]
    male_second: tuple[str, ...]
    female_first: tuple[str, ...]
    female_second: tuple[str, ...]


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The file names.toml: a name always ends with one of the markers."""

    id: str
    markers: tuple[str, ...]
    generations: tuple[Generation, ...] = msgspec.field(name="generation")


@dataclass(frozen=True)
class Calibration:
    """Settings, facts by name, and tables as columns of numbers (or of text for `code`)."""

    settings: Settings
    names: Names
    facts: dict[str, float]
    districts: dict[str, Array]
    villages: dict[str, float]
    ages: dict[str, Array]
    schooling: dict[str, Array]

    def fact(self, name: str) -> float:
        return self.facts[name]

    def share(self, name: str) -> float:
        """A fact given in percent, as a share of 1."""
        return self.facts[name] / 100


def load_calibration(home: Path) -> Calibration:
    """Read synthetic.toml and the folder synthetic/ below `home`; raises DefinitionError."""
    folder = home / "synthetic"
    facts = _rows(folder / "facts.csv")
    villages = _rows(folder / "villages.csv")
    return Calibration(
        settings=load(home / "synthetic.toml", Settings),
        names=load(folder / "names.toml", Names),
        facts={row["name"]: float(row["value"]) for row in facts},
        districts=_columns(folder / "districts_estimate.csv"),
        villages={row["code"]: float(row["people"]) for row in villages},
        ages=_columns(folder / "ages.csv"),
        schooling=_columns(folder / "schooling_estimate.csv"),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except FileNotFoundError:
        raise DefinitionError(
            path.name, "seluruh berkas", "berkas tidak ada", "Kembalikan berkas itu dari arsip definisi"
        ) from None


def _columns(path: Path) -> dict[str, Array]:
    """Each column of a table; numbers as float64 with NaN for an empty cell, `code` as text."""
    rows = _rows(path)
    columns: dict[str, Any] = {}
    for name in rows[0]:
        cells = [row[name] for row in rows]
        columns[name] = (
            np.array(cells)
            if name == "code"
            else np.array([float(cell) if cell else np.nan for cell in cells])
        )
    return columns
