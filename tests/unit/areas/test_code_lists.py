"""The committed code lists of the republic, and the growth tables of WHO."""

import csv
import tomllib
from pathlib import Path

import pytest

from natapraja.foundation.kernel.definitions import load_folder
from natapraja.mcd.registers.codes import CodeList

NATIONAL = Path(__file__).parents[3] / "definitions" / "national"

DTSEN_SIZES = {
    "family_relation": 8, "marital_status": 4, "school_participation": 3, "education_level": 22,
    "job_status": 8, "industry": 26, "business_turnover": 7, "nutrition": 4, "disability": 4,
    "chronic_illness": 18, "tenure": 5, "floor": 9, "wall": 7, "roof": 8, "water_source": 11,
    "toilet_use": 6, "toilet_type": 4, "sewage": 6, "lighting": 4, "cooking_fuel": 12,
}  # fmt: skip


@pytest.fixture(scope="module")
def lists() -> dict[str, CodeList]:
    return load_folder(NATIONAL / "codes", CodeList)


def test_every_list_of_dtsen_has_all_its_codes(lists: dict[str, CodeList]) -> None:
    assert {name: len(lists[name].codes) for name in DTSEN_SIZES} == DTSEN_SIZES


def test_codes_run_on_without_gaps_except_where_the_code_book_leaves_one(lists: dict[str, CodeList]) -> None:
    starting_elsewhere = {"nutrition": ["1", "2", "3", "8"], "cooking_fuel": [str(n) for n in range(12)]}
    for name, size in DTSEN_SIZES.items():
        assert list(lists[name].values) == starting_elsewhere.get(
            name, [str(n) for n in range(1, size + 1)]
        ), name


def test_no_list_holds_a_code_or_a_label_twice(lists: dict[str, CodeList]) -> None:
    for name, found in lists.items():
        assert len(set(found.values)) == len(found.codes), name
        assert len({code.label.id for code in found.codes}) == len(found.codes), name


def test_every_list_names_its_source(lists: dict[str, CodeList]) -> None:
    assert all(len(found.source) > 10 for found in lists.values())


def test_lists_about_health_say_that_their_answers_are_sensitive(lists: dict[str, CodeList]) -> None:
    for name in ("chronic_illness", "disability", "disability_kind"):
        assert "sensitive" in (lists[name].note or ""), name


# Growth tables of WHO: the anchors printed in the regulation's annex


def said() -> dict[str, object]:
    return tomllib.loads((NATIONAL / "growth" / "who_lms_under5.toml").read_text())


def test_the_growth_tables_hold_the_published_anchors() -> None:
    table = {
        (row["indicator"], row["table"], row["sex"], row["x"]): (row["M"], row["S"])
        for row in csv.DictReader((NATIONAL / "growth" / "who_lms_under5.csv").open())
    }
    assert table["lhfa", "0_2", "M", "24"] == ("87.8161", "0.03479")
    assert table["lhfa", "2_5", "M", "24"] == ("87.1161", "0.03507")
    assert table["lhfa", "0_2", "F", "0"] == ("49.1477", "0.0379")
    assert table["lhfa", "2_5", "F", "60"] == ("109.4233", "0.04347")
    assert len(table) == said()["rows"] == 854


def test_the_growth_tables_name_who_as_their_publisher() -> None:
    assert "World Health Organization" in str(said()["publisher"])
