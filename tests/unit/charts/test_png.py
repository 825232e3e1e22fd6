"""PNG files: plain CSS comes out of our sheets, and the drawing comes out in its colours."""

import struct
import zlib

import pytest

from natapraja.foundation.web.charts.flatcss import flattened, tokens
from natapraja.foundation.web.charts.markup import drawing, element, path
from natapraja.foundation.web.charts.png import captioned, to_png
from natapraja.foundation.web.charts.sparkline import Sparkline, draw
from natapraja.foundation.web.charts.trend import Trend, TrendPoint
from natapraja.foundation.web.charts.trend import draw as draw_trend

CSS = """
@layer base, parts;
@layer parts { .f-nila { fill: var(--nila); margin: 3px } .map text{font-size:21px} a:hover{fill:red}
  @container (max-width:26rem) { .f-nila { fill: red } } .hal{stroke:var(--none, #0f0)} }
@layer base { :root { --nila: var(--dye); --dye: #322c80; } .f-nila{fill:#fff} /* .x{fill:red} */
  @media (prefers-color-scheme:dark) { :root { --dye: #fff } } svg text{font-family:"A; B", sans-serif} }
@font-face { font-family: "X" }
"""


def pixel(png: bytes, x: int, y: int) -> tuple[int, int, int]:
    """One pixel of an 8-bit RGBA PNG (RFC 2083), unfiltered line by line."""
    width, _ = struct.unpack(">II", png[16:24])
    assert png[24:26] == bytes([8, 6])
    packed, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += 12 + length
    raw, stride = zlib.decompress(packed), width * 4
    before = bytearray(stride)
    for row in range(y + 1):
        start = row * (stride + 1)
        kind, line = raw[start], bytearray(raw[start + 1 : start + 1 + stride])
        for i in range(stride):
            left = line[i - 4] if i >= 4 else 0
            corner = before[i - 4] if i >= 4 else 0
            line[i] = (
                line[i] + [0, left, before[i], (left + before[i]) // 2, paeth(left, before[i], corner)][kind]
            ) % 256
        before = line
    red, green, blue = before[4 * x : 4 * x + 3]
    return red, green, blue


def paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))


def test_variables_are_put_in_layers_put_in_order_and_conditions_left_out() -> None:
    assert flattened(CSS).split("\n") == [
        ".f-nila{fill:#fff}",
        'svg text{font-family:"A; B", sans-serif}',
        ".f-nila{fill:#322c80}",
        ".map text{font-size:21px}",
        ".hal{stroke:#0f0}",
    ]
    assert tokens(CSS) == {"--nila": "#322c80", "--dye": "#322c80"}


@pytest.mark.parametrize(
    "css", ["", "}", "{", "@layer", ".a{fill:var(--a)} :root{--a:var(--a)}", '.a{fill:"']
)
def test_broken_css_is_no_error(css: str) -> None:
    assert flattened(css) == ""


def test_the_png_has_the_colours_of_the_light_theme() -> None:
    svg = drawing(20, 10, element("rect", class_="f-nila", width=10, height=10), id="a", title="t", desc="d")
    png = to_png(svg, CSS, width=40)
    assert struct.unpack(">II", png[16:24]) == (40, 20)
    assert pixel(png, 10, 10) == (0x32, 0x2C, 0x80)
    assert pixel(png, 30, 10) == (255, 255, 255)


def test_two_drawings_at_once_are_refused() -> None:
    both = draw_trend(Trend("t", (TrendPoint("Nov", 1.0),)), id="t")
    with pytest.raises(ValueError, match='size="wide"'):
        to_png(both, CSS)
    with pytest.raises(ValueError, match="one SVG"):
        to_png("<p>", CSS)
    with pytest.raises(ValueError, match="one SVG"):
        captioned(path("M0 0"), heading="x")


def test_heading_and_notes_travel_with_the_picture() -> None:
    made = captioned(
        draw(Sparkline("t", (1.0, 2.0)), id="s"),
        heading="Turun <1>",
        notes=("DATA SINTETIS", "20 November 2026"),
    )
    assert "Turun &lt;1&gt;" in made
    assert "DATA SINTETIS" in made
    assert to_png(made, CSS, width=100).startswith(b"\x89PNG")
