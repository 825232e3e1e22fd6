"""Small counts: the one function everything passes that leaves the officers' side.

A count below the threshold can point at a person, so it is hidden; and so are as many other cells as are needed that no
hidden cell can be worked out from published totals (complementary suppression: Hundepool et al., "Statistical
Disclosure Control", 2012, chapter 4). The threshold stands in each indicator (`small`; regulations 13: 5).
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from typing import TypeVar

import numpy as np

C = TypeVar("C", bound=Hashable)


def hidden(
    counts: Mapping[C, Sequence[float]],
    lines: Sequence[Sequence[C]],
    threshold: int,
    also: Set[C] = frozenset(),
) -> frozenset[C]:
    """The cells that may not be shown; `also` are those that may not for another reason than their own counts.

    `counts` gives every number a cell betrays, in the same order for all: its count, and for a rate also how many of
    its base are not counted. A line is a set of cells tied by one published sum (parts and their total): knowing all
    but one gives the last.
    """
    small = {cell for cell, numbers in counts.items() if _any_small(numbers, threshold)} | (
        also & counts.keys()
    )
    while True:
        before = len(small)
        for line in lines:
            _widen(small, line, counts, threshold)
        if len(small) > before:
            continue
        known = sorted(determined(small, lines), key=repr)
        partners = (_partner(cell, lines, counts, small) for cell in known)
        more = next((each for each in partners if each is not None), None)
        if more is None:
            return frozenset(small)
        small.add(more)


def determined(unseen: Set[C], lines: Sequence[Sequence[C]]) -> frozenset[C]:
    """The hidden cells an attacker can compute from the visible ones and the sums.

    A line with one hidden cell gives it away, and then perhaps the next line another. Where every line left has two or
    more and no two ways lead from one to another, as in a tree of areas, each can move against another, and nothing
    more follows. Only tables with cycles need their equations solved.
    """
    tied = [[cell for cell in line if cell in unseen] for line in lines]
    known: set[C] = set()
    while alone := {line[0] for line in tied if len(line) == 1}:
        known |= alone
        tied = [[cell for cell in line if cell not in alone] for line in tied]
    tied = [line for line in tied if line]
    if _is_forest(tied):
        return frozenset(known)
    left = {cell for line in tied for cell in line}
    return frozenset(
        known | _solved([{cell: _sign(cell, line) for cell in line if cell in left} for line in lines])
    )


def _sign(cell: C, line: Sequence[C]) -> float:
    """The total stands last in its line, against its parts."""
    return -1.0 if cell == line[-1] else 1.0


def _is_forest(lines: Sequence[Sequence[C]]) -> bool:
    """Whether no two ways lead from one line to another over the cells they share."""
    root: dict[object, object] = {}

    def top(node: object) -> object:
        while (above := root.setdefault(node, node)) != node:
            node = above
        return node

    for number, line in enumerate(lines):
        for cell in line:
            one, other = top(("line", number)), top(("cell", cell))
            if one == other:
                return False
            root[one] = other
    return True


def _solved(tied: Sequence[Mapping[C, float]]) -> Set[C]:
    """The cells to which every solution of the published equations gives the same value.

    That is, whose row in the null space of the equations is zero.
    """
    cells = sorted({cell for line in tied for cell in line}, key=repr)
    place = {cell: index for index, cell in enumerate(cells)}
    equations = np.zeros((len(tied), len(cells)))
    for row, line in enumerate(tied):
        for cell, sign in line.items():
            equations[row, place[cell]] = sign
    _, sizes, basis = np.linalg.svd(equations, full_matrices=True)
    free = basis[int((sizes > 1e-9).sum()) :]
    if not len(free):
        return frozenset(cells)
    moves = np.abs(free).max(axis=0)
    return frozenset(cell for cell in cells if moves[place[cell]] < 1e-9)


def _any_small(numbers: Iterable[float], threshold: int) -> bool:
    return any(0 < number < threshold for number in numbers)


def _widen(small: set[C], line: Sequence[C], counts: Mapping[C, Sequence[float]], threshold: int) -> None:
    """Hide a second cell where only one is hidden, and a larger one where the hidden ones together stay small."""
    unseen = [cell for cell in line if cell in small]
    while unseen and (len(unseen) == 1 or _together_small([counts[cell] for cell in unseen], threshold)):
        more = _next(line, counts, small, threshold)
        if more is None:
            return
        small.add(more)
        unseen.append(more)


def _together_small(hidden_counts: Sequence[Sequence[float]], threshold: int) -> bool:
    """Whether what is left for hidden cells could point at a person; nought, too, tells the count of each."""
    first, *others = (sum(numbers) for numbers in zip(*hidden_counts, strict=False))
    return first < threshold or _any_small(others, threshold)


def _partner(
    cell: C, lines: Sequence[Sequence[C]], counts: Mapping[C, Sequence[float]], small: Set[C]
) -> C | None:
    for line in lines:
        if cell in line and (more := _next(line, counts, small, 0)) is not None:
            return more
    return None


def _next(line: Sequence[C], counts: Mapping[C, Sequence[float]], small: Set[C], threshold: int) -> C | None:
    """The cell whose loss costs least: the smallest that is not itself small, else the largest there is."""
    seen = [cell for cell in line if cell not in small]
    large = [cell for cell in seen if counts[cell][0] >= threshold]
    if large:
        return min(large, key=lambda cell: (counts[cell][0], repr(cell)))
    return max(seen, key=lambda cell: (counts[cell][0], repr(cell)), default=None)
