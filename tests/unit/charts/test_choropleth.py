"""Maps show rates in counted classes, hold back what may not be concluded, and stay small."""

import gzip
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natapraja.foundation.web.charts.choropleth import Cell, Map, Outline, State, draw, legend, legend_entries
from tests.unit.charts.reading import collisions, described, faults, only, steady, words


def square(column: int, row: int, size: int = 100) -> tuple[tuple[int, int], ...]:
    x, y = column * size, row * size
    return ((x, y), (x + size, y), (x + size, y + size), (x, y + size))


def cell(index: int, value: float | None, state: State = "shown", href: str | None = None) -> Cell:
    return Cell(f"c{index}", f"Desa {index}", (square(index % 5, index // 5),), value, state, href)


TEN = Map("Sepuluh desa", tuple(cell(index, float(index + 1)) for index in range(10)))


def meanings(chart: Map) -> list[tuple[str, int]]:
    return [(entry.meaning, entry.count) for entry in legend_entries(chart)]


def test_each_class_of_the_legend_says_its_range_and_its_number_of_villages() -> None:
    assert meanings(TEN) == [
        ("kurang dari 3,0", 2), ("3,0–4,9", 2), ("5,0–6,9", 2), ("7,0–8,9", 2), ("9,0 atau lebih", 2),
    ]  # fmt: skip
    assert "kurang dari 3,0 (2 desa)" in legend(TEN, id="m")


def test_held_back_cells_show_their_reason_and_never_their_figure() -> None:
    chart = Map(
        "Tiga desa",
        (cell(0, 12.5), cell(1, 77.7, "low_coverage"), cell(2, 88.8, "suppressed"), cell(3, None)),
    )
    markup = draw(chart, id="m", with_legend=True) + legend(chart, id="m")
    assert "77,7" not in markup
    assert "88,8" not in markup
    assert meanings(chart) == [
        ("semuanya 12,5", 1), ("cakupan terlalu rendah, belum disimpulkan", 1),
        ("disamarkan: hitungan di bawah 5, dan sel yang dapat membukanya", 1),
        ("belum ada data", 1),
    ]  # fmt: skip
    assert 'fill="url(#m-hatch)"' in markup
    assert 'fill="url(#m-dots)"' in markup


def test_the_legend_counts_every_cell_once() -> None:
    chart = replace(TEN, cells=(*TEN.cells, cell(10, 5, "suppressed"), cell(11, None)))
    assert sum(count for _, count in meanings(chart)) == len(chart.cells)


def test_given_borders_are_kept_even_if_a_class_is_empty() -> None:
    assert meanings(replace(TEN, breaks=(10.5, 15.0))) == [
        ("kurang dari 10,5", 10), ("10,5–14,9", 0), ("15,0 atau lebih", 0),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="five classes"):
        draw(replace(TEN, breaks=(1, 2, 3, 4, 5)), id="m")


def test_the_description_names_the_highest() -> None:
    _, desc = described(only(draw(TEN, id="m")))
    assert desc == (
        "Peta skematik. Terendah 1,0, tertinggi 10,0. Tertinggi: Desa 9, Desa 8, Desa 7. "
        "Daftar lengkap ada di tabel."
    )


def test_a_schematic_map_says_so_and_a_real_one_does_not() -> None:
    assert "Peta skematik" in words(draw(TEN, id="m"))
    assert "Peta skematik" not in words(draw(replace(TEN, schematic=False), id="m"))


def test_a_map_with_links_is_a_group_and_its_links_are_named() -> None:
    linked = replace(TEN, cells=tuple(replace(item, href=f"/wilayah/{item.code}/") for item in TEN.cells))
    drawing = only(draw(linked, id="m"))
    assert drawing.get("role") == "group"
    links = list(drawing.iter("a"))
    assert [link.get("href") for link in links[:2]] == ["/wilayah/c0/", "/wilayah/c1/"]
    assert [title.text for title in links[0].iter("title")] == ["Desa 0: 1,0"]
    assert only(draw(TEN, id="m")).get("role") == "img"


def test_neighbours_keep_their_common_border() -> None:
    markup = draw(replace(TEN, cells=TEN.cells[:2]), id="m")
    # Two squares side by side fill 904 - 2 * 14 units, so each is 438 wide; the second begins where the
    # first ends.
    assert "M14 14l438 0 0 438-438 0z" in markup
    assert f"M{14 + 438} 14l438 0 0 438-438 0z" in markup


def test_district_names_never_touch() -> None:
    outlines = tuple(Outline(f"Kecamatan {index}", (square(index % 5, index // 5),)) for index in range(10))
    drawing = only(draw(replace(TEN, outlines=outlines), id="m"))
    assert collisions(drawing) == []
    assert collisions(drawing, enlarged=34) == []
    assert "Kecamatan 0" in words(draw(replace(TEN, outlines=outlines), id="m"))


def test_a_map_of_all_villages_weighs_at_most_18_kilobytes() -> None:
    names = ("Sumbung", "Kembangkuning", "Wonosegoro", "Karanggede", "Banyudono", "Gladagsari", "Tawangsari")
    cells = []
    for index in range(267):
        x, y = 52 * (index % 16), 52 * (index // 16)
        corners = [(0, 0), (25, -7), (52, 0), (60, 28), (52, 52), (24, 59), (0, 52), (-6, 25)]
        ring = tuple((x + a + (index * 7 + a * 5) % 11, y + b + (index * 13 + b * 3) % 9) for a, b in corners)
        name = f"{names[index % 7]} {index}, {names[(index // 12) % 7]}"
        code = f"33.09.{index % 22 + 1:02d}.{2000 + index}"
        cells.append(Cell(code, name, (ring,), (index * 977 % 401) / 10, "shown", f"/wilayah/{code}/"))
    chart = Map("Semua desa", tuple(cells))
    weight = len(gzip.compress((draw(chart, id="m") + legend(chart, id="m")).encode(), 6))
    assert weight <= 18 * 1024


def test_without_cells_a_sentence_stands_there() -> None:
    assert words(draw(Map("Kosong", ()), id="m")) == ["Belum ada angka untuk digambar."]
    assert words(draw(Map("Kosong", (Cell("a", "A", (), 1.0),)), id="m")) == [
        "Belum ada angka untuk digambar."
    ]
    assert legend_entries(Map("Kosong", ())) == ()


points = st.tuples(st.integers(-1000, 1000), st.integers(-1000, 1000))
shapes = st.lists(points, max_size=6).map(tuple)
states: st.SearchStrategy[State] = st.sampled_from(["shown", "low_coverage", "suppressed", "missing"])
cells = st.builds(
    Cell, st.text(max_size=5), st.text(max_size=12), st.lists(shapes, max_size=2).map(tuple),
    st.none() | st.floats(), states, st.none() | st.just("/wilayah/"),
)  # fmt: skip
outlines = st.builds(
    Outline, st.text(max_size=12), st.lists(shapes, max_size=2).map(tuple), st.none() | points
)


@steady
@given(st.text(max_size=20), st.lists(cells, max_size=8), st.lists(outlines, max_size=4), st.integers(0, 3))
def test_any_map_is_well_formed(title: str, some: list[Cell], around: list[Outline], decimals: int) -> None:
    chart = Map(title, tuple(some), tuple(around), decimals=decimals)
    assert faults(draw(chart, id="m", with_legend=True) + legend(chart, id="m")) == []
    assert sum(entry.count for entry in legend_entries(chart)) == len(some)
    drawing = only(draw(chart, id="m"))
    assert collisions(drawing) == []
