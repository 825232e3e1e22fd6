"""A small invented regency under the real first digits: two kecamatan, five villages, two RT in each."""

from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from natapraja.foundation.access.reader import Grant, Reader, public_reader
from natapraja.foundation.areas.actions import add_neighbourhoods, load_areas

AT = datetime(2026, 1, 5, 1, tzinfo=UTC)
REGENCY, DISTRICT, OTHER_DISTRICT = "33.09", "33.09.01", "33.09.02"
VILLAGES = tuple(f"33.09.01.200{n}" for n in (1, 2, 3)) + tuple(f"33.09.02.200{n}" for n in (1, 2))
VILLAGE, OTHER_VILLAGE = VILLAGES[0], VILLAGES[1]
RT, OTHER_RT = f"{VILLAGE}.001.001", f"{VILLAGE}.001.002"
RTS = tuple(f"{village}.001.{number:03d}" for village in VILLAGES for number in (1, 2))

HEAD = """id = "areas"
title = { id = "Uji", en = "Test" }
code = "33.09"
basis = "Keputusan Uji 1"

[[source]]
of = "semua"
text = "karangan untuk uji"
confidence = "sure"
"""
_COLUMNS = "code,name,kind,lon,lat,postcode,bps_code,since,until"


def build(villages: tuple[str, ...] = VILLAGES) -> None:
    """Load the regency through its own actions, RT and RW included."""
    districts = sorted({village[:8] for village in villages})
    lines = [_COLUMNS, f"{REGENCY},Contoh,kabupaten,,,,,,"]
    lines += [f"{code},Contoh {code[-2:]},kecamatan,,,,,," for code in districts]
    lines += [
        f"{code},Uji {code[6:8]} {code[-4:]},desa,"
        f"{110.5 + place % 3 / 40},{-7.5 - (place // 3 + place % 2 / 3) / 40},57301,,,"
        for place, code in enumerate(villages)
    ]
    with TemporaryDirectory() as home:
        folder = Path(home) / "boyolali" / "areas"
        folder.mkdir(parents=True)
        (folder / "areas.toml").write_text(HEAD)
        (folder / "areas.csv").write_text("\n".join(lines) + "\n")
        (folder / "recodings.csv").write_text("code,old_code,old_name,decision\n")
        load_areas(definitions=Path(home), by="system:uji", at=AT)
    rows = []
    for village in villages:
        rows.append((f"{village}.001", "RW 001", "Contoh", date(2000, 1, 1)))
        rows += [(f"{village}.001.00{n}", f"RT 00{n}", "Contoh", date(2000, 1, 1)) for n in (1, 2)]
    add_neighbourhoods(rows=rows, by="system:uji", at=AT)


def officer(role: str, area: str, number: int = 17, agency: str = "") -> Reader:
    """Somebody with one role in one place."""
    return Reader(number, f"Uji {role}", (Grant(role, area, agency),))


def rt_head(area: str = RT, number: int = 17) -> Reader:
    return officer("ketua_rt", area, number)


def operator(area: str = VILLAGE, number: int = 21) -> Reader:
    return officer("operator_desa", area, number)


def anybody() -> Reader:
    return public_reader()
