"""Measuring the registers as the mart holds them, for any moment, rule and place. Nothing is kept here."""

from collections.abc import Collection
from datetime import date, datetime

from natapraja.mcd.mart.engine import engine

from . import catalogue
from .compiler import Moment
from .measure import LENGTHS, Matrix, run
from .places import village_codes
from .scanning import scan_of


def measure(
    *,
    on: date,
    known: datetime,
    rules_on: date | None = None,
    villages: Collection[str] | None = None,
    registers: Collection[str] | None = None,
    names: frozenset[str] | None = None,
) -> list[Matrix]:
    """The sums per RT, at one moment and under the rules of one day; only registers whose figures may have moved."""
    day = catalogue.rules_of(rules_on or on)
    chosen = engine()
    scan = scan_of(chosen, villages)
    moment = Moment(on, known)
    return [
        run(chosen, prepared, catalogue.schema(day), moment, scan)
        for prepared in catalogue.plans(day, names)
        if registers is None or prepared.needs & set(registers)
    ]


def measure_inside(
    area: str, *, on: date, known: datetime, rules_on: date | None = None, names: frozenset[str]
) -> list[Matrix]:
    """As `measure`, of some indicators over the villages inside an area, or over the village around it."""
    villages = None if len(area) == LENGTHS["regency"] else village_codes(area[: LENGTHS["village"]])
    return measure(on=on, known=known, rules_on=rules_on, villages=villages, names=names)
