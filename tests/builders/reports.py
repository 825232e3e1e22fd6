"""Reports as an RT head sends them, and rows already there, with everything a sentence does not mention filled in."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa

from natapraja.foundation.access.reader import Reader
from natapraja.mcd.registers import actions, rules
from natapraja.mcd.registers.actions import Report
from natapraja.mcd.registers.history import load_history
from natapraja.mcd.registers.models import Submission, Unit

from .regency import RT, rt_head

NOON = datetime(2026, 11, 20, 5, tzinfo=UTC)  # noon in the regency
TODAY = date(2026, 11, 20)
PERSON = {"name": "Contoh Warga", "birth_date": "1980-05-17", "sex": "P"}
_ticks = iter(range(10**9))


def soon() -> datetime:
    """A moment after every one given before."""
    return NOON + timedelta(microseconds=1_000 * next(_ticks))


def tell(
    kind: str,
    *,
    unit: int | None = None,
    area: str = RT,
    on: date = TODAY,
    register: str = "people",
    id: uuid.UUID | None = None,  # noqa: A002 — the word of the report
    reader: Reader | None = None,
    at: datetime | None = None,
    **fields: object,
) -> Submission:
    """Send one report as the head of its RT, or as `reader`."""
    who = reader or rt_head(area)
    said = Report(
        id=id or uuid.uuid4(), kind=kind, area=area, on=on, register=register, unit=unit, fields=fields
    )
    return actions.report(report=said, reader=who, by=who.actor, at=at or soon())


def somebody(area: str = RT, since: date = date(2020, 1, 1), **fields: object) -> int:
    """The number of a person who has lived in an RT for years."""
    return rows("people", [{**PERSON, **fields, "area": area, "valid_from": since}])[0]


def rows(register: str, given: Sequence[Mapping[str, object]], *, known: datetime | None = None) -> list[int]:
    """Put rows into a register as an older system held them; gives the numbers of their units."""
    first = (Unit.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    written = [_row(register, first + index, row, known) for index, row in enumerate(given)]
    if written:
        load_history(register=register, rows=[_table(written)], by="system:uji", at=soon())
    return [int(str(row["unit"])) for row in written]


def _row(
    register: str, number: int, given: Mapping[str, object], known: datetime | None
) -> dict[str, object]:
    implicit = {
        "unit": number,
        "key": f"{register}-{number}",
        "area": RT,
        "valid_from": date(2020, 1, 1),
        "valid_to": date.max,
        "known_from": known or datetime(2026, 1, 6, tzinfo=UTC),
        "known_to": rules.OPEN_TIME,
        "cause": rules.IMPORT,
        "event": "",
    }
    return implicit | dict(given)


def _table(written: Sequence[Mapping[str, object]]) -> pa.Table:
    names = list(dict.fromkeys(name for row in written for name in row))
    times = {"known_from", "known_to"}
    days = {"valid_from", "valid_to"}
    types = {name: pa.timestamp("us", tz="UTC") if name in times else pa.date32() for name in times | days}
    return pa.table({name: pa.array([row.get(name) for row in written], types.get(name)) for name in names})
