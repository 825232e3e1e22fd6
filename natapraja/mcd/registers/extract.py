"""What the registers offer to the mart: every field but the personal ones, units under opaque numbers."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import connection

from natapraja.foundation.kernel.extraction import Source

from .catalogue import registers
from .definition import Register
from .rules import OPEN_TIME

RT = 21  # the length of the code of an RT
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

    def rows(
        areas: Collection[str] | None, units: Collection[int] | None = None, *, on: date | None = None
    ) -> Iterable[tuple[object, ...]]:
        return _rows(register.id, areas, units, on)

    return Source(register.id, columns, rows)


def _rows(
    register: str, areas: Collection[str] | None, units: Collection[int] | None, on: date | None
) -> Iterable[tuple[object, ...]]:
    adapt = connection.ops.adapt_datetimefield_value
    # Of a few units, the index of their numbers is the short way; an expression keeps the planner off the other one.
    conditions = ["v.register = %s" if units is None else "v.register || '' = %s"]
    values = [register]
    if areas is not None:
        inside, bounds = _inside(areas)
        conditions.append(f"v.area_id IN (SELECT id FROM areas_area WHERE {inside})")  # noqa: S608 — markers
        values += bounds
    if units is not None:
        conditions.append(f"v.unit_id IN ({','.join(str(int(unit)) for unit in units)})")
    if on is not None:
        conditions.append("v.known_to = %s AND v.valid_from <= %s AND v.valid_to > %s")
        values += [adapt(OPEN_TIME), on.isoformat(), on.isoformat()]
    time = "CAST({} AS text)" if connection.vendor == "sqlite" else "CAST({} AT TIME ZONE 'UTC' AS text)"
    statement = f"""
        SELECT v.unit_id, a.code, CAST(v.valid_from AS text), CAST(v.valid_to AS text),
               {time.format("v.known_from")}, {time.format("v.known_to")}, v.cause, v.event, v.data
        FROM registers_version v JOIN areas_area a ON a.id = v.area_id
        WHERE {" AND ".join(conditions)}
    """  # noqa: S608 — only numbers and %s markers are inserted
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        while batch := cursor.fetchmany(20_000):
            yield from batch


def _inside(areas: Collection[str]) -> tuple[str, list[str]]:
    """SQL of "one of these codes or below one", with its values. The lowest places have nobody below them."""
    lowest = [area for area in areas if len(area) == RT]
    above = [area for area in areas if len(area) != RT]
    pieces = [f"code IN ({','.join(['%s'] * len(lowest))})"] if lowest else []
    # '.' + 1 = '/': the half-open range holds every code below, and uses the index.
    pieces += ["(code >= %s AND code < %s)"] * len(above)
    bounds = [bound for area in above for bound in (f"{area}.", f"{area}/")]
    return " OR ".join(pieces) or "1 = 0", [*lowest, *bounds]
