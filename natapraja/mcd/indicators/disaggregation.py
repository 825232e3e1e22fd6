"""Figures by group (age, sex) for those who ask over the API, protected as the tables on the pages are."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime

from natapraja.foundation.access.reader import Reader
from natapraja.mcd.registers.catalogue import code_lists, registers

from . import queries, shown
from .definition import Indicator
from .measure import ADDITIVE, LEVELS, rolled_up
from .places import village_codes
from .queries import EVERYBODY, Figure
from .shown import Shown
from .sums import PUBLIC_LEVELS, Sums, of_matrix
from .sums import pulse as pulse_now

ByGroup = dict[str, dict[str, Shown]]  # area -> group ("sex=L") -> figure


def fields(indicator: Indicator) -> tuple[str, ...]:
    """What an indicator can be asked by: its own groups, and the field its register is split by."""
    if indicator.kind not in ADDITIVE:
        return ()
    split = registers()[indicator.register].split
    return (*indicator.group_by, *([split] if split and split not in indicator.group_by else []))


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
    veiled = _veiled(indicator, by) if outside else frozenset()
    return {
        place: {
            name: Shown(indicator, place, None if place in outside and place in veiled else figure)
            for name, figure in figures.items()
        }
        for place, figures in found.items()
    }


def as_of(
    indicator: Indicator, area: str, level: str, by: str, *, on: date, known: datetime
) -> dict[str, dict[str, Figure]]:
    """As `current`, measured now for another moment and unprotected: for those whose role covers `area`."""
    from .actions import measure  # reads only; lives there because refreshing uses it too

    villages = None if len(area) == 5 else village_codes(area[:13])
    length = next(length for length, name in LEVELS.items() if name == level)
    found: dict[str, dict[str, Figure]] = {}
    for matrix in measure(on=on, known=known, villages=villages, names=frozenset([indicator.id])):
        if matrix.register != indicator.register:
            continue
        for place, sums in of_matrix(rolled_up(matrix, lengths=(length,)), on, known):
            if place.startswith(area):
                found[place] = dict(_measured(indicator, place, sums, by))
    return dict(sorted(found.items()))


def _measured(indicator: Indicator, place: str, sums: Sums, by: str) -> Iterator[tuple[str, Figure]]:
    for group, split in _cells(indicator, by):
        figure = queries._figure(indicator, place, {indicator.register: sums}, group, split, False, sums.on)
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


_tables: dict[tuple[str, str], tuple[Hashable, frozenset[str]]] = {}


def _veiled(indicator: Indicator, by: str) -> frozenset[str]:
    """The areas whose table by this field is kept from the public.

    By the rule of the tables on the pages: shown whole or not at all, what counts in a table is its smallest cell, and
    the answer is worked out over the whole regency. Where the page's own table is withheld this one is, too.
    """
    pulse = pulse_now()
    kept = _tables.get((indicator.id, by))
    if pulse is None or kept is None or kept[0] != pulse:
        on_pages = shown._veiled(indicator.id) if indicator.group_by else frozenset()
        kept = (pulse, _by_rule(indicator, by) | on_pages)
        _tables[indicator.id, by] = kept
    return kept[1]


def _by_rule(indicator: Indicator, by: str) -> frozenset[str]:
    least: dict[str, list[float]] = {}
    for level in PUBLIC_LEVELS:
        for group, split in _cells(indicator, by):
            found = queries.below("", level, [indicator.id], group=group, split=split)
            for area, figures in found.items():
                if indicator.id in figures:
                    numbers = shown._betrayed(figures[indicator.id])
                    least.setdefault(area, []).extend(number for number in numbers if number)
    protected = shown._protected([indicator.id])[indicator.id]
    counts: Mapping[str, Sequence[float]] = {
        area: (min(numbers, default=0.0), *([1.0] if area in protected else []))
        for area, numbers in least.items()
    }
    return shown._hidden(indicator.id, tuple(counts.items()))
