"""GET /api/v1/figures and /api/v1/indicators: every figure with its passport, for anyone, small counts protected."""

from datetime import date, datetime, timedelta

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from natapraja.foundation.access.decorators import public
from natapraja.foundation.access.reader import reader_of
from natapraja.foundation.kernel.clock import now
from natapraja.foundation.kernel.identifiers import AreaCode

from . import catalogue, queries, shown
from .definition import Indicator
from .queries import Figure

prefix = ""
router = Router()


class IndicatorAnswer(Schema):
    id: str
    title: str
    question: str
    sector: str
    unit: str
    count_as: str
    per: int
    direction: str
    owner: str


class Passport(Schema):
    """Everything needed to quote a figure, or to doubt it."""

    indicator: str
    title: str
    area: str
    group: str
    value: float | None
    unit: str
    numerator: float | None
    denominator: float | None
    base: float | None
    coverage: float | None
    per: int
    count_as: str
    as_of: date | None
    known_at: datetime | None
    rule_since: date
    basis: str
    status: str | None
    hidden: bool


class Question(Schema):
    """`level` asks for the areas of that level inside `area`; `as_of`/`known_at` for another moment."""

    area: str
    indicator: str | None = None
    level: str | None = None
    as_of: date | None = None
    known_at: datetime | None = None


@router.get("/indicators", response=list[IndicatorAnswer], summary="Indikator yang ada")
@public
def indicators(request: HttpRequest) -> list[IndicatorAnswer]:
    return [
        IndicatorAnswer(
            id=each.id, title=each.title.id, question=each.question.id, sector=each.sector, unit=each.unit.id,
            count_as=each.count_as, per=each.per, direction=each.direction, owner=each.owner,
        )
        for each in catalogue.indicators().values()
    ]  # fmt: skip


@router.get("/figures", response=list[Passport], summary="Angka dengan paspornya")
@public
def figures(request: HttpRequest, question: Query[Question]) -> list[Passport]:
    """Current figures, or measured for another moment (within the areas of your role)."""
    reader = reader_of(request)
    area = str(AreaCode.parse(question.area))
    known = catalogue.indicators()
    if question.indicator is not None and question.indicator not in known:
        raise Http404(f"Indikator {question.indicator!r} tidak ada. Daftarnya di /api/v1/indicators.")
    names = [question.indicator] if question.indicator else list(known)
    if question.as_of is not None or question.known_at is not None:
        reader.check("figures.read_small", area)
        moment = question.known_at or now() + timedelta(seconds=1)
        found = queries.as_of(
            names, area, on=question.as_of or moment.date(), known=moment, level=question.level
        )
        return [
            passport(known[name], place, each.get(name)) for place, each in found.items() for name in each
        ]
    if question.level is not None:
        places = shown.below(reader, area, question.level, names)
    else:
        places = {area: shown.figures(reader, area, names)}
    return [
        passport(each.indicator, each.area, each.figure)
        for found in places.values()
        for each in found.values()
    ]


def passport(indicator: Indicator, area: str, figure: Figure | None) -> Passport:
    version = figure.version if figure else indicator.versions[-1]
    number = figure.number if figure else None
    return Passport(
        indicator=indicator.id, title=indicator.title.id, area=area, group=figure.group if figure else "",
        value=figure.value if figure else None, unit=indicator.unit.id,
        numerator=figure.numerator if figure else None, denominator=figure.denominator if figure else None,
        base=getattr(number, "base", None), coverage=getattr(number, "coverage", None), per=indicator.per,
        count_as=indicator.count_as, as_of=number.on if number else None,
        known_at=number.known_at if number else None, rule_since=version.since, basis=version.basis,
        status=version.status, hidden=figure is None,
    )  # fmt: skip
