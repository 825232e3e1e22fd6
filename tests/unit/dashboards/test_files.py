"""Cells that a spreadsheet would run are made harmless; numbers stay numbers."""

import pytest

from natapraja.mcd.dashboards.files import Cell, safe


@pytest.mark.parametrize("text", ["=1+1", "+628", "-2+3", "@SUM(A1)", "\tx", "\rx", "\nx"])
def test_text_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe(text) == "'" + text


@pytest.mark.parametrize("cell", ["Sumbung", "5–9", -3, 2.5, None, ""])
def test_everything_else_stays_as_it_is(cell: Cell) -> None:
    assert safe(cell) == cell
