"""The stored sums as they are read: one vector of an area and register, with the means to find a cell in it.

Those of villages and above are on every page; each process reads them once for as long as no figure moves.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache, wraps
from typing import Generic, ParamSpec, TypeVar

import numpy as np
from django.db.models import QuerySet

from . import store
from .measure import BASE, DENOMINATOR, LENGTHS, NUMERATOR, PUBLIC_LEVELS, Matrix
from .models import CurrentFigures, Pulse


@dataclass(frozen=True)
class Sums:
    """One vector of an area over one register."""

    values: np.ndarray  # (splits, cells)
    index: Mapping[tuple[str, str, str], int]
    splits: tuple[str, ...]
    on: date
    known_at: datetime
    withheld: frozenset[str] = frozenset()  # indicators the public may not see here, of a published month

    def of(self, indicator: str, group: str, split: str | None) -> tuple[float, float, float] | None:
        """(numerator, denominator, base), or None when the indicator is not in this vector."""
        places = [self.index.get((indicator, group, part)) for part in (NUMERATOR, DENOMINATOR, BASE)]
        if None in places:
            return None
        row = self._whole if split is None else self.values[self.splits.index(split)]
        top, bottom, base = row[places].tolist()
        return top, bottom, base

    @cached_property
    def _whole(self) -> np.ndarray:
        return self.values.sum(axis=0)


BySource = Mapping[str, Sums]  # register -> sums of one area
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
P = ParamSpec("P")


def pulse() -> Hashable:
    """Changes whenever any figure may have moved."""
    return Pulse.objects.order_by("-id").values_list("id", "at").first()


def of_one_moment(read: Callable[P, V]) -> Callable[P, V]:
    """Reads again when figures moved meanwhile: a figure and its protection must be of the same moment."""

    @wraps(read)
    def steady(*args: P.args, **kwargs: P.kwargs) -> V:
        while True:
            before = _kept[0]
            found = read(*args, **kwargs)
            if _kept[0] == before:  # every reader in this process goes by the same last pulse
                return found

    return steady


class UntilPulse(Generic[K, V]):
    """Answers that hold until any figure moves; `work` gives those of the keys that are asked for anew."""

    def __init__(self, work: Callable[[Collection[K]], Mapping[K, V]]) -> None:
        self._work = work
        self._found: dict[K, tuple[Hashable, V]] = {}

    def of(self, keys: Collection[K]) -> dict[K, V]:
        if not keys:
            return {}
        last = pulse()
        stale = [key for key in keys if last is None or self._found.get(key, (None,))[0] != last]
        if stale:
            self._found |= {key: (last, answer) for key, answer in self._work(stale).items()}
        return {key: self._found[key][1] for key in keys}


def of_areas(areas: Collection[str]) -> dict[str, BySource]:
    """The current sums of these areas: area -> register -> sums."""
    known = _public() if any(len(area) <= LENGTHS["village"] for area in areas) else {}
    found = {area: known[area] for area in areas if area in known}
    lower = [area for area in areas if len(area) > LENGTHS["village"]]
    return found | _read(CurrentFigures.objects.filter(area__in=lower)) if lower else found


def of_level(parent: str, level: str, registers: Collection[str]) -> dict[str, BySource]:
    """The current sums over some registers, of every area of a level inside `parent`."""
    if level not in PUBLIC_LEVELS:
        stored = CurrentFigures.objects.filter(level=level, register__in=registers)
        return _read(stored.filter(area__startswith=parent))
    return {
        area: {name: each for name, each in sums.items() if name in registers}
        for area, sums in _public().items()
        if len(area) == LENGTHS[level] and area.startswith(parent) and not sums.keys().isdisjoint(registers)
    }


def of_matrix(matrix: Matrix, on: date, known: datetime) -> Iterable[tuple[str, Sums]]:
    """The sums of a matrix by area."""
    index = {(cell.indicator, cell.group, cell.part): place for place, cell in enumerate(matrix.cells)}
    for area, values in zip(matrix.areas, matrix.values, strict=True):
        yield area, Sums(values, index, matrix.splits, on, known)


def of_vector(
    values: np.ndarray, layout: str, on: date, known_at: datetime, withheld: frozenset[str] = frozenset()
) -> Sums:
    return Sums(values, _index(layout), store.read_layout(layout)[1], on, known_at, withheld)


_kept: tuple[Hashable, dict[str, BySource]] = (None, {})


def _public() -> Mapping[str, BySource]:
    """All current sums of villages and above, as of the last pulse."""
    global _kept
    last = pulse()
    if last is None or _kept[0] != last:
        _kept = (last, _read(CurrentFigures.objects.filter(level__in=PUBLIC_LEVELS)))
    return _kept[1]


def _read(rows: QuerySet[CurrentFigures]) -> dict[str, BySource]:
    """Plain columns: making a model object of every row would take longer than reading it."""
    found: dict[str, dict[str, Sums]] = {}
    columns = ("area", "register", "values", "layout_id", "on", "known_at")
    for area, register, values, layout, on, known_at in rows.order_by("area").values_list(*columns):
        found.setdefault(area, {})[register] = of_vector(store.unpack(values, layout), layout, on, known_at)
    return dict(found)


@lru_cache(maxsize=256)
def _index(layout: str) -> dict[tuple[str, str, str], int]:
    cells, _ = store.read_layout(layout)
    return {(cell.indicator, cell.group, cell.part): place for place, cell in enumerate(cells)}
