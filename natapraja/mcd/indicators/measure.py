"""Measuring: all indicators over a register in one grouped query, as a matrix of sums per area.

A cell is one sum: the numerator, denominator or base of an indicator, for everybody or for one group. Sums of an area
above are sums of the areas below; a rate is divided only when it is shown.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import msgspec
import numpy as np
import pyarrow as pa

from natapraja.mcd.mart.engine import Engine

from .compiler import TIME_FORMAT, WHO_LMS, Compiler, Moment
from .definition import Indicator, IndicatorVersion, in_force
from .language import Schema, is_condition

NUMERATOR, DENOMINATOR, BASE = "numerator", "denominator", "base"
LENGTHS = {
    "rt": 21,
    "rw": 17,
    "village": 13,
    "district": 8,
    "regency": 5,
}  # of the area codes of a level, from below
LEVELS = {length: level for level, length in LENGTHS.items()}
PUBLIC_LEVELS = ("village", "district", "regency")
ADDITIVE = ("count", "ratio", "mean")


# Stands for any moment in a compiled query; nothing ever happened on this day of our year nought.
_ANY_MOMENT = Moment(date(1001, 2, 3), datetime(1001, 2, 3, 4, 5, 6, 7, tzinfo=UTC))


@dataclass(frozen=True)
class Cell:
    """One sum of one indicator; `group` is '' for everybody, else 'field=value'."""

    indicator: str
    group: str
    part: str


@dataclass(frozen=True)
class Matrix:
    """Sums of one register: float64 values of shape (areas, splits, cells). Whole numbers are exact below 2^53."""

    register: str
    cells: tuple[Cell, ...]
    splits: tuple[str, ...]  # values of the register's split field, '' where there is none or it is unknown
    areas: tuple[str, ...]
    values: np.ndarray
    rules: str = ""  # the digest of the query that measured it

    def __len__(self) -> int:
        return len(self.areas)


@dataclass(frozen=True)
class Plan:
    """The query of one register under the rules of one day, ready for any moment and any villages."""

    register: str
    split: str | None
    splits: tuple[str, ...]
    cells: tuple[Cell, ...]
    extras: Mapping[str, str]
    sums: tuple[str, ...]
    needs: frozenset[str]  # registers whose rows can change these figures
    references: frozenset[tuple[str, str]]  # (register, column) through which they do
    rules: str  # the digest of the query: another one measures something else, though the cells be the same

    def sql(self, schema: Schema, moment: Moment, scan: Callable[[str], str]) -> str:
        """The query for one moment over these files. Compiled once; only the moment and the files change."""
        text = _template(self, schema)
        for name in (*schema.registers, WHO_LMS):
            text = text.replace(_place(name), scan(name)) if _place(name) in text else text
        known = moment.known.astimezone(UTC).strftime(TIME_FORMAT)
        return text.replace(_ANY_MOMENT.known.strftime(TIME_FORMAT), known).replace(
            _ANY_MOMENT.on.isoformat(), moment.on.isoformat()
        )


def plan(
    register: str,
    indicators: Sequence[Indicator],
    schema: Schema,
    codes: Mapping[str, Sequence[str]],
) -> Plan | None:
    """Every additive indicator of a register under the rules of `schema.on`; None when there is none in force."""
    cells: list[Cell] = []
    sums: list[str] = []
    extras: dict[str, str] = {}
    for indicator in indicators:
        version = in_force(indicator.versions, schema.on)
        if indicator.register != register or indicator.kind not in ADDITIVE or version is None:
            continue
        for group, condition in _groups(indicator, schema, codes):
            for part, expr in _parts(indicator, version, schema, extras, condition):
                cells.append(Cell(indicator.id, group, part))
                sums.append(expr)
    if not cells:
        return None
    split = schema.registers[register].split
    splits: tuple[str, ...] = ("",)
    if split:
        attribute = schema.attribute(register, split, register)
        splits = (*codes[attribute.codes or ""], "")
    probe = Compiler(schema, _ANY_MOMENT, lambda name: name)
    probe.relation(register, frozenset([(split,)]) if split else frozenset(), extras, where=register)
    needs = frozenset(
        name for name in schema.registers if any(f" FROM {name} " in cte for cte in probe.ctes.values())
    )
    written = msgspec.json.encode([sorted(probe.ctes.items()), sums])
    rules = hashlib.sha256(written).hexdigest()
    return Plan(
        register, split, splits, tuple(cells), extras, tuple(sums), needs, frozenset(probe.references), rules
    )


def _template(prepared: Plan, schema: Schema) -> str:
    key = (prepared.register, prepared.cells, prepared.sums)
    if (found := schema.templates.get(key)) is None:
        compiler = Compiler(schema, _ANY_MOMENT, _place)
        wanted = frozenset([(prepared.split,)]) if prepared.split else frozenset()
        relation = compiler.relation(prepared.register, wanted, prepared.extras, where=prepared.register)
        split = f"COALESCE({prepared.split}, '')" if prepared.split else "''"
        columns = ", ".join(f"{expr} AS c{index}" for index, expr in enumerate(prepared.sums))
        found = compiler.select(f"area, {split} AS split, {columns}", relation, f"GROUP BY area, {split}")
        schema.templates[key] = found
    return found


def _place(name: str) -> str:
    """Where the files of a register will stand in a compiled query."""
    return f"«{name}»"


def run(engine: Engine, prepared: Plan, schema: Schema, moment: Moment, scan: Callable[[str], str]) -> Matrix:
    """One query, then its rows as a matrix over RT."""
    return matrix_of(engine.table(prepared.sql(schema, moment, scan)), prepared)


def matrix_of(table: pa.Table, prepared: Plan) -> Matrix:
    """The answer of a plan's query as a matrix over RT."""
    areas = table.column("area").to_pylist()
    splits = table.column("split").to_pylist()
    names = sorted(set(areas))
    row_of = {name: index for index, name in enumerate(names)}
    place_of = {name: index for index, name in enumerate(prepared.splits)}
    values = np.zeros((len(names), len(prepared.splits), len(prepared.cells)))
    rows = np.fromiter((row_of[area] for area in areas), dtype=np.int64, count=len(areas))
    places = np.fromiter(
        (place_of.get(split, len(prepared.splits) - 1) for split in splits), dtype=np.int64, count=len(splits)
    )
    if len(areas):
        columns = [
            np.nan_to_num(table.column(f"c{index}").to_numpy().astype(np.float64))
            for index in range(len(prepared.cells))
        ]
        np.add.at(values, (rows, places), np.stack(columns, axis=1))
    return Matrix(prepared.register, prepared.cells, prepared.splits, tuple(names), values, prepared.rules)


def only(matrix: Matrix, areas: Collection[str]) -> Matrix:
    """The rows of these areas."""
    kept = [index for index, area in enumerate(matrix.areas) if area in areas]
    if len(kept) == len(matrix.areas):
        return matrix
    names = tuple(matrix.areas[index] for index in kept)
    return replace(matrix, areas=names, values=matrix.values[kept])


def rolled_up(matrix: Matrix, lengths: Collection[int] = tuple(LEVELS)) -> Matrix:
    """The areas of these levels: an area is the sum of the areas just below it, up from the RT."""
    names: list[str] = []
    blocks: list[np.ndarray] = [matrix.values[:0]]
    areas, values = matrix.areas, matrix.values
    for length in LEVELS:
        areas, values = summed(areas, values, length)
        if length in lengths:
            names += areas
            blocks.append(values)
    return replace(matrix, areas=tuple(names), values=np.concatenate(blocks))


def summed(areas: Sequence[str], values: np.ndarray, length: int) -> tuple[Sequence[str], np.ndarray]:
    """(areas, values) one level up: the sums of sorted areas with the same first `length` characters."""
    above = [area[:length] for area in areas]  # sorted, so those with the same beginning are neighbours
    starts = [index for index, area in enumerate(above) if index == 0 or above[index - 1] != area]
    if len(starts) == len(areas):
        return above, values
    return [above[index] for index in starts], np.add.reduceat(values, starts, axis=0)


def _groups(
    indicator: Indicator, schema: Schema, codes: Mapping[str, Sequence[str]]
) -> list[tuple[str, str | None]]:
    """Everybody first, then each value of each disaggregation."""
    groups: list[tuple[str, str | None]] = [("", None)]
    for name in indicator.group_by:
        attribute = schema.attribute(indicator.register, name, indicator.id)
        for value in codes[attribute.codes or ""]:
            written = value if attribute.type == "integer" else f"'{value}'"
            groups.append((f"{name}={value}", f"{name} = {written}"))
    return groups


def _parts(
    indicator: Indicator,
    version: IndicatorVersion,
    schema: Schema,
    extras: dict[str, str],
    group: str | None,
) -> list[tuple[str, str]]:
    """(part, SQL of the sum) of one indicator for one group; the expressions it needs go to `extras`.

    The denominator counts only rows whose numerator is known; the base counts them all, so that coverage can be told.
    """

    def named(text: str) -> str:
        found = next((name for name, known in extras.items() if known == text), None)
        name = found or f"e{len(extras)}"
        extras[name] = text
        return name

    below = version.denominator
    summed_below = below is not None and not is_condition(below, indicator.register, schema, indicator.id)
    conditions = [text for text in (None if summed_below else below, group) if text]
    inside = named(" AND ".join(f"({text})" for text in conditions)) if conditions else "TRUE"
    above = str(version.numerator if version.value is None else version.value)
    numerator = named(above)
    known = f"{inside} AND {numerator} IS NOT NULL"
    weight = named(version.weight) if version.weight else None
    if is_condition(above, indicator.register, schema, indicator.id):
        top = _counted(f"{inside} AND {numerator}", weight)
    else:
        top = _summed(numerator, known, weight)
    if summed_below:
        denominator = named(str(below))
        known = f"{known} AND {denominator} IS NOT NULL"
        top = top if indicator.kind != "ratio" else _summed(numerator, known, weight)
        return [
            (NUMERATOR, top),
            (DENOMINATOR, _summed(denominator, known, weight)),
            (BASE, _summed(denominator, inside, weight)),
        ]
    return [(NUMERATOR, top), (DENOMINATOR, _counted(known, weight)), (BASE, _counted(inside, weight))]


def _counted(condition: str, weight: str | None) -> str:
    if weight is None:
        return f"COUNT_IF({condition})"
    return f"SUM(CASE WHEN {condition} THEN {weight} ELSE 0 END)"


def _summed(value: str, condition: str, weight: str | None) -> str:
    amount = value if weight is None else f"{value} * {weight}"
    return f"SUM(CASE WHEN {condition} THEN {amount} ELSE 0 END)"
