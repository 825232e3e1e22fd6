"""Lines through time: gaps stay gaps, revisions stay visible, labels stay apart."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natapraja.foundation.web.charts.gallery_samples import trend_points
from natapraja.foundation.web.charts.sparkline import Sparkline
from natapraja.foundation.web.charts.sparkline import draw as draw_spark
from natapraja.foundation.web.charts.trend import Comparison, Target, Trend, TrendPoint, draw
from tests.unit.charts.reading import collisions, described, drawings, faults, only, steady, words

FULL = Trend(
    "Turun",
    trend_points(),
    name="desa ini",
    unit="per 1.000 rumah",
    decimals=1,
    target=Target("target", 15.0),
)


def test_the_description_says_from_where_to_where_and_what_was_corrected() -> None:
    assert described(only(draw(FULL, id="t", size="wide"))) == (
        "Turun",
        "Dari 20,4 (Des 2025) ke 17,4 (Nov 2026); terendah 17,4 (Nov 2026), tertinggi 20,4 (Des 2025). "
        "target: 15,0. 2 angka dibetulkan sesudah terbit.",
    )


def test_a_month_without_a_figure_breaks_the_line() -> None:
    lines = [
        node for node in only(draw(FULL, id="t", size="wide")).iter("path") if node.get("class") == "sln"
    ]
    assert len(lines) == 2
    assert [node.get("d", "").count("L") for node in lines] == [9 - 1, 2 - 1]


def test_the_target_is_labelled_directly() -> None:
    assert "target 15,0" in words(draw(FULL, id="t", size="wide"))


def test_figures_as_first_published_are_hollow_dots() -> None:
    drawing = only(draw(FULL, id="t", size="wide"))
    hollow = [node for node in drawing.iter("circle") if node.get("class") == "f-kain s-nila"]
    assert [title.text for node in hollow for title in node] == [
        "Jul 2026: semula 19,4",
        "Okt 2026: semula 18,9",
    ]
    assert "semula 19,4" in words(draw(FULL, id="t", size="wide"))


def test_line_ends_carry_value_and_name() -> None:
    chart = replace(FULL, comparisons=(Comparison("kabupaten", (17.5,) * 12),))
    written = words(draw(chart, id="t", size="narrow"))
    assert {"17,4", "desa ini", "17,5", "kabupaten"} <= set(written)
    for drawing in drawings(draw(chart, id="t")):
        assert collisions(drawing) == []


def test_a_comparison_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="one value for each point"):
        draw(replace(FULL, comparisons=(Comparison("x", (1.0,)),)), id="t")


def test_one_point_and_none() -> None:
    one = Trend("Satu", (TrendPoint("November 2026", 17.4),), decimals=1)
    assert described(only(draw(one, id="t", size="wide")))[1] == "Baru satu angka: 17,4 (November 2026)."
    assert words(draw(Trend("Kosong", ()), id="t")) == ["Belum ada angka untuk digambar."]


def test_both_sizes_are_drawn_with_ids_of_their_own() -> None:
    first, second = drawings(draw(FULL, id="t"))
    assert (first.get("class"), second.get("class")) == ("wf", "wf-s")
    assert (first.get("viewBox"), second.get("viewBox")) == ("0 0 640 320", "0 0 340 270")
    assert only(draw(FULL, id="t", size="wide")).get("class") is None


numbers = st.none() | st.floats()
points = st.builds(
    TrendPoint, st.text(max_size=10), numbers, st.text(max_size=5), numbers, numbers,
    st.lists(st.floats(), max_size=2).map(tuple),
)  # fmt: skip


@steady
@given(
    st.text(max_size=20), st.lists(points, max_size=15), st.text(max_size=12), st.text(max_size=12),
    st.none() | st.builds(Target, st.text(max_size=12), st.floats()), st.integers(0, 3),
)  # fmt: skip
def test_any_trend_is_well_formed(
    title: str, some: list[TrendPoint], name: str, unit: str, target: Target | None, decimals: int
) -> None:
    chart = Trend(title, tuple(some), name=name, unit=unit, decimals=decimals, target=target)
    assert faults(draw(chart, id="t")) == []


@steady
@given(st.lists(st.none() | st.integers(-2000, 2000), min_size=1, max_size=24), st.integers(-2000, 2000))
def test_labels_of_a_plain_trend_never_touch(values: list[int | None], target: int) -> None:
    chart = Trend(
        "t",
        tuple(TrendPoint(f"Bulan {k}", value, tick=f"B{k}") for k, value in enumerate(values)),
        name="desa ini",
        unit="rumah",
        comparisons=(Comparison("kabupaten", tuple(values)),),
        target=Target("target", target),
    )
    for drawing in drawings(draw(chart, id="t")):
        assert collisions(drawing) == []


def test_a_sparkline_ends_with_one_dot_at_now() -> None:
    drawing = only(draw_spark(Sparkline("Turun", (20.4, 18.0, 17.4), decimals=1), id="s"))
    assert described(drawing) == ("Turun", "Dari 20,4 ke 17,4.")
    assert [node.get("d") for node in drawing.iter("path")] == ["M4 6L97 34.8L190 42"]
    assert [(node.get("cx"), node.get("cy")) for node in drawing.iter("circle")] == [("190", "42")]


def test_a_sparkline_without_history_says_so() -> None:
    assert words(draw_spark(Sparkline("Kosong", ()), id="s")) == ["Belum ada riwayat."]
    assert words(draw_spark(Sparkline("Kosong", (None, float("nan"))), id="s")) == ["Belum ada riwayat."]


@steady
@given(st.text(max_size=20), st.lists(numbers, max_size=15))
def test_any_sparkline_is_well_formed(title: str, values: list[float | None]) -> None:
    markup = draw_spark(Sparkline(title, tuple(values)), id="s")
    assert faults(markup) == []


def test_no_line_joins_months_counted_by_different_rules() -> None:
    points = tuple(
        TrendPoint(f"bulan {n}", value, new_rules=n == 2) for n, value in enumerate((5.5, 5.6, 13.8, 13.9))
    )
    drawn = draw(Trend("RTLH", points), id="rtlh", size="wide")
    lines = [path for path in re.findall(r"<path[^>]*>", drawn) if 'class="sln"' in path]
    assert len(lines) == 2
    assert "aturan baru" in drawn
    assert "Aturan hitung berubah pada bulan 2" in drawn
