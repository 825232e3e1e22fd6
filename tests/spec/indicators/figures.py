"""From an indicator's definition and a small world to its figure, in plain Python: count, add up, divide."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from natapraja.mcd.indicators.definition import Indicator, IndicatorVersion, Input, in_force
from tests import formulas

from .plain import Inputs, Place, Value, World, evaluate, read

Key = tuple[Value, ...]  # area, value of the register's split, then one value for each group_by


@dataclass(frozen=True)
class Cell:
    """Three sums: what was found, among how many it is known, and among how many it was asked."""

    numerator: float = 0
    denominator: float = 0
    base: float = 0

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(
            self.numerator + other.numerator, self.denominator + other.denominator, self.base + other.base
        )


@dataclass(frozen=True)
class Figure:
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    base: float | None = None


def cells(indicator: Indicator, world: World) -> dict[Key, Cell]:
    """The sums of an indicator that adds up, for each area, split and group there is."""
    version = version_of(indicator, world)
    split = world.rules.registers[indicator.register].split
    found: dict[Key, Cell] = {}
    for place in world.each(indicator.register):
        names = ([split] if split else []) + list(indicator.group_by)
        key = (place.row["area"], *(place.named(name) for name in names))
        found[key] = found.get(key, Cell()) + one(indicator, version, place)
    return found


def one(indicator: Indicator, version: IndicatorVersion, place: Place) -> Cell:
    """What one row adds: nothing outside the base, only to the base while the answer is unknown."""
    if version.sums:
        found, among = place.value(str(version.numerator)), place.value(str(version.denominator))
        if found is None or among is None:
            return Cell(base=among or 0)
        return Cell(found, among, among)
    if version.denominator is not None and place.value(version.denominator) is not True:
        return Cell()
    weight = place.value(version.weight) if version.weight is not None else 1
    if weight is None:
        return Cell()
    answer = place.value(str(version.value if indicator.kind == "mean" else version.numerator))
    if answer is None:
        return Cell(base=weight)
    return Cell(weight * answer, weight, weight)


def figure(
    indicator: Indicator,
    world: World,
    indicators: Mapping[str, Indicator] | None = None,
    inputs: dict[str, float] | None = None,
) -> Figure:
    """The figure for all areas of the world together."""
    version = version_of(indicator, world)
    if indicator.kind == "formula":
        return _formula(indicator, version, world, indicators or {}, inputs or {})
    if indicator.kind in ("median", "gini"):
        places = [place for place in world.each(indicator.register) if _inside(version, place)]
        values = [value for place in places if (value := place.value(str(version.value))) is not None]
        known = median(values) if indicator.kind == "median" and values else formulas.gini(values)
        return Figure(known, None, len(values), len(places))
    total = sum(cells(indicator, world).values(), Cell())
    if indicator.kind == "count":
        return Figure(total.numerator, total.numerator, total.denominator, total.base)
    return Figure(
        rate(total.numerator, total.denominator, indicator.per),
        total.numerator,
        total.denominator,
        total.base,
    )


def rate(numerator: float, denominator: float, per: int) -> float | None:
    return per * numerator / denominator if denominator else None


def groups(indicator: Indicator, world: World) -> dict[str, float]:
    """The numerator of each value of the first group_by."""
    split = world.rules.registers[indicator.register].split
    found: dict[str, float] = {}
    for key, cell in cells(indicator, world).items():
        value = str(key[2 if split else 1])
        found[value] = found.get(value, 0) + cell.numerator
    return found


def version_of(indicator: Indicator, world: World) -> IndicatorVersion:
    version = in_force(indicator.versions, world.on)
    if version is None:
        raise LookupError(f"{indicator.id} has no version on {world.on}")
    return version


def _inside(version: IndicatorVersion, place: Place) -> bool:
    return version.denominator is None or place.value(version.denominator) is True


def _formula(
    indicator: Indicator,
    version: IndicatorVersion,
    world: World,
    indicators: Mapping[str, Indicator],
    given: dict[str, float],
) -> Figure:
    """An expression over counts of other indicators or published values; unknown without any of them."""
    named = Inputs(
        {name: _input(source, world, indicators) for name, source in version.inputs.items()} | given
    )
    if version.expr is not None:
        return Figure(evaluate(read(version.expr), named))
    numerator = evaluate(read(str(version.numerator)), named)
    denominator = evaluate(read(str(version.denominator)), named)
    if numerator is None or denominator is None:
        return Figure(None)
    return Figure(rate(numerator, denominator, indicator.per), numerator, denominator)


def _input(source: Input, world: World, indicators: Mapping[str, Indicator]) -> float | None:
    if source.indicator is None:
        return source.value
    return figure(indicators[source.indicator], world).numerator
