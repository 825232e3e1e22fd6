"""Dot and whisker: one scale for the column, ranks as ranges."""

from hypothesis import given
from hypothesis import strategies as st

from natapraja.foundation.web.charts.ranking import Axis, Whisker, axis, draw, rank_text
from tests.unit.charts.reading import described, faults, only, steady


def test_ranks_are_written_as_ranges() -> None:
    assert (rank_text(1, 1), rank_text(2, 18)) == ("1", "2–18")


def test_dots_lie_in_proportion_on_the_common_scale() -> None:
    scale = Axis(0, 100, reference=50)
    drawing = only(draw(Whisker(25, 20, 75), scale))
    (dot,) = drawing.iter("circle")
    assert dot.get("cx") == f"{4 + 25 / 100 * (146 - 4):.1f}"
    assert [path.get("d") for path in drawing.iter("path")] == [
        "M75 0V16",
        f"M{4 + 0.2 * 142:.0f} 8H{4 + 0.75 * 142:.0f}",
    ]


def test_a_row_without_an_id_is_hidden_because_its_figures_stand_beside_it() -> None:
    assert only(draw(Whisker(25, 20, 75), Axis(0, 100))).get("aria-hidden") == "true"


def test_a_row_with_an_id_says_its_interval() -> None:
    drawing = only(draw(Whisker(65.5, 52.6, 80.5), Axis(0, 100, 17.4), id="r", title="Ngleses", decimals=1))
    assert described(drawing) == ("Ngleses", "65,5, rentang 52,6–80,5; pembanding 17,4.")


def test_a_withheld_row_shows_only_the_line_of_the_whole() -> None:
    drawing = only(draw(Whisker(None, 1, 2), Axis(0, 100, 17.4), id="r", title="x"))
    assert not list(drawing.iter("circle"))
    assert described(drawing)[1] == "belum ada data"


def test_the_axis_holds_every_dot_and_lets_long_whiskers_run_off() -> None:
    scale = axis([Whisker(10, 5, 400), Whisker(20, 15, 26)], reference=12)
    assert scale == Axis(0, 20 * 1.25, 12)
    assert "m-5-3.5l5 3.5-5 3.5" in draw(Whisker(10, 5, 400), scale)
    assert axis([]) == Axis(0.0, 1.0, None)


rows = st.builds(Whisker, st.none() | st.floats(), st.none() | st.floats(), st.none() | st.floats())


@steady
@given(st.lists(rows, max_size=6), st.none() | st.floats())
def test_any_column_is_well_formed(some: list[Whisker], reference: float | None) -> None:
    scale = axis(some, reference)
    for index, row in enumerate(some):
        assert faults(draw(row, scale) + draw(row, scale, id=f"r{index}", title="<&>")) == []
