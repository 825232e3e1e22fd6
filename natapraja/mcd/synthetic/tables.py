"""Arrow tables of version rows, ready to load: the packed columns unfolded, references as unit numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .columns import LAYOUT, UNKNOWN, UNKNOWN_DAY, Column
from .draws import Array
from .versions import CAUSES, EVENTS
from .world import World

CHUNK = 200_000
TIME = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True)
class Numbering:
    """Units are numbered through all registers: from `start`, each register from `first[register]`."""

    start: int
    first: Mapping[str, int]

    @classmethod
    def of(cls, world: World, start: int) -> "Numbering":
        first, total = {}, start
        for name, store in world.stores.items():
            first[name] = total
            total += store.count
        return cls(start, first)


def chunks(
    world: World,
    register: str,
    rows: dict[str, Array],
    personal: Mapping[str, "pa.Array"],
    numbering: Numbering,
) -> Iterator["pa.Table"]:
    """The rows of one register, at most CHUNK at a time: book-keeping columns, then the fields."""
    total = len(rows["unit"])
    codes = pa.array(world.neighbourhoods.code)
    children = world.growth["person"] if register == "growth" else None
    for start in range(0, total, CHUNK):
        part = {name: values[start : start + CHUNK] for name, values in rows.items()}
        unit = part["unit"]
        columns = {
            "unit": pa.array(unit.astype(np.int64) + numbering.first[register]),
            "key": _key(register, unit, codes, children, numbering.start),
            "area": codes.take(pa.array(part["area"])),
            "valid_from": pa.array(part["valid_from"]).cast(pa.date32()),
            "valid_to": pa.array(part["valid_to"]).cast(pa.date32()),
            "known_from": pa.array(part["known_from"]).cast(TIME),
            "known_to": pa.array(part["known_to"]).cast(TIME),
            "cause": pa.array(CAUSES).take(pa.array(part["cause"])),
            "event": pa.array(EVENTS).take(pa.array(part["event"])),
        }
        for column in LAYOUT[register]:
            columns[column.name] = _unfold(world, column, part[column.name], unit, personal, numbering)
        yield pa.table(columns)


def _key(register: str, unit: Array, codes: "pa.Array", children: Array | None, start: int) -> "pa.Array":
    """The register's running number; the code of an RT; for a child the number of the person."""
    if register == "neighbourhoods":
        return codes.take(pa.array(unit))
    number = unit if children is None else children[unit]
    return pa.array(number.astype(np.int64) + start).cast(pa.string())


def _unfold(
    world: World,
    column: Column,
    values: Array,
    unit: Array,
    personal: Mapping[str, "pa.Array"],
    numbering: Numbering,
) -> "pa.Array":
    if column.packing == "personal":
        return personal[column.name].take(pa.array(unit, mask=values == 0))
    if column.packing == "number":
        return pa.array(values, mask=np.isnan(values))
    if column.packing == "day":
        return pa.array(values, mask=values == UNKNOWN_DAY).cast(pa.date32())
    unknown = values == UNKNOWN
    if column.packing == "reference":
        return pa.array(values.astype(np.int64) + numbering.first[column.register], mask=unknown)
    if column.packing == "flag":
        return pa.array(values == 1, mask=unknown)
    if column.packing == "whole":
        return pa.array(values.astype(np.int64), mask=unknown)
    options = [str(number) for number in range(128)]
    if column.packing == "option":
        options = list(column.options or world.periods)
    return pa.array(options).take(pa.array(values, mask=unknown))
