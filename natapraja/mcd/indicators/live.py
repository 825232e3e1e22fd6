"""Measuring the RT around what just changed, from the registers themselves; the mart hears of it a moment later."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime

import msgspec

from natapraja.mcd.mart import partitions
from natapraja.mcd.mart.edge import Edge
from natapraja.mcd.registers.models import Version

from . import catalogue
from .compiler import WHO_LMS, Moment
from .kin import Kin
from .measure import Matrix, matrix_of, only
from .scanning import growth_standards

# What is held now is known at any moment before the end of time.
_HELD_NOW = datetime(9999, 1, 1, tzinfo=UTC)


class LiveMeasure:
    """Every plan under the rules of one day, prepared over the living edge."""

    def __init__(self, on: date) -> None:
        self.on = on
        day = catalogue.rules_of(on)
        self._sources = partitions.sources()
        self._edge = Edge(self._sources, on)
        self._edge.hold(WHO_LMS, growth_standards())
        self._plans = {each.register: each for each in catalogue.plans(day)}
        self.references = references(day)
        for register, plan in self._plans.items():
            self._edge.prepare(register, plan.sql(catalogue.schema(day), Moment(on, _HELD_NOW), str))

    def measure(
        self, changed: Mapping[str, Collection[int]], kin: Kin
    ) -> tuple[list[Matrix], frozenset[str]]:
        """(sums of the RT whose figures may have moved, the codes of those RT) when these units of registers changed.

        `kin` learns what the changed units refer to. An RT is measured whole; of its kin elsewhere only they come in.
        """
        units = {unit for numbers in changed.values() for unit in numbers}
        self._learn(changed, kin)
        areas = _areas(units, kin.around(units) - units)
        self._edge.fill(areas, lambda present: kin.around(present) - present)
        plans = [plan for plan in self._plans.values() if plan.needs & changed.keys()]
        matrices = [matrix_of(self._edge.table(plan.register), plan) for plan in plans]
        return [only(matrix, areas) for matrix in matrices], areas

    def _learn(self, changed: Mapping[str, Collection[int]], kin: Kin) -> None:
        for register, numbers in changed.items():
            if columns := self.references.get(register):
                for unit, *_, fields in self._sources[register].rows(None, numbers):
                    told = msgspec.json.decode(str(fields))
                    kin.learn(int(str(unit)), (told[name] for name in columns if name in told))


def references(day: date) -> dict[str, list[str]]:
    """The columns by which figures find other units under the rules of a day, by register."""
    found: dict[str, list[str]] = {}
    for register, column in sorted({pair for plan in catalogue.plans(day) for pair in plan.references}):
        found.setdefault(register, []).append(column)
    return found


def _areas(units: Collection[int], relatives: Collection[int]) -> frozenset[str]:
    """Where the units are and ever were, and where their kin are held to be now."""
    own = Version.objects.filter(unit__in=units)
    others = Version.objects.held_now().filter(unit__in=relatives)
    return frozenset(code for each in (own, others) for code in each.values_list("area__code", flat=True))
