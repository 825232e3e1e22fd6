"""Reads the files that say which places there are: definitions/<regency>/areas/*.csv beside areas.toml."""

import csv
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from natapraja.foundation.kernel.definitions import DefinitionError, Text, load, shown_name
from natapraja.foundation.kernel.identifiers import AreaCode, Malformed

from .rules import KINDS, OPEN_END, OPEN_START, Period, reconciled

Confidence = Literal["sure", "known", "likely", "unverified"]


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    of: str
    text: str
    confidence: Confidence


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A fact about the regency with its source."""

    id: str
    title: Text
    value: float
    unit: Text
    source: str
    confidence: Confidence
    note: str = ""


class Regency(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The regency that uses this installation."""

    id: str
    code: str
    kind: Literal["kabupaten", "kota"]
    name: Text
    short: str
    province: Text
    province_code: str
    bps_code: str
    head: Text
    time_zone: str
    facts: tuple[Fact, ...] = msgspec.field(name="figure")


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An act of government that changed codes on one day."""

    id: str
    on: date
    basis: str
    source: str
    confidence: Confidence
    status: Literal["berlaku", "menunggu verifikasi"] = "berlaku"
    note: str = ""


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    title: Text
    code: str
    basis: str
    sources: tuple[Source, ...] = msgspec.field(name="source")
    decisions: tuple[Decision, ...] = msgspec.field(name="decision", default=())


@dataclass(frozen=True)
class Place:
    """One row: the present code and name, what else is known, and the codes it had before."""

    now: Period
    level: str
    kind: str
    lon: float | None = None
    lat: float | None = None
    postcode: str = ""
    bps_code: str = ""
    past: tuple[Period, ...] = ()

    @property
    def code(self) -> str:
        return self.now.code


@dataclass(frozen=True)
class Alias:
    code: str
    name: str
    source: str


@dataclass(frozen=True)
class Places:
    header: Header
    places: tuple[Place, ...]  # a parent always before its parts
    aliases: tuple[Alias, ...]


@dataclass(frozen=True)
class _Row:
    """One line of a table, which knows how to complain about itself."""

    file: Path
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fault(self, what: str, remedy: str) -> DefinitionError:
        return DefinitionError(shown_name(self.file), f"baris {self.number}", what, remedy)

    def code(self, column: str = "code") -> AreaCode:
        try:
            return AreaCode.parse(self[column])
        except Malformed as error:
            raise self.fault(f"kolom {column}: {error.reason}", error.remedy) from None

    def filled(self, column: str) -> str:
        if not self[column]:
            raise self.fault(f"kolom {column} kosong", "Isi kolom itu")
        return self[column]

    def day(self, column: str, decisions: Mapping[str, Decision], empty: date) -> date:
        """A date, the id of a decision, or nothing."""
        text = self[column]
        if not text:
            return empty
        if text in decisions:
            return decisions[text].on
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise self.fault(
                f"kolom {column} berisi “{text}”, bukan tanggal dan bukan id keputusan",
                "Tulis seperti 2026-01-31, atau id keputusan dari areas.toml",
            ) from None

    def degrees(self, column: str, limit: int) -> float | None:
        if not self[column]:
            return None
        try:
            value = float(self[column])
        except ValueError:
            value = math.nan
        if not -limit <= value <= limit:
            raise self.fault(f"kolom {column} bukan derajat", f"Tulis angka antara -{limit} dan {limit}")
        return value


@cache
def regency(folder: Path) -> Regency:
    """The regency of a folder of definitions; raises DefinitionError."""
    return load(folder / "regency.toml", Regency)


def read(folder: Path) -> Places:
    """All places of the folder; raises DefinitionError, in Indonesian, for the first thing that is wrong."""
    header = load(folder / "areas.toml", Header)
    decisions = {decision.id: decision for decision in header.decisions}
    past = _past(_rows(folder / "recodings.csv", "code old_code old_name decision"), decisions)
    columns = "code name kind lon lat postcode bps_code since until"
    table = _rows(folder / "areas.csv", columns)
    places = [_place(row, header, decisions, past) for row in table]
    places += [
        _neighbourhood(row, decisions)
        for row in _rows(folder / "neighbourhoods.csv", "code name hamlet since", required=False)
    ]
    places.sort(key=lambda place: place.code)
    codes = _checked(folder, header, places)
    for code in past.keys() - codes:
        raise _absent(folder / "recodings.csv", code)
    aliases = []
    for row in _rows(folder / "aliases.csv", "code name source", required=False):
        if str(row.code()) not in codes:
            raise _absent(folder / "aliases.csv", row["code"])
        aliases.append(Alias(str(row.code()), row.filled("name"), row.filled("source")))
    return Places(header, tuple(places), tuple(aliases))


def _rows(file: Path, columns: str, *, required: bool = True) -> Iterator[_Row]:
    names = columns.split()
    if not file.exists():
        if not required:
            return
        raise DefinitionError(
            shown_name(file), "seluruh berkas", "berkas tidak ada", "Periksa nama dan letaknya"
        )
    with file.open(encoding="utf-8-sig", newline="") as text:
        table = csv.reader(text)
        heading = next(table, [])
        if heading != names:
            what = f"judul kolom bukan {', '.join(names)}"
            raise DefinitionError(
                shown_name(file), "baris 1", what, "Pakai judul kolom itu, menurut urutannya"
            )
        for cells in table:
            row = _Row(file, table.line_num, dict(zip(names, (cell.strip() for cell in cells), strict=False)))
            if len(cells) != len(names):
                raise row.fault(
                    f"ada {len(cells)} kolom, seharusnya {len(names)}", "Periksa koma dan tanda kutip"
                )
            yield row


def _past(rows: Iterable[_Row], decisions: Mapping[str, Decision]) -> dict[str, tuple[Period, ...]]:
    found: dict[str, list[Period]] = {}
    for row in rows:
        decision = decisions.get(row["decision"])
        if decision is None:
            what = f"keputusan “{row['decision']}” tidak ada di areas.toml"
            raise row.fault(what, "Tambahkan [[decision]] itu, atau perbaiki id-nya")
        old = row.code("old_code")
        period = Period(str(old), row.filled("old_name"), valid_to=decision.on)
        found.setdefault(str(row.code()), []).append(_based(period, decision.basis, decision.confidence))
    return {
        code: tuple(sorted(periods, key=lambda period: period.valid_to)) for code, periods in found.items()
    }


def _based(period: Period, basis: str, confidence: str) -> Period:
    return Period(
        period.code, period.name, period.hamlet, period.valid_from, period.valid_to, basis, confidence
    )


def _place(
    row: _Row, header: Header, decisions: Mapping[str, Decision], past: Mapping[str, tuple[Period, ...]]
) -> Place:
    code = row.code()
    if row["kind"] not in KINDS[code.level]:
        allowed = " atau ".join(KINDS[code.level])
        raise row.fault(f"jenis “{row['kind']}” tidak cocok dengan kodenya", f"Tulis {allowed}")
    since, until = row.day("since", decisions, OPEN_START), row.day("until", decisions, OPEN_END)
    now = Period(str(code), row.filled("name"), "", since, until, header.basis, "sure")
    if row["since"] in decisions:
        decision = decisions[row["since"]]
        now = _based(now, decision.basis, decision.confidence)
    elif str(code) in past:
        now = _based(now, past[str(code)][-1].basis, past[str(code)][-1].confidence)
    return Place(
        now=now,
        level=code.level,
        kind=row["kind"],
        lon=row.degrees("lon", 180),
        lat=row.degrees("lat", 90),
        postcode=row["postcode"],
        bps_code=row["bps_code"],
        past=past.get(str(code), ()),
    )


def _neighbourhood(row: _Row, decisions: Mapping[str, Decision]) -> Place:
    code = row.code()
    if code.level not in ("rw", "rt"):
        raise row.fault("bukan kode RW atau RT", "Tempat di atasnya ditulis di areas.csv")
    since = row.day("since", decisions, OPEN_START)
    return Place(Period(str(code), row.filled("name"), row["hamlet"], since), code.level, code.level)


def _checked(folder: Path, header: Header, places: Iterable[Place]) -> set[str]:
    """Every code once, under one regency, and every place below one that is there too."""
    codes: set[str] = set()
    for place in places:
        name = "neighbourhoods.csv" if place.level in ("rw", "rt") else "areas.csv"
        file, parent = shown_name(folder / name), AreaCode(place.code).parent
        if place.code in codes:
            raise DefinitionError(file, place.code, "kode ini ditulis dua kali", "Hapus salah satu barisnya")
        if parent is None and place.code != header.code:
            raise DefinitionError(file, place.code, "kabupaten lain", f"Hanya {header.code} dan bagiannya")
        if parent is not None and str(parent) not in codes:
            raise DefinitionError(
                file, place.code, f"induknya {parent} tidak ada", "Tambahkan baris induknya"
            )
        try:
            reconciled(place.past, place.now, (), OPEN_START)
        except ValueError:
            remedy = "Periksa since, until, dan tanggal keputusan kode lamanya"
            raise DefinitionError(file, place.code, "tanggalnya berjalan mundur", remedy) from None
        codes.add(place.code)
    return codes


def _absent(file: Path, code: str) -> DefinitionError:
    return DefinitionError(shown_name(file), code, "kode ini tidak ada di areas.csv", "Perbaiki kodenya")
