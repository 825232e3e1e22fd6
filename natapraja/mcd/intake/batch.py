"""One batch of the plan as the rows and the ledger lines it becomes. Pure arithmetic over columns; nothing is written."""

# ruff: noqa: S608 - names come from definitions and are quoted; no value of a row is ever inserted

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from natapraja.mcd.registers.belief import closing_line, version_line
from natapraja.mcd.registers.history import OPEN
from natapraja.mcd.registers.rules import IMPORT

from . import planning
from .stage import Stage

Planned = tuple[Any, ...]

_COLUMNS = (
    "row", "kind", "key", "unit", "village", "was_village", "area", "CAST(starts AS VARCHAR)",
    "CAST(ends AS VARCHAR)", "data", "closes", "past_area", "CAST(past_starts AS VARCHAR)", "past_data",
)  # fmt: skip
(
    ROW,
    KIND,
    KEY,
    UNIT,
    VILLAGE,
    WAS_VILLAGE,
    AREA,
    STARTS,
    ENDS,
    DATA,
    CLOSES,
    PAST_AREA,
    PAST_STARTS,
    PAST_DATA,
) = range(14)


@dataclass(frozen=True)
class Batch:
    """Planned rows of one register, in the order in which they are written."""

    register: str
    rows: list[Planned] = field(repr=False)

    @property
    def known_units(self) -> list[int]:
        return sorted(row[UNIT] for row in self.rows if row[UNIT] is not None)

    @property
    def new_keys(self) -> list[str]:
        return [row[KEY] for row in self.rows if row[UNIT] is None]

    @property
    def villages(self) -> list[str]:
        """Whose partitions of the mart are touched, also those that somebody left."""
        return sorted({row[VILLAGE] for row in self.rows} | {row[WAS_VILLAGE] for row in self.rows})

    @property
    def closes(self) -> list[int]:
        return sorted(row[CLOSES] for row in self.rows if row[CLOSES] is not None)

    @property
    def new(self) -> int:
        return sum(row[KIND] == planning.NEW for row in self.rows)

    def without(self, units: set[int], keys: set[str]) -> "Batch":
        """The batch without rows whose unit somebody else wrote to meanwhile."""
        if not units and not keys:
            return self
        return replace(
            self,
            rows=[
                row
                for row in self.rows
                if row[UNIT] not in units and not (row[UNIT] is None and row[KEY] in keys)
            ],
        )


@dataclass(frozen=True)
class Written:
    """What goes into the tables. `versions` lack the entry's number, which exists only once the digest does."""

    units: list[tuple[int, str, str]] = field(repr=False)
    versions: list[tuple[Any, ...]] = field(repr=False)
    lines: list[bytes] = field(repr=False)


def read(stage: Stage, register: str, after: int, upto: int) -> Batch:
    """The planned rows with after < place <= upto."""
    found = stage.table(
        f"SELECT {', '.join(_COLUMNS)} FROM plan WHERE place > {after:d} AND place <= {upto:d} ORDER BY place"
    )
    return Batch(register, list(zip(*(column.to_pylist() for column in found.columns), strict=True)))


def written(batch: Batch, *, unit: int, version: int, known_from: str, stored: object) -> Written:
    """Rows and lines when numbering begins at `unit` and `version`.

    `known_from` is the moment as the digest writes it, `stored` as the database keeps it.
    """
    register = batch.register
    units: list[tuple[int, str, str]] = []
    versions: list[tuple[Any, ...]] = []
    lines: list[bytes] = []
    why = (IMPORT, "")
    for number, area, starts, ends, data, key in _versions(batch, unit, units):
        versions.append(
            (version + len(versions), number, register, area, starts, ends, stored, OPEN, IMPORT, "", data)
        )
        lines.append(version_line(register, key, area, (starts, ends), known_from, why, data))
    lines += [closing_line(closed, known_from) for closed in batch.closes]
    return Written(units, versions, lines)


def _versions(batch: Batch, first_unit: int, units: list[tuple[int, str, str]]) -> Iterator[tuple[Any, ...]]:
    for row in batch.rows:
        number = row[UNIT]
        if number is None:
            number = first_unit + len(units)
            units.append((number, batch.register, row[KEY]))
        elif row[KIND] == planning.SPLIT:
            yield number, row[PAST_AREA], row[PAST_STARTS], row[STARTS], row[PAST_DATA], row[KEY]
        yield number, row[AREA], row[STARTS], row[ENDS], row[DATA], row[KEY]
