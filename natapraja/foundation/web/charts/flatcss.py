"""Turns our style sheets into the plain CSS that an SVG renderer without custom properties understands.

Kept: rules with simple selectors and the properties that colour a drawing, in the order of their layers,
with the values of the light theme put in. Left out: everything under @media, @container and other
conditions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIMPLE = re.compile(r"[\w.#*-]+(?:\s+[\w.#*-]+)*")
_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_KEPT = frozenset(
    (
        "fill",
        "stroke",
        "stroke-width",
        "stroke-linejoin",
        "stroke-linecap",
        "stroke-dasharray",
        "paint-order",
        "opacity",
        "fill-opacity",
        "font-family",
        "font-weight",
        "font-size",
    )
)
_DEPTH = 12  # tokens refer to tokens a few times at most; a circle must end


@dataclass(slots=True)
class _Sheet:
    tokens: dict[str, str] = field(default_factory=dict)
    layers: list[str] = field(default_factory=list)
    rules: list[tuple[str, str, str]] = field(default_factory=list)


def flattened(css: str) -> str:
    """Plain rules, weakest layer first. Broken CSS yields fewer rules, never an error."""
    sheet = _Sheet()
    _collect(_COMMENT.sub("", css), "", sheet)
    order = {name: place for place, name in enumerate(dict.fromkeys(sheet.layers))}
    lines: list[str] = []
    for _, selector, body in sorted(sheet.rules, key=lambda rule: order.get(rule[0], len(order))):
        kept = ";".join(_kept(body, sheet.tokens))
        names = ",".join(part.strip() for part in selector.split(",") if _SIMPLE.fullmatch(part.strip()))
        if kept and names:
            lines.append(f"{names}{{{kept}}}")
    return "\n".join(lines)


def tokens(css: str) -> dict[str, str]:
    """The custom properties of the light theme, resolved: `{"--nila": "#322c80", ...}`."""
    sheet = _Sheet()
    _collect(_COMMENT.sub("", css), "", sheet)
    return {name: _resolved(value, sheet.tokens) for name, value in sheet.tokens.items()}


def _collect(css: str, layer: str, sheet: _Sheet) -> None:
    for head, body in _blocks(css):
        if body is None:
            if head.startswith("@layer"):
                sheet.layers += [name.strip() for name in head.removeprefix("@layer").split(",")]
        elif head.startswith("@layer"):
            name = head.removeprefix("@layer").strip()
            sheet.layers.append(name)
            _collect(body, name, sheet)
        elif head == ":root":
            sheet.tokens.update(dict(_declarations(body)))
        elif not head.startswith("@"):
            sheet.rules.append((layer, head, body))


def _blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """Top-level pieces: (prelude, body) for blocks, (statement, None) for what ends in a semicolon."""
    start, depth, opened = 0, 0, 0
    quote = ""
    for place, sign in enumerate(css):
        if quote:
            quote = "" if sign == quote and css[place - 1] != "\\" else quote
        elif sign in "\"'":
            quote = sign
        elif sign == "{":
            if depth == 0:
                opened = place
            depth += 1
        elif sign == "}":
            depth = max(depth - 1, 0)
            if depth == 0:
                yield " ".join(css[start:opened].split()), css[opened + 1 : place]
                start = place + 1
        elif sign == ";" and depth == 0:
            yield " ".join(css[start:place].split()), None
            start = place + 1


def _declarations(body: str) -> Iterator[tuple[str, str]]:
    for piece in re.split(r""";(?=(?:[^"']|"[^"]*"|'[^']*')*$)""", body):
        name, colon, value = piece.partition(":")
        if colon:
            yield name.strip(), value.strip()


def _resolved(value: str, known: dict[str, str]) -> str:
    for _ in range(_DEPTH):
        changed = _VAR.sub(lambda found: known.get(found[1], (found[2] or "").strip()), value)
        if changed == value:
            break
        value = changed
    return value


def _kept(body: str, known: dict[str, str]) -> Iterator[str]:
    for name, value in _declarations(body):
        if name not in _KEPT:
            continue
        value = _resolved(value, known)
        if not value or "(" in value or (name == "font-size" and not value.endswith("px")):
            continue
        yield f"{name}:{value}"
