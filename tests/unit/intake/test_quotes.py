"""Quotation marks in a line: what is split, what is split only with care, and what cannot be split."""

import pytest

from natapraja.mcd.intake import quotes

# line, its cells; none when nobody knows where they end
LINES = [
    ("a,b", ["a", "b"]),
    ('a,"b"', ["a", "b"]),
    ('"a,b",', ["a,b", ""]),
    ('"","a""b"', ["", 'a"b']),
    ('"a" , "b"', ["a", "b"]),
    ('a "b" c,d', ['a "b" c', "d"]),
    ('"a,b', None),
    ('a",b', None),
    ('a,"b" c', None),
    ('"a ""b,c', None),
    ('a",b,"c', None),
    ('"a,b,"c,d', None),
    ('"', None),
]


@pytest.mark.parametrize(("line", "cells"), LINES)
def test_a_line_is_split_where_its_quotation_marks_say_so(line: str, cells: list[str] | None) -> None:
    assert quotes.cells(line, ",") == cells
    assert quotes.cells(line.replace(",", "|"), "|") == (cells and [cell.replace(",", "|") for cell in cells])


@pytest.mark.parametrize(
    ("line", "certain"),
    [("a,b", True), ('"a,b",""', True), ('"a" ,b', False), ('a "b",c', False), ('"a', False), ("", True)],
)
def test_a_line_is_certain_when_every_reader_splits_it_alike(line: str, certain: bool) -> None:
    assert quotes.certain(line, ",") is certain
