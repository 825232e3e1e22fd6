"""What is said about a file of boundaries before it replaces the schematic map."""

import json
from typing import Any

import pytest

from natapraja.foundation.areas.boundaries import Boundaries, check

NAMES = {"33.09.01.2001": "Desa Utara", "33.09.01.2002": "Desa Selatan"}
PRESENT = {**{code: code for code in NAMES}, "33.09.99.2009": "33.09.01.2002"}
POINTS = {"33.09.01.2001": (110.55, -7.45), "33.09.01.2002": (110.55, -7.55)}


def square(west: float, south: float, side: float = 0.1) -> list[list[float]]:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(code: str | None, ring: list[list[float]], **more: Any) -> dict[str, Any]:
    properties = {"kode": code} if code else {}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        **more,
    }


NORTH = feature("33.09.01.2001", square(110.5, -7.5))
SOUTH = feature("33.09.01.2002", square(110.5, -7.6))


def checked(*features: Any) -> Boundaries:
    content = json.dumps({"type": "FeatureCollection", "features": list(features)})
    return check(content.encode(), names=NAMES, present=PRESENT, points=POINTS)


def told(found: Boundaries) -> str:
    return "\n".join(str(finding) for finding in found.findings)


def test_a_complete_file_is_accepted_without_a_word() -> None:
    found = checked(NORTH, SOUTH)
    assert found.accepted
    assert not found.findings
    assert sorted(found.polygons) == sorted(NAMES)


@pytest.mark.parametrize("code", ["3309012002", "33.09.01.2002", "33.09.99.2009"])
def test_a_code_is_understood_with_or_without_dots_and_when_it_is_a_former_one(code: str) -> None:
    found = checked(NORTH, feature(code, square(110.5, -7.6)))
    assert found.accepted
    assert set(found.polygons) == set(NAMES)


def test_the_code_may_also_be_the_id_of_the_feature() -> None:
    assert checked(NORTH, feature(None, square(110.5, -7.6), id="33.09.01.2002")).accepted


def test_a_missing_village_is_named_and_stops_the_loading() -> None:
    found = checked(NORTH)
    assert not found.accepted
    assert "1 dari 2 desa belum ada: Desa Selatan" in told(found)


def test_a_village_of_another_regency_is_left_aside() -> None:
    found = checked(NORTH, SOUTH, feature("33.10.01.2001", square(110.7, -7.6)))
    assert found.accepted
    assert found.elsewhere == 1


def test_an_unknown_code_of_this_regency_stops_the_loading() -> None:
    found = checked(NORTH, SOUTH, feature("33.09.01.2099", square(110.7, -7.6)))
    assert not found.accepted
    assert "33.09.01.2099 tidak dikenal" in told(found)


def test_a_file_without_codes_is_told_which_column_to_fill() -> None:
    found = checked(feature(None, square(110.5, -7.5)), feature(None, square(110.5, -7.6)))
    assert not found.accepted
    assert "Tulis kode desa pada salah satu kolom: code, kode" in told(found)


def test_a_village_that_appears_twice_stops_the_loading() -> None:
    assert "Desa Utara muncul dua kali" in told(checked(NORTH, NORTH, SOUTH))


def test_coordinates_in_metres_are_recognised() -> None:
    found = checked(NORTH, feature("33.09.01.2002", square(450_000.0, 9_170_000.0, 1_000)))
    assert not found.accepted
    assert "EPSG:4326" in told(found)


def test_latitude_before_longitude_is_recognised() -> None:
    turned = [[lat, lon] for lon, lat in square(110.5, -7.6)]
    assert "bujur dulu baru lintang" in told(checked(NORTH, feature("33.09.01.2002", turned)))


def test_a_line_that_crosses_itself_is_repaired_when_little_changes() -> None:
    spike = [[110.5, -7.6], [110.6, -7.6], [110.6, -7.5], [110.55, -7.5], [110.55, -7.4999], [110.55, -7.5],
             [110.5, -7.5], [110.5, -7.6]]  # fmt: skip
    found = checked(NORTH, feature("33.09.01.2002", spike))
    assert found.accepted
    assert "sudah dirapikan" in told(found)


def test_a_bow_tie_is_refused() -> None:
    tie = [[110.5, -7.6], [110.6, -7.5], [110.6, -7.6], [110.5, -7.5], [110.5, -7.6]]
    found = checked(NORTH, feature("33.09.01.2002", tie))
    assert not found.accepted
    assert "Desa Selatan: poligonnya rusak (Self-intersection)" in told(found)


@pytest.mark.parametrize(
    "geometry", [None, {"type": "Point", "coordinates": [110.5, -7.5]}, {"type": "Polygon"}]
)
def test_what_is_no_polygon_is_refused(geometry: Any) -> None:
    found = checked(NORTH, {**SOUTH, "geometry": geometry})
    assert not found.accepted
    assert told(found).startswith("Desa Selatan: ")


def test_overlapping_neighbours_are_a_warning_with_the_area() -> None:
    found = checked(NORTH, feature("33.09.01.2002", square(110.5, -7.59)))
    assert found.accepted
    # 0.1 x 0.01 degrees; a degree is 111.32 km, at 7.5 degrees south cos = 0.991
    squares = f"{0.1 * 0.01 * 111.32**2 * 0.9914:.2f}".replace(".", ",")
    assert f"1 pasang desa bertumpang tindih, {squares}" in told(found)


def test_swapped_codes_are_noticed_because_the_known_points_lie_outside() -> None:
    swapped = feature("33.09.01.2002", square(110.5, -7.5)), feature("33.09.01.2001", square(110.5, -7.6))
    assert told(checked(*swapped)).count("Periksa apakah kodenya tertukar") == 2


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"features": 5}', b"\xff\xfe", b"kode,nama"])
def test_a_file_that_is_no_geojson_is_refused_with_a_sentence(content: bytes) -> None:
    found = check(content, names=NAMES, present=PRESENT, points=POINTS)
    assert not found.accepted
    assert "Simpan ulang sebagai GeoJSON" in told(found)


@pytest.mark.parametrize("odd", [None, 5, "x", {}, {"properties": None}, {"properties": {"kode": ["a"]}}])
def test_an_odd_feature_does_not_stop_the_reading(odd: Any) -> None:
    assert checked(NORTH, SOUTH, odd).elsewhere == 1
