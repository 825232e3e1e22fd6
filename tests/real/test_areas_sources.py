"""Our committed places against the tables they were taken from, and the map against real boundaries.

The tables are not part of the repository. NATA_SHARED names the folder that holds `data/`; without it the
folder `shared` beside the repository is used. Run with: ./nata test real
"""

import csv
import os
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from natapraja.foundation.areas import actions, definition, geometry, queries
from natapraja.foundation.areas.models import Area

REPOSITORY = Path(__file__).parents[2]
AT = datetime(2026, 11, 22, 3, tzinfo=UTC)


@cache
def data() -> Path:
    """The folder of source tables; a test of this kind means nothing without it."""
    folder = Path(os.environ.get("NATA_SHARED", REPOSITORY.parent / "shared")) / "data"
    assert folder.is_dir(), (
        f"Folder {folder} tidak ada. Uji real membandingkan definisi dengan tabel sumbernya: "
        "setel NATA_SHARED ke folder yang memuat data/, atau letakkan folder shared di sebelah repositori."
    )
    return folder


def table(name: str) -> list[dict[str, str]]:
    with (data() / name).open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def places() -> dict[str, definition.Place]:
    found = definition.read(REPOSITORY / "definitions" / "boyolali" / "areas")
    return {place.code: place for place in found.places}


def above_rw(places: dict[str, definition.Place]) -> dict[str, definition.Place]:
    return {code: place for code, place in places.items() if place.level not in ("rw", "rt")}


def test_codes_names_and_kinds_are_those_of_the_national_list(places: dict[str, definition.Place]) -> None:
    source = {
        row["kode_kemendagri"]: (row["nama"].removeprefix("Kabupaten "), row["tingkat"])
        for row in table("reference/boyolali_wilayah.csv")
    }
    assert {code: (place.now.name, place.kind) for code, place in above_rw(places).items()} == source


def test_points_are_those_of_the_village_list(places: dict[str, definition.Place]) -> None:
    source = {row["code"]: (float(row["lon"]), float(row["lat"])) for row in table("boyolali-villages.csv")}
    ours = {code: (place.lon, place.lat) for code, place in places.items() if place.level == "village"}
    assert ours == source


def test_postcodes_are_those_of_the_postcode_list(places: dict[str, definition.Place]) -> None:
    source = {row["code"]: row["postcode"] for row in table("codelists/boyolali_postcodes.csv")}
    assert {code: place.postcode for code, place in places.items() if place.level == "village"} == source


def test_codes_of_bps_are_those_of_the_crosswalk(places: dict[str, definition.Place]) -> None:
    source = {
        row["kemendagri_code"]: row["bps_code"] for row in table("codelists/boyolali_district_crosswalk.csv")
    }
    assert {code: place.bps_code for code, place in places.items() if place.level == "district"} == source


def test_recodings_are_those_of_the_comparison_of_2018_and_2025(places: dict[str, definition.Place]) -> None:
    source = {
        row["new_code"]: (row["old_code"], row["old_name"])
        for row in table("codelists/boyolali_village_code_changes_2018_to_2025.csv")
    }
    ours = {code: (past.code, past.name) for code, place in places.items() for past in place.past}
    assert ours == source


def test_misprints_of_the_sources_are_found_as_other_spellings(db: None) -> None:
    actions.load_areas(definitions=settings.DEFINITIONS, by="system:uji", at=AT)
    for row in table("stats/boyolali_puskesmas.csv"):
        name = row["name_as_printed"].removesuffix(" I").removesuffix(" II").removesuffix(" I")
        assert row["district_code"] in {place.code for place in queries.find(name)}, row
    for row in table("stats/boyolali_dana_desa_2026_partial.csv"):
        code = row["code"] or "33.09.02.2006"  # the one name that is in no list is printed for Selodoko
        assert code in {place.code for place in queries.find(row["village_as_printed"])}, row


@pytest.mark.parametrize("name", ["boyolali-villages.geojson", "boyolali-villages-lite.geojson"])
def test_real_boundaries_replace_the_schematic_map_and_stay_light(db: None, name: str) -> None:
    actions.load_areas(definitions=settings.DEFINITIONS, by="system:uji", at=AT)
    found = actions.load_boundaries(file=data() / name, by="system:uji", at=AT)
    assert found.accepted, [str(finding) for finding in found.findings]
    assert len(found.polygons) == 267
    villages = Area.objects.filter(level="village").values_list("code", flat=True)
    drawn = queries.shapes(villages)
    assert len(drawn) == 267
    assert not any(shape.is_schematic for shape in drawn.values())
    outlines = [geometry.outline(shape.rings) for shape in drawn.values()]
    assert geometry.weight(outlines) <= geometry.LIMIT


def test_the_district_file_is_refused_as_a_file_of_villages(db: None) -> None:
    actions.load_areas(definitions=settings.DEFINITIONS, by="system:uji", at=AT)
    found = actions.load_boundaries(file=data() / "boyolali-districts.geojson", by="system:uji", at=AT)
    assert not found.accepted
    assert found.elsewhere == 22
