"""Reading figures: of an area, of the areas below it, over time. Only sums are stored; rates are divided here."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.db.models.functions import Length

from . import catalogue, store
from .arithmetic import evaluate
from .definition import Indicator, IndicatorVersion, in_force
from .measure import DENOMINATOR, LENGTHS, NUMERATOR, rolled_up
from .measuring import measure_inside
from .models import Publication, PublishedFigures, SlowFigure
from .rules import RATES, Count, Index, Number
from .slow import SUMMARIES
from .sums import Sums, of_areas, of_level, of_matrix, of_vector

EVERYBODY = ""


@dataclass(frozen=True)
class Figure:
    """A number with its passport: what, where, of whom, by which rule."""

    indicator: Indicator
    version: IndicatorVersion
    area: str
    group: str
    split: str | None
    number: Number
    published: bool
    withheld: bool = False  # from the public, by the counts of the month it was published with

    @property
    def value(self) -> float | None:
        return self.number.value

    @property
    def numerator(self) -> float | None:
        return getattr(self.number, "numerator", None)

    @property
    def denominator(self) -> float | None:
        return getattr(self.number, "denominator", None)


def figures(
    area: str, names: Collection[str] | None = None, *, split: str | None = None
) -> dict[str, Figure]:
    """The current figures of one area by indicator id, for everybody or one value of the split."""
    sums = of_areas([area]).get(area, {})
    made = _figures(area, sums, names, EVERYBODY, split, published=False)
    return made | _slow([area], names).get(area, {}) if split is None else made


def below(
    parent: str, level: str, names: Collection[str], *, group: str = EVERYBODY, split: str | None = None
) -> dict[str, dict[str, Figure]]:
    """The current figures of every area of a level inside `parent`: area -> indicator -> figure."""
    registers = {catalogue.indicators()[name].register for name in _with_inputs(names)}
    found = of_level(parent, level, registers)
    slow = _slow(found, names) if group == EVERYBODY and split is None else {}
    return {
        area: _figures(area, sums, names, group, split, published=False) | slow.get(area, {})
        for area, sums in found.items()
    }


def published(
    publication: Publication, parent: str, level: str, names: Collection[str]
) -> dict[str, dict[str, Figure]]:
    """The figures of one publication for every area of a level inside `parent` (village and above)."""
    registers = {catalogue.indicators()[name].register for name in _with_inputs(names)}
    rows = PublishedFigures.objects.alias(length=Length("area")).filter(
        publication=publication, register__in=registers, area__startswith=parent, length=LENGTHS[level]
    )
    found: dict[str, dict[str, Sums]] = {}
    for area, register, *stored in rows.values_list("area", "register", *_STORED):
        found.setdefault(area, {})[register] = _published(stored, publication.on, publication.known_at)
    return {
        area: _figures(area, sums, names, EVERYBODY, None, published=True) for area, sums in found.items()
    }


def groups(name: str, area: str) -> dict[str, dict[str, Figure]]:
    """An indicator by its disaggregation and split: group -> split value -> figure, for example an age pyramid."""
    indicator = catalogue.indicators()[name]
    sums = of_areas([area]).get(area, {})
    own = sums.get(indicator.register)
    if own is None:
        return {}
    keys = dict.fromkeys(group for indicator_id, group, _ in own.index if indicator_id == name and group)
    return {
        group: {
            split: made[name]
            for split in own.splits
            if name in (made := _figures(area, sums, [name], group, split, published=False))
        }
        for group in keys
    }


def group_counts(name: str, levels: Collection[str]) -> dict[str, tuple[float, ...]]:
    """What the tables of an indicator by group and split betray, for every area of these levels: the counts of their
    cells, and of a share also those not counted."""
    indicator = catalogue.indicators()[name]
    found: dict[str, tuple[float, ...]] = {}
    by_level = (of_level("", level, [indicator.register]) for level in levels)
    for area, sums in ((area, sums) for each in by_level for area, sums in each.items()):
        own = sums[indicator.register]
        cells = [(part, place) for (each, group, part), place in own.index.items() if each == name and group]
        above = own.values[:, [place for part, place in cells if part == NUMERATOR]]
        known = own.values[:, [place for part, place in cells if part == DENOMINATOR]]
        rest = known - above if indicator.kind == "ratio" else above[:0]
        found[area] = (*above.ravel().tolist(), *rest.ravel().tolist())
    return found


def trends(names: Collection[str], area: str) -> dict[str, list[Figure]]:
    """The published figures of an area, oldest first, and the current one last. Village and above."""
    registers = {catalogue.indicators()[each].register for each in _with_inputs(names)}
    rows = PublishedFigures.objects.filter(area=area, register__in=registers).order_by("publication__on")
    columns = ("publication__on", "publication__known_at", "register", *_STORED)
    by_month: dict[date, dict[str, Sums]] = {}
    for on, known_at, register, *stored in rows.values_list(*columns):
        by_month.setdefault(on, {})[register] = _published(stored, on, known_at)
    found: dict[str, list[Figure]] = {name: [] for name in names}
    for sums in by_month.values():
        for name, figure in _figures(area, sums, names, EVERYBODY, None, published=True).items():
            found[name].append(figure)
    for figure in _slow_rows([area], names):
        if figure.number.on in by_month:
            found[figure.indicator.id].append(figure)
    for name, figure in figures(area, names).items():
        found[name].append(figure)
    return found


_STORED = ("values", "layout_id", "withheld")


def _published(stored: Sequence[Any], on: date, known_at: datetime) -> Sums:
    """The sums of a month from a row of `_STORED`. Where it was never worked out what to withhold, all is."""
    values, layout, names = stored
    withheld = frozenset(catalogue.indicators() if names is None else names.split())
    return of_vector(store.read_published(values, layout), layout, on, known_at, withheld)


def publications() -> list[Publication]:
    """Every publication, newest first."""
    return list(Publication.objects.order_by("-on"))


def as_of(
    names: Collection[str],
    area: str,
    *,
    on: date,
    known: datetime,
    rules_on: date | None = None,
    level: str | None = None,
) -> dict[str, dict[str, Figure]]:
    """Figures measured now for another moment: area -> indicator -> figure, of `area` or of a level inside it.

    Medians and Gini are left out: they are measured at their own pace, not for any moment.
    """
    length = len(area) if level is None else LENGTHS[level]
    return as_of_levels(names, area, on=on, known=known, rules_on=rules_on, lengths=(length,))


def as_of_levels(
    names: Collection[str],
    area: str,
    *,
    on: date,
    known: datetime,
    rules_on: date | None = None,
    lengths: Collection[int],
) -> dict[str, dict[str, Figure]]:
    """As `as_of`, for areas of several levels (lengths of their codes) inside `area` from one measuring."""
    wanted = frozenset(_with_inputs(names))
    matrices = measure_inside(area, on=on, known=known, rules_on=rules_on, names=wanted)
    found: dict[str, dict[str, Sums]] = {}
    for matrix in matrices:
        for place, sums in of_matrix(rolled_up(matrix, lengths=lengths), on, known):
            if place.startswith(area):
                found.setdefault(place, {})[matrix.register] = sums
    day = rules_on or on
    return {
        place: _figures(place, sums, names, EVERYBODY, None, published=False, rules_on=day)
        for place, sums in sorted(found.items())
    }


def _figures(
    area: str,
    sums: Mapping[str, Sums],
    names: Collection[str] | None,
    group: str,
    split: str | None,
    *,
    published: bool,
    rules_on: date | None = None,
) -> dict[str, Figure]:
    known = catalogue.indicators()
    made: dict[str, Figure] = {}
    for name in known if names is None else names:
        figure = figure_of(known[name], area, sums, group, split, published, rules_on)
        if figure is not None:
            made[name] = figure
    return made


def figure_of(
    indicator: Indicator,
    area: str,
    sums: Mapping[str, Sums],
    group: str,
    split: str | None,
    published: bool,
    rules_on: date | None,
) -> Figure | None:
    """The figure these sums make: of everybody or a group, of all or one value of the split; None where they do not."""
    any_sums = sums.get(indicator.register) or next(iter(sums.values()), None)
    if any_sums is None or indicator.kind in SUMMARIES:
        return None
    version = in_force(indicator.versions, rules_on or any_sums.on)
    if version is None:
        return None
    if indicator.kind == "formula":
        number = _formula(indicator, version, area, sums, any_sums)
    else:
        parts = any_sums.of(indicator.id, group, split) if indicator.register in sums else None
        number = _number(indicator, parts, any_sums) if parts is not None else None
    if number is None:
        return None
    withheld = any(not each.withheld.isdisjoint(catalogue.tied(indicator.id)) for each in sums.values())
    return Figure(indicator, version, area, group, split, number, published, withheld)


def _number(indicator: Indicator, parts: tuple[float, float, float], sums: Sums) -> Number:
    top, bottom, base = parts
    dated = {"on": sums.on, "known_at": sums.known_at, "unit": indicator.unit.id}
    if indicator.kind == "count":
        return Count(numerator=top, base=base, **dated)
    return RATES[indicator.count_as](numerator=top, denominator=bottom, base=base, per=indicator.per, **dated)


def _formula(
    indicator: Indicator, version: IndicatorVersion, area: str, sums: Mapping[str, Sums], any_sums: Sums
) -> Number | None:
    """A figure made of other figures or of published values; None while one of them is not known."""
    given: dict[str, float] = {}
    for name, source in version.inputs.items():
        if source.indicator is None:
            value = source.value
        else:
            other = figure_of(
                catalogue.indicators()[source.indicator], area, sums, EVERYBODY, None, False, None
            )
            value = None if other is None else other.value
        if value is None:
            return None
        given[name] = value
    dated = {"on": any_sums.on, "known_at": any_sums.known_at, "unit": indicator.unit.id}
    if version.expr is not None:
        return Index(measured=evaluate(version.expr, given), rows=0, **dated)
    top, bottom = evaluate(str(version.numerator), given), evaluate(str(version.denominator), given)
    if top is None or bottom is None:
        return None
    rate = RATES[indicator.count_as]
    return rate(numerator=top, denominator=bottom, base=bottom, per=indicator.per, **dated)


def _slow(areas: Collection[str], names: Collection[str] | None) -> dict[str, dict[str, Figure]]:
    """The latest medians and Gini of these areas: area -> indicator -> figure."""
    found: dict[str, dict[str, Figure]] = {}
    for figure in _slow_rows(areas, names, latest=True):
        found.setdefault(figure.area, {})[figure.indicator.id] = figure
    return found


def _slow_rows(
    areas: Collection[str], names: Collection[str] | None, *, latest: bool = False
) -> Iterator[Figure]:
    """Medians and Gini kept for these areas, oldest first; `latest` gives those of the last measuring only."""
    known = catalogue.indicators()
    wanted = [name for name in (known if names is None else names) if known[name].kind in SUMMARIES]
    if not wanted:
        return
    rows = SlowFigure.objects.filter(indicator__in=wanted)
    if latest:
        rows = rows.filter(on=rows.aggregate(last=Max("on"))["last"])
    for row in rows.filter(area__in=areas).order_by("on"):
        if (figure := _slow_figure(known[row.indicator], row)) is not None:
            yield figure


def _slow_figure(indicator: Indicator, row: SlowFigure) -> Figure | None:
    version = in_force(indicator.versions, row.on)
    if version is None:
        return None
    number = Index(
        measured=row.value, rows=row.rows, on=row.on, known_at=row.known_at, unit=indicator.unit.id
    )
    return Figure(indicator, version, row.area, EVERYBODY, None, number, published=False)


def _with_inputs(names: Iterable[str]) -> set[str]:
    """The names and every indicator their formulas take."""
    wanted: set[str] = set()
    pending = list(names)
    while pending:
        name = pending.pop()
        if name in wanted:
            continue
        wanted.add(name)
        for version in catalogue.indicators()[name].versions:
            pending += [each.indicator for each in version.inputs.values() if each.indicator]
    return wanted
