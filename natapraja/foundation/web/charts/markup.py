"""Builds the elements of a chart as text that is always well formed and always escaped.

A chart carries no colour, no script and no style of its own: it names classes, and the style sheet of the
page decides. That is why this module refuses `style`, event attributes and unsafe links instead of trusting
its callers.
"""

# ruff: noqa: A001, A002 (an element's `id` is called id)

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape

Attribute = str | int | float | None

# Characters XML 1.0 (section 2.2) does not allow, among them lone surrogates, which also cannot be sent as
# UTF-8.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:")


class Markup(str):
    """Text that is markup already. Templates take it as it is (they ask for `__html__`)."""

    __slots__ = ()

    def __html__(self) -> "Markup":
        return self


NOTHING = Markup("")


def number(value: float) -> str:
    """A coordinate with at most one decimal: a tenth of a unit is below what a screen or a printer shows."""
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        raise ValueError("a coordinate must be a finite number")
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def escaped(text: str) -> str:
    """Text safe between tags and inside quoted attributes; characters XML forbids become U+FFFD."""
    return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text), quote=True)


def identifier(text: str) -> str:
    """The text itself if it can be the start of an `id`; raises ValueError otherwise."""
    if not _IDENTIFIER.fullmatch(text):
        raise ValueError(f"an id starts with a letter and holds letters, digits, _ and - only: {text!r}")
    return text


def safe_link(address: str) -> str:
    """A link within our host or to http(s); raises ValueError for any other scheme (`javascript:` and
    its kin).
    """
    if _SCHEME.match(address) and not address.lower().startswith(("https://", "http://")):
        raise ValueError("a link of a chart is a path, a query, a fragment or an http(s) address")
    return address


def element(tag: str, /, *children: str, **attributes: Attribute) -> Markup:
    """One element. Plain `str` children are escaped, `Markup` children are kept.

    `class_` becomes `class`, `text_anchor` becomes `text-anchor`; an attribute that is None is left out.
    Raises ValueError for `style`, `on...`, `<script>`, `<style>` and unsafe links.
    """
    if not _NAME.fullmatch(tag) or tag.lower() in {"script", "style", "foreignobject"}:
        raise ValueError(f"a chart holds no <{tag}>")
    written = "".join(_attribute(name, value) for name, value in attributes.items() if value is not None)
    inner = joined(children)
    return Markup(f"<{tag}{written}>{inner}</{tag}>" if inner else f"<{tag}{written}/>")


def joined(children: Iterable[str]) -> Markup:
    """Several pieces after one another, plain text escaped."""
    return Markup("".join(piece if isinstance(piece, Markup) else escaped(piece) for piece in children))


@lru_cache(maxsize=256)  # a table of villages writes thousands of attributes with a dozen names
def _attribute_name(name: str) -> str:
    name = name.removesuffix("_").replace("_", "-")
    if name == "style" or name.startswith("on") or not _NAME.fullmatch(name):
        raise ValueError(f"a chart holds no attribute {name!r}")
    return name


def _attribute(name: str, value: str | int | float) -> str:
    name = _attribute_name(name)
    if not isinstance(value, str):
        return f' {name}="{number(value)}"'
    if name == "href":
        value = safe_link(value)
    return f' {name}="{escaped(value)}"'


def drawing(
    width: float,
    height: float,
    *children: str,
    id: str,
    title: str,
    desc: str,
    classes: str | None = None,
    role: str = "img",
) -> Markup:
    """The outer `<svg>`: named by its title, described by a sentence that says the finding.

    `role` is "img" unless the drawing holds links, which an image may not: then it is "group".
    """
    id = identifier(id)
    return element(
        "svg",
        element("title", title, id=f"{id}-title"),
        element("desc", desc, id=f"{id}-desc"),
        *children,
        class_=classes,
        viewBox=f"0 0 {number(width)} {number(height)}",
        role=role,
        aria_labelledby=f"{id}-title",
        aria_describedby=f"{id}-desc",
    )


def text(
    content: str,
    x: float,
    y: float,
    *,
    size: float,
    classes: str | None = None,
    anchor: str | None = None,
    weight: int | None = None,
) -> Markup:
    """One line of text; `anchor` is "middle" or "end", nothing for the start."""
    return element(
        "text", content, class_=classes, font_size=size, font_weight=weight, x=x, y=y, text_anchor=anchor
    )


def path(d: str, classes: str | None = None, **attributes: Attribute) -> Markup:
    return element("path", class_=classes, **attributes, d=d)


def hatch(id: str, pitch: float = 7) -> Markup:
    """Slanted lines: the coverage is too low to conclude."""
    return element(
        "pattern",
        element("rect", class_="f-kain", width=pitch, height=pitch),
        path(f"M0 0V{number(pitch)}", "s-ink", stroke_width=pitch * 0.28),
        id=identifier(id), width=pitch, height=pitch,
        patternUnits="userSpaceOnUse", patternTransform="rotate(45)",
    )  # fmt: skip


def cloth(id: str) -> Markup:
    """Slanted lines on brown: a correction of data."""
    return element(
        "pattern",
        element("rect", class_="f-soga", width=7, height=7),
        path("M0 0V7", "s-kain", stroke_width=3),
        id=identifier(id), width=7, height=7, patternUnits="userSpaceOnUse", patternTransform="rotate(45)",
    )  # fmt: skip


def dots(id: str, pitch: float = 6) -> Markup:
    """Dots: a change of definition in a bridge, a small count withheld on a map."""
    return element(
        "pattern",
        element("rect", class_="f-kain", width=pitch, height=pitch),
        element("circle", class_="f-ink", cx=pitch / 2, cy=pitch / 2, r=pitch * 0.28),
        id=identifier(id), width=pitch, height=pitch, patternUnits="userSpaceOnUse",
    )  # fmt: skip
