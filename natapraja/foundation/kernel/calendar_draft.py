"""First content of a calendar year from the `holidays` package, for an officer to check against the decree.

`python -m natapraja.foundation.kernel.calendar_draft 2028 > definitions/national/calendar/2028.toml`
"""

import sys
from collections.abc import Iterator
from datetime import date
from importlib.metadata import version
from typing import Final

import holidays

from natapraja.foundation.kernel.working_days import CalendarYear, DayKind

ESTIMATED: Final = " (perkiraan)"  # how the package marks a day that no decree has fixed
_CATEGORIES: Final[tuple[tuple[str, DayKind], ...]] = (
    ("public", "libur nasional"),
    ("government", "cuti bersama"),
)


def days_off(year: int) -> Iterator[tuple[date, DayKind, str, str, bool]]:
    """Date, kind, Indonesian name, English name, estimated: as the package knows them, by date."""
    found = []
    for category, kind in _CATEGORIES:
        indonesian = holidays.country_holidays("ID", years=year, categories=(category,), language="id")
        english = holidays.country_holidays("ID", years=year, categories=(category,), language="en_US")
        for day, name in indonesian.items():
            found.append((day, kind, name.removesuffix(ESTIMATED), english[day], ESTIMATED in name))
    for day, kind, name, translated, estimated in sorted(found):
        yield day, kind, name, translated.removesuffix(" (estimated)"), estimated


def draft(year: int, status: str = "menunggu verifikasi") -> str:
    """The TOML of one year. It awaits verification until an officer has compared it with the decree."""
    lines = [
        f'id = "{year}"',
        f'version = "{year}.1"',
        'basis = "Keputusan Bersama Menteri Agama, Menteri Ketenagakerjaan dan Menteri PANRB tentang '
        f'Hari Libur Nasional dan Cuti Bersama Tahun {year}"',
        f'source = "paket holidays {version("holidays")}, kategori public dan government"',
        f'status = "{status}"',
    ]
    for day, kind, name, translated, estimated in days_off(year):
        lines += ["", "[[day]]", f"date = {day.isoformat()}", f'kind = "{kind}"']
        lines.append(f'name = {{ id = "{name}", en = "{translated}" }}')
        if estimated:
            lines.append('status = "menunggu verifikasi"')
    return "\n".join(lines) + "\n"


def differences(edition: CalendarYear) -> dict[date, str]:
    """Where a calendar year departs from the package today, by date, in Indonesian."""
    ours = {(day.date, day.kind) for day in edition.days}
    theirs = {(day, kind) for day, kind, *_ in days_off(int(edition.id))}
    found = {day: f"{kind} hanya ada dalam berkas" for day, kind in ours - theirs}
    found |= {day: f"{kind} hanya ada dalam paket" for day, kind in theirs - ours}
    return dict(sorted(found.items()))


if __name__ == "__main__":
    sys.stdout.write(draft(int(sys.argv[1])))
