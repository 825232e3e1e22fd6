"""The calendar files: complete, dated, founded, and each difference from the package explained."""

from pathlib import Path

import msgspec
import pytest

from natapraja.foundation.kernel.calendar_draft import days_off, differences, draft
from natapraja.foundation.kernel.definitions import DefinitionError, load_folder
from natapraja.foundation.kernel.working_days import CalendarYear, load_calendar

FOLDER = Path(__file__).parents[3] / "definitions" / "national" / "calendar"
EDITIONS = load_folder(FOLDER, CalendarYear)

# date -> why our file departs from the package; every departure needs its line here
EXPLAINED: dict[str, str] = {}


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=EDITIONS)
def test_a_year_agrees_with_the_package_or_says_why_not(edition):
    unexplained = {
        day: what for day, what in differences(edition).items() if day.isoformat() not in EXPLAINED
    }
    assert unexplained == {}


def test_a_difference_from_the_package_is_found():
    edition = EDITIONS["2025"]
    without_late_leave = msgspec.structs.replace(
        edition, days=tuple(day for day in edition.days if day.date.isoformat() != "2025-08-18")
    )
    assert [day.isoformat() for day in differences(without_late_leave)] == ["2025-08-18"]


@pytest.mark.parametrize(
    ("year", "holidays", "joint_leave"),
    [("2024", 19, 10), ("2025", 17, 11), ("2026", 17, 8), ("2027", 18, 8)],
)
def test_how_many_days_off_a_year_has(year, holidays, joint_leave):
    kinds = [day.kind for day in EDITIONS[year].days]
    assert (kinds.count("libur nasional"), kinds.count("cuti bersama")) == (holidays, joint_leave)


def test_every_day_the_package_only_estimates_awaits_verification():
    estimated = {day for year in (2024, 2025, 2026, 2027) for day, *_, sure in days_off(year) if sure}
    waiting = {day.date for edition in EDITIONS.values() for day in edition.days if day.status != "berlaku"}
    assert {day.isoformat() for day in estimated} == {"2027-03-10", "2027-03-11", "2027-05-17"}
    assert estimated == waiting


def test_a_year_not_compared_with_its_decree_awaits_verification_as_a_whole():
    assert {year for year, edition in EDITIONS.items() if edition.status != "berlaku"} == {"2027"}
    calendar = load_calendar(FOLDER)
    assert {day.year for day in calendar.unsure} == {2027}


def test_a_draft_is_a_definition_that_loads(tmp_path):
    (tmp_path / "2026.toml").write_text(draft(2026), encoding="utf-8")
    loaded = load_folder(tmp_path, CalendarYear)["2026"]
    assert loaded.status == "menunggu verifikasi"
    assert loaded.days == EDITIONS["2026"].days


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (('version = "2026.1"', 'version = "1"'), "versi tidak dimulai dengan tahunnya"),
        (("date = 2026-01-16", "date = 2025-01-16"), "tanggal di luar tahun berkas ini"),
        (("date = 2026-01-16", "date = 2026-01-01"), "tanggal ditulis dua kali"),
        (('basis = "Keputusan', 'basis = " "\n#'), "dasar hukum kosong"),
    ],
)
def test_a_faulty_year_is_refused(tmp_path, change, what):
    (tmp_path / "2026.toml").write_text(draft(2026).replace(*change), encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        load_calendar(tmp_path)
    assert refused.value.what == what


def test_a_file_that_is_no_year_is_refused(tmp_path):
    (tmp_path / "libur.toml").write_text(draft(2026).replace('id = "2026"', 'id = "libur"'), encoding="utf-8")
    with pytest.raises(DefinitionError, match="nama berkas bukan tahun"):
        load_calendar(tmp_path)
