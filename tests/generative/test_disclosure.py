"""An attacker with exact arithmetic: all published cells, all sums, and that no count is below zero."""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from natapraja.mcd.indicators.disclosure import hidden

Counts = Mapping[Hashable, int]
Lines = Sequence[Sequence[Hashable]]
THRESHOLD = 5
small_often = st.one_of(st.integers(0, 7), st.integers(0, 60))


def reduced(rows: list[list[Fraction]]) -> list[list[Fraction]]:
    """Gauss and Jordan: rows in reduced echelon form, empty rows left out."""
    rows = [row[:] for row in rows]
    done = 0
    for column in range(len(rows[0]) - 1 if rows else 0):
        pivot = next((index for index in range(done, len(rows)) if rows[index][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][column] for value in rows[done]]
        for index, row in enumerate(rows):
            if index != done and row[column]:
                rows[index] = [a - row[column] * b for a, b in zip(row, rows[done], strict=True)]
        done += 1
    return rows[:done]


def equations(counts: Counts, lines: Lines, unseen: Sequence[Hashable]) -> list[list[Fraction]]:
    """One row a sum: the unknown cells, and what the visible ones leave for them."""
    rows = []
    for *parts, total in lines:
        row = [Fraction((cell in parts) - (cell == total)) for cell in unseen]
        rest = sum(-counts[cell] for cell in parts if cell not in unseen)
        rows.append([*row, Fraction(rest + (counts[total] if total not in unseen else 0))])
    return rows


def computed(counts: Counts, lines: Lines, unseen: Sequence[Hashable]) -> dict[Hashable, Fraction]:
    """The hidden cells that follow from the sums alone."""
    found = {}
    for row in reduced(equations(counts, lines, unseen)):
        named = [index for index, value in enumerate(row[:-1]) if value]
        if len(named) == 1:
            found[unseen[named[0]]] = row[-1]
    return found


def tree(sizes: Sequence[Sequence[int]]) -> tuple[dict[Hashable, int], list[list[Hashable]]]:
    """Villages of kecamatan of a regency, with every sum published."""
    counts: dict[Hashable, int] = {}
    lines: list[list[Hashable]] = []
    for district, villages in enumerate(sizes):
        cells: list[Hashable] = [(district, number) for number in range(len(villages))]
        counts |= dict(zip(cells, villages, strict=True))
        counts[district] = sum(villages)
        lines.append([*cells, district])
    counts["regency"] = sum(sum(villages) for villages in sizes)
    return counts, [*lines, [*range(len(sizes)), "regency"]]


def table(rows: Sequence[Sequence[int]]) -> tuple[dict[Hashable, int], list[list[Hashable]]]:
    """A table with the sums of its rows and columns, and the sum of all."""
    counts: dict[Hashable, int] = {}
    lines: list[list[Hashable]] = []
    width = range(len(rows[0]))
    for number, row in enumerate(rows):
        counts |= {(number, column): row[column] for column in width}
        counts[(number, "sum")] = sum(row)
        lines.append([*((number, column) for column in width), (number, "sum")])
    for column in [*width, "sum"]:
        counts[("sum", column)] = sum(counts[(number, column)] for number in range(len(rows)))
        lines.append([*((number, column) for number in range(len(rows))), ("sum", column)])
    return counts, [*lines, [*(("sum", column) for column in width), ("sum", "sum")]]


def tables_of(width: int) -> st.SearchStrategy:
    return st.lists(st.lists(small_often, min_size=width, max_size=width), min_size=2, max_size=4)


hierarchies = st.lists(st.lists(small_often, min_size=1, max_size=5), min_size=1, max_size=4).map(tree)
rectangles = st.integers(2, 4).flatmap(tables_of).map(table)


def protected(counts: Counts, lines: Lines) -> list[Hashable]:
    return sorted(hidden({cell: (count,) for cell, count in counts.items()}, lines, THRESHOLD), key=repr)


@given(st.one_of(hierarchies, rectangles))
@settings(max_examples=150, deadline=None)
def test_every_small_count_is_hidden_and_none_can_be_computed_from_what_is_shown(made):
    counts, lines = made
    unseen = protected(counts, lines)
    assert {cell for cell, count in counts.items() if 0 < count < THRESHOLD} <= set(unseen)
    tied = {cell for line in lines for cell in line}
    assert computed(counts, lines, unseen) == {}, (unseen, tied)


@given(st.one_of(hierarchies, rectangles))
@settings(max_examples=150, deadline=None)
def test_where_nothing_is_small_nothing_is_hidden(made):
    counts, lines = made
    if all(count == 0 or count >= THRESHOLD for count in counts.values()):
        assert protected(counts, lines) == []


@given(st.one_of(hierarchies, rectangles))
@settings(max_examples=100, deadline=None)
def test_the_sums_leave_more_than_one_number_for_every_small_count(made):
    """Counts are no less than zero: in one sum alone, the hidden cells share what is left among themselves."""
    counts, lines = made
    unseen = set(protected(counts, lines))
    for *parts, total in lines:
        inside = [cell for cell in parts if cell in unseen]
        if inside and total not in unseen:
            left = counts[total] - sum(counts[cell] for cell in parts if cell not in unseen)
            assert len(inside) > 1
            assert left > 0
