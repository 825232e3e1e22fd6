"""How much room text takes, and where labels can stand without touching one another.

The server cannot measure the reader's font. Widths are estimated on the wide side (between Plus Jakarta
Sans and its wider fallbacks), so that what fits here fits on the screen.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_THIN = frozenset("iljI.,:;'|!() ·’‘")
_SLIM = frozenset("tfr-–/°")
_BROAD = frozenset("mwMW@%—→↑")


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Estimated width of one line, in the units of `size`; text outside Latin and signs that cannot be
    shown count a full em each."""
    ems = 0.0
    for sign in text:
        if sign in _THIN:
            ems += 0.33
        elif sign in _SLIM:
            ems += 0.42
        elif sign in _BROAD:
            ems += 0.95
        elif not 0x1F < ord(sign) < 0x300 and sign not in "−”“":
            ems += 1.0
        else:
            ems += 0.74 if sign.isupper() else 0.62
    return ems * size * (1.12 if bold else 1.0)


def shortened(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, or its beginning with an ellipsis, so that it fits into `width`."""
    if text_width(text, size, bold=bold) <= width:
        return text
    kept = text
    while kept and text_width(kept.rstrip() + "…", size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…" if kept.strip() else ""


def wrapped(text: str, width: float, size: float, *, lines: int = 2, bold: bool = False) -> tuple[str, ...]:
    """At most `lines` lines that fit into `width`; what remains is cut with an ellipsis."""
    rows: list[str] = []
    row = ""
    for word in text.split():
        longer = f"{row} {word}".strip()
        if row and len(rows) < lines - 1 and text_width(longer, size, bold=bold) > width:
            rows.append(row)
            row = word
        else:
            row = longer
    if row:
        rows.append(row)
    return tuple(shortened(row, width, size, bold=bold) for row in rows)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that something already occupies."""

    left: float
    top: float
    right: float
    bottom: float

    def padded(self, air: float) -> "Box":
        return Box(self.left - air, self.top - air, self.right + air, self.bottom + air)

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def distance(self, x: float, y: float) -> float:
        """How far a point lies from the nearest edge; 0 inside."""
        return math.hypot(max(self.left - x, 0, x - self.right), max(self.top - y, 0, y - self.bottom))

    def within(self, other: "Box") -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


def text_box(text: str, x: float, y: float, size: float, anchor: str = "start", *, bold: bool = False) -> Box:
    """The rectangle a line of text fills when its baseline is at `y`."""
    width = text_width(text, size, bold=bold)
    left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
    return Box(left, y - 0.8 * size, left + width, y + 0.25 * size)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place a label may take: baseline start, middle or end."""

    x: float
    y: float
    anchor: str = "start"


def free_spot(
    text: str,
    spots: Iterable[Spot],
    taken: Sequence[Box],
    frame: Box,
    size: float,
    *,
    bold: bool = False,
) -> tuple[Spot, Box] | None:
    """The first spot whose box lies within the frame and meets nothing that is taken; None if there is
    none.
    """
    for spot in spots:
        box = text_box(text, spot.x, spot.y, size, spot.anchor, bold=bold)
        if box.within(frame) and not any(box.meets(other) for other in taken):
            return spot, box
    return None


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> tuple[float, ...]:
    """Moves labels on a line as little as needed so that neighbours keep `gap`; the order is kept.

    When they cannot all fit between `low` and `high` the gap shrinks evenly.
    """
    if not wanted:
        return ()
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    room = max(high - low, 0.0)
    gap = min(gap, room / max(len(wanted) - 1, 1))
    placed = [0.0] * len(wanted)
    previous = low - gap
    for index in order:
        previous = max(wanted[index], previous + gap)
        placed[index] = previous
    ceiling = high
    for index in reversed(order):
        placed[index] = min(placed[index], ceiling)
        ceiling = placed[index] - gap
    return tuple(placed)
