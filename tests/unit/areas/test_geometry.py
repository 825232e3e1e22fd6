"""The schematic map, and the shrinking of real polygons."""

import math
import random
import re

import numpy as np
import pytest
import shapely
from shapely import Polygon

from natapraja.foundation.areas import geometry
from natapraja.foundation.areas.geometry import HEIGHT, WIDTH, Point, Projection

STEP = 0.02  # degrees between the villages of the grids below


def grid(columns: int, rows: int) -> dict[str, Point]:
    """Villages on a chequered plain: column from west to east, row from north to south."""
    return {
        f"{column}/{row}": (110.5 + STEP * column, -7.3 - STEP * row)
        for column in range(columns)
        for row in range(rows)
    }


def scattered(count: int, seed: int) -> dict[str, Point]:
    chance = random.Random(seed)
    return {
        f"{number:03}": (110.4 + chance.random() / 3, -7.6 + chance.random() / 2) for number in range(count)
    }


def read_path(d: str) -> list[list[tuple[int, int]]]:
    """A path as rings of absolute points, by the grammar of SVG: what a browser would draw."""
    rings = []
    for ring in re.findall(r"M[^M]*z", d):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        x, y = numbers[:2]
        points = [(x, y)]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        rings.append(points)
    return rings


def test_the_projection_centres_the_regency_and_keeps_north_up() -> None:
    projection = Projection.fit((110.0, -8.0, 111.0, -7.0))
    (west, south), (east, north) = projection.project(np.array([[110.0, -8.0], [111.0, -7.0]]))
    assert (west + east) / 2 == pytest.approx(WIDTH / 2)
    assert (south + north) / 2 == pytest.approx(HEIGHT / 2)
    assert north < south


def test_a_kilometre_east_is_as_long_as_a_kilometre_north() -> None:
    projection = Projection.fit((110.4, -7.6, 110.8, -7.4))
    east = 0.01 / math.cos(math.radians(-7.5))
    here, right, up = projection.project(np.array([[110.6, -7.5], [110.6 + east, -7.5], [110.6, -7.49]]))
    assert right[0] - here[0] == pytest.approx(here[1] - up[1])


def test_each_cell_stands_where_its_village_stands() -> None:
    cells = geometry.schematic(grid(4, 5))
    for code, cell in cells.items():
        column, row = map(int, code.split("/"))
        for other, beside in cells.items():
            other_column, other_row = map(int, other.split("/"))
            if other_column > column:
                assert beside.centroid.x > cell.centroid.x, (code, other)
            if other_row > row:
                assert beside.centroid.y > cell.centroid.y, (code, other)


def test_the_order_in_which_villages_are_named_does_not_matter() -> None:
    points = scattered(50, seed=1)
    backwards = dict(reversed(points.items()))
    assert geometry.schematic(points) == geometry.schematic(backwards)


@pytest.mark.parametrize("seed", range(5))
def test_cells_cover_the_map_without_gap_or_overlap(seed: int) -> None:
    cells = list(geometry.schematic(scattered(80, seed)).values())
    assert shapely.coverage_is_valid(cells)
    assert shapely.union_all(cells).area == pytest.approx(sum(cell.area for cell in cells))


def test_neighbours_share_an_edge() -> None:
    cells = geometry.schematic(grid(3, 3))
    assert cells["0/0"].intersection(cells["1/0"]).length > 0
    assert cells["1/1"].intersection(cells["1/2"]).length > 0
    assert cells["0/0"].intersection(cells["2/2"]).is_empty


def test_the_map_fills_the_frame_with_whole_numbers() -> None:
    cells = list(geometry.schematic(scattered(60, seed=3)).values())
    west, north, east, south = shapely.total_bounds(cells)
    assert min(west, north) >= geometry.MARGIN - 1
    assert east <= WIDTH - geometry.MARGIN + 1
    assert south <= HEIGHT - geometry.MARGIN + 1
    assert max(east - west, south - north) > 0.9 * WIDTH
    corners = shapely.get_coordinates(cells)
    assert (corners == np.rint(corners)).all()


def test_a_bent_regency_does_not_get_the_land_of_its_neighbour() -> None:
    bent = {code: point for code, point in grid(8, 8).items() if code[0] < "3" or code[2] > "4"}
    outline = geometry.dissolved(geometry.schematic(bent).values())
    assert outline.area < 0.85 * outline.convex_hull.area


def test_villages_dissolve_into_one_outline_without_seams() -> None:
    cells = geometry.schematic(scattered(40, seed=4))
    outline = geometry.dissolved(cells.values())
    assert outline.geom_type == "Polygon"
    assert len(geometry.rings(outline)) == 1
    assert outline.area == pytest.approx(sum(cell.area for cell in cells.values()))


def test_crumbs_between_polygons_are_not_drawn() -> None:
    ring = Polygon([(0, 0), (100, 0), (100, 100), (0, 100)], [[(50, 50), (51, 50), (51, 51), (50, 51)]])
    assert len(geometry.rings(geometry.dissolved([ring]))) == 1


def test_an_exclave_stays_an_exclave() -> None:
    apart = [shapely.box(0, 0, 50, 50), shapely.box(100, 100, 150, 150)]
    assert len(geometry.rings(geometry.dissolved(apart))) == 2


def test_a_path_draws_exactly_the_rings_it_was_made_of() -> None:
    rings = (((10, 10), (20, 5), (15, 30)), ((100, 100), (90, 90), (110, 90), (105, 105)))
    assert geometry.svg_path(rings) == "M10 10l10-5-5 25zM100 100l-10-10 20 0-5 15z"
    assert read_path(geometry.svg_path(rings)) == [list(ring) for ring in rings]


@pytest.mark.parametrize("seed", range(3))
def test_every_cell_survives_the_way_through_a_path(seed: int) -> None:
    for cell in geometry.schematic(scattered(30, seed)).values():
        assert read_path(geometry.svg_path(geometry.rings(cell))) == [list(r) for r in geometry.rings(cell)]


def wavy(columns: int) -> dict[str, Polygon]:
    """Villages side by side whose common borders wind like rivers: 200 corners each."""

    def border(number: int) -> list[tuple[float, float]]:
        return [
            (
                110.5 + number * 0.05 + 0.008 * math.sin(step / 3) + 0.001 * math.sin(step * 2),
                -7.5 + step * 0.001,
            )
            for step in range(200)
        ]

    return {f"{n}": Polygon([*border(n), *reversed(border(n + 1))]) for n in range(columns)}


def test_detail_is_given_up_until_the_map_is_light_enough() -> None:
    polygons = wavy(6)
    full = geometry.simplified(polygons, limit=1_000_000)
    light = geometry.simplified(polygons, limit=600)
    assert geometry.weight(light.values()) <= 600 < geometry.weight(full.values())


def test_simplified_neighbours_still_share_their_border() -> None:
    light = geometry.simplified(wavy(6), limit=600)
    assert shapely.coverage_is_valid([light[code] for code in sorted(light)])
    assert light["2"].intersection(light["3"]).length > 100


def test_a_tiny_village_is_never_simplified_away() -> None:
    polygons = {
        "large": shapely.box(110.0, -7.5, 110.5, -7.0),
        "tiny": shapely.box(110.5, -7.5, 110.502, -7.498),
    }
    assert not geometry.simplified(polygons)["tiny"].is_empty


@pytest.mark.parametrize(
    "points",
    [
        {"a": (110.5, -7.5)},
        {"a": (110.5, -7.5), "b": (110.6, -7.5)},
        {"a": (110.5, -7.5), "b": (110.6, -7.6), "c": (110.8, -7.8)},  # from northwest to southeast
        {"a": (110.5, -7.5), "b": (110.5, -7.6), "c": (110.5, -7.9)},
        {"a": (110.5, -7.5), "b": (110.5, -7.5), "c": (110.5, -7.5)},  # one point for all
        {"a": (110.5, -7.5), "b": (110.5, -7.5), "c": (110.6, -7.6), "d": (110.7, -7.4)},
    ],
)
def test_few_places_places_in_a_row_and_places_on_one_point_have_their_cells(
    points: dict[str, Point],
) -> None:
    cells = geometry.schematic(points)
    assert list(cells) == list(points)
    whole = shapely.union_all(list(cells.values()))
    assert sum(cell.area for cell in cells.values()) == pytest.approx(whole.area)
    assert all(cell.area > 0.1 * whole.area / len(cells) for cell in cells.values())
    left, top, right, bottom = whole.bounds
    margin = geometry.MARGIN
    assert (left, right) == (margin, WIDTH - margin) or (top, bottom) == (margin, HEIGHT - margin)


def test_a_map_of_nothing_is_empty() -> None:
    assert geometry.schematic({}) == {}
