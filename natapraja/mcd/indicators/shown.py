"""Figures as a reader may see them: everything inside the areas of their role, protected counts for everybody else."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from natapraja.foundation.access.reader import Reader

from . import catalogue, disclosure, queries
from .definition import Indicator, in_force
from .measure import ADDITIVE
from .models import Publication
from .queries import Figure
from .rules import Index
from .sums import PUBLIC_LEVELS, Sums, of_level
from .sums import pulse as pulse_now


@dataclass(frozen=True)
class Shown:
    """A figure, or the sentence why it is not shown."""

    indicator: Indicator
    area: str
    figure: Figure | None

    @property
    def hidden(self) -> bool:
        return self.figure is None

    @property
    def value(self) -> float | None:
        return self.figure.value if self.figure else None


def sees_small_counts(reader: Reader, area: str) -> bool:
    """Whether this reader's role covers counts of a few persons in `area`."""
    return reader.may("figures.read_small", area)


def figures(reader: Reader, area: str, names: Collection[str] | None = None) -> dict[str, Shown]:
    """The current figures of one area; refuses RT and RW to those who may only see what is public."""
    if not sees_small_counts(reader, area) and len(area) > 13:
        reader.check("figures.read_small", area)
    return _shown(reader, {area: queries.figures(area, names)}).get(area, {})


def below(reader: Reader, parent: str, level: str, names: Collection[str]) -> dict[str, dict[str, Shown]]:
    """The figures of a level inside `parent`: area -> indicator -> figure."""
    if level not in PUBLIC_LEVELS and not sees_small_counts(reader, parent):
        reader.check("figures.read_small", parent)
    return _shown(reader, queries.below(parent, level, names))


def published(
    reader: Reader, publication: Publication, parent: str, level: str, names: Collection[str]
) -> dict[str, dict[str, Figure]]:
    """What was published for a level inside `parent`; cells protected today or small then are left out."""
    found = queries.published(publication, parent, level, names)
    if sees_small_counts(reader, parent):
        return found
    unseen, then = _protected(names), _withheld(publication, names)
    return {
        area: {
            name: figure
            for name, figure in figures.items()
            if sees_small_counts(reader, area) or not (area in unseen[name] | then[name] or _is_small(figure))
        }
        for area, figures in found.items()
    }


def groups(reader: Reader, name: str, area: str) -> dict[str, dict[str, Figure | None]]:
    """An indicator by group and split; for the public, all cells of a table that could point at a person are None."""
    found = queries.groups(name, area)
    inside = sees_small_counts(reader, area)
    if not inside and len(area) > 13:
        reader.check("figures.read_small", area)
    veiled = not inside and area in _veiled(name)
    return {
        group: {split: None if veiled else figure for split, figure in splits.items()}
        for group, splits in found.items()
    }


def trend(reader: Reader, name: str, area: str) -> list[Figure]:
    """The published months of an area; nothing where today's figure is protected."""
    return trends(reader, [name], area)[name]


def trends(reader: Reader, names: Collection[str], area: str) -> dict[str, list[Figure]]:
    """The trends of several indicators; for the public without protected ones and without protected months."""
    if sees_small_counts(reader, area):
        return queries.trends(names, area)
    if len(area) > 13:
        return {name: [] for name in names}
    unseen = _protected(names)
    shown = [name for name in names if area not in unseen[name]]
    then = {each.on: _withheld(each, shown) for each in queries.publications()} if shown else {}
    kept = {
        name: [
            each
            for each in months
            if not _is_small(each) and area not in then.get(each.number.on, {}).get(name, ())
        ]
        for name, months in queries.trends(shown, area).items()
    }
    return {name: kept.get(name, []) for name in names}


def _shown(reader: Reader, found: Mapping[str, Mapping[str, Figure]]) -> dict[str, dict[str, Shown]]:
    """What this reader may see of figures by area and indicator."""
    outside = {area for area in found if not sees_small_counts(reader, area)}
    unseen = _protected({name for area in outside for name in found[area]})
    return {
        area: {
            name: Shown(figure.indicator, area, None if area in outside and area in unseen[name] else figure)
            for name, figure in figures.items()
        }
        for area, figures in found.items()
    }


_worked_out: dict[str, tuple[Hashable, frozenset[str]]] = {}


def _protected(names: Collection[str]) -> dict[str, frozenset[str]]:
    """The areas whose figure is protected, by indicator, worked out over the whole regency at once.

    One answer for every page and file, so that no two tables can be played against each other.
    """
    if not names:
        return {}
    pulse = pulse_now()
    stale = [name for name in names if pulse is None or _worked_out.get(name, (None,))[0] != pulse]
    if stale:
        for name, counts in _counts(stale).items():
            _worked_out[name] = (pulse, _hidden(name, tuple(counts.items())))
    return {name: _worked_out[name][1] for name in names}


_months: dict[tuple[object, ...], frozenset[str]] = {}


def _withheld(publication: Publication, names: Collection[str]) -> dict[str, frozenset[str]]:
    """The areas whose figure of a month is protected, by indicator: by the counts of that month, over all its areas.

    A small month dropped alone could be worked out from the same month above and beside it. What was published never
    changes, so each month is worked out once.
    """
    known = catalogue.indicators()
    sums = [name for name in names if known[name].kind in ADDITIVE]
    of = (str(settings.DATABASES["default"]["NAME"]), publication.pk, publication.known_at)
    missing = [name for name in sums if (*of, name) not in _months]
    if missing:
        held = queries.published_sums(publication, {known[name].register for name in missing})
        for name in missing:
            found = {
                area: _of_sums(known[name], each.get(known[name].register)) for area, each in held.items()
            }
            counts = tuple((area, numbers) for area, numbers in sorted(found.items()) if numbers is not None)
            _months[(*of, name)] = _hidden(name, counts)
    return {name: _months.get((*of, name), frozenset()) for name in names}


def forget() -> None:
    """No month is remembered any more: for tests, whose publications share their numbers."""
    _months.clear()


def _counts(names: Collection[str]) -> dict[str, dict[str, Sequence[float]]]:
    """What the figures of every village, kecamatan and the regency betray: indicator -> area -> counts."""
    known = catalogue.indicators()
    sums = [name for name in names if known[name].kind in ADDITIVE]
    others = [name for name in names if name not in sums]
    counts: dict[str, dict[str, Sequence[float]]] = {name: {} for name in names}
    for level in PUBLIC_LEVELS:
        for area, held in of_level("", level, {known[name].register for name in sums}).items():
            for name in sums:
                if (found := _of_sums(known[name], held.get(known[name].register))) is not None:
                    counts[name][area] = found
        for area, figures in queries.below("", level, others).items() if others else ():
            for name, figure in figures.items():
                counts[name][area] = _betrayed(figure)
    return counts


def _of_sums(indicator: Indicator, sums: Sums | None) -> Sequence[float] | None:
    """As `_betrayed`, straight from the sums: it is asked of every village whenever a figure moved."""
    if sums is None or in_force(indicator.versions, sums.on) is None:
        return None
    parts = sums.of(indicator.id, queries.EVERYBODY, None)
    return None if parts is None else _numbers(indicator, parts[0], parts[1])


@lru_cache(maxsize=512)
def _hidden(name: str, known: tuple[tuple[str, Sequence[float]], ...]) -> frozenset[str]:
    """The protected areas of an indicator, from the counts of every village, kecamatan and the regency."""
    counts = dict(known)
    lines: dict[str, list[str]] = {}
    for area in counts:
        if len(area) > 5:
            lines.setdefault(area.rpartition(".")[0], []).append(area)
    tied = [[*parts, parent] for parent, parts in lines.items() if parent in counts]
    return disclosure.hidden(counts, tied, catalogue.indicators()[name].small)


def _is_small(figure: Figure) -> bool:
    return any(0 < number < figure.indicator.small for number in _betrayed(figure))


def _betrayed(figure: Figure) -> Sequence[float]:
    """What a shown figure lets one compute: the count, and for a share those of the base not counted."""
    top, bottom = figure.numerator, figure.denominator
    if isinstance(figure.number, Index):
        return (figure.number.rows,)  # the median of one answer is that answer
    return (float("inf"),) if top is None else _numbers(figure.indicator, top, bottom)


def _numbers(indicator: Indicator, top: float, bottom: float | None) -> Sequence[float]:
    return (top,) if bottom is None or indicator.kind != "ratio" else (top, bottom - top)


_tables: dict[str, tuple[Hashable, frozenset[str]]] = {}


def _veiled(name: str) -> frozenset[str]:
    """The areas whose whole table by group is kept from the public.

    A cell hidden in one village follows from the same cell of its kecamatan and of the other villages, and there are
    too many cells to weigh them all at once. So a table is shown whole or not at all, by the rule for single figures:
    what counts in a table is its smallest cell.
    """
    pulse = pulse_now()
    if pulse is None or _tables.get(name, (None,))[0] != pulse:
        protected = _protected([name])[name]
        counts: dict[str, Sequence[float]] = {}
        for area, numbers in queries.group_counts(name, PUBLIC_LEVELS).items():
            least = min((number for number in numbers if number), default=0.0)
            counts[area] = (least, 1.0) if area in protected else (least,)
        _tables[name] = (pulse, _hidden(name, tuple(counts.items())))
    return _tables[name][1]
