"""Funnel plot: each area's rate against its size, with the limits within which chance alone may carry it.

D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24
(2005). Inside the limits nobody is better or worse than another, so the dots there are muted and unnamed.
"""

# ruff: noqa: A002 (an element's `id` is called id)

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from .blank import blank
from .language import INDONESIAN, Locale
from .lettering import Box, Spot, free_spot, text_box, text_width
from .markup import Attribute, Markup, drawing, element, joined, path, text
from .scale import Linear, nice_ticks, thinned
from .strokes import Point, area, line, specks
from .uncertainty import funnel_limits

WIDTH, HEIGHT, RIGHT, TOP, BOTTOM = 640.0, 440.0, 624.0, 54.0, 378.0
FAR, NEAR = 18.0, 26.0  # letters on a wide card, and below 26 rem where the style sheet enlarges them
INNER, OUTER = 0.95, 0.998
MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Area:
    """Events among a base (houses unfit among houses); None is a withheld count."""

    name: str
    events: int | None
    base: int
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Funnel:
    """`rate` is the proportion of the whole (None: all events over all bases), `per` how it is written
    (1000).

    `inflation` multiplies the variance of chance when areas are known to differ more
    (uncertainty.overdispersion).
    """

    title: str
    areas: tuple[Area, ...]
    per: int = 1000
    decimals: int = 1
    unit: str = ""
    base_label: str = ""
    noun: str = "desa"
    whole_name: str = "kabupaten"
    rate: float | None = None
    inflation: float = 1.0
    desc: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What the plot says. `above` and `below` are outside the 99.8 % limits, the farthest first."""

    rate: float
    above: tuple[Area, ...]
    below: tuple[Area, ...]
    inside: tuple[Area, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Plane:
    x: Linear
    y: Linear

    def place(self, item: Area, per: int) -> Point:
        return self.x(item.base), self.y(per * (item.events or 0) / item.base)


def judge(chart: Funnel) -> Finding:
    """Sorts the areas by the 99.8 % limits. Areas without a base, with a withheld count or with more events
    than base are left out and counted.
    """
    kept = [a for a in chart.areas if a.events is not None and a.base > 0 and 0 <= a.events <= a.base]
    left_out = len(chart.areas) - len(kept)
    base = np.array([a.base for a in kept], dtype=np.float64)
    events = np.array([a.events for a in kept], dtype=np.float64)
    if not kept:
        return Finding(chart.rate or 0.0, (), (), (), left_out)
    rate = float(events.sum() / base.sum()) if chart.rate is None else chart.rate
    limits = funnel_limits(base, rate, OUTER, inflation=chart.inflation)
    share = events / base
    far = (share - rate) * np.sqrt(base)
    order = np.argsort(-np.abs(far), kind="stable")
    above = tuple(kept[i] for i in order if share[i] > limits.high[i])
    below = tuple(kept[i] for i in order if share[i] < limits.low[i])
    within = (share >= limits.low) & (share <= limits.high)
    return Finding(rate, above, below, tuple(kept[i] for i in np.flatnonzero(within)), left_out)


def draw(chart: Funnel, *, id: str, locale: Locale = INDONESIAN) -> Markup:
    """One SVG of 640 by 440 units; with links its role is "group". Raises ValueError for a rate outside
    0..1.
    """
    found = judge(chart)
    drawn = (*found.above, *found.below, *found.inside)
    if not drawn:
        return blank(id=id, title=chart.title, sentence=chart.desc or locale.words.empty)
    plane, ground, fixed = _ground(chart, found, drawn, locale)
    parts = (
        element("defs", element("clipPath", _window(plane), id=f"{id}-clip")),
        element("g", _limits(chart, found, drawn, plane), clip_path=f"url(#{id}-clip)"),
        ground,
        path(
            specks(sorted({_rounded(plane.place(item, chart.per)) for item in found.inside})),
            "s-nila nofill", stroke_width=6, stroke_linecap="round", opacity=0.45,
        ),
        _outliers(chart, found, plane, locale),
        _fixed_labels(chart, found, plane, fixed, locale),
        _names(chart, found, plane, fixed),
    )  # fmt: skip
    linked = any(item.href for item in (*found.above, *found.below))
    return drawing(
        WIDTH, HEIGHT, *parts, id=id, title=chart.title, desc=chart.desc or _reading(chart, found, locale),
        classes="map fun funnel", role="group" if linked else "img",
    )  # fmt: skip


def _rounded(place: Point) -> Point:
    return round(place[0], 1), round(place[1], 1)


def _window(plane: _Plane) -> Markup:
    return element("rect", x=plane.x.start, y=TOP - 2, width=RIGHT - plane.x.start, height=BOTTOM - TOP + 2)


def _ground(
    chart: Funnel, found: Finding, drawn: tuple[Area, ...], locale: Locale
) -> tuple[_Plane, Markup, list[Box]]:
    """Scales, grid and axis labels; also the boxes the labels fill in enlarged letters."""
    highest = max(chart.per * (item.events or 0) / item.base for item in drawn)
    vertical = nice_ticks(0, max(highest * 1.04, chart.per * found.rate * 1.6), intervals=3)
    labels = [locale.number(tick, vertical.decimals) for tick in vertical.values]
    left = 12 + max(text_width(label, NEAR) for label in labels)
    x = Linear(0, max(item.base for item in drawn) * 1.02, left, RIGHT)
    y = Linear(0, vertical.high, BOTTOM, TOP)
    parts: list[str] = []
    for tick, label in zip(vertical.values, labels, strict=True):
        parts.append(path(line([(left, y(tick)), (RIGHT, y(tick))]), "ax" if tick == 0 else "gr"))
        parts.append(text(label, left - 8, y(tick) + 6, size=FAR, classes="mut", anchor="end"))
    marks = [tick for tick in nice_ticks(0, x.high, whole=True).values if 0 < tick <= x.high]
    widths = [text_width(locale.number(tick), NEAR) for tick in marks]
    for index in thinned(widths, [x(tick) for tick in marks], 12):
        at, half = x(marks[index]), widths[index] / 2
        if at + half <= WIDTH:
            parts.append(
                text(locale.number(marks[index]), at, BOTTOM + 26, size=FAR, classes="mut", anchor="middle")
            )
    if chart.base_label:
        parts.append(text(f"{chart.base_label} →", RIGHT, HEIGHT - 4, size=FAR, classes="mut", anchor="end"))
    boxes = []
    if chart.unit:
        parts.append(text(f"↑ {chart.unit}", 0, 22, size=FAR, classes="mut"))
        boxes.append(text_box(f"↑ {chart.unit}", 0, 22, NEAR))
    return _Plane(x, y), joined(parts), boxes


def _limits(chart: Funnel, found: Finding, drawn: tuple[Area, ...], plane: _Plane) -> Markup:
    """The 95 % ground and the dashed 99.8 % lines, sampled more densely where they bend."""
    smallest, largest = min(item.base for item in drawn), max(item.base for item in drawn)
    sizes = np.unique(np.round(np.geomspace(max(smallest, 1), max(largest, 2), 64)).astype(np.int64))
    inner = funnel_limits(sizes, found.rate, INNER, inflation=chart.inflation)
    outer = funnel_limits(sizes, found.rate, OUTER, inflation=chart.inflation)

    def curve(values: Iterable[float]) -> list[Point]:
        return [(plane.x(int(n)), plane.y(chart.per * v)) for n, v in zip(sizes, values, strict=True)]

    dashes: dict[str, Attribute] = {"stroke_dasharray": "5 4", "stroke_width": 1.5}
    return joined([
        path(area(curve(inner.high), curve(inner.low)), "q1"),
        path(line(curve(outer.high)), "s-ink nofill", **dashes),
        path(line(curve(outer.low)), "s-ink nofill", **dashes),
    ])  # fmt: skip


def _outliers(chart: Funnel, found: Finding, plane: _Plane, locale: Locale) -> Markup:
    """Triangles that point the way they lie, with their figures as hint and link."""
    parts: list[str] = []
    for items, shape, classes in (
        (found.above, "l7 12h-14z", "f-soga"),
        (found.below, "l7-12h-14z", "f-nila"),
    ):
        for item in items:
            x, y = plane.place(item, chart.per)
            rate = locale.number(chart.per * (item.events or 0) / item.base, chart.decimals)
            hint = element(
                "title", f"{item.name}: {rate} ({locale.number(item.events or 0)}/{locale.number(item.base)})"
            )
            mark = f"M{x:.0f} {y - 7 if classes == 'f-soga' else y + 7:.0f}{shape}"
            if item.href:
                parts.append(element("a", hint, path(mark, classes), href=item.href))
            else:
                parts.append(element("path", hint, class_=classes, d=mark))
    return joined(parts)


def _fixed_labels(chart: Funnel, found: Finding, plane: _Plane, boxes: list[Box], locale: Locale) -> Markup:
    """The line of the whole and the name of the limit, at the right where the funnel is narrow."""
    y = plane.y(chart.per * found.rate)
    whole = f"{chart.whole_name} {locale.number(chart.per * found.rate, chart.decimals)}".strip()
    boxes.append(text_box(whole, RIGHT, y - 7, NEAR, "end", bold=True))
    parts = [
        path(line([(plane.x.start, y), (RIGHT, y)]), "s-nila", stroke_width=1.5),
        text(whole, RIGHT, y - 7, size=FAR, classes="hal str", anchor="end"),
    ]
    limit = locale.words.limit.format(level=locale.percent(100 * OUTER))
    marks = [plane.place(item, chart.per) for item in (*found.above, *found.below)]
    taken = [*boxes, *(Box(x - 8, y - 8, x + 8, y + 8) for x, y in marks)]
    sizes = [plane.x.high * part for part in (1.0, 0.85, 0.7, 0.55)]
    edges = funnel_limits(sizes, found.rate, OUTER, inflation=chart.inflation).high
    spots = [
        Spot(plane.x(size), plane.y(chart.per * float(edge)) - 9, "end")
        for size, edge in zip(sizes, edges, strict=True)
    ]
    free = free_spot(limit, spots, taken, Box(plane.x.start, TOP, WIDTH, BOTTOM), FAR)
    if free:
        spot, box = free
        parts.append(text(limit, spot.x, spot.y, size=FAR, classes="hal mut minor", anchor="end"))
        boxes.append(box)
    return joined(parts)


def _names(chart: Funnel, found: Finding, plane: _Plane, fixed: list[Box]) -> Markup:
    """Names of the farthest areas where they touch nothing; without room for large letters: minor."""
    marks = [plane.place(item, chart.per) for item in (*found.above, *found.below)]
    taken = [Box(x - 8, y - 8, x + 8, y + 8) for x, y in marks]
    near, far = [*taken, *fixed], [*taken, *fixed]
    frame = Box(plane.x.start - 4, 24, WIDTH, BOTTOM - 2)
    mixed = sorted(
        (*found.above, *found.below),
        key=lambda item: -abs((item.events or 0) / item.base - found.rate) * item.base**0.5,
    )[:MOST_NAMES]
    parts: list[str] = []
    placed: set[str] = set()
    for minor, size in ((False, NEAR), (True, FAR)):
        for item in mixed:
            if item.name in placed:
                continue
            spots = _around(item.name, plane.place(item, chart.per), marks, size)
            free = free_spot(item.name, spots, far if minor else near, frame, size, bold=True)
            if free is None:
                continue
            spot = free[0]
            placed.add(item.name)
            near.append(text_box(item.name, spot.x, spot.y, NEAR, spot.anchor, bold=True).padded(4))
            far.append(text_box(item.name, spot.x, spot.y, FAR, spot.anchor, bold=True).padded(4))
            anchor = None if spot.anchor == "start" else spot.anchor
            classes = "hal str minor" if minor else "hal str"
            parts.append(text(item.name, spot.x, spot.y, size=FAR, classes=classes, anchor=anchor))
    return joined(parts)


def _around(name: str, own: Point, marks: list[Point], size: float) -> list[Spot]:
    """Places for a name, the nearest to reading habit first; none where it could be read as another mark's
    name.
    """
    x, y = own
    spots = [
        Spot(x + 12, y + 6), Spot(x - 12, y + 6, "end"), Spot(x, y - 13, "middle"), Spot(x, y + 28, "middle"),
        Spot(x + 10, y - 9), Spot(x - 10, y - 9, "end"), Spot(x + 10, y + 22), Spot(x - 10, y + 22, "end"),
    ]  # fmt: skip
    kept = []
    for spot in spots:
        box = text_box(name, spot.x, spot.y, size, spot.anchor, bold=True)
        near = box.distance(x, y) + 8
        if all(mark == own or box.distance(*mark) > near for mark in marks):
            kept.append(spot)
    return kept


def legend(chart: Funnel, *, locale: Locale = INDONESIAN) -> Markup:
    """The HTML list of the three shapes and how many areas each stands for."""
    found, words = judge(chart), locale.words
    rows = (
        (path("M10 1l6 11H4z", "f-soga"), words.funnel_above, len(found.above)),
        (path("M10 13L4 2h12z", "f-nila"), words.funnel_below, len(found.below)),
        (
            element("circle", class_="sdot", cx=10, cy=7, r=4, opacity=0.5),
            words.funnel_inside,
            len(found.inside),
        ),
    )
    items = [
        element(
            "li",
            element("svg", shape, viewBox="0 0 20 14", aria_hidden="true"),
            sentence.format(count=locale.number(count), noun=chart.noun),
        )
        for shape, sentence, count in rows
    ]
    return element("ul", *items, class_="legend")


def _reading(chart: Funnel, found: Finding, locale: Locale) -> str:
    words = locale.words
    drawn = len(found.above) + len(found.below) + len(found.inside)
    said = words.funnel_reading.format(
        inside=locale.number(len(found.inside)), total=locale.number(drawn), noun=chart.noun,
        level=locale.percent(100 * OUTER), above=locale.number(len(found.above)),
        below=locale.number(len(found.below)),
    )  # fmt: skip
    if found.left_out:
        said += " " + words.funnel_left_out.format(count=locale.number(found.left_out), noun=chart.noun)
    return said
