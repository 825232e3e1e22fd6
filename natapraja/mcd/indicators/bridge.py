"""The bridge: why a figure moved between two moments, for an area and for the areas inside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from natapraja.foundation.kernel.clock import now

from . import catalogue, queries
from .measure import LEVELS
from .models import Publication
from .queries import Figure
from .rules import Bridge, Incomparable

_NEXT_LEVEL = {5: "district", 8: "village", 13: "rt", 17: "rt"}


@dataclass(frozen=True)
class Point:
    """One side of a bridge: the world's day, what was known, and the rules of which day."""

    on: date
    known: datetime
    rules_on: date


@dataclass(frozen=True)
class Explained:
    """A movement, its three parts, and the areas that made it, largest part first."""

    indicator: str
    area: str
    start: Point
    end: Point
    before: Figure
    after: Figure
    bridge: Bridge
    parts: tuple["PartOf", ...]


@dataclass(frozen=True)
class PartOf:
    """What one area inside contributed, in numerators: these add up to the whole whatever the rate does."""

    area: str
    bridge: Bridge


def point_on(day: date) -> Point:
    """What was published for that day; today and days without a publication are taken as known now."""
    published = Publication.objects.filter(on=day).first()
    known = published.known_at if published else now()
    return Point(day, known, catalogue.rules_of(day))


def explain(indicator: str, area: str, start: Point, end: Point) -> Explained:
    """Split the movement of an indicator in an area; raises Incomparable where a side cannot be measured."""
    level = _NEXT_LEVEL.get(len(area))
    steps = [
        (start.on, start.known, start.rules_on),
        (start.on, end.known, start.rules_on),
        (start.on, end.known, end.rules_on),
        (end.on, end.known, end.rules_on),
    ]
    wholes = [_measured(indicator, area, *step, level=None) for step in steps]
    figures = [found.get(area) for found in wholes]
    values = [figure.value if figure else None for figure in figures]
    if any(value is None for value in values) or figures[0] is None or figures[3] is None:
        raise Incomparable(
            "Angka ini belum dapat dihitung pada salah satu tanggal itu. Pilih tanggal yang lebih baru."
        )
    bridge = Bridge.between(*(float(value) for value in values if value is not None))
    parts: tuple[PartOf, ...] = ()
    if level is not None and figures[0].numerator is not None:
        inside = [_measured(indicator, area, *step, level=level) for step in steps]
        parts = _parts(inside)
    return Explained(indicator, area, start, end, figures[0], figures[3], bridge, parts)


def month_ends(until: date, months: int) -> list[date]:
    """The last days of the months before `until`, newest first."""
    days = []
    day = until.replace(day=1)
    for _ in range(months):
        day = day - timedelta(days=1)
        days.append(day)
        day = day.replace(day=1)
    return days


def end_of_day(day: date) -> datetime:
    """The last moment of a day in the regency."""
    return datetime.combine(day, time.max, tzinfo=ZoneInfo(settings.TIME_ZONE))


def _measured(
    indicator: str, area: str, on: date, known: datetime, rules_on: date, *, level: str | None
) -> Mapping[str, Figure]:
    found = queries.as_of([indicator], area, on=on, known=known, rules_on=rules_on, level=level)
    return {place: figures[indicator] for place, figures in found.items() if indicator in figures}


def _parts(inside: list[Mapping[str, Figure]]) -> tuple[PartOf, ...]:
    areas = sorted(set().union(*inside))
    made = []
    for area in areas:
        tops = [found[area].numerator if area in found else 0.0 for found in inside]
        bridge = Bridge.between(*(float(top or 0.0) for top in tops))
        if bridge.correction or bridge.definition or bridge.real:
            made.append(PartOf(area, bridge))
    moved = {part.area: abs(part.bridge.correction) + abs(part.bridge.definition) + abs(part.bridge.real) for part in made}
    return tuple(sorted(made, key=lambda part: -moved[part.area]))


def level_below(area: str) -> str | None:
    return _NEXT_LEVEL.get(len(area))


def level_of(area: str) -> str:
    return LEVELS[len(area)]
