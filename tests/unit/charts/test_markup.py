"""Markup is escaped, refuses what a strict policy refuses, and is taken by templates as it is."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.template import Context, Engine
from hypothesis import given
from hypothesis import strategies as st

from natapraja.foundation.web.charts.markup import (
    Markup,
    drawing,
    element,
    identifier,
    joined,
    number,
    safe_link,
)
from natapraja.foundation.web.charts.strokes import line, ring, rings, specks
from tests.unit.charts.reading import steady


@steady
@given(st.text(), st.text())
def test_any_text_comes_back_from_the_parser(content: str, label: str) -> None:
    node = ET.fromstring(element("text", content, aria_label=label))
    assert "�" in (node.text or "") or (node.text or "").split() == content.split()
    assert len(node.attrib) == 1


def test_names_are_escaped_and_markup_is_kept() -> None:
    assert element("text", 'a<b & "c"') == "<text>a&lt;b &amp; &quot;c&quot;</text>"
    assert element("g", element("path", d="M0 0")) == '<g><path d="M0 0"/></g>'
    assert joined(["<", Markup("<g/>")]) == "&lt;<g/>"


def test_python_names_become_attribute_names() -> None:
    made = element("text", "x", class_="mut", text_anchor="end", x=1.25, y=2.0, font_size=None)
    assert made == '<text class="mut" text-anchor="end" x="1.2" y="2">x</text>'


@pytest.mark.parametrize("name", ["style", "onclick", "onload", "a b"])
def test_attributes_a_strict_policy_forbids_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="attribute"):
        element("path", **{name: "x"})


@pytest.mark.parametrize("tag", ["script", "style", "foreignObject", "a b"])
def test_elements_a_strict_policy_forbids_are_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="holds no"):
        element(tag)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JavaScript:x", "data:text/html,x", "vbscript:x"]
)
def test_links_to_other_schemes_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match="link"):
        element("a", href=address)


@pytest.mark.parametrize(
    "address", ["/wilayah/33.09/", "?desa=1", "#peta", "https://contoh.id/a?b=c", "desa/1"]
)
def test_links_within_our_host_are_kept(address: str) -> None:
    assert safe_link(address) == address


@pytest.mark.parametrize("text", ["", "1a", "a b", 'a"', "a<"])
def test_ids_are_plain_words(text: str) -> None:
    with pytest.raises(ValueError, match="id"):
        identifier(text)


def test_coordinates_are_short() -> None:
    assert [number(value) for value in (3, 3.0, 3.14159, -0.01, 0.05)] == ["3", "3", "3.1", "0", "0.1"]
    with pytest.raises(ValueError, match="finite"):
        number(float("nan"))


def test_a_drawing_is_named_and_described() -> None:
    made = drawing(10, 20, id="peta", title="Judul", desc="Temuan")
    assert 'role="img"' in made
    assert '<title id="peta-title">Judul</title><desc id="peta-desc">Temuan</desc>' in made
    assert 'aria-labelledby="peta-title" aria-describedby="peta-desc"' in made


def test_a_template_does_not_escape_a_drawing_again() -> None:
    made = drawing(10, 20, id="peta", title="A & B", desc="")
    assert Engine().from_string("{{ gambar }}").render(Context({"gambar": made})) == str(made)


def test_rings_are_written_in_relative_steps() -> None:
    square = ((10, 10), (20, 10), (20, 25), (10, 25), (10, 10))
    assert ring(square) == "M10 10l10 0 0 15-10 0z"
    assert ring(((5, 5),)) == "M5 5z"
    assert ring(()) == ""
    assert rings((square, ((1, 1), (2, 2)))) == "M10 10l10 0 0 15-10 0zM1 1l1 1z"


@steady
@given(st.lists(st.tuples(st.integers(-50, 900), st.integers(-50, 900)), min_size=2, max_size=12))
def test_relative_steps_lead_back_to_the_same_points(points: list[tuple[int, int]]) -> None:
    numbers = [int(found) for found in re.findall(r"-?\d+", ring(tuple(points)))]
    x, y = numbers[:2]
    walked = [(x, y)]
    for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
        x, y = x + dx, y + dy
        walked.append((x, y))
    expected = [point for k, point in enumerate(points) if k == 0 or point != points[k - 1]]
    while len(expected) > 1 and expected[0] == expected[-1]:
        expected = expected[:-1]
    assert walked == expected


def test_lines_and_specks() -> None:
    assert line([(4, 42), (21.04, 39)]) == "M4 42L21 39"
    assert specks([(1, 2), (3.5, 4)]) == "M1 2h0M3.5 4h0"
