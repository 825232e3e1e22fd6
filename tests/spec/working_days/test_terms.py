"""Menghitung tenggat dalam hari kerja."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from natapraja.foundation.kernel.working_days import MONDAY_TO_SATURDAY, Calendar, load_calendar

title = "Tenggat dalam hari kerja"
text = (
    "Hari ke-1 adalah hari kerja pertama setelah surat diterima. "
    "Sabtu, Minggu, libur nasional dan cuti bersama dilewati; apakah cuti bersama dilewati dapat diatur. "
    "Batasnya pukul 23.59 WIB pada hari terakhir."
)

CALENDAR = load_calendar(Path(__file__).parents[3] / "definitions" / "national" / "calendar")


@pytest.mark.parametrize(
    ("received", "days", "last_day", "last_day_when_joint_leave_works"),
    [
        ("2026-03-13", 10, "2026-04-06", "2026-03-30"),  # Jumat sebelum Nyepi dan Idulfitri
        ("2026-03-13", 17, "2026-04-15", "2026-04-09"),
        ("2026-12-14", 10, "2026-12-30", "2026-12-29"),  # melewati Natal
        ("2026-12-21", 5, "2026-12-30", "2026-12-29"),
        ("2026-11-22", 10, "2026-12-04", "2026-12-04"),  # diterima hari Minggu
    ],
)
def test_the_last_day_of_a_term(received, days, last_day, last_day_when_joint_leave_works):
    day = date.fromisoformat(received)
    assert CALENDAR.due(day, days).date == date.fromisoformat(last_day)
    working = CALENDAR.due(day, days, joint_leave_works=True)
    assert working.date == date.fromisoformat(last_day_when_joint_leave_works)


@pytest.mark.parametrize(
    ("year", "working_days", "working_days_when_joint_leave_works"),
    [(2024, 238, 248), (2025, 237, 248), (2026, 240, 248), (2027, 242, 250)],
)
def test_working_days_of_a_year(year, working_days, working_days_when_joint_leave_works):
    first, last = date(year, 1, 1), date(year, 12, 31)
    assert CALENDAR.working_days(first, last) == working_days
    assert CALENDAR.working_days(first, last, joint_leave_works=True) == working_days_when_joint_leave_works


def test_a_letter_of_saturday_has_the_term_of_the_friday_before():
    friday, saturday, sunday = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)
    assert CALENDAR.due(friday, 3).date == CALENDAR.due(saturday, 3).date == CALENDAR.due(sunday, 3).date


def test_the_term_ends_a_minute_before_midnight_in_the_regency():
    due = CALENDAR.due(date(2026, 11, 22), 10)
    assert due.closes_at == datetime(2026, 12, 4, 23 - 7, 59, tzinfo=UTC)


def test_a_unit_that_works_on_saturdays_is_ready_sooner():
    received = date(2026, 11, 20)  # Jumat
    assert CALENDAR.due(received, 1).date == date(2026, 11, 23)
    assert CALENDAR.with_week(MONDAY_TO_SATURDAY).due(received, 1).date == date(2026, 11, 21)


def test_a_due_date_keeps_the_edition_of_the_calendar_that_produced_it():
    assert CALENDAR.due(date(2026, 3, 13), 10).calendar_version == "2024.1 2025.1 2026.1 2027.1"


def _calendar(version: str, *joint_leave: date) -> Calendar:
    return Calendar(
        version, holidays=frozenset(), joint_leave=frozenset(joint_leave), years=frozenset({2025})
    )


def test_joint_leave_announced_late_moves_an_open_deadline():
    """18 Agustus 2025 baru diumumkan sebagai cuti bersama pada awal Agustus."""
    before, after = _calendar("2025.1"), _calendar("2025.2", date(2025, 8, 18))
    promised = before.due(date(2025, 8, 15), 1)
    assert promised.date == date(2025, 8, 18)
    revised = after.revise(promised)
    assert (revised.date, revised.calendar_version) == (date(2025, 8, 19), "2025.2")


def test_a_promised_day_is_never_made_earlier():
    with_leave, without = _calendar("2025.2", date(2025, 8, 18)), _calendar("2025.3")
    promised = with_leave.due(date(2025, 8, 15), 1)
    assert without.revise(promised) == promised


def test_a_term_through_days_awaiting_verification_is_provisional():
    assert CALENDAR.due(date(2027, 3, 5), 10).provisional  # Idulfitri 2027 masih perkiraan
    assert CALENDAR.due(date(2027, 12, 30), 10).provisional  # kalender 2028 belum ada
    assert not CALENDAR.due(date(2026, 11, 22), 10).provisional


def test_a_term_of_no_days_is_refused():
    with pytest.raises(ValueError, match="at least one working day"):
        CALENDAR.due(date(2026, 11, 22), 0)
