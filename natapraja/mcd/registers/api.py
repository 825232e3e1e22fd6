"""GET /api/v1/registers: definitions for everyone, rows for those who may read them and said why."""

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from natapraja.foundation.access.actions import read_persons
from natapraja.foundation.access.decorators import public, requires
from natapraja.foundation.access.reader import reader_of
from natapraja.foundation.kernel.clock import WIB, local_date, now
from natapraja.foundation.kernel.identifiers import AreaCode, Malformed

from . import queries
from .catalogue import registers

prefix = "/registers"
router = Router()

_FIRST_YEAR, _LAST_YEAR = 1900, 2199  # births of the oldest, and later than anything we were told
_NUMBERS = 2**63 - 1


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
    as_of: date | None = Field(None, description="Keadaan pada tanggal ini; tanpa isian: hari ini.")
    known_at: datetime | None = Field(None, description="Menurut pengetahuan pada saat ini; tanpa zona: WIB.")
    after: int = Field(0, description="Nomor terakhir halaman sebelumnya (`next`).")
    limit: int = Field(100, description="Banyaknya baris, 1 sampai 1.000.")


def check_asked(request: HttpRequest, question: type[Schema], *whens: date | datetime | None) -> None:
    """Raises Malformed for a parameter that `question` does not know, and for a moment no register reaches."""
    unknown = sorted(set(request.GET) - set(question.model_fields))
    if unknown:
        raise Malformed(
            _("Isian alamat"), _("ada yang tidak dikenal"), _("Yang ada: %(names)s"),
            names=", ".join(question.model_fields),
        )  # fmt: skip
    for when in whens:
        if when is not None and not _FIRST_YEAR <= when.year <= _LAST_YEAR:
            raise Malformed(
                _("Tanggal"), _("di luar jangkauan register"), _("Tulis tahun %(first)s sampai %(last)s"),
                first=_FIRST_YEAR, last=_LAST_YEAR,
            )  # fmt: skip


def moment_of(when: datetime | None) -> datetime | None:
    """A moment as asked; without a time zone it is that of the regency."""
    return when.replace(tzinfo=WIB) if when is not None and when.tzinfo is None else when


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
    check_asked(request, PageQuestion, question.as_of, question.known_at)
    if not 0 <= question.after < _NUMBERS:
        raise Malformed("after", _("bukan nomor baris"), _("Tulis `next` dari halaman sebelumnya, atau 0"))
    area = str(AreaCode.parse(question.area))
    limit = max(1, min(question.limit, 1000))
    found = queries.records(
        reader, register=name, area=area, on=question.as_of or local_date(now()), known=moment_of(question.known_at),
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
