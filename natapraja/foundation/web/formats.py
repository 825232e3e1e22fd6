"""Numbers, money and dates as Indonesian, English and Javanese write them. Pure: the language is given."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

WIB = timezone(timedelta(hours=7), "WIB")
NOTHING = "–"
MINUS = "−"  # the sign, not the hyphen
Number = int | float | Decimal | Fraction
_AS_PEOPLE_ROUND = Context(prec=400, rounding=ROUND_HALF_UP)  # every digit of the largest float has room

_MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
    "jv": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
}
_DAYS = {
    "id": "Senin Selasa Rabu Kamis Jumat Sabtu Minggu",
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "jv": "Senèn Selasa Rebo Kemis Jemuwah Setu Minggu",
}
_LARGE = {
    "id": ("triliun", "miliar", "juta"),
    "en": ("trillion", "billion", "million"),
    "jv": ("triliun", "milyar", "yuta"),
}
_POINTS = {"id": "poin", "en": "points", "jv": "poin"}


def _language(language: str) -> str:
    short = (language or "id").split("-")[0]
    return short if short in _MONTHS else "id"


def _exact(value: Number) -> Decimal:
    """What a person would have written: 0.1 is a tenth, not its nearest binary neighbour."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


def number(
    value: Number | None, language: str = "id", decimals: int | None = None, signed: bool = False
) -> str:
    """`1096612` → `1.096.612`; a fraction keeps one decimal unless `decimals` says otherwise; None → `–`.

    `signed` writes a plus before what is above nought. Half is rounded away from nought, as people do.
    """
    if value is None:
        return NOTHING
    exact = _exact(value)
    if not exact.is_finite():
        return NOTHING
    places = decimals if decimals is not None else (0 if exact == exact.to_integral_value() else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-places), context=_AS_PEOPLE_ROUND)
    text = f"{rounded.copy_abs():,.{places}f}"
    if _language(language) != "en":
        text = text.translate(str.maketrans(",.", ".,"))
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return sign + text


def percent(value: Number | None, language: str = "id", decimals: int = 1) -> str:
    """`8.4` (already per hundred) → `8,4%`."""
    return NOTHING if value is None else number(value, language, decimals) + "%"


def points(value: Number | None, language: str = "id", decimals: int = 1) -> str:
    """The difference between two percentages: `0.2` → `0,2 poin`."""
    if value is None:
        return NOTHING
    text = number(value, language, decimals)
    lang = _language(language)
    word = "point" if lang == "en" and text == number(1, lang, decimals) else _POINTS[lang]
    return f"{text} {word}"


def rupiah(value: Number | None, language: str = "id", full: bool = False) -> str:
    """`412_000_000` → `Rp412 juta`, `15_000` → `Rp15.000`; `full` writes every digit."""
    if value is None:
        return NOTHING
    amount = abs(_exact(value))
    sign = MINUS if value < 0 else ""
    for exponent, word in zip((12, 9, 6), _LARGE[_language(language)], strict=True):
        if amount >= 10**exponent and not full:
            short = amount.scaleb(-exponent).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
            return f"{sign}Rp{number(short, language)} {word}"
    return f"{sign}Rp{number(amount, language, 0)}"


def local(moment: datetime) -> datetime:
    """A moment on the regency's clock. One without a zone is taken as UTC, which is how we store them."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(WIB)


def day(value: date | datetime | None, language: str = "id", style: str = "panjang") -> str:
    """`panjang` 20 November 2026, `pendek` 20 Nov 2026, `hari` Jumat, 20 November 2026, `bulan`.

    The end of time (`date.max`) is `–`: an open end is not a date.
    """
    if value is None:
        return NOTHING
    when = local(value).date() if isinstance(value, datetime) else value
    if when == date.max:
        return NOTHING
    lang = _language(language)
    month = _MONTHS[lang].split()[when.month - 1]
    if style == "bulan":
        return f"{month} {when.year}"
    if style == "pendek":
        return f"{when.day} {month[:3]} {when.year}"
    text = f"{when.day} {month} {when.year}"
    return f"{_DAYS[lang].split()[when.weekday()]}, {text}" if style == "hari" else text


def clock(value: datetime | None, language: str = "id", zone: bool = True) -> str:
    """`14.05 WIB`; in English `14:05 WIB`."""
    if value is None:
        return NOTHING
    when = local(value)
    mark = ":" if _language(language) == "en" else "."
    return f"{when:%H}{mark}{when:%M}{' WIB' if zone else ''}"


def moment(value: datetime | None, language: str = "id") -> str:
    """Date and time where room is scarce: `20 Nov 2026, 14.05`."""
    return (
        NOTHING
        if value is None
        else f"{day(value, language, 'pendek')}, {clock(value, language, zone=False)}"
    )


def span(first: date, last: date, language: str = "id") -> str:
    """`9–17 November 2026`, `31 Oktober – 20 November 2026`, `1 Januari 2025 – 31 Desember 2026`."""
    if first == last:
        return day(first, language)
    until = day(last, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{until}"
    since = day(first, language)
    return f"{since.removesuffix(f' {first.year}') if first.year == last.year else since} – {until}"
