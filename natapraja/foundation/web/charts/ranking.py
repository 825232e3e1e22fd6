"""Dot and whisker for one row of a table: where the area lies, how sure that is, and the line of the whole
regency.

The exact order of close areas cannot be known, so ranks are written as ranges.
"""

# ruff: noqa: A002 (an element's `id` is called id)

from collections.abc import Iterable
from dataclasses import dataclass

from .language import INDONESIAN, Locale
from .markup import Markup, drawing, element, joined, path
from .scale import Linear, drawable, usable

WIDTH, HEIGHT = 150.0, 16.0


@dataclass(frozen=True, slots=True)
class Whisker:
    """A figure with its interval; None where it is withheld or missing."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """One scale for the whole column, and the figure of the whole beside which each row is read."""

    low: float
    high: float
    reference: float | None = None


def axis(rows: Iterable[Whisker], reference: float | None = None) -> Axis:
    """A scale from zero (or the lowest end) that holds every dot; very long whiskers run off its end."""
    rows = tuple(rows)
    line = usable(reference)
    values = [*drawable(row.value for row in rows), *drawable((line,))]
    if not values:
        return Axis(0.0, 1.0, line)
    ends = [*values, *drawable(row.high for row in rows)]
    top = min(max(ends), max(max(values) * 1.25, max(values) + (max(values) - min(values)) * 0.25))
    low = min(0.0, *values, *drawable(row.low for row in rows))
    return Axis(low, top if top > low else low + 1.0, line)


def draw(
    row: Whisker,
    scale: Axis,
    *,
    id: str | None = None,
    title: str = "",
    decimals: int = 0,
    locale: Locale = INDONESIAN,
) -> Markup:
    """An SVG of 150 by 16 units. Without an `id` it is hidden from screen readers: the same figures
    stand in the row.
    """
    place = Linear(scale.low, scale.high, 4, WIDTH - 4)
    parts: list[str] = []
    if scale.reference is not None:
        parts.append(path(f"M{round(place.clamped(scale.reference))} 0V16", "gr", stroke_width=1.5))
    value, low, high = usable(row.value), usable(row.low), usable(row.high)
    if value is not None:
        if low is not None and high is not None:
            parts.append(_line(place, scale, low, high))
        parts.append(element("circle", class_="f-nila", cx=place.clamped(value), cy=8, r=4))
    if id is None:
        return element(
            "svg", joined(parts), class_="dw", viewBox="0 0 150 16", width=150, height=16, aria_hidden="true"
        )
    desc = _reading(value, low, high, scale.reference, decimals, locale)
    return drawing(WIDTH, HEIGHT, *parts, id=id, title=title, desc=desc, classes="dw")


def _line(place: Linear, scale: Axis, low: float, high: float) -> Markup:
    """The whisker; an end beyond the axis becomes a small arrow head."""
    left, right = place.clamped(low), place.clamped(high)
    head = "m-5-3.5l5 3.5-5 3.5" if high > scale.high else ""
    tail = f"M{left + 5:.0f} 4.5l-5 3.5 5 3.5" if low < scale.low else ""
    return path(f"M{left:.0f} 8H{right:.0f}{head}{tail}", "s-ink nofill", stroke_width=2)


def rank_text(first: int, last: int) -> str:
    """`1` or `2–18`."""
    return str(first) if first == last else f"{first}–{last}"


def _reading(
    value: float | None,
    low: float | None,
    high: float | None,
    reference: float | None,
    decimals: int,
    locale: Locale,
) -> str:
    if value is None:
        return locale.words.missing
    ends = value if low is None else low, value if high is None else high
    said = {
        "value": locale.number(value, decimals),
        "low": locale.number(ends[0], decimals),
        "high": locale.number(ends[1], decimals),
    }
    if reference is None:
        return locale.words.ranking_bare.format(**said)
    return locale.words.ranking_reading.format(**said, reference=locale.number(reference, decimals))
