"""Official figures shown beside ours: what was announced, by whom, and why it is not the same number."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec
from django.conf import settings

from natapraja.foundation.kernel.definitions import Text, load

from .definition import Indicator

# What a published share is a share of, in terms of what an indicator counts.
COUNTED_AS = {
    "person": "person", "labour force": "person", "employed person": "person", "person aged 15 and over": "person",
    "household": "household", "family": "family", "house": "house", "neighbourhood": "neighbourhood",
    "child": "child", "live birth": "event",
}  # fmt: skip
# Shares of one thing counted in different units: printed side by side they have misled before.
_TOPICS = {
    "mcd_poverty_persons": "poverty_rate",
    "mcd_poverty_households": "poverty_rate",
    "mcd_poverty_families": "poverty_rate",
}


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a published figure counts: a count, share or ratio `of` something."""

    id: str
    kind: str
    of: str
    text: Text


class Series(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Figures by one publisher and method; `difference` says why ours are others."""

    id: str
    title: Text
    method: str
    difference: Text


class Published(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    title: Text
    table: str
    units: tuple[Unit, ...] = msgspec.field(name="unit")
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Official:
    """One announced figure with its source; `why` says why ours differs."""

    series: str
    value: float
    unit: Unit
    as_of: str
    publisher: str
    url: str
    note: str
    why: Text | None = None


@dataclass(frozen=True)
class Refused:
    """An announced figure that may not stand beside ours, because it is a share of something else."""

    official: Official
    ours: str
    theirs: str


def beside(indicator: Indicator, area: str) -> tuple[Official, ...]:
    """The newest announced figure of each comparator of the indicator, for this area."""
    found = []
    for comparator in indicator.comparators:
        rows = [
            row
            for row in announced()
            if (row["series"], row["category"], row["area"]) == (comparator.series, comparator.category, area)
        ]
        if rows:
            found.append(_official(max(rows, key=_when), comparator.why))
    return tuple(found)


def refused(indicator: Indicator, area: str) -> tuple[Refused, ...]:
    """The newest announced shares of the same matter counted in another unit: shown only to say that they differ."""
    topic = _TOPICS.get(indicator.id)
    newest: dict[str, Mapping[str, str]] = {}
    for row in sorted(announced(), key=_when):
        if topic is not None and row["indicator"] == topic and row["area"] == area:
            newest[row["series"]] = row
    found = [_official(row, None) for row in newest.values()]
    return tuple(
        Refused(official, indicator.count_as, theirs)
        for official in found
        if (theirs := COUNTED_AS.get(official.unit.of, "")) != indicator.count_as
    )


def _official(row: Mapping[str, str], why: Text | None) -> Official:
    unit = units()[row["unit"]]
    dated = row["as_of"] or row["period"]
    return Official(
        row["series"], float(row["value"]), unit, dated, row["publisher"], row["url"], row["note"], why
    )


def _when(row: Mapping[str, str]) -> tuple[str, str]:
    return row["period"], row["as_of"]


def _folder() -> Path:
    return Path(settings.DEFINITIONS) / settings.REGENCY / "comparators"


@cache
def announced() -> tuple[Mapping[str, str], ...]:
    with (_folder() / "published.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


@cache
def units() -> Mapping[str, Unit]:
    return {each.id: each for each in load(_folder() / "published.toml", Published).units}
