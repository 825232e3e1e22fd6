"""GET /api/v1/figures and /api/v1/indicators: every figure with its passport, for anyone, small counts protected."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from natapraja.foundation.access.decorators import public
from natapraja.foundation.access.reader import Reader, reader_of
from natapraja.foundation.areas import queries as areas
from natapraja.foundation.kernel.clock import local_date, now
from natapraja.foundation.kernel.identifiers import AreaCode, Malformed
from natapraja.mcd.registers.api import check_asked, moment_of

from . import catalogue, comparators, disaggregation, queries, shown
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


class Level(StrEnum):
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"
    RW = "rw"
    RT = "rt"


class Beside(Schema):
    """A figure announced by others for this area, and why it is not the same number."""

    series: str
    value: float
    unit: str
    as_of: str
    publisher: str
    url: str
    why: str | None


class Passport(Schema):
    """Everything needed to quote a figure, or to doubt it. `group` is `field=value`, empty for everybody."""

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
    comparators: list[Beside]


class Question(Schema):
    """What one may ask of the figures."""

    area: str = Field(description="Kode wilayah, misalnya 33.09 atau 33.09.03.2004.")
    indicator: str | None = Field(None, description="Id indikator; tanpa isian: semua.")
    level: str | None = Field(
        None,
        description="Tiap wilayah setingkat ini di dalam `area`.",
        json_schema_extra={"enum": [each.value for each in Level]},
    )
    disaggregation: str | None = Field(
        None,
        description="Rincian satu indikator menurut kolom ini (`sex`, `age_group`): satu baris per kelompok. Untuk "
        "umum tabel yang dapat menunjuk orang disamarkan seluruhnya.",
    )
    as_of: date | None = Field(None, description="Keadaan pada tanggal ini. Hanya di wilayah peran Anda.")
    known_at: datetime | None = Field(
        None, description="Menurut pengetahuan pada saat ini; tanpa zona: WIB. Hanya di wilayah peran Anda."
    )


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
    check_asked(request, Question, question.as_of, question.known_at)
    code = AreaCode.parse(question.area)
    area, level = str(code), _level(question.level)
    names = _names(question.indicator)
    shown.check_open(reader, area)
    _standing(area)
    moment = moment_of(question.known_at) or now() + timedelta(seconds=1)
    on = question.as_of or local_date(moment)
    asked = question.as_of is not None or question.known_at is not None
    if asked:
        reader.check("figures.read_small", area)
    if question.disaggregation is not None:
        indicator = _divisible(question.indicator, question.disaggregation)
        by, inside = question.disaggregation, level or code.level
        if asked:
            return _measured(
                disaggregation.as_of(indicator, area, inside, by, on=on, known=moment), indicator
            )
        return [
            passport(indicator, place, each.figure, group)
            for place, found in disaggregation.current(reader, indicator, area, inside, by).items()
            for group, each in found.items()
        ]
    if asked:
        return _measured(queries.as_of(names, area, on=on, known=moment, level=level))
    return _current(reader, area, level, names)


def _level(text: str | None) -> Level | None:
    if text is None or text in list(Level):
        return None if text is None else Level(text)
    raise Malformed("level", "bukan tingkat wilayah", "Yang ada: %(levels)s", levels=", ".join(Level))


def _names(indicator: str | None) -> list[str]:
    if indicator is None:
        return list(catalogue.indicators())
    if indicator not in catalogue.indicators():
        raise Http404(f"Indikator {indicator!r} tidak ada. Daftarnya di /api/v1/indicators.")
    return [indicator]


def _standing(area: str) -> None:
    """Raises Http404 where there never was such an area."""
    try:
        areas.area(area)
    except areas.UnknownArea as error:
        raise Http404(str(error)) from None


def _divisible(name: str | None, by: str) -> Indicator:
    """Raises Malformed without an indicator, and for a field it is not measured by."""
    if name is None:
        raise Malformed("disaggregation", "rincian tanpa indikator", "Sebutkan juga `indicator`")
    indicator = catalogue.indicators()[name]
    known = disaggregation.fields(indicator)
    if by not in known:
        remedy = "Yang ada: %(fields)s" if known else "Mintalah tanpa rincian"
        reason = "indikator ini tidak dirinci menurut itu"
        raise Malformed("disaggregation", reason, remedy, fields=", ".join(known))
    return indicator


def _measured(found: Mapping[str, Mapping[str, Figure]], one: Indicator | None = None) -> list[Passport]:
    """`found` is area -> indicator -> figure; or, of one indicator, area -> group -> figure."""
    known = catalogue.indicators()
    return [
        passport(one or known[name], place, figure, name if one else "")
        for place, each in found.items()
        for name, figure in each.items()
    ]


def _current(reader: Reader, area: str, level: Level | None, names: list[str]) -> list[Passport]:
    if level is None:
        places = {area: shown.figures(reader, area, names)}
    else:
        places = shown.below(reader, area, level, names)
    return [
        passport(each.indicator, each.area, each.figure)
        for found in places.values()
        for each in found.values()
    ]


def passport(indicator: Indicator, area: str, figure: Figure | None, group: str = "") -> Passport:
    version = figure.version if figure else indicator.versions[-1]
    number = figure.number if figure else None
    return Passport(
        indicator=indicator.id, title=indicator.title.id, area=area, group=group,
        value=figure.value if figure else None, unit=indicator.unit.id,
        numerator=figure.numerator if figure else None, denominator=figure.denominator if figure else None,
        base=getattr(number, "base", None), coverage=getattr(number, "coverage", None), per=indicator.per,
        count_as=indicator.count_as, as_of=number.on if number else None,
        known_at=number.known_at if number else None, rule_since=version.since, basis=version.basis,
        status=version.status, hidden=figure is None,
        comparators=list(_beside(indicator.id, area)) if not group else [],
    )  # fmt: skip


@lru_cache(maxsize=32_000)
def _beside(name: str, area: str) -> tuple[Beside, ...]:
    """The announced figures that the passport page shows beside ours; they change with the definitions only."""
    return tuple(
        Beside(
            series=each.series, value=each.value, unit=each.unit.text.id, as_of=each.as_of, publisher=each.publisher,
            url=each.url, why=each.why.id if each.why else None,
        )
        for each in comparators.beside(catalogue.indicators()[name], area)
    )  # fmt: skip
