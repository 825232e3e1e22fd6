"""Axes: ticks at numbers people say aloud, and the straight line from a figure to a place on the page."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Beyond these a figure of a regency is a mistake, and drawing arithmetic would lose its last digits.
_LARGEST = 1e15
_SMALLEST = 1e-9


def usable(value: float | None) -> float | None:
    """The value as a float if it can be drawn; None for None, not-a-number, infinite or absurdly large
    values.
    """
    if value is None or not math.isfinite(value) or abs(value) > _LARGEST:
        return None
    return 0.0 if abs(value) < _SMALLEST else float(value)


def drawable(values: Iterable[float | None]) -> tuple[float, ...]:
    """Only the values that can be drawn."""
    return tuple(kept for value in values if (kept := usable(value)) is not None)


@dataclass(frozen=True, slots=True)
class Ticks:
    """Positions of an axis; `decimals` is what their labels need to be exact."""

    values: tuple[float, ...]
    step: float
    decimals: int

    @property
    def low(self) -> float:
        return self.values[0]

    @property
    def high(self) -> float:
        return self.values[-1]


def nice_ticks(low: float, high: float, *, intervals: int = 4, whole: bool = False) -> Ticks:
    """Ticks at multiples of 1, 2, 2.5 or 5 times a power of ten that enclose low..high, in about
    `intervals` steps.

    `whole` keeps the step at one or more, for counts. An empty span gets room on both sides.
    After P. Heckbert, "Nice numbers for graph labels", Graphics Gems (1990).
    """
    if low > high:
        low, high = high, low
    if high - low <= max(abs(low), abs(high)) * 1e-9:
        pad = abs(high) * 0.5 or 1.0
        low, high = (0.0 if low >= 0 else low - pad), (0.0 if high < 0 else high + pad)
    rough = (high - low) / max(intervals, 1)
    power = math.floor(math.log10(rough))
    choices = [1.0, 2.0, 2.5, 5.0, 10.0]
    factor = next((choice for choice in choices if choice >= rough / 10.0**power - 1e-9), 10.0)
    step = factor * 10.0**power
    if whole and step < 1:
        factor, power, step = 1.0, 0, 1.0
    if whole and step < 10 and step % 1:
        factor, power, step = 5.0, 0, 5.0
    decimals = max(0, -power + (1 if factor == 2.5 else 0) - (1 if factor == 10.0 else 0))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    values = tuple(round(index * step, decimals) + 0.0 for index in range(first, last + 1))
    return Ticks(values, step, decimals)


@dataclass(frozen=True, slots=True)
class Linear:
    """From figures to places: `low` stands at `start`, `high` at `end`. A span of nothing stands in the
    middle.
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low
        if span == 0:
            return (self.start + self.end) / 2
        return self.start + (value - self.low) / span * (self.end - self.start)

    def clamped(self, value: float) -> float:
        """The place of the value, or the nearer end of the axis when it lies outside."""
        return self(min(max(value, min(self.low, self.high)), max(self.low, self.high)))


def thinned(widths: Sequence[float], places: Sequence[float], gap: float) -> tuple[int, ...]:
    """Which centred labels of the given widths to keep so that none touch: the last one always, the
    rest evenly.
    """
    count = len(widths)
    if not count:
        return ()
    for step in range(1, count + 1):
        kept = list(range(count - 1, -1, -step))[::-1]
        apart = all(
            places[right] - places[left] >= (widths[left] + widths[right]) / 2 + gap
            for left, right in pairwise(kept)
        )
        if apart:
            return tuple(kept)
    return (count - 1,)
