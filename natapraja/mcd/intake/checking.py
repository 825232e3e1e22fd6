"""Asking every row every question at once: tables `checked` (values), `finding` (row, col, code) and `refused` (row)."""

# ruff: noqa: S608 - names come from definitions and are quoted; no value of a row is ever inserted

from collections.abc import Sequence
from datetime import date
from typing import Final

from natapraja.mcd.registers.definition import Register

from . import cells, held, rules
from .cells import Reading
from .layout import Column
from .reading import Source
from .stage import Stage, literal, quoted

_CIVIL: Final = ("nik", "family_card_number")


def check(
    stage: Stage, source: Source, register: Register, *, today: date, limit: Sequence[str] | None
) -> None:
    """Reads the cells of `raw` into values and notes what is wrong with each row. No row is left out of `checked`."""
    held.load(stage, register, source.given, limit, _named_keys(source, register))
    readings = {
        column: cells.reading(column, today)
        for column in source.given
        if column.role in ("field", "valid_from")
    }
    _read_cells(stage, source, register, readings)
    stage.run('CREATE OR REPLACE TABLE finding ("row" BIGINT, col VARCHAR, code VARCHAR)')
    _note(
        stage,
        """SELECT row, split_part(fault, ' ', 1), split_part(fault, ' ', 2)
        FROM (SELECT row, unnest(string_split(faults, '|')) AS fault FROM checked WHERE faults <> '')""",
    )
    _note(stage, "SELECT row, '', 'too_many_cells' FROM checked WHERE spilled")
    _note(
        stage,
        f"""SELECT row, {literal(register.key)}, 'key_twice' FROM checked
        WHERE key IN (SELECT key FROM checked WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1)""",
    )
    stage.run("DELETE FROM finding WHERE row IN (SELECT row FROM raw WHERE torn)")  # its cells say nothing
    _note(stage, "SELECT row, '', 'torn' FROM raw WHERE torn")
    stage.run("CREATE OR REPLACE TABLE refused AS SELECT DISTINCT row FROM finding")


def warn(stage: Stage, source: Source, register: Register) -> None:
    """Notes what is odd about the rows that are not refused. None of it blocks."""
    good = "checked ANTI JOIN refused USING (row)"
    if any(column.role == "area" for column in source.given):
        _note(stage, f"SELECT row, 'area', 'area_former' FROM {good} WHERE former = 1")
    for column in source.given:
        if column.type in _CIVIL:
            _warn_about_number(stage, register, column, good)
        if column.type == "nik":
            _warn_about_person(stage, source, column, good)


def _read_cells(stage: Stage, source: Source, register: Register, readings: dict[Column, Reading]) -> None:
    """In three layers: c the cleaned cells, b their values, and around them what is wrong."""
    raw = ", ".join(
        f"{cells.cleaned(f'c{place}')} AS {quoted(column.name)}"
        for place, column in enumerate(source.columns)
        if column
    )
    key, place = f"c.{quoted(register.key)}", _dotted("c.area")
    named = _key(register, key)
    values = "".join(f", {one.value} AS {quoted(f'v_{column.name}')}" for column, one in readings.items())
    joins = " ".join(one.joins for one in readings.values())
    kept = "".join(f", b.{quoted(f'v_{column.name}')}" for column in readings)
    faults = [_fault(register.key, _key_error(register)), _fault("area", _AREA_ERROR)]
    faults += [_fault(column.name, cells.error(column, one)) for column, one in readings.items()]
    stage.run(
        f"""CREATE OR REPLACE TABLE checked AS
        SELECT b.row, b.spilled, b.place_key AS key, b.place_area AS area, b.place_village AS village,
            b.place_former AS former {kept}, concat_ws('|', {", ".join(faults)}) AS faults
        FROM (
            SELECT c.*, {named} AS place_key, p.area AS place_area, p.village AS place_village,
                p.former AS place_former, p.level AS place_level, p.standing AS place_standing,
                p.inside AS place_inside {values}
            FROM (SELECT row, {cells.cleaned("extra")} IS NOT NULL AS spilled, {raw} FROM raw) c
            LEFT JOIN places p ON p.code = {place} {joins}
        ) b"""
    )


def _fault(column: str, error: str) -> str:
    """The column and the code of what is wrong with it; NULL, and so left out, when nothing is."""
    return f"{literal(column + ' ')} || ({error})"


_AREA_ERROR: Final = """CASE WHEN b.area IS NULL THEN 'area_empty' WHEN b.place_area IS NULL THEN 'area_unknown'
    WHEN b.place_level <> 'rt' THEN 'area_not_rt' WHEN b.place_standing = 0 THEN 'area_gone'
    WHEN b.place_inside = 0 THEN 'area_outside' END"""


def _key(register: Register, cell: str) -> str:
    """SQL of a unit's key as it is stored."""
    return cells.one_line(_dotted(cell) if register.count_as == "neighbourhood" else cell)


def _named_keys(source: Source, register: Register) -> dict[str, str]:
    """Register → query of the keys that the raw file names: its own, and those it refers to."""
    parts: dict[str, list[str]] = {}
    for place, column in enumerate(source.columns):
        cell = cells.cleaned(f"c{place}")
        if column and column.role == "key":
            parts.setdefault(register.id, []).append(
                f"SELECT {_key(register, 'cell')} FROM (SELECT {cell} AS cell FROM raw)"
            )
        elif column and column.field and column.field.register:
            parts.setdefault(column.field.register, []).append(f"SELECT {cell} FROM raw")
    return {
        name: f"SELECT DISTINCT key FROM ({' UNION ALL '.join(found)}) named(key) WHERE key IS NOT NULL"
        for name, found in parts.items()
    }


def _key_error(register: Register) -> str:
    key = "b.place_key"
    civil = f"WHEN regexp_full_match({key}, '[0-9]{{16}}(\\.0)?') THEN 'key_civil'"
    if register.count_as == "neighbourhood":
        civil = ""  # an RT's own code without dots has 16 digits too
    return (
        f"CASE WHEN {key} IS NULL THEN 'key_empty' "
        f"WHEN strlen({key}) > {rules.KEY_LENGTH} AND length({key}) > {rules.KEY_LENGTH} THEN 'key_long' {civil} "
        f"WHEN regexp_matches({key}, '^[=@]') THEN 'formula' END"
    )


def _dotted(cell: str) -> str:
    """An RT code with its dots, also when it was written without: 3309032004001007 → 33.09.03.2004.001.007."""
    pattern = r"([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{4})([0-9]{3})([0-9]{3})"
    return (
        f"CASE WHEN regexp_full_match({cell}, '[0-9]{{16}}') "
        f"THEN regexp_replace({cell}, '{pattern}', '\\1.\\2.\\3.\\4.\\5.\\6') ELSE {cell} END"
    )


def _note(stage: Stage, query: str) -> None:
    stage.run(f"INSERT INTO finding {query}")


def _warn_about_number(stage: Stage, register: Register, column: Column, good: str) -> None:
    value, name = quoted(f"v_{column.name}"), literal(column.name)
    _note(stage, f"SELECT row, {name}, 'civil_serial' FROM {good} WHERE right({value}, 4) = '0000'")
    _note(
        stage,
        f"""SELECT row, {name}, 'civil_twice' FROM {good} WHERE {value} IN (
            SELECT {value} FROM checked WHERE {value} IS NOT NULL GROUP BY ALL HAVING count(*) > 1)""",
    )
    held.load_civil_numbers(stage, register, column)
    _note(
        stage,
        f"""SELECT DISTINCT k.row, {name}, 'civil_held' FROM (SELECT * FROM {good}) k
        JOIN civil_{column.name} h ON h.number = k.{value}
        LEFT JOIN units_{register.id} u ON u.key = k.key
        WHERE h.unit IS DISTINCT FROM u.unit""",
    )


def _warn_about_person(stage: Stage, source: Source, column: Column, good: str) -> None:
    """What the NIK says of birth and sex against what the row says (regulations section 11: warn, do not block)."""
    value, name = quoted(f"v_{column.name}"), literal(column.name)
    given = {one.name for one in source.given}
    if "birth_date" in given:
        said = f"(TRY_CAST(substr({value}, 7, 2) AS INTEGER) % 40, substr({value}, 9, 4))"
        _note(
            stage,
            f"""SELECT row, {name}, 'nik_birth' FROM {good} WHERE {value} IS NOT NULL AND v_birth_date IS NOT NULL
            AND {said} <> (day(v_birth_date), strftime(v_birth_date, '%m%y'))""",
        )
    if "sex" in given:
        said = f"CASE WHEN TRY_CAST(substr({value}, 7, 2) AS INTEGER) > 40 THEN 'P' ELSE 'L' END"
        _note(
            stage, f"SELECT row, {name}, 'nik_sex' FROM {good} WHERE {value} IS NOT NULL AND v_sex <> {said}"
        )
