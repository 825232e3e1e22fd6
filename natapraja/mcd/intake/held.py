"""What the registers and areas hold already, brought into the stage so that a whole file is compared at once."""

# ruff: noqa: S608 - names come from definitions and are quoted; no value of a row is ever inserted

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection

from natapraja.mcd.registers.catalogue import code_lists
from natapraja.mcd.registers.definition import Register

from . import rules
from .layout import Column
from .stage import Stage, quoted

_AT_ONCE = 50_000
_IN_LIST = 5_000
_OPEN = "9999-12-31"


def load(
    stage: Stage,
    register: Register,
    given: Sequence[Column],
    limit: Sequence[str] | None,
    keys: Mapping[str, str],
) -> None:
    """Places, words of code lists, and the units of this register and of those it refers to.

    `keys` holds for each of these registers a query of the keys that the file names: of a small file only their units
    are fetched, of a large one all.
    """
    _places(stage, limit)
    for column in given:
        if column.field and column.field.codes:
            _words(stage, column.name, column.field.codes)
    for name, query in keys.items():
        _units(stage, name, query)


def load_versions(stage: Stage, register: Register) -> None:
    """Versions held now of the units that the file names, as they are stored; and how far our reading went."""
    stage.run(
        "CREATE OR REPLACE TABLE seen AS SELECT ?::BIGINT AS version, ?::BIGINT AS entry", _last_numbers()
    )
    units = [
        unit
        for (unit,) in stage.rows(
            f"SELECT unit FROM checked JOIN units_{register.id} USING (key) ORDER BY unit"
        )
    ]
    columns = {
        "unit": "BIGINT", "version": "BIGINT", "area": "BIGINT", "starts": "VARCHAR", "ends": "VARCHAR",
        "known_from": "VARCHAR", "event": "VARCHAR", "data": "VARCHAR",
    }  # fmt: skip
    parts = _lists(units) if len(units) * 3 < _count(register.id) else [""]
    stage.fill("held", columns, _versions(register.id, parts if units else ()))


def load_civil_numbers(stage: Stage, register: Register, column: Column) -> None:
    """The NIK (or nomor KK) of the file that the register holds now, with their units: table `civil_<field>`."""
    take = f"v.data::json ->> '{column.name}'"
    if connection.vendor == "sqlite":
        take = f"json_extract(v.data, '$.{column.name}')"
    value = quoted(f"v_{column.name}")
    few = _few(stage, f"SELECT DISTINCT {value} FROM checked WHERE {value} IS NOT NULL")
    chosen = "" if few is None else f"AND {take} IN ({_markers(few)})"
    statement = f"""SELECT {take}, v.unit_id FROM registers_version v
        WHERE v.register = %s AND {_held()} {chosen}"""
    kinds = {"number": "VARCHAR", "unit": "BIGINT"}
    found = () if few == [] else _fetched(statement, [register.id, *(few or ())])
    stage.fill(f"civil_{column.name}", kinds, found)


def changed_since(units: Sequence[int], version: int, entry: int) -> set[int]:
    """Which of these units were written to after the stage looked at them."""
    found: set[int] = set()
    for part in _lists(units):
        statement = f"""SELECT DISTINCT unit_id FROM registers_version
            WHERE unit_id IN ({part}) AND (id > %s OR closed_by > %s)"""
        for batch in _fetched(statement, [version, entry]):
            found.update(unit for (unit,) in batch)
    return found


def _places(stage: Stage, limit: Sequence[str] | None) -> None:
    inside = " OR ".join("(a.code = %s OR (a.code >= %s AND a.code < %s))" for _ in limit or ()) or "1 = 0"
    values = [
        value for code, span in zip(limit or (), rules.spans(limit), strict=True) for value in (code, *span)
    ]
    if limit is None:
        inside, values = "1 = 1", []
    columns = {
        "code": "VARCHAR", "area": "BIGINT", "village": "VARCHAR", "level": "VARCHAR", "standing": "BIGINT",
        "inside": "BIGINT", "former": "BIGINT",
    }  # fmt: skip
    shape = f"""a.id, substr(a.code, 1, 13), a.level, CASE WHEN a.valid_to = '{_OPEN}' THEN 1 ELSE 0 END,
        CASE WHEN {inside} THEN 1 ELSE 0 END"""
    present = f"SELECT a.code, {shape}, 0 FROM areas_area a"
    former = f"""SELECT p.code, {shape}, 1 FROM areas_areaperiod p JOIN areas_area a ON a.id = p.area_id
        WHERE p.code <> a.code AND p.valid_from < p.valid_to ORDER BY p.valid_to DESC"""
    stage.fill("places_read", columns, (*_fetched(present, values), *_fetched(former, values)))
    # A former code that is in use again means its present holder; of several former holders, the last.
    stage.run(
        """CREATE OR REPLACE TABLE places AS
        SELECT DISTINCT ON (code) * FROM (SELECT *, row_number() OVER () AS place FROM places_read)
        ORDER BY code, former, place"""
    )


def _words(stage: Stage, column: str, listed: str) -> None:
    """Everything a code may be written as: itself, or its words in either language; itself wins."""
    found: dict[str, str] = {}
    codes = code_lists()[listed].codes
    for code in codes:
        found[code.value.lower()] = code.value
    for code in codes:
        for word in (code.label.id, code.label.en):
            if word:
                found.setdefault(" ".join(word.lower().split()), code.value)
    stage.fill(f"words_{column}", {"word": "VARCHAR", "code": "VARCHAR"}, [list(found.items())])


def _units(stage: Stage, register: str, query: str) -> None:
    few = _few(stage, query)
    chosen = "" if few is None else f"AND key IN ({_markers(few)})"
    statement = f"SELECT key, id FROM registers_unit WHERE register = %s {chosen}"
    found = () if few == [] else _fetched(statement, [register, *(few or ())])
    stage.fill(f"units_{register}", {"key": "VARCHAR", "unit": "BIGINT"}, found)


def _few(stage: Stage, query: str) -> list[str] | None:
    """The texts of a query when they are few enough to be asked for one by one; None when they are not."""
    found = stage.rows(f"SELECT * FROM ({query}) LIMIT {_IN_LIST + 1}")
    return None if len(found) > _IN_LIST else [text for (text,) in found]


def _markers(texts: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(texts))


def _count(register: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM registers_unit WHERE register = %s", [register])
        return int(cursor.fetchone()[0])


def _versions(register: str, parts: Iterable[str]) -> Iterator[list[tuple[Any, ...]]]:
    for part in parts:
        chosen = f"AND v.unit_id IN ({part})" if part else ""
        statement = f"""SELECT v.unit_id, v.id, v.area_id, CAST(v.valid_from AS text), CAST(v.valid_to AS text),
                {_moment("v.known_from")}, v.event, v.data
            FROM registers_version v WHERE v.register = %s AND {_held()} {chosen}"""
        yield from _fetched(statement, [register])


def _held() -> str:
    """SQL: the version is not superseded."""
    return "v.closed_by IS NULL"


def _moment(column: str) -> str:
    if connection.vendor == "sqlite":
        return f"CAST({column} AS text)"
    return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"


def _last_numbers() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT coalesce(max(id), 0) FROM registers_version), "
            "(SELECT coalesce(max(seq), 0) FROM ledger_entry)"
        )
        version, entry = cursor.fetchone()
        return int(version), int(entry)


def _lists(units: Sequence[int]) -> list[str]:
    """The numbers as the insides of IN (…), some thousands each."""
    return [",".join(map(str, units[start : start + _IN_LIST])) for start in range(0, len(units), _IN_LIST)]


def _fetched(statement: str, values: Sequence[Any]) -> Iterator[list[tuple[Any, ...]]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, list(values))
        while batch := cursor.fetchmany(_AT_ONCE):
            yield batch
