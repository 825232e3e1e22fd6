"""Our committed code lists, growth tables and published figures against the tables they were taken from."""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from natapraja.foundation.kernel.definitions import load_folder
from natapraja.mcd.registers.codes import CodeList
from tests.real.test_areas_sources import REPOSITORY, data, table

DEFINITIONS = REPOSITORY / "definitions"

# Our list -> the list of the civil registry it was taken from.
ADMINDUK = {
    "occupation": "penduduk_pekerjaan",
    "religion": "penduduk_agama",
    "registry_relation": "penduduk_hubungan",
    "registry_education": "penduduk_pendidikan_kk",
    "marital_status": "penduduk_kawin",
    "citizenship": "penduduk_warganegara",
    "blood_group": "golongan_darah",
    "disability_kind": "cacat",
}
# Official names have newer spellings than the transcription: (as transcribed, as we write it), bare letters.
SPELLINGS = (
    ("katholik", "katolik"), ("budha", "buddha"), ("penterjemah", "penerjemah"), ("cacat", "disabilitas"),
    ("tidakdisabilitas", "tidakada"), ("s.muda", "sarjanamuda"), ("smuda", "sarjanamuda"),
)  # fmt: skip


def bare(label: str) -> str:
    text = re.sub(r"[^a-z+\-]", "", label.casefold().replace("walikota", "wali kota"))
    for transcribed, ours in SPELLINGS:
        text = text.replace(transcribed, ours)
    return text


@pytest.fixture(scope="module")
def lists() -> dict[str, CodeList]:
    return load_folder(DEFINITIONS / "national" / "codes", CodeList)


@pytest.mark.parametrize("ours", ADMINDUK)
def test_a_list_of_the_civil_registry_has_its_codes_and_names(lists: dict[str, CodeList], ours: str) -> None:
    source: dict[str, dict[str, str]] = defaultdict(dict)
    for row in table("codelists/adminduk_codelists.csv"):
        source[row["list"]][row["code"]] = bare(row["label"])
    assert {code.value: bare(code.label.id) for code in lists[ours].codes} == source[ADMINDUK[ours]]


def test_the_growth_tables_are_those_of_who_number_by_number() -> None:
    ours = (DEFINITIONS / "national" / "growth" / "who_lms_under5.csv").read_text()
    assert ours == (data() / "reference" / "who_lms_under5.csv").read_text()


# Our indicator -> indicator of the collected statistics, for figures that stand in both.
INDICATORS = {
    "poverty_rate": {"poverty_rate", "mcd_poverty_rate"},
    "unemployment_rate": {"unemployment_rate"},
    "stunting": {"stunting_rate"},
    "ipm": {"ipm"},
    "households": {"household_count"},
    "families": {"mcd_kk"},
    "employed": {"employed"},
    "labour_force": {"labour_force"},
    "labour_force_participation": {"lfpr"},
    "poverty_line": {"poverty_line"},
}
WHOLE = ("total", "e-PPGBM", "per capita month")  # not a part of the figure, such as one industry


@pytest.mark.parametrize("indicator", INDICATORS)
def test_a_published_figure_of_the_collection_is_not_misquoted(indicator: str) -> None:
    collected = {
        (row["year"], float(row["value"]))
        for row in table("stats/boyolali_regency_stats.csv")
        if row["indicator"] in INDICATORS[indicator]
        and row["category"] in ("total", "e-PPGBM", "per capita month")
    }
    ours = {
        (row["period"][:4], float(row["value"]))
        for row in published()
        if row["indicator"] == indicator and row["area"] == "33.09" and row["category"] == "total"
    }
    assert collected <= ours, "a figure of the collection is missing or written otherwise"


def published() -> list[dict[str, str]]:
    with Path(DEFINITIONS / "boyolali" / "comparators" / "published.csv").open(newline="") as file:
        return list(csv.DictReader(file))
