"""GET /api/v1/registers: definitions for everyone, rows for those who may read them and said why."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from natapraja.foundation.access.actions import read_persons
from natapraja.foundation.access.decorators import public, requires
from natapraja.foundation.access.reader import reader_of
from natapraja.foundation.kernel.clock import local_date, now
from natapraja.foundation.kernel.identifiers import AreaCode

from . import queries
from .catalogue import registers

prefix = "/registers"
router = Router()


class FieldAnswer(Schema):
    name: str
    type: str
    label: str
    privacy: str
    use: str
    codes: str | None


class RegisterAnswer(Schema):
    """What is kept about one kind of unit, why, and how private each field is."""

    id: str
    title: str
    unit: str
    owner: str
    basis: str
    fields: list[FieldAnswer]


class RowAnswer(Schema):
    unit: int
    area: str
    valid_from: date
    valid_to: date
    known_from: datetime
    cause: str
    event: str
    fields: dict[str, Any]


class PageAnswer(Schema):
    """`next` is the `after` of the next page; null on the last."""

    rows: list[RowAnswer]
    next: int | None


class PageQuestion(Schema):
    area: str
    as_of: date | None = None
    known_at: datetime | None = None
    after: int = 0
    limit: int = 100


@router.get("/", response=list[RegisterAnswer], summary="Register yang ada, dan untuk apa tiap kolomnya")
@public
def listed(request: HttpRequest) -> list[RegisterAnswer]:
    return [
        RegisterAnswer(
            id=each.id,
            title=each.title.id,
            unit=each.unit.id,
            owner=each.owner,
            basis=each.basis,
            fields=[
                FieldAnswer(
                    name=field.name, type=field.type, label=field.label.id, privacy=field.privacy, use=field.use,
                    codes=field.codes,
                )
                for field in each.fields
            ],
        )
        for each in registers().values()
    ]  # fmt: skip


@router.get("/{name}", response=PageAnswer, summary="Baris register dalam wilayah yang boleh Anda baca")
@requires("register.read")
def rows(request: HttpRequest, name: str, question: Query[PageQuestion]) -> PageAnswer:
    """Needs the right for the area and a purpose that still holds; every call is written in the ledger."""
    if name not in registers():
        raise Http404(f"Register {name!r} tidak ada. Yang ada: {', '.join(sorted(registers()))}.")
    reader = reader_of(request)
    area = str(AreaCode.parse(question.area))
    limit = max(1, min(question.limit, 1000))
    found = queries.records(
        reader, register=name, area=area, on=question.as_of or local_date(now()), known=question.known_at,
        after=question.after, limit=limit,
    )  # fmt: skip
    if any(field.privacy in ("personal", "sensitive") for field in registers()[name].fields):
        read_persons(reader=reader, area=area, count=len(found), at=now())
    return PageAnswer(
        rows=[
            RowAnswer(
                unit=each.unit, area=each.area, valid_from=each.valid_from, valid_to=each.valid_to,
                known_from=each.known_from, cause=each.cause, event=each.event, fields=dict(each.data),
            )
            for each in found
        ],
        next=found[-1].unit if len(found) == limit else None,
    )  # fmt: skip
