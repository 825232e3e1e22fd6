"""Classes of a map: at most five, about equally full, with borders a reader can check against the printed
figures.

Figures are rounded as they are printed before they are sorted into classes, so no area shows "12,3" in
the colour of "below 12,3".
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .rounding import rounded

# Shades for one to five classes: fewer classes are drawn further apart.
SHADES = {1: ("q3",), 2: ("q2", "q4"), 3: ("q1", "q3", "q5"), 4: ("q1", "q2", "q4", "q5"),
          5: ("q1", "q2", "q3", "q4", "q5")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ValueClass:
    """One class: lowest and highest printed figure (None: open to that side), shade and number of areas."""

    low: float | None
    high: float | None
    shade: str
    count: int


def quantile_breaks(values: Sequence[float], *, most: int = 5, decimals: int = 1) -> tuple[float, ...]:
    """Lower borders of all classes but the first: the smallest figure of each fifth (or nearest, with ties).

    Equal figures always share a class, so there may be fewer classes than `most`; a border never repeats.
    """
    figures = sorted(rounded(value, decimals) for value in values)
    breaks: list[float] = []
    for k in range(1, most):
        if figures:
            border = figures[min(math.ceil(k * len(figures) / most), len(figures) - 1)]
            if border > max([figures[0], *breaks]):
                breaks.append(border)
    return tuple(breaks)


def class_of(value: float, breaks: Sequence[float], *, decimals: int = 1) -> int:
    """Number of the class a figure belongs to, from 0; a figure equal to a border belongs above it."""
    return bisect_right(breaks, rounded(value, decimals))


def classes(values: Sequence[float], breaks: Sequence[float], *, decimals: int = 1) -> tuple[ValueClass, ...]:
    """Every class with its count, empty ones included. Raises ValueError for more than five or disordered
    breaks.
    """
    if len(breaks) > 4 or list(breaks) != sorted(set(breaks)):
        raise ValueError("a map has at most five classes, so at most four borders, each above the one before")
    counts = [0] * (len(breaks) + 1)
    for value in values:
        counts[class_of(value, breaks, decimals=decimals)] += 1
    step = 10.0**-decimals
    highs = [rounded(border - step, decimals) for border in breaks]
    shades = SHADES[len(counts)]
    return tuple(
        ValueClass(low, high, shade, count)
        for low, high, shade, count in zip([None, *breaks], [*highs, None], shades, counts, strict=True)
    )
