"""Cells that a spreadsheet would run are made harmless; numbers stay numbers."""

import pytest

from natapraja.mcd.dashboards.files import Cell, safe


@pytest.mark.parametrize("text", ["=1+1", "+628", "-2+3", "@SUM(A1)", "\tx", "\rx", "\nx"])
def test_text_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe(text) == "'" + text


@pytest.mark.parametrize("cell", ["Sumbung", "5–9", -3, 2.5, None, ""])
def test_everything_else_stays_as_it_is(cell: Cell) -> None:
    assert safe(cell) == cell


@pytest.mark.parametrize(
    ("measured", "written"),
    [
        (28.000000000000004, "28"), (15.0, "15"), (-0.0, "0"), (0.1 + 0.2, "0.3"), (100 * 2 / 60, "3.333333"),
        (1_096_612.0, "1096612"), (-4.000000000000001, "-4"), (0.5, "0.5"), (7, "7"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_it_is_meant(measured: float, written: str) -> None:
    assert str(safe(measured)) == written


def test_what_is_no_number_stays_what_it_is() -> None:
    assert safe(None) is None
    assert str(safe(float("nan"))) == "nan"
