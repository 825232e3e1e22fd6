"""The bridge between two published figures: correction of data, change of definition, real change.

Three textures, always in this order. If the parts do not sum to the difference nothing is drawn: a wrong
explanation is worse than none.
"""

# ruff: noqa: A002 (an element's `id` is called id)

import math
from dataclasses import dataclass
from fractions import Fraction

from natapraja.foundation.web.formats import Number

from .blank import blank
from .language import INDONESIAN, Locale
from .lettering import shortened, text_width
from .markup import Attribute, Markup, cloth, dots, drawing, element, joined, path, text
from .rounding import exact, shared_out
from .scale import Linear
from .strokes import line
from .variants import Size, variants

_TOLERANCE = Fraction(1, 10**9)
_BREAK_BELOW = 0.35  # a movement smaller than this share of the level would not be seen on a bar from zero


@dataclass(frozen=True, slots=True)
class Level:
    """A published figure: a word ("Terbit", "Kini"), its date in short, its value (None: there is none)."""

    label: str
    at: str
    value: Number | None


@dataclass(frozen=True, slots=True)
class Bridge:
    start: Level
    end: Level
    correction: Number
    definition: Number
    real: Number
    title: str
    decimals: int = 0
    desc: str = ""


@dataclass(frozen=True, slots=True)
class _Step:
    """One bar: from one running level to the next; a level stands on the base."""

    label: str
    sub: str
    said: str
    first: float
    last: float
    kind: str


def draw(chart: Bridge, *, id: str, locale: Locale = INDONESIAN, size: Size = "both") -> Markup:
    """One or two SVGs (720 and 340 units wide). Raises ValueError if the parts do not sum to the
    difference.
    """
    if chart.start.value is None or chart.end.value is None:
        return blank(id=id, title=chart.title, sentence=chart.desc or locale.words.no_bridge)
    check_sum(chart, locale)
    steps = _steps(chart, locale)
    desc = chart.desc or _reading(chart, steps, locale)

    def one(own: str, wide: bool, classes: str | None) -> Markup:
        parts = _wide(steps, own) if wide else _narrow(steps, own)
        width = 720 if wide else 340
        return drawing(width, 300, parts, id=own, title=chart.title, desc=desc, classes=classes)

    return variants(one, id=id, size=size)


def check_sum(chart: Bridge, locale: Locale = INDONESIAN) -> None:
    """Raises ValueError, in the reader's words, unless start + correction + definition + real = end.

    Whole numbers, decimals and fractions must agree exactly; floats within a billionth of the larger figure.
    """
    amounts = (chart.start.value, chart.correction, chart.definition, chart.real, chart.end.value)
    numbers = [exact(amount) for amount in amounts if amount is not None and math.isfinite(amount)]
    if len(numbers) == len(amounts):
        start, correction, definition, real, end = numbers
        floating = any(isinstance(amount, float) for amount in amounts)
        largest = max([Fraction(1), *(abs(value) for value in numbers)])
        allowed = _TOLERANCE * largest if floating else Fraction(0)
        if abs(start + correction + definition + real - end) <= allowed:
            return
    said = ["–" if amount is None else locale.number(amount, chart.decimals) for amount in amounts]
    names = ("start", "correction", "definition", "real", "end")
    raise ValueError(locale.words.not_summing.format(**dict(zip(names, said, strict=True))))


def shown_parts(chart: Bridge) -> tuple[float, float, float]:
    """The three parts rounded so that what is printed sums exactly to the printed difference."""
    parts = (chart.correction, chart.definition, chart.real)
    first, second, third = shared_out(chart.start.value or 0, chart.end.value or 0, parts, chart.decimals)
    return first, second, third


def _steps(chart: Bridge, locale: Locale) -> list[_Step]:
    start, end = float(chart.start.value or 0), float(chart.end.value or 0)
    printed = shown_parts(chart)
    names = (locale.words.correction, locale.words.definition, locale.words.real)
    steps = [
        _Step(
            chart.start.label,
            chart.start.at,
            locale.number(chart.start.value or 0, chart.decimals),
            0,
            start,
            "level",
        )
    ]
    running = start
    kinds = ("correction", "definition", "real")
    for name, amount, shown, kind in zip(
        names, (chart.correction, chart.definition, chart.real), printed, kinds, strict=True
    ):
        label, _, sub = name.partition(" ")
        reached = end if kind == "real" else running + float(amount)
        steps.append(_Step(label, sub, locale.signed(shown, chart.decimals), running, reached, kind))
        running = reached
    last = _Step(
        chart.end.label, chart.end.at, locale.number(chart.end.value or 0, chart.decimals), 0, end, "level"
    )
    return [*steps, last]


def _reading(chart: Bridge, steps: list[_Step], locale: Locale) -> str:
    start, correction, definition, real, end = (step.said for step in steps)
    return locale.words.bridge_reading.format(
        start=start, start_at=chart.start.at, correction=correction, definition=definition,
        real=real, end=end, end_at=chart.end.at,
    )  # fmt: skip


def _axis(steps: list[_Step], base: float, near: float, far: float) -> tuple[Linear, bool]:
    """The scale of the bars and whether its base is broken: then the lowest level stands at `near`."""
    levels = [step.last for step in steps]
    low, high = min(levels), max(levels)
    if low > 0 and high - low < _BREAK_BELOW * high:
        return Linear(low, high, near, far), True
    low, high = min(low, 0.0), max(high, 0.0)
    return (Linear(low, high, base, far) if high > low else Linear(0, 1, base, far)), False


def _dress(kind: str, own: str) -> dict[str, Attribute]:
    """Fill and class of each kind of bar: three textures for the parts, one plain colour for levels."""
    dresses: dict[str, dict[str, Attribute]] = {
        "level": {"class_": "q4"},
        "correction": {"fill": f"url(#{own}-cloth)"},
        "definition": {"fill": f"url(#{own}-dots)", "class_": "s-ink"},
        "real": {"class_": "f-nila"},
    }
    return dresses[kind]


def _patterns(own: str) -> Markup:
    return element("defs", cloth(f"{own}-cloth"), dots(f"{own}-dots"))


def _fitting(said: str, width: float, size: float) -> float:
    """The size at which a figure fits, not below 11."""
    return max(11.0, min(size, size * width / max(text_width(said, size, bold=True), 1)))


def _wide(steps: list[_Step], own: str) -> Markup:
    axis, broken = _axis(steps, 242, 189, 69)
    zero = 242.0 if broken else axis(0)
    parts: list[str] = [_patterns(own)]
    for index, step in enumerate(steps):
        x, middle = 18 + 146 * index, 64 + 146 * index
        first = zero if step.kind == "level" else axis(step.first)
        top, bottom = sorted((first, axis(step.last)))
        if bottom - top < 2:
            top, bottom = top - 1, top + 1
        parts.append(element("rect", x=x, y=top, width=92, height=bottom - top, **_dress(step.kind, own)))
        if step.kind == "level" and broken:
            parts.append(path(f"M{x - 3} 230l23-5 23 5 23-5 23 5 9-2", "s-kain nofill", stroke_width=3))
        if index < 4:
            d = line([(x + 92, axis(step.last)), (x + 146, axis(step.last))])
            parts.append(path(d, "ax", stroke_dasharray="3 3"))
        size = _fitting(step.said, 138, 20)
        parts.append(text(step.said, middle, top - 9, size=size, classes="str", anchor="middle"))
        label, sub = shortened(step.label, 138, 14, bold=True), shortened(step.sub, 138, 14)
        parts.append(text(label, middle, 264, size=14, weight=600, anchor="middle"))
        parts.append(text(sub, middle, 282, size=14, classes="mut", anchor="middle"))
    parts.append(path(line([(10, zero + 0.5), (710, zero + 0.5)]), "ax"))
    return joined(parts)


def _narrow(steps: list[_Step], own: str) -> Markup:
    axis, broken = _axis(steps, 4, 104, 336)
    zero = 4.0 if broken else axis(0)
    parts: list[str] = [_patterns(own)]
    said: list[str] = []
    for index, step in enumerate(steps):
        y = 60 * index
        first = zero if step.kind == "level" else axis(step.first)
        left, right = sorted((first, axis(step.last)))
        if right - left < 2:
            left, right = left - 1, left + 1
        size = _fitting(step.said, 150, 16)
        room = 324 - text_width(step.said, size, bold=True)
        label = shortened(f"{step.label} {step.sub}".strip(), room, 14, bold=True)
        parts.append(
            element("rect", x=left, y=y + 24, width=right - left, height=20, **_dress(step.kind, own))
        )
        if step.kind == "level" and broken:
            parts.append(path(f"M18 {y + 22}l5 6-5 6 5 6-5 6", "s-kain nofill", stroke_width=3))
        if index < 4:
            x = axis(step.last)
            parts.append(path(line([(x, y + 44), (x, y + 84)]), "ax", stroke_dasharray="3 3"))
        # The halo of the letters interrupts the thread that comes down behind them.
        said.append(text(label, 4, y + 16, size=14, weight=600, classes="hal"))
        said.append(text(step.said, 336, y + 16, size=size, classes="hal str", anchor="end"))
    return joined([*parts, *said])
