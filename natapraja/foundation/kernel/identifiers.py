"""One type per kind of code: NIK, family card, area, agency, period. Malformed text never becomes one."""

import re
from collections.abc import Callable, Container
from datetime import date, timedelta
from functools import total_ordering
from itertools import pairwise
from typing import Any, Final, Literal, NoReturn, Self

from natapraja.foundation.kernel.spoken import Spoken, filled

_ = str  # marks words that the page which shows them translates

Sex = Literal["L", "P"]
Level = Literal["regency", "district", "village", "rw", "rt"]

FEMALE_DAY: Final = 40  # added to the day of birth of women (regulations section 11)


class Malformed(Spoken, ValueError):
    """Text that cannot be this kind of code: `field`, `reason`, `remedy` in Indonesian, never the text.

    Reason and remedy may have places: %(field)s, and those of `values`.
    """

    def __init__(self, field: str, reason: str, remedy: str, **values: object) -> None:
        super().__init__(reason, field=field, **values)
        self.field = field
        self.parts = (reason, remedy)

    @property
    def reason(self) -> str:
        return self.parts[0] % self.values

    @property
    def remedy(self) -> str:
        return self.parts[1] % self.values

    def said(self, translate: Callable[[str], str] = str, language: str = "id") -> str:
        values = filled(self.values, translate, language)
        reason, remedy = (translate(part) % values for part in self.parts)
        return f"{values['field']}: {reason}. {remedy}."


@total_ordering
class _Identifier:
    """An immutable code that is comparable with its own kind only."""

    __slots__ = ("_text",)
    _text: str

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            raise Malformed(
                self._field(), _("bukan teks"), _("Simpan kolom ini sebagai teks, bukan sebagai angka")
            )
        object.__setattr__(self, "_text", self._canonical(text.strip()))

    @classmethod
    def parse(cls, text: str) -> Self:
        """The code written in `text`; raises `Malformed`."""
        return cls(text)

    @classmethod
    def _field(cls) -> str:
        raise NotImplementedError

    @classmethod
    def _canonical(cls, text: str) -> str:
        raise NotImplementedError

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is immutable")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._text,)

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._text})"

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._text))

    def __eq__(self, other: object) -> bool:
        if type(other) is type(self):
            return self._text == other._text
        # A comparison between two kinds of code is always a mistake; answering False would hide it.
        if isinstance(other, _Identifier | str):
            raise TypeError(f"{type(self).__name__} cannot be compared with {type(other).__name__}")
        return NotImplemented

    def __lt__(self, other: object) -> bool:
        if type(other) is not type(self):
            raise TypeError(f"{type(self).__name__} cannot be compared with {type(other).__name__}")
        return self._sort_key() < other._sort_key()

    def _sort_key(self) -> tuple[Any, ...]:
        return (self._text,)


class _CivilNumber(_Identifier):
    """Sixteen digits PPKKCC DDMMYY SSSS, as the civil registry gives them to persons and to families."""

    __slots__ = ()

    @classmethod
    def _canonical(cls, text: str) -> str:
        if len(text) == 16 and text.isascii() and text.isdigit() and text != "0" * 16:
            return text  # the usual case, a million times in an import
        name = cls._field()
        if not text:
            raise Malformed(name, _("kosong"), _("Isi %(field)s 16 angka seperti tertulis pada kartunya"))
        if re.fullmatch(r"\d+[.,]?\d*[eE]\+?\d+", text):
            raise Malformed(
                name,
                _("rusak menjadi notasi ilmiah"),
                _("Ubah format kolom menjadi teks, lalu ketik ulang angkanya"),
            )
        if re.fullmatch(r"\d{16}[.,]0+", text):
            raise Malformed(name, _("terbaca sebagai angka desimal"), _("Ubah format kolom menjadi teks"))
        digits = re.sub(r"[ .\-]", "", text.removeprefix("'"))
        if not re.fullmatch(r"[0-9]*", digits):
            raise Malformed(name, _("memuat tanda selain angka"), _("Tulis %(field)s dengan 16 angka saja"))
        if len(digits) != 16:
            raise Malformed(
                name,
                _("terdiri dari %(count)s angka"),
                _("%(field)s selalu 16 angka; periksa kartunya"),
                count=len(digits),
            )
        if digits == "0" * 16:
            raise Malformed(name, _("hanya berisi angka nol"), _("Kosongkan bila %(field)s memang belum ada"))
        return digits

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._text[:2]}{'•' * 12}{self._text[-2:]})"

    @property
    def region(self) -> str:
        """Region of first registration, "33.09.03": not where the person lives now."""
        text = self._text
        return f"{text[:2]}.{text[2:4]}.{text[4:6]}"

    @property
    def serial(self) -> str:
        return self._text[12:]

    def _dates(self, day: int) -> tuple[date, ...]:
        """The year has two digits, so the date may lie in 19yy or in 20yy; impossible dates are left out."""
        found = []
        for century in (1900, 2000):
            try:
                found.append(date(century + int(self._text[10:12]), int(self._text[8:10]), day))
            except ValueError:
                continue
        return tuple(found)

    def _general_deviations(self, dates: tuple[date, ...], regions: Container[str] | None) -> list[str]:
        name = self._field()
        found = []
        if regions is not None and self.region[:5] not in regions:
            found.append(f"Kode wilayah pada {name} tidak ada dalam daftar kabupaten/kota.")
        if not dates:
            found.append(f"Tanggal pada {name} bukan tanggal yang ada di kalender.")
        if self.serial == "0000":
            found.append(f"Nomor urut pada {name} 0000, padahal nomor urut dimulai dari 0001.")
        return found


class Nik(_CivilNumber):
    """A person's number. No check digit: a well-formed NIK need not exist."""

    __slots__ = ()

    @classmethod
    def _field(cls) -> str:
        return _("NIK")

    @property
    def _day(self) -> int:
        return int(self._text[6:8])

    @property
    def sex(self) -> Sex | None:
        """Says "P" when 40 was added to the day, "L" when not, None when the day fits neither."""
        if 1 <= self._day <= 31:
            return "L"
        return "P" if FEMALE_DAY + 1 <= self._day <= FEMALE_DAY + 31 else None

    def birth_dates(self) -> tuple[date, ...]:
        """Dates of birth the number allows, 19yy first; empty when none is real."""
        if self.sex is None:
            return ()
        return self._dates(self._day - (FEMALE_DAY if self.sex == "P" else 0))

    def deviations(
        self, born: date | None = None, sex: Sex | None = None, regions: Container[str] | None = None
    ) -> tuple[str, ...]:
        """Warnings, never a refusal: legacy numbers deviate and are still the person's number.

        `born` and `sex` come from the record; `regions` holds dotted regency codes ("33.09"), historic ones
        included. What is None is not checked. Source: regulations section 11.
        """
        dates = self.birth_dates()
        found = self._general_deviations(dates, regions)
        if born is not None and dates and born not in dates:
            found.append("Tanggal lahir pada NIK berbeda dengan tanggal lahir pada data.")
        if sex is not None and self.sex is not None and sex != self.sex:
            found.append("Jenis kelamin menurut NIK berbeda dengan jenis kelamin pada data.")
        return tuple(found)


class FamilyCardNumber(_CivilNumber):
    """Nomor KK: as a NIK, but the date is the day the card was issued and nothing is added to it."""

    __slots__ = ()

    @classmethod
    def _field(cls) -> str:
        return _("Nomor KK")

    def issue_dates(self) -> tuple[date, ...]:
        return self._dates(int(self._text[6:8]))

    def deviations(
        self, issued: date | None = None, regions: Container[str] | None = None
    ) -> tuple[str, ...]:
        """Warnings, as for the NIK."""
        dates = self.issue_dates()
        found = self._general_deviations(dates, regions)
        if issued is not None and dates and issued not in dates:
            found.append("Tanggal terbit pada Nomor KK berbeda dengan tanggal terbit pada data.")
        return tuple(found)


_AREA: Final = re.compile(r"\d\d\.\d\d(\.\d\d(\.[1-9]\d{3}(\.\d{3}(\.\d{3})?)?)?)?", re.ASCII)
_AREA_CUTS: Final = {4: (2,), 6: (2, 4), 10: (2, 4, 6), 13: (2, 4, 6, 10), 16: (2, 4, 6, 10, 13)}
_LEVELS: Final[dict[int, Level]] = {5: "regency", 8: "district", 13: "village", 17: "rw", 21: "rt"}
_LENGTHS: Final = tuple(_LEVELS)


class AreaCode(_Identifier):
    """A place in the tree: 33.09 · 33.09.03 · 33.09.03.2014 · ….002 (RW) · ….002.007 (RT)."""

    __slots__ = ()

    @classmethod
    def _field(cls) -> str:
        return _("Kode wilayah")

    @classmethod
    def _canonical(cls, text: str) -> str:
        if text.isdigit() and len(text) in _AREA_CUTS:
            cuts = (0, *_AREA_CUTS[len(text)], len(text))
            text = ".".join(text[a:b] for a, b in pairwise(cuts))
        if _AREA.fullmatch(text):
            return text
        if re.fullmatch(r"\d\d\.\d\d\.\d\d\.0\d{3}.*", text) or re.fullmatch(r"\d{7}", text):
            reason = _("tampaknya kode BPS, bukan kode Kemendagri")
        else:
            reason = _("kosong") if not text else _("tidak mengikuti susunan kode Kemendagri")
        raise Malformed(
            cls._field(), reason, _("Tulis seperti 33.09.03.2014, atau 33.09.03.2014.002.007 untuk RT")
        )

    @property
    def level(self) -> Level:
        return _LEVELS[len(self._text)]

    @property
    def parent(self) -> "AreaCode | None":
        """The area directly above; None for a regency."""
        above = self._text.rpartition(".")[0]
        return AreaCode(above) if len(above) >= _LENGTHS[0] else None

    def ancestors(self) -> "tuple[AreaCode, ...]":
        """Every area above, regency first, itself left out."""
        return tuple(AreaCode(self._text[:length]) for length in _LENGTHS if length < len(self._text))

    @property
    def village(self) -> "AreaCode | None":
        """The village this area is or lies in; None above village level."""
        return AreaCode(self._text[:13]) if len(self._text) >= 13 else None

    def contains(self, other: "AreaCode") -> bool:
        """True for the area itself and for everything below it."""
        return other._text == self._text or other._text.startswith(self._text + ".")


class AgencyCode(_Identifier):
    """An agency by its short name, "dinkes" or "dinkes-puskesmas-cepogo"."""

    __slots__ = ()

    @classmethod
    def _field(cls) -> str:
        return _("Kode instansi")

    @classmethod
    def _canonical(cls, text: str) -> str:
        if not text or len(text) > 60 or not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", text):
            raise Malformed(
                cls._field(),
                _("kosong") if not text else _("tidak mengikuti susunan kode instansi"),
                _("Pakai huruf kecil, angka dan tanda hubung, misalnya dinkes"),
            )
        return text


PeriodKind = Literal["year", "half", "quarter", "month"]
_PERIOD: Final = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|(?:Q|TW)([1-4])|S([12])))?", re.ASCII)
_MONTHS: Final = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_SPAN: Final[dict[PeriodKind, int]] = {"year": 12, "half": 6, "quarter": 3, "month": 1}


class Period(_Identifier):
    """A stretch of the calendar: 2026 · 2026-S1 (semester) · 2026-Q1 (triwulan, also TW1) · 2026-03."""

    __slots__ = ()

    @classmethod
    def _field(cls) -> str:
        return _("Periode")

    @classmethod
    def _canonical(cls, text: str) -> str:
        match = _PERIOD.fullmatch(text.upper())
        if not match or match[1] == "0000":
            raise Malformed(
                cls._field(),
                _("kosong") if not text else _("tidak dikenali"),
                _("Tulis 2026 (tahun), 2026-S1 (semester), 2026-Q1 (triwulan) atau 2026-03 (bulan)"),
            )
        return match[0].replace("TW", "Q")

    @classmethod
    def month_of(cls, day: date) -> "Period":
        return cls(f"{day:%Y-%m}")

    @property
    def kind(self) -> PeriodKind:
        tail = self._text[5:]
        if not tail:
            return "year"
        return {"Q": "quarter", "S": "half"}.get(tail[0], "month")  # type: ignore[return-value]

    @property
    def _number(self) -> int:
        return int(self._text[5:].lstrip("QS") or 1)

    @property
    def first(self) -> date:
        """First day of the period."""
        return date(int(self._text[:4]), (self._number - 1) * _SPAN[self.kind] + 1, 1)

    @property
    def last(self) -> date:
        """Last day of the period, still inside it."""
        return self._shifted(1).first - timedelta(days=1)

    def _shifted(self, steps: int) -> "Period":
        per_year = 12 // _SPAN[self.kind]
        year, number = divmod(int(self._text[:4]) * per_year + self._number - 1 + steps, per_year)
        tail = {"year": "", "half": f"-S{number + 1}", "quarter": f"-Q{number + 1}"}.get(
            self.kind, f"-{number + 1:02}"
        )
        return Period(f"{year:04}{tail}")

    def next(self) -> "Period":
        return self._shifted(1)

    def previous(self) -> "Period":
        return self._shifted(-1)

    def contains(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def label(self) -> str:
        """As an officer writes it: "Maret 2026", "Triwulan I 2026"."""
        year = self._text[:4]
        if self.kind == "month":
            return f"{_MONTHS[self._number - 1]} {year}"
        roman = ("I", "II", "III", "IV")[self._number - 1]
        return {"quarter": f"Triwulan {roman} {year}", "half": f"Semester {roman} {year}"}.get(
            self.kind, f"Tahun {year}"
        )

    def _sort_key(self) -> tuple[Any, ...]:
        return (self.first, self.last)
