"""Horizontal bars: a ladder of rungs for one population (sanitation, welfare), or stacked rows to compare
several.

Rungs run from the best to the worst, so their colours run from indigo to brown.
"""

# ruff: noqa: A002 (an element's `id` is called id)

from dataclasses import dataclass

from .blank import blank
from .language import INDONESIAN, Locale
from .lettering import shortened, text_width
from .markup import NOTHING, Markup, drawing, element, hatch, joined, path, text
from .scale import Linear, drawable, usable
from .strokes import line
from .variants import Size, variants

# From the best rung to the worst, for one to five rungs.
RAMPS = {1: ("q5",), 2: ("q5", "d1"), 3: ("q5", "q3", "d1"), 4: ("q5", "q3", "d2", "d1"),
         5: ("q5", "q3", "d3", "d2", "d1")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rung:
    """One bar; None is withheld. `beside` is the figure of the whole (the regency), drawn as a mark on the
    bar.
    """

    label: str
    value: float | None
    beside: float | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """`full` is where the axis ends (100 for per cent; None: at the largest value); `suffix` follows each
    value.
    """

    title: str
    rungs: tuple[Rung, ...]
    decimals: int = 1
    suffix: str = "%"
    full: float | None = 100.0
    beside_name: str = ""
    desc: str = ""


@dataclass(frozen=True, slots=True)
class StackRow:
    """One row of a stack: counts or shares of each part, at least 0. A None withholds the whole row: the
    missing part could be computed from the others.
    """

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """Rows of the same parts, each drawn to its whole width; at most five parts."""

    title: str
    parts: tuple[str, ...]
    rows: tuple[StackRow, ...]
    decimals: int = 0
    desc: str = ""


def ladder(chart: Ladder, *, id: str, locale: Locale = INDONESIAN, size: Size = "both") -> Markup:
    """One or two SVGs; negative values stand to the left of a zero line."""
    values = drawable(value for rung in chart.rungs for value in (rung.value, rung.beside))
    if not values and not any(rung.value is None for rung in chart.rungs):
        return blank(id=id, title=chart.title, sentence=chart.desc or locale.words.empty)
    desc = chart.desc or ", ".join(f"{rung.label} {_said(chart, rung.value, locale)}" for rung in chart.rungs)
    low = min(0.0, *values) if values else 0.0
    high = max(0.0, chart.full or 0.0, *values) if values else (chart.full or 1.0)

    def one(own: str, wide: bool, classes: str | None) -> Markup:
        width, step = (640.0, 36.0) if wide else (340.0, 54.0)
        left = 240.0 if wide else 4.0
        right = (
            width
            - 4
            - (
                max(text_width(_said(chart, r.value, locale), 16, bold=True) for r in chart.rungs) + 10
                if wide
                else 0
            )
        )
        x = Linear(low, high if high > low else low + 1, left, right)
        rows = [_rung(chart, index, x, wide, step, locale) for index in range(len(chart.rungs))]
        bottom = step * len(chart.rungs)
        foot = _beside_key(chart, width, bottom)
        height = bottom + (28 if foot else 4)
        return drawing(width, height, *rows, foot, id=own, title=chart.title, desc=desc, classes=classes)

    return variants(one, id=id, size=size)


def _said(chart: Ladder, value: float | None, locale: Locale) -> str:
    kept = usable(value)
    return locale.withheld if kept is None else locale.number(kept, chart.decimals) + chart.suffix


def _rung(chart: Ladder, index: int, x: Linear, wide: bool, step: float, locale: Locale) -> Markup:
    rung, top = chart.rungs[index], index * step
    value, beside = usable(rung.value), usable(rung.beside)
    said = _said(chart, rung.value, locale)
    bar, height = (top + 8, 20.0) if wide else (top + 24, 18.0)
    baseline = top + 24 if wide else top + 17
    room = 224 if wide else 324 - text_width(said, 16, bold=True)
    parts: list[str] = [text(shortened(rung.label, room, 14), 4, baseline, size=14)]
    classes = "str" if value is not None else "mut"
    parts.append(
        text(
            said,
            636 if wide else 336,
            baseline,
            size=16 if value is not None else 14,
            classes=classes,
            anchor="end",
        )
    )
    if value is not None:
        first, last = sorted((x(0), x(value)))
        ramp = RAMPS[min(max(len(chart.rungs), 1), 5)]
        shade = ramp[min(index, len(ramp) - 1)]
        parts.append(element("rect", class_=shade, x=first, y=bar, width=max(last - first, 1), height=height))
    parts.append(path(line([(x(0), bar - 2), (x(0), bar + height + 2)]), "ax"))
    if beside is not None:
        d = line([(x(beside), bar - 4), (x(beside), bar + height + 4)])
        parts.append(path(d, "s-kain nofill", stroke_width=6))
        parts.append(path(d, "s-str nofill", stroke_width=2.5))
    return joined(parts)


def _beside_key(chart: Ladder, width: float, bottom: float) -> Markup:
    if not chart.beside_name or not any(usable(rung.beside) is not None for rung in chart.rungs):
        return NOTHING
    name = shortened(chart.beside_name, width - 30, 14)
    mark = path(line([(8, bottom + 6), (8, bottom + 22)]), "s-str nofill", stroke_width=2.5)
    return joined([mark, text(name, 18, bottom + 19, size=14, classes="mut")])


def stack(chart: Stack, *, id: str, locale: Locale = INDONESIAN, size: Size = "both") -> Markup:
    """One or two SVGs. Raises ValueError for more than five parts, a negative part or rows of another
    length.
    """
    if len(chart.parts) > 5 or any(len(row.values) != len(chart.parts) for row in chart.rows):
        raise ValueError("a stack has at most five parts, and each row one value for each of them")
    if any(value < 0 for row in chart.rows for value in drawable(row.values)):
        raise ValueError("a part of a whole cannot be negative")
    if not chart.rows or not chart.parts:
        return blank(id=id, title=chart.title, sentence=chart.desc or locale.words.empty)
    desc = chart.desc or " ".join(_row_reading(chart, row, locale) for row in chart.rows)

    def one(own: str, wide: bool, classes: str | None) -> Markup:
        width, step = (640.0, 50.0) if wide else (340.0, 66.0)
        rows = [_row(chart, row, index * step, wide, own, locale) for index, row in enumerate(chart.rows)]
        defs = element("defs", hatch(f"{own}-hatch"))
        height = step * len(chart.rows)
        return drawing(width, height, defs, *rows, id=own, title=chart.title, desc=desc, classes=classes)

    return variants(one, id=id, size=size)


def _shares(row: StackRow) -> list[float] | None:
    """Per cent of the row, or None when a part is withheld or there is nothing to share."""
    values = [usable(value) for value in row.values]
    known = [value for value in values if value is not None]
    if len(known) < len(values) or sum(known) <= 0:
        return None
    return [100 * value / sum(known) for value in known]


def _why_empty(row: StackRow, locale: Locale) -> str:
    withheld = any(usable(value) is None for value in row.values)
    return locale.withheld if withheld else locale.words.missing


def _row(chart: Stack, row: StackRow, top: float, wide: bool, own: str, locale: Locale) -> Markup:
    left, right = (180.0, 636.0) if wide else (4.0, 336.0)
    bar = top + (4 if wide else 24)
    label = shortened(row.label, 168 if wide else 332, 14, bold=True)
    parts: list[str] = [text(label, 4, bar + 15 if wide else top + 17, size=14, weight=600)]
    shares = _shares(row)
    if shares is None:
        parts.append(
            element(
                "rect",
                fill=f"url(#{own}-hatch)",
                class_="s-ink",
                x=left,
                y=bar,
                width=right - left,
                height=20,
            )
        )
        parts.append(text(_why_empty(row, locale), left, bar + 36, size=14, classes="mut"))
        return joined(parts)
    x, taken, run = Linear(0, 100, left, right), left - 8.0, 0.0
    for shade, name, share in zip(RAMPS[len(chart.parts)], chart.parts, shares, strict=True):
        first, last = x(run), x(run + share)
        run += share
        if last - first <= 0:
            continue
        said = locale.percent(share, chart.decimals)
        hint = element("title", f"{name}: {said}")
        parts.append(
            element("rect", hint, class_=f"{shade} s-kain", x=first, y=bar, width=last - first, height=20)
        )
        half = text_width(said, 14) / 2
        middle = min(max((first + last) / 2, left + half), right - half)
        if middle - half > taken + 4 and last - first > half:
            parts.append(text(said, middle, bar + 36, size=14, anchor="middle"))
            taken = middle + half
    return joined(parts)


def _row_reading(chart: Stack, row: StackRow, locale: Locale) -> str:
    shares = _shares(row)
    if shares is None:
        return locale.words.stack_reading.format(row=row.label, parts=_why_empty(row, locale))
    said = ", ".join(
        f"{name} {locale.percent(share, chart.decimals)}"
        for name, share in zip(chart.parts, shares, strict=True)
    )
    return locale.words.stack_reading.format(row=row.label, parts=said)


def legend(chart: Stack) -> Markup:
    """The HTML list that names the colours of a stack, best first."""
    items = []
    for shade, name in zip(RAMPS[min(max(len(chart.parts), 1), 5)], chart.parts, strict=False):
        swatch = element(
            "svg", element("rect", class_=shade, width=20, height=14), viewBox="0 0 20 14", aria_hidden="true"
        )
        items.append(element("li", swatch, name))
    return element("ul", *items, class_="legend")
