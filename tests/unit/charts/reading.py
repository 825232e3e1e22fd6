"""Reads drawings back for the tests: parsed elements, texts with their boxes, what touches what."""

import xml.etree.ElementTree as ET

from hypothesis import settings

from natapraja.foundation.web.charts.lettering import Box, text_box

# Properties are about what is drawn, not about how fast the machine is just now.
steady = settings(deadline=None)

FORBIDDEN_TAGS = {"script", "style", "foreignObject"}


def drawings(markup: str) -> list[ET.Element]:
    """The outer SVG elements of a piece of markup; fails when it is not well-formed XML."""
    return list(ET.fromstring(f"<root>{markup}</root>"))


def only(markup: str) -> ET.Element:
    (found,) = drawings(markup)
    return found


def words(markup: str) -> list[str]:
    """What a reader sees as text, in the order of drawing."""
    return [node.text or "" for node in ET.fromstring(f"<root>{markup}</root>").iter("text")]


def described(drawing: ET.Element) -> tuple[str, str]:
    title, desc = drawing.find("title"), drawing.find("desc")
    assert title is not None
    assert desc is not None
    return title.text or "", desc.text or ""


def ids(markup: str) -> list[str]:
    return [
        node.attrib["id"] for node in ET.fromstring(f"<root>{markup}</root>").iter() if "id" in node.attrib
    ]


def faults(markup: str) -> list[str]:
    """What a strict content security policy, a parser or a screen reader would hold against the markup."""
    root = ET.fromstring(f"<root>{markup}</root>")
    found = [f"<{node.tag}>" for node in root.iter() if node.tag in FORBIDDEN_TAGS]
    for node in root.iter():
        found += [name for name in node.attrib if name == "style" or name.startswith("on")]
        for value in node.attrib.values():
            found += [
                value
                for bad in ("nan", "inf")
                if bad in value.lower() and node.tag in ("path", "rect", "circle")
            ]
    known = ids(markup)
    if len(known) != len(set(known)):
        found.append("an id twice")
    for drawing in root.iter("svg"):
        if drawing.get("aria-hidden") != "true":
            references = (drawing.get("aria-labelledby", ""), drawing.get("aria-describedby", ""))
            found += [name for name in references if name not in known]
            if drawing.get("role") not in ("img", "group"):
                found.append("no role")
    return found


def boxes(drawing: ET.Element, *, enlarged: float | None = None) -> list[tuple[str, Box]]:
    """Text boxes in drawing units. `enlarged` is the letter size of narrow cards: minor labels are hidden
    there.
    """
    found: list[tuple[str, Box]] = []

    def walk(node: ET.Element, inherited: dict[str, str]) -> None:
        here = {**inherited, **{k: v for k, v in node.attrib.items() if k.startswith(("font-", "text-"))}}
        if node.tag == "text":
            classes = node.get("class", "").split()
            if not (enlarged and "minor" in classes):
                size = enlarged or float(here["font-size"])
                bold = "str" in classes or int(here.get("font-weight", "400")) >= 600
                place = float(node.attrib["x"]), float(node.attrib["y"])
                anchor = here.get("text-anchor", "start")
                found.append((node.text or "", text_box(node.text or "", *place, size, anchor, bold=bold)))
        for child in node:
            walk(child, here)

    walk(drawing, {})
    return found


def collisions(drawing: ET.Element, *, enlarged: float | None = None) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes overlap by more than a hair."""
    placed = boxes(drawing, enlarged=enlarged)
    found = []
    for index, (first, a) in enumerate(placed):
        for second, b in placed[index + 1 :]:
            wide = min(a.right, b.right) - max(a.left, b.left)
            tall = min(a.bottom, b.bottom) - max(a.top, b.top)
            if wide > 1 and tall > 2:
                found.append((first, second))
    return found
