"""The age pyramid: men to the left, women to the right, the youngest at the foot; another population as
outline.
"""

# ruff: noqa: A002 (an element's `id` is called id)

import math
from dataclasses import dataclass
from itertools import chain

from .blank import blank
from .language import INDONESIAN, Locale
from .lettering import shortened, text_width
from .markup import NOTHING, Markup, drawing, element, joined, path, text
from .scale import Linear, drawable, nice_ticks, usable
from .strokes import line
from .variants import Size, variants

LABEL, HEAD, FOOT, NOTE = 14.0, 30.0, 30.0, 22.0


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """Five years of age, "0–4" first; None is a count withheld because it is small."""

    label: str
    male: float | None
    female: float | None


@dataclass(frozen=True, slots=True)
class Pyramid:
    """Counts of people by age and sex.

    With a comparison (same groups) both populations are drawn as per cent of their own total: only then
    can two of different size be laid over one another.
    """

    title: str
    groups: tuple[AgeGroup, ...]
    comparison: tuple[AgeGroup, ...] = ()
    comparison_name: str = ""
    desc: str = ""


@dataclass(frozen=True, slots=True)
class _Plane:
    width: float
    row: float
    gutter: float
    top: float
    share: bool
    step: float
    decimals: int

    def side(self, male: bool) -> Linear:
        """From the axis beside the ages (nothing) to the edge of the drawing."""
        start = self.width / 2 + (-1 if male else 1) * self.gutter / 2
        return Linear(0, self.top, start, 4 if male else self.width - 4)


def draw(chart: Pyramid, *, id: str, locale: Locale = INDONESIAN, size: Size = "both") -> Markup:
    """One or two SVGs (640 and 340 units wide). Raises ValueError for negative counts or unlike groups."""
    counts = drawable(chain.from_iterable((group.male, group.female) for group in chart.groups))
    if any(count < 0 for count in counts):
        raise ValueError("a pyramid counts people: no group can be negative")
    if chart.comparison and [g.label for g in chart.comparison] != [g.label for g in chart.groups]:
        raise ValueError("the comparison needs the same age groups, in the same order")
    if not chart.groups or sum(counts) <= 0:
        nothing = locale.protected if _withheld(chart) else locale.words.empty
        return blank(id=id, title=chart.title, sentence=chart.desc or nothing)
    desc = chart.desc or _reading(chart, locale)

    def one(own: str, wide: bool, classes: str | None) -> Markup:
        plane = _plane(chart, wide)
        height = HEAD + plane.row * len(chart.groups) + FOOT + (24 if chart.comparison else 0)
        parts = [_heads(chart, plane, locale), _axis(chart, plane, locale), _bars(chart, plane, locale)]
        outline = _outline(chart, plane) if chart.comparison else NOTHING
        if _withheld(chart):
            parts.append(_left_out(chart, plane, height, locale))
            height += NOTE
        return drawing(
            plane.width, height, *parts, outline, id=own, title=chart.title, desc=desc, classes=classes
        )

    return variants(one, id=id, size=size)


def _measured(groups: tuple[AgeGroup, ...], share: bool) -> list[tuple[float | None, float | None]]:
    """Counts, or per cent of the total of the groups that are known."""
    total = sum(drawable(chain.from_iterable((group.male, group.female) for group in groups)))
    factor = (100 / total if total > 0 else 0.0) if share else 1.0
    pairs = [(usable(group.male), usable(group.female)) for group in groups]
    return [
        (None if male is None else male * factor, None if female is None else female * factor)
        for male, female in pairs
    ]


def _plane(chart: Pyramid, wide: bool) -> _Plane:
    share = bool(chart.comparison)
    everything = [*_measured(chart.groups, share), *_measured(chart.comparison, share)]
    most = max(drawable(chain.from_iterable(everything)))
    ticks = nice_ticks(0, most, intervals=4 if wide else 2, whole=not share)
    width = 640.0 if wide else 340.0
    gutter = min(16 + max(text_width(group.label, LABEL) for group in chart.groups), width / 3)
    row = 20.0 if wide else 18.0
    return _Plane(width, row, gutter, ticks.high, share, ticks.step, ticks.decimals)


def _heads(chart: Pyramid, plane: _Plane, locale: Locale) -> Markup:
    """The two sexes named above their sides, with how many people each."""
    parts: list[str] = []
    for name, male in ((locale.words.male, True), (locale.words.female, False)):
        known = sum(drawable(group.male if male else group.female for group in chart.groups))
        said = shortened(f"{name} {locale.number(known)}", plane.width / 2 - 10, 14, bold=True)
        x, anchor = (4, None) if male else (plane.width - 4, "end")
        parts.append(text(said, x, 16, size=14, classes="str", anchor=anchor))
    return joined(parts)


def _withheld(chart: Pyramid) -> int:
    """How many age groups are not shown in full."""
    return sum(1 for group in chart.groups if group.male is None or group.female is None)


def _left_out(chart: Pyramid, plane: _Plane, top: float, locale: Locale) -> Markup:
    """The sums above are those of the groups that are shown: said where they are read."""
    said = locale.words.pyramid_withheld.format(count=locale.number(_withheld(chart)))
    return text(shortened(said, plane.width - 8, LABEL), 4, top + 12, size=LABEL, classes="mut")


def _axis(chart: Pyramid, plane: _Plane, locale: Locale) -> Markup:
    bottom = HEAD + plane.row * len(chart.groups)
    parts: list[str] = []
    count = round(plane.top / plane.step)
    say = locale.percent if plane.share else locale.number
    widest = text_width(say(plane.top, plane.decimals), LABEL)
    pitch = plane.side(False)(plane.step) - plane.side(False)(0)
    every = max(1, math.ceil(1.6 * (widest + 8) / pitch))
    for male in (True, False):
        side = plane.side(male)
        for index in range(count + 1):
            x = side(index * plane.step)
            parts.append(path(line([(x, HEAD), (x, bottom)]), "gr" if index else "ax"))
            if index and (count - index) % every == 0:
                anchor = "middle" if index < count else (None if male else "end")
                label = say(index * plane.step, plane.decimals)
                parts.append(text(label, x, bottom + 18, size=LABEL, classes="mut", anchor=anchor))
    parts.append(text("0", plane.width / 2, bottom + 18, size=LABEL, classes="mut", anchor="middle"))
    if chart.comparison:
        name = shortened(chart.comparison_name, plane.width - 50, LABEL)
        parts.append(path(line([(4, bottom + 38), (32, bottom + 38)]), "s-ink nofill", stroke_width=2))
        parts.append(text(name, 40, bottom + 42, size=LABEL, classes="mut"))
    return joined(parts)


def _row_top(chart: Pyramid, plane: _Plane, index: int) -> float:
    return HEAD + plane.row * (len(chart.groups) - 1 - index)


def _bars(chart: Pyramid, plane: _Plane, locale: Locale) -> Markup:
    parts: list[str] = []
    measured = _measured(chart.groups, plane.share)
    for index, (group, (male, female)) in enumerate(zip(chart.groups, measured, strict=True)):
        y = _row_top(chart, plane, index)
        for value, count, name, left in (
            (male, group.male, locale.words.male, True),
            (female, group.female, locale.words.female, False),
        ):
            hint = f"{name} {group.label}: {locale.number(count or 0)}"
            side = plane.side(left)
            if value is None:
                x, anchor = (side.start - 4, "end") if left else (side.start + 4, None)
                foot = y + plane.row / 2 + 4.5
                parts.append(text(locale.withheld, x, foot, size=LABEL, classes="mut", anchor=anchor))
            else:
                parts.append(_bar(side, value, hint, left, y, plane.row))
        label = shortened(group.label, plane.gutter - 6, LABEL)
        parts.append(text(label, plane.width / 2, y + plane.row / 2 + 4.5, size=LABEL, anchor="middle"))
    return joined(parts)


def _bar(side: Linear, value: float, hint: str, left: bool, y: float, row: float) -> Markup:
    near, far = sorted((side.start, side(value)))
    classes = "f-nila" if left else "f-soga"
    return element(
        "rect", element("title", hint), class_=classes, x=near, y=y + 1.5, width=far - near, height=row - 3
    )


def _outline(chart: Pyramid, plane: _Plane) -> Markup:
    """The other population as two stairs, from the foot to the top."""
    parts: list[str] = []
    measured = _measured(chart.comparison, plane.share)
    for left in (True, False):
        side = plane.side(left)
        points: list[tuple[float, float]] = []
        for index, (male, female) in enumerate(measured):
            x, y = side((male if left else female) or 0.0), _row_top(chart, plane, index)
            points += [(x, y + plane.row), (x, y)]
        parts.append(path(line(points), "s-kain nofill", stroke_width=4))
        parts.append(path(line(points), "s-ink nofill", stroke_width=2))
    return joined(parts)


def _reading(chart: Pyramid, locale: Locale) -> str:
    male = sum(drawable(group.male for group in chart.groups))
    female = sum(drawable(group.female for group in chart.groups))
    largest = max(chart.groups, key=lambda group: sum(drawable((group.male, group.female))))
    said = locale.words.pyramid_reading.format(
        male=locale.number(male), female=locale.number(female), label=largest.label
    )
    if withheld := _withheld(chart):
        said += " " + locale.words.pyramid_withheld.format(count=locale.number(withheld))
    return said
