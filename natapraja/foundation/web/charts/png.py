"""A chart as a PNG file for letters and slides: the light theme, with heading and source written on it.

Drawn by resvg, which reads plain CSS only; the style sheets of the pages are flattened first.
"""

import re
from collections.abc import Sequence

import resvg_py

from .flatcss import flattened
from .lettering import wrapped
from .markup import Markup, element, joined, text

_VIEW_BOX = re.compile(r'<svg[^>]*? viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'


def to_png(
    svg: str,
    css: str,
    *,
    width: int = 1280,
    background: str = "#ffffff",
    font_files: Sequence[str] = (),
) -> bytes:
    """PNG bytes of one drawing, `width` pixels wide.

    `css` is the text of our style sheets one after another; `font_files` are TTF or OTF paths tried
    before the fonts of the system. Raises ValueError unless `svg` is exactly one drawing (ask charts for
    size="wide" or "narrow").
    """
    if (
        len(_VIEW_BOX.findall(svg)) < 1
        or not svg.startswith("<svg")
        or svg.count("<svg") != svg.count("</svg>")
    ):
        raise ValueError("one SVG drawing is needed, as the chart functions return it")
    if svg.rindex("</svg>") != len(svg) - len("</svg>") or _several(svg):
        raise ValueError('one SVG drawing is needed: ask the chart for size="wide" or size="narrow"')
    named = svg if " xmlns=" in svg.split(">", 1)[0] else svg.replace("<svg", "<svg" + _NAMESPACE, 1)
    return resvg_py.svg_to_bytes(
        svg_string=named,
        width=width,
        background=background,
        style_sheet=flattened(css),
        font_files=list(font_files) or None,
        sans_serif_family="DejaVu Sans",
    )


def _several(svg: str) -> bool:
    """Whether a second drawing follows the first instead of lying inside it."""
    depth = 0
    for found in re.finditer(r"<svg\b|</svg>", svg):
        depth += 1 if found[0] == "<svg" else -1
        if depth == 0:
            return found.end() != len(svg)
    return True


def captioned(svg: Markup, *, heading: str, notes: Sequence[str] = ()) -> Markup:
    """The drawing with its heading above and its notes below (unit, date, source, "DATA SINTETIS"), as one
    SVG.
    """
    found = _VIEW_BOX.match(svg)
    if found is None:
        raise ValueError("one SVG drawing is needed, as the chart functions return it")
    width, height = float(found[1]), float(found[2])
    size = max(12.0, width / 44)
    edge = size
    lines = wrapped(heading, width, size * 1.3, lines=3, bold=True)
    small = [row for note in notes for row in wrapped(note, width, size, lines=3)]
    top = edge + len(lines) * size * 1.7 + size * 0.5
    parts: list[str] = [
        text(row, edge, edge + size * 1.3 + index * size * 1.7, size=size * 1.3, classes="str")
        for index, row in enumerate(lines)
    ]
    inner = Markup(
        svg.replace("<svg", f'<svg x="{edge:.1f}" y="{top:.1f}" width="{width:g}" height="{height:g}"', 1)
    )
    parts.append(inner)
    for index, row in enumerate(small):
        baseline = top + height + size * 2 + index * size * 1.5
        parts.append(text(row, edge, baseline, size=size, classes="mut"))
    total = top + height + edge + (size * (1 + 1.5 * len(small)) if small else 0)
    return element("svg", joined(parts), viewBox=f"0 0 {width + 2 * edge:.0f} {total:.0f}")
