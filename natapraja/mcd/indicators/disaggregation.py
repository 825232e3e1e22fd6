"""Figures by group (age, sex) for those who ask over the API, protected as the tables on the pages are."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from natapraja.foundation.access.reader import Reader
from natapraja.mcd.registers.catalogue import code_lists, registers

from . import catalogue, protection, queries, shown
from .definition import Indicator
from .measure import ADDITIVE, LENGTHS, PUBLIC_LEVELS, rolled_up
from .measuring import measure_inside
from .queries import EVERYBODY, Figure
from .shown import Shown
from .sums import Sums, UntilPulse, of_matrix, of_one_moment

ByGroup = dict[str, dict[str, Shown]]  # area -> group ("sex=L") -> figure


def fields(indicator: Indicator) -> tuple[str, ...]:
    """What an indicator can be asked by: its own groups, and the field its register is split by."""
    if indicator.kind not in ADDITIVE:
        return ()
    split = registers()[indicator.register].split
    return (*indicator.group_by, *([split] if split and split not in indicator.group_by else []))


@of_one_moment
def current(reader: Reader, indicator: Indicator, area: str, level: str, by: str) -> ByGroup:
    """The current figures by one of `fields`, of every area of a level inside `area` (or of itself).

    For the public the whole table of an area is withheld when one of its cells could point at a person. Raises Refused
    for RW and RT to those who may only see what is public.
    """
    if level not in PUBLIC_LEVELS:
        reader.check("figures.read_small", area)
    found: dict[str, dict[str, Figure]] = {}
    for group, split in _cells(indicator, by):
        name = group or f"{by}={split}"
        given = queries.below(area, level, [indicator.id], group=group, split=split)
        for place, figures in given.items():
            if indicator.id in figures:
                found.setdefault(place, {})[name] = figures[indicator.id]
    outside = {place for place in found if not shown.sees_small_counts(reader, place)}
    withheld = _withheld(indicator, by) if outside else frozenset()
    return {
        place: {
            name: Shown(indicator, place, None if place in outside and place in withheld else figure)
            for name, figure in figures.items()
        }
        for place, figures in found.items()
    }


def as_of(
    indicator: Indicator, area: str, level: str, by: str, *, on: date, known: datetime
) -> dict[str, dict[str, Figure]]:
    """As `current`, measured now for another moment and unprotected: for those whose role covers `area`."""
    found: dict[str, dict[str, Figure]] = {}
    for matrix in measure_inside(area, on=on, known=known, names=frozenset([indicator.id])):
        if matrix.register != indicator.register:
            continue
        for place, sums in of_matrix(rolled_up(matrix, lengths=(LENGTHS[level],)), on, known):
            if place.startswith(area):
                found[place] = dict(_measured(indicator, place, sums, by))
    return dict(sorted(found.items()))


def _measured(indicator: Indicator, place: str, sums: Sums, by: str) -> Iterator[tuple[str, Figure]]:
    for group, split in _cells(indicator, by):
        figure = queries.figure_of(indicator, place, {indicator.register: sums}, group, split, False, sums.on)
        if figure is not None:
            yield group or f"{by}={split}", figure


def _cells(indicator: Indicator, by: str) -> Sequence[tuple[str, str | None]]:
    """(group, split) of each row of a table by this field."""
    register = registers()[indicator.register]
    attribute = register.field(by) or next(each for each in register.derived if each.name == by)
    values = code_lists()[attribute.codes or ""].values
    if by in indicator.group_by:
        return [(f"{by}={value}", None) for value in values]
    return [(EVERYBODY, value) for value in (*values, "")]  # last those of whom it is not known


def _withheld(indicator: Indicator, by: str) -> frozenset[str]:
    """The areas whose table by this field is kept from the public; also where the page's own table is."""
    return _tables.of([(indicator.id, by)])[indicator.id, by]


def _work_out(asked: Collection[tuple[str, str]]) -> dict[tuple[str, str], frozenset[str]]:
    found = {}
    for name, by in asked:
        indicator = catalogue.indicators()[name]
        on_pages = protection.tables(name) if indicator.group_by else frozenset()
        found[name, by] = on_pages | protection.of_tables(name, _cell_counts(indicator, by))
    return found


_tables = UntilPulse(_work_out)


def _cell_counts(indicator: Indicator, by: str) -> dict[str, list[float]]:
    counts: dict[str, list[float]] = {}
    for level in PUBLIC_LEVELS:
        for group, split in _cells(indicator, by):
            found = queries.below("", level, [indicator.id], group=group, split=split)
            for area, figures in found.items():
                if indicator.id in figures:
                    counts.setdefault(area, []).extend(protection.betrayed(figures[indicator.id]))
    return counts
