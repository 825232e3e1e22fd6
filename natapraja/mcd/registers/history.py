"""Loading a register with its past: rows that already say when they held and since when they were known.

Used where a history exists elsewhere (a synthetic population, the archive of an older system). Ordinary files come
through the import, which asks every question of a row; this door trusts the sender and says so in the ledger. Both
write by the thousand with `next_numbers`, `insert_rows` and `close_versions`.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import duckdb
import pyarrow as pa
from django.db import connection, transaction

from natapraja.foundation.ledger.actions import record

from .belief import closing_line, digest_lines, version_line
from .catalogue import register as definition_of
from .definition import Register
from .models import Outbox

Told = Callable[[int], None]

_UNIT = "INSERT INTO registers_unit (id, register, key) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
_VERSION = """INSERT INTO registers_version
    (id, unit_id, register, area_id, valid_from, valid_to, known_from, known_to, cause, event, data, entry, closed_by)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
_CLOSING = "UPDATE registers_version SET known_to = %s, closed_by = %s WHERE id = %s AND closed_by IS NULL"
OPEN = "9999-12-31 23:59:59.999999"


def load_history(
    *, register: str, rows: Iterable[pa.Table], by: str, at: datetime, told: Told | None = None
) -> int:
    """Load version rows (unit, key, area, valid_from, valid_to, known_from, known_to, cause, event, fields…).

    One transaction and one ledger entry per table of `rows`; gives the number of versions written. The mart hears of
    whole villages, once everything is in.
    """
    definition = definition_of(register)
    areas = _area_numbers()
    total, villages = 0, set()
    for table in rows:
        written = _load_table(definition, table, areas, by, at)
        villages |= {code[:13] for code in table.column("area").unique().to_pylist()}
        total += written
        if told:
            told(written)
    Outbox.objects.bulk_create(
        Outbox(register=register, village=village, at=at) for village in sorted(villages)
    )
    return total


@transaction.atomic
def _load_table(definition: Register, table: pa.Table, areas: dict[str, int], by: str, at: datetime) -> int:
    plain = _plain(definition, table)
    _, first = next_numbers()
    lines, versions = _lines_and_rows(definition.id, plain, areas, first)
    entry = record(
        kind="register.history_loaded",
        subject=definition.id,
        digest=digest_lines(lines),
        by=by,
        at=at,
        detail={"register": definition.id, "versions": len(versions)},
    )
    units = dict(zip(plain["unit"], plain["key"], strict=True))
    insert_rows(
        units=((unit, definition.id, key) for unit, key in units.items()),
        versions=((*row, entry, entry if row[7] != OPEN else None) for row in versions),
    )
    return len(versions)


def next_numbers() -> tuple[int, int]:
    """The next numbers of a unit and of a version; inside the caller's transaction nobody else can take them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("LOCK TABLE registers_unit, registers_version IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            "SELECT (SELECT coalesce(max(id), 0) + 1 FROM registers_unit), "
            "(SELECT coalesce(max(id), 0) + 1 FROM registers_version)"
        )
        unit, version = cursor.fetchone()
        return int(unit), int(version)


def insert_rows(*, units: Iterable[tuple], versions: Iterable[tuple]) -> None:
    """Write units (id, register, key), leaving those there are, and versions in the order of `_VERSION`'s columns."""
    with connection.cursor() as cursor:
        cursor.executemany(_UNIT, units)
        cursor.executemany(_VERSION, versions)
    _catch_up_sequences()


def close_versions(*, numbers: Iterable[int], known_to: datetime, entry: int) -> int:
    """Supersede these versions; gives how many were still held."""
    moment = connection.ops.adapt_datetimefield_value(known_to)
    with connection.cursor() as cursor:
        cursor.executemany(_CLOSING, [(moment, entry, number) for number in numbers])
        return max(cursor.rowcount, 0)


def _plain(definition: Register, table: pa.Table) -> dict[str, list]:
    """The columns as Python lists: moments as text, the register's fields as one JSON text without empty answers."""
    stored = [field.name for field in definition.fields if field.name in table.column_names]
    # Whoever answered nothing has an empty text; concat_ws passes over the NULL that stands for no answer at all.
    pieces = (
        "NULL"
        if not stored
        else ", ".join(
            f'CASE WHEN "{name}" IS NOT NULL THEN {_sql_text(json.dumps(name) + ":")} || to_json("{name}") END'
            for name in stored
        )
    )
    with duckdb.connect() as database:
        database.register("rows", _without_zone(table))
        found = database.sql(
            f"""SELECT unit, key, area, CAST(CAST(valid_from AS DATE) AS VARCHAR) AS valid_from,
                CAST(CAST(valid_to AS DATE) AS VARCHAR) AS valid_to, {_moment("known_from")} AS known_from,
                {_moment("known_to")} AS known_to, cause, event, '{{' || concat_ws(',', {pieces}) || '}}' AS data
            FROM rows"""  # noqa: S608 — names of the definition, quoted
        ).to_arrow_table()
    return {name: found.column(name).to_pylist() for name in found.column_names}


def _lines_and_rows(
    register: str, plain: dict[str, list], areas: dict[str, int], first: int
) -> tuple[Iterator[bytes], list[tuple]]:
    numbers = [areas[code] for code in plain["area"]]
    columns = (
        plain["unit"], plain["key"], numbers, plain["valid_from"], plain["valid_to"], plain["known_from"],
        plain["known_to"], plain["cause"], plain["event"], plain["data"],
    )  # fmt: skip
    rows = list(zip(*columns, strict=True))
    versions = [
        (first + index, row[0], register, row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9])
        for index, row in enumerate(rows)
    ]

    def lines() -> Iterator[bytes]:
        for _, key, area, start, stop, known, _, cause, event, data in rows:
            yield version_line(register, key, area, (start, stop), known, (cause, event), data)
        for version in versions:
            if version[7] != OPEN:
                yield closing_line(version[0], version[7])

    return lines(), versions


def _without_zone(table: pa.Table) -> pa.Table:
    """The same moments as plain UTC, so that the engine shifts nothing into the zone of the machine."""
    for name in ("known_from", "known_to"):
        place = table.schema.get_field_index(name)
        table = table.set_column(place, name, table.column(name).cast(pa.timestamp("us")))
    return table


def _moment(column: str) -> str:
    return f"strftime(CAST({column} AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%f')"


def _sql_text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _area_numbers() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, id FROM areas_area")
        return dict(cursor.fetchall())


def _catch_up_sequences() -> None:
    """Numbers were given by hand; PostgreSQL must go on after them (SQLite does so by itself)."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in ("registers_unit", "registers_version"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
            )
