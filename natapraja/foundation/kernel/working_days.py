"""Working days: when a promise falls due, and by which edition of the calendar that was reckoned."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final, Literal

import msgspec

from natapraja.foundation.kernel.clock import WIB
from natapraja.foundation.kernel.definitions import DefinitionError, Status, Text, load_folder, shown_name

DayKind = Literal["libur nasional", "cuti bersama", "penutupan setempat"]

MONDAY_TO_FRIDAY: Final = frozenset(range(5))  # Perpres 21/2023: the government's week has five days
MONDAY_TO_SATURDAY: Final = frozenset(range(6))  # puskesmas and the service mall on Saturdays


class DayOff(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One day on which offices are closed. `basis` only where it differs from that of the whole year."""

    date: dt.date
    kind: DayKind
    name: Text
    status: Status = "berlaku"
    basis: str | None = None


class CalendarYear(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """definitions/national/calendar/2026.toml: `version` rises with every change, for example "2026.2"."""

    id: str
    version: str
    basis: str
    source: str
    status: Status = "berlaku"
    note: str | None = None
    days: tuple[DayOff, ...] = msgspec.field(name="day")


@dataclass(frozen=True, slots=True)
class Due:
    """A promised last day, with what is needed to reckon it again.

    `provisional` says that the way there passes a year without calendar or a day awaiting verification.
    """

    date: dt.date
    calendar_version: str
    received: dt.date
    days: int
    joint_leave_works: bool = False
    provisional: bool = False

    @property
    def closes_at(self) -> datetime:
        """The last moment: 23:59 WIB of the last day."""
        return datetime.combine(self.date, time(23, 59), WIB)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days off of some years. `unsure`: days awaiting verification; `years`: the years it knows."""

    version: str
    holidays: frozenset[date]
    joint_leave: frozenset[date]
    years: frozenset[int] = frozenset()
    unsure: frozenset[date] = frozenset()
    week: frozenset[int] = field(default=MONDAY_TO_FRIDAY)

    def is_working(self, day: date, joint_leave_works: bool = False) -> bool:
        """Whether offices work. Joint leave (cuti bersama) is a day off unless told otherwise.

        No text at hand settles whether it counts as a working day for legal terms (regulations section 12).
        """
        if day.weekday() not in self.week or day in self.holidays:
            return False
        return joint_leave_works or day not in self.joint_leave

    def working_days(self, first: date, last: date, joint_leave_works: bool = False) -> int:
        """How many working days lie from `first` to `last`, both included."""
        span = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return sum(self.is_working(day, joint_leave_works) for day in span)

    def due(self, received: date, days: int, joint_leave_works: bool = False) -> Due:
        """The last day of a term of `days` working days.

        Day 1 is the first working day after `received`, also when that was no working day itself; so a
        letter of Sunday and one of the Friday before have the same term. Raises ValueError for days < 1.
        """
        if days < 1:
            raise ValueError("a term has at least one working day")
        day, left, provisional = received, days, False
        while left:
            day += timedelta(days=1)
            provisional = provisional or self._is_unsure(day)
            left -= self.is_working(day, joint_leave_works)
        return Due(day, self.version, received, days, joint_leave_works, provisional)

    def _is_unsure(self, day: date) -> bool:
        return day.year not in self.years or (day in self.unsure and day.weekday() in self.week)

    def revise(self, due: Due) -> Due:
        """The same promise under this calendar: later when a day off was added, never earlier."""
        reckoned = self.due(due.received, due.days, due.joint_leave_works)
        return reckoned if reckoned.date >= due.date else due

    def with_week(self, week: frozenset[int]) -> "Calendar":
        """This calendar for a unit that works on other weekdays (Monday is 0)."""
        return replace(self, week=week)

    @classmethod
    def of(cls, editions: Iterable[CalendarYear]) -> "Calendar":
        """One calendar from the editions of several years; its version names each of theirs."""
        years = sorted(editions, key=lambda year: year.id)
        days = [
            (day, day.status if year.status == "berlaku" else year.status)
            for year in years
            for day in year.days
        ]
        return cls(
            version=" ".join(year.version for year in years),
            holidays=frozenset(day.date for day, _ in days if day.kind != "cuti bersama"),
            joint_leave=frozenset(day.date for day, _ in days if day.kind == "cuti bersama"),
            years=frozenset(int(year.id) for year in years),
            unsure=frozenset(day.date for day, status in days if status != "berlaku"),
        )


def load_calendar(folder: Path) -> Calendar:
    """The calendar in definitions/national/calendar; raises DefinitionError."""
    editions = load_folder(folder, CalendarYear)
    for edition in editions.values():
        _check(edition, shown_name(folder / f"{edition.id}.toml"))
    return Calendar.of(editions.values())


def _check(edition: CalendarYear, file: str) -> None:
    if not edition.id.isdigit():
        raise DefinitionError(file, "id", "nama berkas bukan tahun", "Beri nama seperti 2026.toml")
    if not edition.version.startswith(f"{edition.id}."):
        raise DefinitionError(
            file, "version", "versi tidak dimulai dengan tahunnya", f"Tulis misalnya “{edition.id}.2”"
        )
    if not edition.basis.strip():
        raise DefinitionError(
            file, "basis", "dasar hukum kosong", "Tulis keputusan yang menetapkan hari-hari ini"
        )
    seen: set[date] = set()
    for number, day in enumerate(edition.days, 1):
        if str(day.date.year) != edition.id or day.date in seen:
            what = "tanggal ditulis dua kali" if day.date in seen else "tanggal di luar tahun berkas ini"
            raise DefinitionError(file, f"day ke-{number}", what, "Periksa tanggalnya")
        seen.add(day.date)
