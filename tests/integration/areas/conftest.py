"""Boyolali as committed, and a small regency whose files a test may edit."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from natapraja.foundation.areas import actions
from natapraja.foundation.areas.actions import Loaded
from tests.builders.regency import HEAD

AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
BY = "system:uji"

HEADER = f"""{HEAD}
[[decision]]
id = "uji-2019"
on = 2019-01-16
basis = "Keputusan Uji 2"
source = "karangan untuk uji"
confidence = "likely"
"""

AREAS = """code,name,kind,lon,lat,postcode,bps_code,since,until
33.09,Contoh,kabupaten,,,,3309,,
33.09.01,Barat,kecamatan,,,,3309010,,
33.09.01.2001,Uji Satu,desa,110.50,-7.50,57301,,,
33.09.01.2002,Uji Dua,desa,110.52,-7.52,57301,,,
33.09.01.2003,Uji Tiga,desa,110.51,-7.55,57301,,,
33.09.02,Timur,kecamatan,,,,3309020,,
33.09.02.2001,Uji Empat,desa,110.58,-7.51,57302,,,
33.09.02.2002,Uji Lima,desa,110.57,-7.54,57302,,,
"""
RECODINGS = "code,old_code,old_name,decision\n"


class Regency:
    """A definitions folder with one small regency, and the loading of it."""

    def __init__(self, folder: Path) -> None:
        self.definitions = folder
        self.folder = folder / "boyolali" / "areas"
        self.folder.mkdir(parents=True)
        for name, text in (("areas.toml", HEADER), ("areas.csv", AREAS), ("recodings.csv", RECODINGS)):
            (self.folder / name).write_text(text)

    def edit(self, name: str, before: str, after: str) -> None:
        path = self.folder / name
        text = path.read_text() if path.exists() else ""
        assert before in text
        path.write_text(text.replace(before, after, 1))

    def recode(self, old: str, new: str, name: str) -> None:
        self.edit("areas.csv", old, new)
        path = self.folder / "recodings.csv"
        path.write_text(path.read_text() + f"{new},{old},{name},uji-2019\n")

    def load(self, at: datetime = AT) -> Loaded:
        return actions.load_areas(definitions=self.definitions, by=BY, at=at)


@pytest.fixture
def regency(tmp_path: Path, db: None) -> Regency:
    return Regency(tmp_path)


@pytest.fixture
def boyolali(db: None) -> Callable[[], Loaded]:
    """Loads the committed places."""

    def load() -> Loaded:
        return actions.load_areas(definitions=django_settings.DEFINITIONS, by=BY, at=AT)

    return load
