"""Who refers to whom: the members of a household, its house, a child's measurements.

When one unit changes, the figures of its kin may move too, and they may be listed in another RT.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

import numpy as np

from natapraja.mcd.mart import partitions
from natapraja.mcd.mart.engine import engine

from .scanning import scan_of

_STEPS = 3  # the longest way an expression goes: measurement, person, household, house
Numbers = np.ndarray


class Kin:
    """References between units, in both directions: two arrays of shape (references,), and what was learnt since."""

    def __init__(self, units: Numbers, targets: Numbers) -> None:
        ends = np.concatenate([units, targets])
        others = np.concatenate([targets, units])
        order = np.argsort(ends, kind="stable")
        self._ends, self._others = ends[order], others[order]
        self._learnt: dict[int, set[int]] = defaultdict(set)

    def learn(self, unit: int, targets: Iterable[int]) -> None:
        """A unit refers to these from now on. What it referred to before stays: too many kin do no harm."""
        for target in targets:
            self._learnt[unit].add(target)
            self._learnt[target].add(unit)

    def around(self, units: Collection[int]) -> set[int]:
        """These units and all kin within a few steps."""
        found = frontier = np.unique(np.fromiter(units, dtype=np.int64, count=len(units)))
        for _ in range(_STEPS):
            first = np.searchsorted(self._ends, frontier, "left")
            counts = np.searchsorted(self._ends, frontier, "right") - first
            starts = np.repeat(first - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
            known = self._others[starts + np.arange(counts.sum())] if len(frontier) else frontier
            fresh = [
                other for unit in frontier.tolist() if unit in self._learnt for other in self._learnt[unit]
            ]
            frontier = np.setdiff1d(np.concatenate([known, np.array(fresh, dtype=np.int64)]), found)
            found = np.union1d(found, frontier)
        return set(found.tolist())


def of_mart(on: date, references: Mapping[str, Collection[str]]) -> Kin:
    """The references between units that are there on a day or later, as held now, read from the mart.

    `references` names the columns that count, by register.
    """
    chosen = engine()
    scan = scan_of(chosen, None)
    there: list[Numbers] = [np.empty(0, dtype=np.int64)]
    units, targets = list(there), list(there)
    for register in partitions.sources():
        columns = references.get(register, ())
        held = chosen.table(
            f"SELECT {', '.join(('unit', *columns))} FROM {scan(register)} "  # noqa: S608 — names of definitions
            f"WHERE known_to > TIMESTAMP '9999-01-01' AND valid_to > DATE '{on}'"
        )
        there.append(held.column("unit").to_numpy())
        for column in columns:
            pairs = held.filter(held.column(column).is_valid())
            units.append(pairs.column("unit").to_numpy())
            targets.append(pairs.column(column).to_numpy())
    known = np.isin(np.concatenate(targets), np.concatenate(there))
    return Kin(np.concatenate(units)[known], np.concatenate(targets)[known])
