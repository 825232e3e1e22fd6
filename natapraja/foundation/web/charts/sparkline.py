"""The small line on a figure card: no axis, one dot for now."""

# ruff: noqa: A002 (an element's `id` is called id)

from dataclasses import dataclass

from .language import INDONESIAN, Locale
from .markup import Markup, drawing, element, path, text
from .scale import Linear, drawable, usable
from .strokes import Point, line

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 200.0, 48.0, 4.0, 190.0, 6.0, 42.0


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Evenly spaced values, the last one now; None is a month without a figure and breaks the line."""

    title: str
    values: tuple[float | None, ...]
    decimals: int = 0
    desc: str = ""


def draw(chart: Sparkline, *, id: str, locale: Locale = INDONESIAN) -> Markup:
    """One SVG of 200 by 48 units, for the width of its card."""
    known = drawable(chart.values)
    if not known:
        words = text(locale.words.no_history, LEFT, 30, size=14, classes="mut")
        return drawing(WIDTH, HEIGHT, words, id=id, title=chart.title, desc=locale.words.no_history)
    places = _places(chart.values, min(known), max(known))
    last = next(point for point in reversed(places) if point)
    return drawing(
        WIDTH,
        HEIGHT,
        *(path(line(run), "sln") for run in runs(places) if len(run) > 1),
        *(element("circle", class_="sdot", cx=x, cy=y, r=2) for x, y in _lonely(places) if (x, y) != last),
        element("circle", class_="sdot", cx=last[0], cy=last[1], r=4.5),
        id=id,
        title=chart.title,
        desc=chart.desc or _reading(known, chart.decimals, locale),
    )


def runs(places: tuple[Point | None, ...]) -> list[list[Point]]:
    """The stretches without a gap."""
    found: list[list[Point]] = [[]]
    for place in places:
        if place is None:
            found.append([])
        else:
            found[-1].append(place)
    return [run for run in found if run]


def _lonely(places: tuple[Point | None, ...]) -> list[Point]:
    return [run[0] for run in runs(places) if len(run) == 1]


def _places(values: tuple[float | None, ...], low: float, high: float) -> tuple[Point | None, ...]:
    x = Linear(0, max(len(values) - 1, 0), LEFT, RIGHT)
    y = Linear(low, high, BOTTOM, TOP)
    kept = [usable(value) for value in values]
    return tuple(None if value is None else (x(index), y(value)) for index, value in enumerate(kept))


def _reading(known: tuple[float, ...], decimals: int, locale: Locale) -> str:
    first, last = locale.number(known[0], decimals), locale.number(known[-1], decimals)
    return locale.words.spark_reading.format(first=first, last=last)
