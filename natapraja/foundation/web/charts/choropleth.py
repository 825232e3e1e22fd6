"""A map of rates in at most five classes, each saying how many areas it holds.

Hatched: coverage too low to conclude. Dotted: withheld, as a small count or to protect one. Neither shows its figure.
"""

# ruff: noqa: A002 (an element's `id` is called id)

from dataclasses import dataclass
from typing import Literal

from . import cartography
from .blank import blank
from .cartography import FAR, NEAR, WIDTH, Name
from .language import INDONESIAN, Locale
from .lettering import Box, Spot, text_box
from .markup import NOTHING, Markup, dots, drawing, element, hatch, joined, path, text
from .quantiles import ValueClass, class_of, classes, quantile_breaks
from .scale import usable
from .strokes import Ring, rings

State = Literal["shown", "low_coverage", "suppressed", "missing"]
_HELD_BACK: tuple[State, ...] = ("low_coverage", "suppressed", "missing")


@dataclass(frozen=True, slots=True)
class Cell:
    """One area: rings of whole-number points (any frame), its rate, and whether the rate may be shown."""

    code: str
    name: str
    rings: tuple[Ring, ...]
    value: float | None
    state: State = "shown"
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A district drawn as a line over the cells, with its name; `label` is where the name stands (None:
    middle).
    """

    name: str
    rings: tuple[Ring, ...]
    label: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """`breaks` (at most four) keep the classes of an earlier map; without them the classes are fifths.

    `noun` is what is counted in the legend ("desa"); `low_coverage_note` replaces the default note on
    hatching.
    """

    title: str
    cells: tuple[Cell, ...]
    outlines: tuple[Outline, ...] = ()
    decimals: int = 1
    noun: str = "desa"
    breaks: tuple[float, ...] | None = None
    schematic: bool = True
    low_coverage_note: str = ""
    desc: str = ""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of the legend: how it is filled (`shade` class, or the pattern of a state), what it means,
    how many.
    """

    shade: str
    state: State
    meaning: str
    count: int


def state_of(cell: Cell) -> State:
    """What may be said of the cell; one without a usable figure is missing."""
    return "missing" if cell.state == "shown" and usable(cell.value) is None else cell.state


def borders(chart: Map) -> tuple[float, ...]:
    """The borders in use: those given, or the fifths of the figures shown."""
    return quantile_breaks(_figures(chart), decimals=chart.decimals) if chart.breaks is None else chart.breaks


def _figures(chart: Map) -> list[float]:
    return [float(cell.value or 0.0) for cell in chart.cells if state_of(cell) == "shown"]


def draw(
    chart: Map,
    *,
    id: str,
    locale: Locale = INDONESIAN,
    with_legend: bool = False,
) -> Markup:
    """One SVG, 904 units wide; `with_legend` writes the legend into it (for files that travel alone).

    With links its role is "group", for an image may hold none. Raises ValueError for more than four borders.
    """
    if not any(ring for cell in chart.cells for ring in cell.rings):
        return blank(id=id, title=chart.title, sentence=chart.desc or locale.words.empty)
    every = [cell.rings for cell in chart.cells] + [outline.rings for outline in chart.outlines]
    place, height = cartography.fitting(ring for shape in every for ring in shape)
    cells = [(cell, tuple(place(ring) for ring in cell.rings)) for cell in chart.cells]
    outlines = [
        (outline, tuple(place(ring) for ring in outline.rings), outline.label and place((outline.label,))[0])
        for outline in chart.outlines
    ]
    names = _names([(outline.name, shape, label) for outline, shape, label in outlines], height)
    note, height = _note(chart, [shape for _, shape in cells], names, height, locale)
    parts: list[str] = [
        element("defs", hatch(f"{id}-hatch", 12), dots(f"{id}-dots", 12)),
        _cells(chart, cells, id, locale),
        path("".join(rings(shape) for _, shape, _ in outlines), "kec") if outlines else NOTHING,
        _written(names),
        note,
    ]
    if with_legend:
        entries = legend_entries(chart, locale)
        parts.append(_legend_inside(entries, id, height, locale, chart.noun))
        height += 40 * len(entries) + 20
    return drawing(
        WIDTH, height, *parts, id=id, title=chart.title, desc=chart.desc or _reading(chart, locale),
        classes="map cho", role="group" if any(cell.href for cell in chart.cells) else "img",
    )  # fmt: skip


def _cells(chart: Map, cells: list[tuple[Cell, tuple[Ring, ...]]], id: str, locale: Locale) -> Markup:
    """The cells, grouped by class so that the class is written once."""
    used = borders(chart)
    groups: dict[str, list[str]] = {}
    shades = [item.shade for item in classes(_figures(chart), used, decimals=chart.decimals)]
    for cell, shape in cells:
        state = state_of(cell)
        if state == "shown":
            value = float(cell.value or 0.0)
            said = locale.number(value, chart.decimals)
            key = shades[class_of(value, used, decimals=chart.decimals)]
        else:
            said, key = _meaning(chart, state, locale), state
        hint = element("title", f"{cell.name}: {said}")
        d = rings(shape)
        if cell.href:
            # Out of the order of the Tab key: hundreds of stops; the table beside the map has the same links.
            inside = element("a", hint, path(d), href=cell.href, tabindex=-1)
        else:
            inside = element("path", hint, d=d)
        groups.setdefault(key, []).append(inside)
    order = [*dict.fromkeys(shades), *_HELD_BACK]
    return joined(
        element("g", joined(map(Markup, groups[key])), **_fill(key, id)) for key in order if key in groups
    )


def _fill(key: str, id: str) -> dict[str, str]:
    if key == "low_coverage":
        return {"class_": "cell", "fill": f"url(#{id}-hatch)"}
    if key == "suppressed":
        return {"class_": "cell", "fill": f"url(#{id}-dots)"}
    return {"class_": "cell f-kain s-line" if key == "missing" else f"cell {key}"}


def _names(
    wanted: list[tuple[str, tuple[Ring, ...], tuple[int, int] | None]], height: float
) -> tuple[Name, ...]:
    """Room for district names, the larger districts first."""
    found: list[tuple[float, str, int, int]] = []
    for name, shape, label in wanted:
        box, spot = cartography.extent(shape), label or cartography.middle(shape)
        if box and spot:
            found.append(((box.right - box.left) * (box.bottom - box.top), name, *spot))
    ordered = [(name, x, y) for _, name, x, y in sorted(found, key=lambda item: -item[0])]
    return cartography.names(ordered, Box(0, 0, WIDTH, height), [])


def _written(names: tuple[Name, ...]) -> Markup:
    words = [
        element("text", name.text, class_="hal minor" if name.minor else "hal", x=name.x, y=name.y)
        for name in names
    ]
    return element("g", *words, font_size=FAR, font_weight=700, text_anchor="middle") if words else NOTHING


def _note(
    chart: Map, cells: list[tuple[Ring, ...]], names: tuple[Name, ...], height: int, locale: Locale
) -> tuple[Markup, int]:
    """ "Peta skematik" in a free corner, or on a strip below the map; and the height that needs."""
    if not chart.schematic:
        return NOTHING, height
    taken = [box for shape in cells if (box := cartography.extent(shape))]
    taken += [text_box(name.text, name.x, name.y, NEAR, "middle", bold=True) for name in names]
    words = locale.words.schematic
    spot = cartography.free_corner(words, Box(0, 0, WIDTH, height), taken)
    if spot is None:
        height += 44
        spot = Spot(WIDTH - 6, height - 12, "end")
    anchor = None if spot.anchor == "start" else spot.anchor
    return text(words, spot.x, spot.y, size=FAR, classes="mut", anchor=anchor), height


def _meaning(chart: Map, state: State, locale: Locale) -> str:
    if state == "low_coverage":
        return chart.low_coverage_note or locale.words.low_coverage
    return locale.why_withheld if state == "suppressed" else locale.words.missing


def _range(item: ValueClass, decimals: int, locale: Locale) -> str:
    words = locale.words
    if item.low is not None and item.high is not None:
        return locale.span(item.low, item.high, decimals)
    if item.high is not None:
        return words.first_class.format(upper=locale.number(item.high + 10.0**-decimals, decimals))
    return words.last_class.format(lower=locale.number(item.low or 0.0, decimals))


def legend_entries(chart: Map, locale: Locale = INDONESIAN) -> tuple[LegendEntry, ...]:
    """What the legend says, in order; the counts of all entries sum to the number of cells."""
    figures, decimals = _figures(chart), chart.decimals
    found = classes(figures, borders(chart), decimals=decimals)
    entries: list[LegendEntry] = []
    if len(found) == 1 and figures:
        low, high = locale.number(min(figures), decimals), locale.number(max(figures), decimals)
        said = locale.words.all_in_one.format(value=low) if low == high else f"{low}–{high}"
        entries.append(LegendEntry(found[0].shade, "shown", said, found[0].count))
    elif figures or chart.breaks:
        entries += [
            LegendEntry(item.shade, "shown", _range(item, decimals, locale), item.count) for item in found
        ]
    for state in _HELD_BACK:
        count = sum(1 for cell in chart.cells if state_of(cell) == state)
        if count:
            entries.append(LegendEntry("", state, _meaning(chart, state, locale), count))
    return tuple(entries)


def _swatch(entry: LegendEntry, id: str, **size: float) -> Markup:
    if entry.state == "shown":
        return element("rect", class_=entry.shade, **size)
    suffix = {"low_coverage": "hatch", "suppressed": "dots"}.get(entry.state)
    if suffix is None:
        return element("rect", class_="f-kain", **size)
    return element("rect", fill=f"url(#{id}-{suffix})", **size)


def legend(chart: Map, *, id: str, locale: Locale = INDONESIAN) -> Markup:
    """The HTML list under the map; `id` is that of the drawing, whose patterns it shares."""
    items = []
    for entry in legend_entries(chart, locale):
        # Twice the size in units, so that the patterns of the map are half as coarse here.
        swatch = element(
            "svg", _swatch(entry, id, width=40, height=28), viewBox="0 0 40 28", aria_hidden="true"
        )
        count = locale.words.areas.format(count=locale.number(entry.count), noun=chart.noun)
        items.append(element("li", swatch, element("span", f"{entry.meaning} ({count})")))
    return element("ul", *items, class_="legend")


def _legend_inside(
    entries: tuple[LegendEntry, ...],
    id: str,
    top: float,
    locale: Locale,
    noun: str,
) -> Markup:
    parts: list[str] = []
    for index, entry in enumerate(entries):
        y = top + 20 + 40 * index
        count = locale.words.areas.format(count=locale.number(entry.count), noun=noun)
        parts.append(_swatch(entry, id, x=14, y=y, width=36, height=24))
        parts.append(element("rect", class_="ax nofill", x=14, y=y, width=36, height=24))
        parts.append(text(f"{entry.meaning} ({count})", 62, y + 20, size=FAR))
    return joined(parts)


def _reading(chart: Map, locale: Locale) -> str:
    words = locale.words
    shown = sorted(
        ((float(cell.value or 0.0), cell.name) for cell in chart.cells if state_of(cell) == "shown"),
        key=lambda pair: (-pair[0], pair[1]),
    )
    said = [f"{words.schematic}."] if chart.schematic else []
    if shown:
        low, high = (locale.number(value, chart.decimals) for value in (shown[-1][0], shown[0][0]))
        top = ", ".join(name for _, name in shown[:3])
        said.append(words.map_reading.format(low=low, high=high, names=top))
    held_back = len(chart.cells) - len(shown)
    if held_back:
        said.append(words.map_held_back.format(count=locale.number(held_back), noun=chart.noun))
    return " ".join([*said, words.near_table])
