"""The bridge: why a figure moved between two moments, for an area and for the areas inside it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from natapraja.foundation.kernel.clock import now

from . import catalogue, queries
from .definition import in_force
from .measure import LEVELS
from .models import Publication
from .queries import Figure
from .rules import UNMEASURED, Bridge, Incomparable

_NEXT_LEVEL = {5: "district", 8: "village", 13: "rt", 17: "rt"}


@dataclass(frozen=True)
class Point:
    """One side of a bridge: the world's day, what was known, and the rules of which day."""

    on: date
    known: datetime
    rules_on: date
    is_now: bool = False  # as known at this moment, not at one that was chosen


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
    ends: tuple[Figure | None, Figure | None] = (None, None)  # before and after

    @property
    def moved(self) -> float:
        """How much happened here, whatever cancels out."""
        return abs(self.bridge.correction) + abs(self.bridge.definition) + abs(self.bridge.real)


_ByArea = Mapping[str, Mapping[str, Figure]]


def point_on(day: date) -> Point:
    """What was published for that day; today and days without a publication are taken as known now."""
    published = Publication.objects.filter(on=day).first()
    known = published.known_at if published else now()
    return Point(day, known, catalogue.rules_of(day), is_now=published is None)


def explain(indicator: str, area: str, start: Point, end: Point) -> Explained:
    """Split the movement of an indicator in an area; raises Incomparable where a side cannot be measured."""
    found = explain_all([indicator], area, start, end)
    if indicator not in found:
        raise Incomparable(UNMEASURED)
    return found[indicator]


def explain_all(
    names: Collection[str], area: str, start: Point, end: Point, level: str | None = None
) -> dict[str, Explained]:
    """The movements of several indicators from one measuring; those without a value on a side are left out.

    `level` is that of the parts (the next below when None). What was published, and what is shown now, is read and
    not measured again, so that both ends of a bridge are the very figures people saw.
    """
    level = level or _NEXT_LEVEL.get(len(area))
    steps = (
        (start.on, start.known, start.rules_on),
        (start.on, end.known, start.rules_on),
        (start.on, end.known, end.rules_on),
        (end.on, end.known, end.rules_on),
    )
    restated = _restated(names, start.rules_on, end.rules_on)
    found: list[_ByArea] = [
        _kept(names, area, start, level) or _measured(names, area, *steps[0], level=level)
    ]
    found.append(found[0] if steps[1] == steps[0] else _measured(names, area, *steps[1], level=level))
    found.append(_over(found[1], _measured(restated, area, *steps[2], level=level) if restated else {}))
    found.append(_kept(names, area, end, level) or _measured(names, area, *steps[3], level=level))
    made = {name: _explained(name, area, start, end, found, level) for name in names}
    return {name: each for name, each in made.items() if each is not None}


def _restated(names: Collection[str], before: date, after: date) -> list[str]:
    """The indicators another rule makes between two days; all of them when a concept changed."""
    concepts = (version for each in catalogue.concepts().values() for version in each.versions)
    if before != after and any(before < version.since <= after for version in concepts):
        return list(names)
    known = catalogue.indicators()
    pairs = ((name, known[name].versions) for name in names)
    return [name for name, versions in pairs if in_force(versions, before) != in_force(versions, after)]


def _over(ground: _ByArea, fresh: _ByArea) -> _ByArea:
    """The figures of `ground` with those of `fresh` in their place."""
    return {area: {**figures, **fresh.get(area, {})} for area, figures in ground.items()}


def _explained(
    name: str, area: str, start: Point, end: Point, found: Sequence[_ByArea], level: str | None
) -> Explained | None:
    figures = [each.get(area, {}).get(name) for each in found]
    values = [figure.value for figure in figures if figure is not None and figure.value is not None]
    before, after = figures[0], figures[3]
    if len(values) < 4 or before is None or after is None:
        return None
    parts: tuple[PartOf, ...] = ()
    if level is not None and before.numerator is not None:
        parts = _parts(name, found, level)
    return Explained(name, area, start, end, before, after, Bridge.between(*map(float, values)), parts)


def _measured(
    names: Collection[str], area: str, on: date, known: datetime, rules_on: date, *, level: str | None
) -> _ByArea:
    lengths = {len(area)} | {length for length, each in LEVELS.items() if each == level}
    return queries.as_of_levels(names, area, on=on, known=known, rules_on=rules_on, lengths=sorted(lengths))


def _kept(names: Collection[str], area: str, point: Point, level: str | None) -> _ByArea | None:
    """The published or current figures of a point, when they are what would be measured for it."""
    if point.rules_on != catalogue.rules_of(point.on):
        return None
    publication = Publication.objects.filter(on=point.on, known_at=point.known).first()
    own = LEVELS[len(area)]
    if publication is not None and {own, level or own} <= {"regency", "district", "village"}:
        found = queries.published(publication, area, own, names)
        return found | (queries.published(publication, area, level, names) if level else {})
    if publication is None and (current := queries.figures(area, names)) and point.is_now:
        days = {figure.number.on for figure in current.values()}
        if days == {point.on}:
            return {area: current} | (queries.below(area, level, names) if level else {})
    return None


def _parts(name: str, found: Sequence[_ByArea], level: str) -> tuple[PartOf, ...]:
    areas = sorted({area for each in found for area in each if LEVELS[len(area)] == level})
    made = []
    for area in areas:
        figures = [each.get(area, {}).get(name) for each in found]
        tops = [(figure.numerator or 0.0) if figure else 0.0 for figure in figures]
        bridge = Bridge.between(*tops)
        if bridge.correction or bridge.definition or bridge.real:
            made.append(PartOf(area, bridge, (figures[0], figures[3])))
    return tuple(sorted(made, key=lambda part: -part.moved))
