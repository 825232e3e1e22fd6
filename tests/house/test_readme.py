"""What the README claims stands: its files, its verbs, its accounts and its numbers."""

import csv
import re

from natapraja.foundation.access import demo
from tests.house.sources import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
OWN = ROOT / "definitions" / "boyolali"


def test_every_file_it_points_to_exists() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README)
    folders = re.findall(r"`([\w/]+/)`", README)
    assert {"docs/images/dashboard.png", "definitions/boyolali/"} <= {*links, *folders}
    assert [path for path in (*links, *folders) if not (ROOT / path).exists()] == []


def test_every_verb_and_account_it_names_exists() -> None:
    verbs = set(re.findall(r"`?\./nata ([a-z]+)", README))
    listed = set(re.findall(r'^    "([a-z]+)": "', (ROOT / "nata").read_text(encoding="utf-8"), re.M))
    assert {"run", "test", "explain", "ledger"} <= verbs <= listed
    assert "rt.sumbung.007" in README
    assert "rt.sumbung.007" in {account.username for account in demo.ACCOUNTS}


def test_its_numbers_are_those_of_the_definitions() -> None:
    with (OWN / "areas" / "areas.csv").open(encoding="utf-8") as file:
        kinds = [row["kind"] for row in csv.DictReader(file) if not row["until"]]
    facts = (OWN / "synthetic" / "facts.csv").read_text(encoding="utf-8")
    run = (ROOT / "docs" / "reference" / "verbs.md").read_text(encoding="utf-8").split("## nata run")[1]
    neighbourhoods, people = number(r"^neighbourhoods,(\d+)", facts), number(r"--people N.*bawaan (\d+)", run)
    assert f"{kinds.count('kecamatan')} kecamatan" in README
    assert f"{kinds.count('desa') + kinds.count('kelurahan')} desa and kelurahan" in README
    assert f"{neighbourhoods:,} RT" in README
    assert f"{people:,} people" in README


def number(pattern: str, text: str) -> int:
    found = re.search(pattern, text, re.M)
    assert found, pattern
    return int(found[1])
