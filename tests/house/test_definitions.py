"""Every definition loads, some room reads it, and every rule in it has a date and a basis."""

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from functools import cache

import pytest

from tests.house.sources import ROOT, report

DEFINITIONS = ROOT / "definitions"

# How the rooms read their definitions, in the words of Python. Add a line with a new kind of definition.
LOADERS = """
from django.conf import settings
from natapraja.foundation.kernel.working_days import load_calendar
from natapraja.foundation.areas import definition as areas
from natapraja.foundation.access import catalogue as access
from natapraja.mcd.registers import catalogue as registers
from natapraja.foundation.kernel.definitions import load
from natapraja.mcd.dashboards import agencies, listing
from natapraja.mcd.indicators import catalogue as indicators
from natapraja.mcd.indicators import comparators
from natapraja.mcd.indicators.months import PublicationRule
from natapraja.mcd.intake import retention
from natapraja.mcd.synthetic import calibration
home = settings.DEFINITIONS / settings.REGENCY
load_calendar(settings.DEFINITIONS / "national" / "calendar")
areas.read(home / "areas"), areas.regency(home)
agencies.agencies(), listing.listed()
comparators.announced(), comparators.units()
access.roles(), access.purposes()
registers.registers(), registers.code_lists()
indicators.concepts(), indicators.indicators()
load(home / "publication.toml", PublicationRule)
calibration.load_calibration(home)
retention.rule()
"""

# Files that Python does not open, each with the reason why it stands here. May only shrink.
NOT_READ_YET = {
    "national/growth/who_lms_under5.csv": "DuckDB itself reads it (growth_standards of the indicators)",
    "national/growth/who_lms_under5.toml": "says where the table beside it comes from",
}

WATCH = """
import sys
opened = set()
sys.addaudithook(lambda event, args: opened.add(str(args[0])) if event == "open" else None)
import django
django.setup()
exec(sys.argv[1])
import json
print(json.dumps(sorted(opened)))
"""


@cache
def read_by_rooms() -> set[str]:
    with tempfile.TemporaryDirectory(prefix="natapraja-definitions-") as folder:
        env = {**os.environ, "NATA_DATA": folder, "DJANGO_SETTINGS_MODULE": "natapraja.config.settings"}
        done = subprocess.run(
            [sys.executable, "-c", WATCH, LOADERS], cwd=ROOT, env=env, text=True, capture_output=True
        )
    assert done.returncode == 0, f"a definition does not load:\n{done.stderr[-3000:]}"
    opened = json.loads(done.stdout.splitlines()[-1])
    return {name.split("/definitions/", 1)[1] for name in opened if "/definitions/" in name}


def standing() -> set[str]:
    files = [path for path in DEFINITIONS.rglob("*") if path.suffix in (".toml", ".csv")]
    return {str(path.relative_to(DEFINITIONS)) for path in files}


def test_every_definition_loads_and_is_read_by_a_room() -> None:
    unread = sorted(standing() - read_by_rooms() - set(NOT_READ_YET))
    assert not unread, report(
        unread, "load it in its room and add the loader to LOADERS, or remove the file."
    )
    stale = sorted(set(NOT_READ_YET) & read_by_rooms())
    assert not stale, report(stale, "a room reads it now: take it out of NOT_READ_YET.")


def test_every_owner_is_an_agency_by_its_id() -> None:
    listed = tomllib.loads((DEFINITIONS / "boyolali" / "agencies.toml").read_text(encoding="utf-8"))
    agencies = {one["id"] for one in listed["agency"]}
    owners = {
        (path.relative_to(DEFINITIONS).as_posix(), owner)
        for path in DEFINITIONS.rglob("*.toml")
        if (owner := tomllib.loads(path.read_text(encoding="utf-8")).get("owner"))
    }
    assert len(owners) > 50
    problems = [f"{file}: {owner}" for file, owner in sorted(owners) if owner not in agencies]
    assert not problems, report(problems, "write the id of agencies.toml; an alias is for reading only.")


def test_definitions_hold_no_python() -> None:
    problems = [str(path.relative_to(ROOT)) for path in DEFINITIONS.rglob("*.py")]
    assert not problems, report(problems, "what the government decides is text; code belongs to a room.")


@pytest.mark.parametrize("name", sorted(name for name in standing() if name.endswith(".toml")))
def test_every_version_has_a_date_and_a_basis(name: str) -> None:
    found = tomllib.loads((DEFINITIONS / name).read_text(encoding="utf-8"))
    versions = [one for key in ("version", "sign_in", "validity") for one in _list(found.get(key))]
    problems = [
        f"{name}: version {number} lacks {word}"
        for number, one in enumerate(versions, 1)
        for word in ("since", "basis")
        if not one.get(word)
    ]
    assert not problems, report(problems, 'write since = 2026-01-01 and basis = "...".')


def _list(value: object) -> list[dict[str, object]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
