"""Which areas keep which figures from the public, worked out over the whole regency at once.

One answer for every page and file, so that no two tables can be played against each other. How cells are chosen is in
`disclosure`; who need not be protected from is in `shown`.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from . import catalogue, disclosure, queries
from .bridge import Explained
from .definition import Indicator, in_force
from .measure import ADDITIVE, PUBLIC_LEVELS, Matrix
from .queries import Figure
from .rules import Bridge, Index
from .slow import SUMMARIES
from .sums import Sums, UntilPulse, of_level, of_matrix

Counts = Mapping[str, Sequence[float]]  # area -> every number its figure lets one compute


def areas(names: Collection[str]) -> dict[str, frozenset[str]]:
    """The areas whose current figure is protected, by indicator: by its own counts, or by those that follow from it.

    Both leave two hidden cells or none in every sum over areas, and so do the two together.
    """
    own = _own.of({each for name in names for each in catalogue.tied(name)})
    return {name: frozenset().union(*(own[each] for each in catalogue.tied(name))) for name in names}


def tables(name: str) -> frozenset[str]:
    """The areas whose whole table by group is kept from the public."""
    return _tables.of([name])[name]


def of_tables(name: str, cells: Counts) -> frozenset[str]:
    """The areas whose table is protected, from the counts of all its cells.

    A cell hidden in one village follows from the same cell of its kecamatan and of the other villages, and there are
    too many cells to weigh them all at once. So a table is shown whole or not at all, by the rule for single figures.
    """
    counts = {area: (sum(numbers), *numbers) for area, numbers in cells.items()}
    return _hidden(name, counts, areas([name])[name])


def of_month(month: Matrix, on: date, known_at: datetime) -> dict[str, list[str]]:
    """The protected indicators of each area in the sums of a month, by the counts of that month.

    A small month dropped alone could be worked out from the same month above and beside it.
    """
    held = dict(of_matrix(month, on, known_at))
    names = sorted({cell.indicator for cell in month.cells})
    counts = {name: _counted(catalogue.indicators()[name], held) for name in names}
    own = {name: _hidden(name, counts[name], _small_ties(name, counts)) for name in names}
    found: dict[str, list[str]] = {}
    for name in names:
        for area in frozenset().union(*(own[each] for each in catalogue.tied(name) & own.keys())):
            found.setdefault(area, []).append(name)
    return found


def of_movement(told: Explained) -> frozenset[str]:
    """The areas inside whose parts of a movement are protected, all three together.

    Where the figures of both ends are public, so is their difference, and a part that stands alone is just that. Small
    parts of a sum, and parts of figures that are withheld, are small counts; each column has a total that is shown.
    """
    indicator = told.before.indicator
    counts = {part.area: _numbers_of(part.bridge, indicator.small) for part in told.parts}
    unseen = areas([indicator.id])[indicator.id]
    also = {
        part.area
        for part in told.parts
        if part.area in unseen or not all(is_public(end) for end in part.ends if end is not None)
    }
    line = [*counts, ""]
    counts[""] = [float("inf")] * 3  # the total, which is shown
    return disclosure.hidden(counts, [line], indicator.small, also) - {""}


def _numbers_of(bridge: Bridge, small: int) -> Sequence[float]:
    parts = [abs(part) for part in (bridge.correction, bridge.definition, bridge.real)]
    return [max(part, small) for part in parts] if sum(map(bool, parts)) == 1 else parts


def is_public(figure: Figure) -> bool:
    """Whether a month of an area that is not protected today may be shown. Its own protection was fixed with it."""
    return not figure.withheld and not is_small(figure)


def is_small(figure: Figure) -> bool:
    """Whether a figure, taken alone, could point at a person."""
    return _any_small(betrayed(figure), figure.indicator)


def _any_small(numbers: Sequence[float], indicator: Indicator) -> bool:
    return any(0 < number < indicator.small for number in numbers)


def betrayed(figure: Figure) -> Sequence[float]:
    """What a shown figure lets one compute: the count, and for a share those of the base not counted."""
    top, bottom = figure.numerator, figure.denominator
    if isinstance(figure.number, Index):
        return (figure.number.rows,)  # the median of one answer is that answer
    return (float("inf"),) if top is None else _numbers(figure.indicator, top, bottom)


def _by_own_counts(names: Collection[str]) -> dict[str, frozenset[str]]:
    counts = _counts({each for name in names for each in catalogue.tied(name)})
    return {name: _remembered(name, tuple(counts[name].items()), _small_ties(name, counts)) for name in names}


def _withheld_tables(names: Collection[str]) -> dict[str, frozenset[str]]:
    return {name: of_tables(name, queries.group_counts(name, PUBLIC_LEVELS)) for name in names}


_own = UntilPulse(_by_own_counts)
_tables = UntilPulse(_withheld_tables)


def _counts(names: Collection[str]) -> dict[str, Counts]:
    """What the figures of every village, kecamatan and the regency betray, by indicator."""
    known = catalogue.indicators()
    sums = [name for name in names if known[name].kind in ADDITIVE]
    others = [name for name in names if known[name].kind in SUMMARIES]  # a formula has its inputs' counts
    counts: dict[str, dict[str, Sequence[float]]] = {name: {} for name in names}
    for level in PUBLIC_LEVELS:
        held = of_level("", level, {known[name].register for name in sums})
        for name in sums:
            own = {
                area: each[known[name].register]
                for area, each in held.items()
                if known[name].register in each
            }
            counts[name] |= _counted(known[name], own)
        for area, figures in queries.below("", level, others).items() if others else ():
            for name, figure in figures.items():
                counts[name][area] = betrayed(figure)
    return dict(counts)


def _small_ties(name: str, counts: Mapping[str, Counts]) -> frozenset[str]:
    """Where an indicator or one that follows from it is small: so all that are tied hide almost the same areas."""
    known = catalogue.indicators()
    return frozenset(
        area
        for each in catalogue.tied(name) & counts.keys()
        for area, numbers in counts[each].items()
        if _any_small(numbers, known[each])
    )


def _counted(indicator: Indicator, held: Mapping[str, Sums]) -> dict[str, Sequence[float]]:
    """As `betrayed` of every area, straight from the sums: it is asked whenever a figure moved."""
    found: dict[str, Sequence[float]] = {}
    for area, sums in held.items():
        parts = sums.of(indicator.id, queries.EVERYBODY, None)
        if parts is not None and in_force(indicator.versions, sums.on) is not None:
            found[area] = _numbers(indicator, parts[0], parts[1])
    return found


def _numbers(indicator: Indicator, top: float, bottom: float | None) -> Sequence[float]:
    if bottom is None or indicator.kind == "count":
        return (top,)
    if indicator.kind == "ratio":
        return (top, bottom - top, bottom)
    return (bottom,)  # a mean of one is that one


@lru_cache(maxsize=512)
def _remembered(
    name: str, known: tuple[tuple[str, Sequence[float]], ...], also: frozenset[str]
) -> frozenset[str]:
    """A report moves few indicators; for the others the answer stays."""
    return _hidden(name, dict(known), also)


def _hidden(name: str, counts: Counts, also: frozenset[str]) -> frozenset[str]:
    """The protected areas of an indicator, from the counts of every village, kecamatan and the regency."""
    lines: dict[str, list[str]] = {}
    for area in counts:
        if len(area) > 5:
            lines.setdefault(area.rpartition(".")[0], []).append(area)
    tied = [[*parts, parent] for parent, parts in lines.items() if parent in counts]
    return disclosure.hidden(counts, tied, catalogue.indicators()[name].small, also)
