"""A line through months: the figure, its target, what was published before, and how sure we are.

Hollow dots are figures as first published; the line runs through what is known now.
"""

# ruff: noqa: A002 (an element's `id` is called id)

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .blank import blank
from .language import INDONESIAN, Locale
from .lettering import Box, Spot, free_spot, shortened, spread, text_box, text_width
from .markup import Markup, drawing, element, joined, path, text
from .scale import Linear, Ticks, drawable, nice_ticks, thinned, usable
from .sparkline import runs
from .strokes import Point, area, line
from .variants import Size, variants

LABEL, NAME, ENDED = 14.0, 14.0, 17.0


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One month. `at` is read in sentences ("November 2026"), `tick` on the axis ("Nov"); `low`/`high`
    bound the value by chance; `published` are figures issued for this month before the present one;
    `new_rules` says that it is counted otherwise than the month before, so that no line joins the two."""

    at: str
    value: float | None
    tick: str = ""
    low: float | None = None
    high: float | None = None
    published: tuple[float, ...] = ()
    new_rules: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """A second line, muted: the regency beside a village. As many values as the trend has points."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """`title` says the finding; `name` labels the line at its end; `unit` stands over the axis."""

    title: str
    points: tuple[TrendPoint, ...]
    name: str = ""
    unit: str = ""
    decimals: int = 0
    target: Target | None = None
    comparisons: tuple[Comparison, ...] = ()
    desc: str = ""


@dataclass(frozen=True, slots=True)
class _Plane:
    """Where figures stand in one of the two sizes."""

    width: float
    height: float
    x: Linear
    y: Linear
    ticks: Ticks

    @property
    def frame(self) -> Box:
        return Box(self.x.start, self.y.end - 6, self.width, self.y.start)

    def places(self, values: Iterable[float | None]) -> tuple[Point | None, ...]:
        kept = [usable(value) for value in values]
        return tuple(None if value is None else (self.x(i), self.y(value)) for i, value in enumerate(kept))


def draw(chart: Trend, *, id: str, locale: Locale = INDONESIAN, size: Size = "both") -> Markup:
    """One or two SVGs. Raises ValueError when a comparison has another number of values than the trend."""
    if any(len(other.values) != len(chart.points) for other in chart.comparisons):
        raise ValueError("a comparison needs one value for each point of the trend")
    known = drawable(point.value for point in chart.points)
    if not known:
        return blank(id=id, title=chart.title, sentence=chart.desc or locale.words.empty)
    desc = chart.desc or _reading(chart, locale)

    def one(own: str, wide: bool, classes: str | None) -> Markup:
        plane = _plane(chart, wide, locale)
        parts = (_ground(chart, plane, locale), _lines(chart, plane, locale), _labels(chart, plane, locale))
        return drawing(
            plane.width, plane.height, *parts, id=own, title=chart.title, desc=desc, classes=classes
        )

    return variants(one, id=id, size=size)


def _series(chart: Trend) -> list[tuple[str, tuple[float | None, ...]]]:
    first = (chart.name, tuple(point.value for point in chart.points))
    return [first, *((other.name, other.values) for other in chart.comparisons)]


def _plane(chart: Trend, wide: bool, locale: Locale) -> _Plane:
    width, height = (640.0, 320.0) if wide else (340.0, 270.0)
    everything: list[float | None] = [chart.target.value] if chart.target else []
    for _, values in _series(chart):
        everything.extend(values)
    for point in chart.points:
        everything.extend((point.low, point.high, *point.published))
    kept = drawable(everything)
    ticks = nice_ticks(min(kept), max(kept), intervals=4)
    left = 10 + max(text_width(locale.number(tick, ticks.decimals), LABEL) for tick in ticks.values)
    room = min(max(_end_width(chart, locale), 34.0), width * 0.3)
    x = Linear(0, max(len(chart.points) - 1, 0), left + 8, width - room - 14)
    y = Linear(ticks.low, ticks.high, height - 30, 34 if chart.unit else 14)
    return _Plane(width, height, x, y, ticks)


def _end_width(chart: Trend, locale: Locale) -> float:
    widest = 0.0
    for name, values in _series(chart):
        known = drawable(values)
        if known:
            value = text_width(locale.number(known[-1], chart.decimals), ENDED, bold=True)
            widest = max(widest, value, text_width(name, NAME))
    return widest


def _ground(chart: Trend, plane: _Plane, locale: Locale) -> Markup:
    """Grid, ticks, months and the unit."""
    right = plane.x.end
    parts: list[str] = []
    for tick in plane.ticks.values:
        y = plane.y(tick)
        parts.append(path(line([(plane.x.start - 8, y), (right, y)]), "gr"))
        label = locale.number(tick, plane.ticks.decimals)
        parts.append(text(label, plane.x.start - 14, y + 5, size=LABEL, classes="mut", anchor="end"))
    names = [point.tick or point.at for point in chart.points]
    widths = [text_width(name, LABEL) for name in names]
    places = [plane.x(index) for index in range(len(names))]
    for index in thinned(widths, places, 10):
        x, half = places[index], widths[index] / 2
        if x - half >= 0 and x + half <= plane.width:
            label = names[index]
            parts.append(text(label, x, plane.height - 8, size=LABEL, classes="mut", anchor="middle"))
    if chart.unit:
        unit = shortened(f"↑ {chart.unit}", plane.width, LABEL)
        parts.append(text(unit, 0, 14, size=LABEL, classes="mut"))
    return joined(parts)


def _lines(chart: Trend, plane: _Plane, locale: Locale) -> Markup:
    """Band, comparisons, target, the line itself and the hollow dots, from back to front."""
    parts: list[str] = [path(d, "q1") for d in _bands(chart.points, plane)]
    for other in chart.comparisons:
        for run in runs(plane.places(other.values)):
            parts.append(path(line(run), "s-ink nofill", stroke_width=1.5))
    if chart.target and (target := usable(chart.target.value)) is not None:
        y = plane.y(target)
        d = line([(plane.x.start - 8, y), (plane.x.end, y)])
        parts.append(path(d, "s-soga nofill", stroke_width=2, stroke_dasharray="7 5"))
    parts.extend(_revisions(chart, plane, locale))
    places = plane.places(point.value for point in chart.points)
    apart: list[Point | None] = []
    for point, place in zip(chart.points, places, strict=True):
        apart += [None, place] if point.new_rules else [place]
    stretches = runs(tuple(apart))
    parts.extend(
        path(line([(x, plane.y.end), (x, plane.y.start)]), "s-ink nofill", stroke_dasharray="2 3")
        for x in _rule_changes(chart, plane)
    )
    parts.extend(path(line(run), "sln") for run in stretches if len(run) > 1)
    small = 2.5 if len(places) <= 36 else 0
    for run in stretches:
        marks = run if small else run[:1] if len(run) == 1 else []
        parts.extend(element("circle", class_="sdot", cx=x, cy=y, r=small or 2.5) for x, y in marks)
    x, y = stretches[-1][-1]
    parts.append(element("circle", class_="sdot", cx=x, cy=y, r=4.5))
    return joined(parts)


def _rule_changes(chart: Trend, plane: _Plane) -> list[float]:
    """Where the rules changed: between the last month of the old ones and the first of the new."""
    return [plane.x(index - 0.5) for index, point in enumerate(chart.points) if point.new_rules and index]


def _bands(points: Sequence[TrendPoint], plane: _Plane) -> list[str]:
    """Path data of the uncertainty band, one piece for every stretch where both ends are known."""
    lower = plane.places(point.low for point in points)
    upper = plane.places(point.high for point in points)
    found: list[tuple[list[Point], list[Point]]] = [([], [])]
    for low, high in zip(lower, upper, strict=True):
        if low is None or high is None:
            found.append(([], []))
        else:
            found[-1][0].append(high)
            found[-1][1].append(low)
    return [area(high, low) for high, low in found if len(high) > 1]


def _revisions(chart: Trend, plane: _Plane, locale: Locale) -> list[str]:
    parts: list[str] = []
    for index, point in enumerate(chart.points):
        now = usable(point.value)
        for value in drawable(point.published):
            x, y = plane.x(index), plane.y(value)
            if now is not None and now != value:
                parts.append(path(line([(x, y), (x, plane.y(now))]), "s-nila nofill", stroke_dasharray="2 3"))
            said = locale.words.first_published.format(value=locale.number(value, chart.decimals))
            hint = element("title", f"{point.at}: {said}")
            parts.append(element("circle", hint, class_="f-kain s-nila", stroke_width=1.5, cx=x, cy=y, r=4))
    return parts


def _labels(chart: Trend, plane: _Plane, locale: Locale) -> Markup:
    """Direct labels: line ends, target, the largest revision."""
    taken = _occupied(chart, plane)
    parts = [_ends(chart, plane, locale)]
    if chart.target and (target := usable(chart.target.value)) is not None:
        said = f"{chart.target.label} {locale.number(target, chart.decimals)}"
        said = shortened(said, plane.x.end - plane.x.start, LABEL, bold=True)
        left, right, y = plane.x.start, plane.x.end, plane.y(target)
        spots = [Spot(left, y - 6), Spot(right, y - 6, "end"), Spot(left, y + 17), Spot(right, y + 17, "end")]
        found = free_spot(said, spots, taken, plane.frame, LABEL, bold=True)
        spot, box = found or (spots[0], text_box(said, left, y - 6, LABEL, bold=True))
        taken.append(box)
        parts.append(text(said, spot.x, spot.y, size=LABEL, classes="hal t-soga str", anchor=_anchor(spot)))
    for x in _rule_changes(chart, plane)[-1:]:
        spots = [Spot(x - 6, y, "end") for y in (plane.y.end + 12, plane.y.start - 6)]
        spots += [Spot(x + 6, y) for y in (plane.y.end + 12, plane.y.start - 6)]
        if found := free_spot(locale.words.new_rules, spots, taken, plane.frame, NAME):
            spot, box = found
            taken.append(box)
            parts.append(
                text(
                    locale.words.new_rules, spot.x, spot.y, size=NAME, classes="hal mut", anchor=_anchor(spot)
                )
            )
    parts.extend(_largest_revision(chart, plane, locale, taken))
    return joined(parts)


def _anchor(spot: Spot) -> str | None:
    return None if spot.anchor == "start" else spot.anchor


def _occupied(chart: Trend, plane: _Plane) -> list[Box]:
    """Boxes along every line and around every dot, so that labels keep clear of them."""
    boxes: list[Box] = []
    for _, values in _series(chart):
        for run in runs(plane.places(values)):
            for (x1, y1), (x2, y2) in zip(run, run[1:] or run, strict=False):
                steps = max(1, int(max(abs(x2 - x1), abs(y2 - y1)) // 6))
                spots = [(x1 + (x2 - x1) * k / steps, y1 + (y2 - y1) * k / steps) for k in range(steps + 1)]
                boxes.extend(Box(x - 4, y - 4, x + 4, y + 4) for x, y in spots)
    for index, point in enumerate(chart.points):
        for value in drawable(point.published):
            x, y = plane.x(index), plane.y(value)
            boxes.append(Box(x - 5, y - 5, x + 5, y + 5))
    return boxes


def _ends(chart: Trend, plane: _Plane, locale: Locale) -> Markup:
    """Value and name at the right end of each line, moved apart where ends come close."""
    ends: list[tuple[str, float, float]] = []
    for name, values in _series(chart):
        places = [place for place in plane.places(values) if place]
        if places:
            ends.append((name, drawable(values)[-1], places[-1][1]))
    gap, foot = (36.0, 22.0) if any(name for name, _, _ in ends) else (20.0, 6.0)
    middle = spread([y for _, _, y in ends], gap, plane.y.end, plane.y.start - foot)
    x, room = plane.x.end + 10, plane.width - plane.x.end - 10
    parts: list[str] = []
    for (name, value, _), y in zip(ends, middle, strict=True):
        said = shortened(locale.number(value, chart.decimals), room, ENDED, bold=True)
        parts.append(text(said, x, y + 5, size=ENDED, classes="mut str" if parts else "str"))
        if name:
            parts.append(text(shortened(name, room, NAME), x, y + 21, size=NAME, classes="mut"))
    return joined(parts)


def _largest_revision(chart: Trend, plane: _Plane, locale: Locale, taken: list[Box]) -> list[Markup]:
    revised = [
        (abs(value - now), index, value)
        for index, point in enumerate(chart.points)
        if (now := usable(point.value)) is not None
        for value in drawable(point.published)
        if value != now
    ]
    if not revised:
        return []
    _, index, value = max(revised)
    said = locale.words.first_published.format(value=locale.number(value, chart.decimals))
    x, y = plane.x(index), plane.y(value)
    around = [
        Spot(x, y - 10, "middle"), Spot(x, y + 20, "middle"), Spot(x + 9, y + 5), Spot(x - 9, y + 5, "end"),
        Spot(x + 7, y - 9), Spot(x - 7, y - 9, "end"), Spot(x + 7, y + 18), Spot(x - 7, y + 18, "end"),
    ]  # fmt: skip
    inside = Box(plane.x.start - 6, plane.y.end - 6, plane.x.end, plane.y.start)
    found = free_spot(said, around, taken, inside, NAME)
    if found is None:
        return []
    spot, box = found
    taken.append(box)
    return [text(said, spot.x, spot.y, size=NAME, classes="hal mut", anchor=_anchor(spot))]


def _reading(chart: Trend, locale: Locale) -> str:
    words = locale.words
    known = [(value, point.at) for point in chart.points if (value := usable(point.value)) is not None]
    (first, first_at), (last, last_at) = known[0], known[-1]
    (low, low_at), (high, high_at) = (
        min(known, key=lambda pair: pair[0]),
        max(known, key=lambda pair: pair[0]),
    )

    def say(value: float) -> str:
        return locale.number(value, chart.decimals)

    if len(known) == 1:
        said = [words.trend_one.format(last=say(last), last_at=last_at)]
    else:
        said = [
            words.trend_reading.format(
                first=say(first), first_at=first_at, last=say(last), last_at=last_at,
                low=say(low), low_at=low_at, high=say(high), high_at=high_at,
            )
        ]  # fmt: skip
    if chart.target and (target := usable(chart.target.value)) is not None:
        said.append(words.trend_target.format(label=chart.target.label, target=say(target)))
    said += [words.trend_new_rules.format(at=point.at) for point in chart.points[1:] if point.new_rules]
    revised = sum(1 for point in chart.points if point.published)
    if revised:
        said.append(words.trend_revised.format(count=locale.number(revised)))
    return " ".join(said)
