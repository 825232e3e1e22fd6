"""What the registers offer to the mart: every field but the personal ones, units under opaque numbers."""

from collections.abc import Collection, Iterable

from django.db import connection

from natapraja.foundation.kernel.extraction import Source

from .catalogue import registers
from .definition import Register

_SQL_TYPES = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "reference": "BIGINT",
}


def sources() -> tuple[Source, ...]:
    return tuple(_source(register) for register in registers().values())


def _source(register: Register) -> Source:
    columns = {field.name: _SQL_TYPES[field.type] for field in register.mart_fields}

    def rows(villages: Collection[str], units: Collection[int] | None) -> Iterable[tuple[object, ...]]:
        return _rows(register.id, villages, units)

    return Source(id=register.id, columns=columns, rows=rows)


def _rows(
    register: str, villages: Collection[str], units: Collection[int] | None
) -> Iterable[tuple[object, ...]]:
    inside = " OR ".join("(code >= %s AND code < %s)" for _ in villages)
    # '.' + 1 = '/': the half-open range holds every code below the village, and uses the index.
    bounds = [bound for village in villages for bound in (f"{village}.", f"{village}/")]
    time = "CAST({} AS text)" if connection.vendor == "sqlite" else "CAST({} AT TIME ZONE 'UTC' AS text)"
    chosen = ""
    if units is not None:
        chosen = f" AND v.unit_id IN ({','.join(str(int(unit)) for unit in units)})"
    statement = f"""
        SELECT v.unit_id, a.code, CAST(v.valid_from AS text), CAST(v.valid_to AS text),
               {time.format("v.known_from")}, {time.format("v.known_to")}, v.cause, v.event, v.data
        FROM registers_version v JOIN areas_area a ON a.id = v.area_id
        WHERE v.register = %s{chosen}
          AND v.area_id IN (SELECT id FROM areas_area WHERE {inside})
    """  # noqa: S608 — only numbers and %s markers are inserted
    with connection.cursor() as cursor:
        cursor.execute(statement, [register, *bounds])
        while batch := cursor.fetchmany(20_000):
            yield from batch
