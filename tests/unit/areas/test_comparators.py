"""The committed published figures, cascades, agencies and the regency itself."""

import csv
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from natapraja.foundation.kernel.identifiers import AgencyCode, AreaCode, Period

BOYOLALI = Path(__file__).parents[3] / "definitions" / "boyolali"
CONFIDENCE = {"sure", "known", "likely", "unverified"}


def toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text())


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def figures() -> list[dict[str, str]]:
    return rows(BOYOLALI / "comparators" / "published.csv")


@pytest.fixture(scope="module")
def series() -> dict[str, Any]:
    return toml(BOYOLALI / "comparators" / "published.toml")


def test_every_figure_belongs_to_a_described_series_of_one_indicator_and_one_unit(
    figures: list[dict[str, str]], series: dict[str, Any]
) -> None:
    assert {row["series"] for row in figures} == {one["id"] for one in series["series"]}
    assert {row["unit"] for row in figures} <= {one["id"] for one in series["unit"]}
    for name in {row["series"] for row in figures}:
        assert len({row["unit"] for row in figures if row["series"] == name}) == 1, name


def test_every_figure_has_a_value_a_period_a_publisher_and_a_place(figures: list[dict[str, str]]) -> None:
    for row in figures:
        assert float(row["value"]) >= 0
        assert Period.parse(row["period"])
        assert row["publisher"]
        assert row["confidence"] in CONFIDENCE
        assert row["area"] == "33" or AreaCode.parse(row["area"])
        assert row["as_of"] == "" or date.fromisoformat(row["as_of"])
        assert row["url"].startswith("http") or row["area"] == "33"


def test_no_figure_is_there_twice(figures: list[dict[str, str]]) -> None:
    keys = Counter((row["series"], row["category"], row["area"], row["period"]) for row in figures)
    assert [key for key, count in keys.items() if count > 1] == []


def test_a_share_of_family_cards_and_a_share_of_persons_are_never_one_series(
    figures: list[dict[str, str]],
) -> None:
    poverty = {row["series"]: row["unit"] for row in figures if row["indicator"] == "poverty_rate"}
    assert poverty == {
        "bps.poverty_rate": "person_share",
        "mcd.poverty_rate_families": "family_share",
        "mcd.poverty_rate_people": "person_share",
        "mcd.poverty_rate_unstated": "share_unstated",
    }


def test_a_printed_rate_that_does_not_follow_from_its_numbers_says_so(figures: list[dict[str, str]]) -> None:
    for row in figures:
        if row["numerator"] and row["denominator"]:
            rate = int(row["numerator"]) / int(row["denominator"]) * 100
            digits = len(row["value"].partition(".")[2])
            if round(rate, digits) != float(row["value"]):
                assert row["note"], row


@pytest.mark.parametrize(
    ("series_id", "period", "numerator", "denominator", "rate"),
    [
        ("mcd.poverty_rate_people", "2022-S2", 84_264, 1_043_720, 8.07),
        ("mcd.poverty_rate_people", "2022-12", 71_214, 1_043_720, 6.82),
        ("mcd.poverty_rate_people", "2024-12", 71_065, 1_072_693, 6.62),
        ("mcd.poverty_rate_families", "2022-Q1", 35_448, 344_299, 10.30),
        ("dinkes.stunting", "2021", 4_172, 50_403, 8.28),
    ],
)
def test_the_known_rates_follow_from_their_numbers(
    figures: list[dict[str, str]], series_id: str, period: str, numerator: int, denominator: int, rate: float
) -> None:
    (row,) = [
        row for row in figures if (row["series"], row["period"], row["area"]) == (series_id, period, "33.09")
    ]
    assert (int(row["numerator"]), int(row["denominator"])) == (numerator, denominator)
    assert round(numerator / denominator * 100, 2) == rate


# Cascades: lists split into parts


@pytest.fixture(scope="module")
def cascades() -> dict[str, Any]:
    return {one["id"]: one for one in toml(BOYOLALI / "comparators" / "cascades.toml")["cascade"]}


def test_the_parts_of_every_cascade_add_up(cascades: dict[str, Any]) -> None:
    for cascade in cascades.values():
        values = {figure["id"]: figure["value"] for figure in cascade["figure"]}
        assert len(values) == len(cascade["figure"])
        for equation in cascade["sum"]:
            assert values[equation["total"]] == sum(values[part] for part in equation["parts"]), equation


def test_the_p3ke_cascade_keeps_the_misprint_apart_from_the_sum(cascades: dict[str, Any]) -> None:
    matched = next(one for one in cascades["p3ke_2023_03"]["figure"] if one["id"] == "in_mcd")
    assert matched["value"] == 54_790 + 44_431 + 11_028 + 290 + 1_183 == 136_947 - 25_225
    assert matched["printed"] == 111_172


def test_the_difference_with_the_civil_registry_is_explained_but_for_two_kinds(
    cascades: dict[str, Any],
) -> None:
    parts = {one["id"]: one["value"] for one in cascades["mcd_disdukcapil_2021_11"]["figure"]}
    assert parts["difference"] == 16_267 + 6_626 + 5_353 + 810 + 1_365
    assert (parts["further_kind"], parts["rest"]) == (810, 1_365)


# Agencies and the regency


def test_every_agency_has_a_short_id_and_a_full_name() -> None:
    agencies = toml(BOYOLALI / "agencies.toml")["agency"]
    names = [agency["id"] for agency in agencies] + [
        alias for one in agencies for alias in one.get("aliases", [])
    ]
    assert len(set(names)) == len(names)
    for agency in agencies:
        assert str(AgencyCode.parse(agency["id"])) == agency["id"]
        assert agency["name"]["id"]
        assert agency["name"]["en"]
        assert agency["confidence"] in CONFIDENCE


def test_every_register_is_owned_by_an_agency_that_is_named() -> None:
    agencies = toml(BOYOLALI / "agencies.toml")["agency"]
    known = {name for one in agencies for name in (one["id"], *one.get("aliases", []))}
    owners = {toml(file)["owner"] for file in (BOYOLALI / "registers").glob("*.toml")}
    assert owners <= known


def test_the_regency_states_its_official_area_with_the_source() -> None:
    figures = {one["id"]: one for one in toml(BOYOLALI / "regency.toml")["figure"]}
    assert figures["area_km2"]["value"] == 1_096.613
    assert "BIG" in figures["area_km2"]["source"]
    assert [figures[name]["value"] for name in ("districts", "desa", "kelurahan")] == [22, 261, 6]
