"""Fitting rings of points into the frame of a map, and finding room for names on it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .lettering import Box, Spot, free_spot, text_box
from .strokes import Ring

WIDTH, TALLEST, MARGIN = 904, 1200, 14
AIR = 16.0  # between enlarged names, so that a small map is not covered with letters
FAR, NEAR = (
    21.0,
    34.0,
)  # letters on a wide card, and on a card below 26 rem where the style sheet enlarges them

# How far a name may step aside, in the order tried.
MOVES = ((0, 0), (0, -14), (0, 14), (0, -26), (0, 26), (-26, 0), (26, 0), (-40, 16), (40, -16))

Place = Callable[[Ring], Ring]


@dataclass(frozen=True, slots=True)
class Name:
    """A name that found room; a minor one is hidden on narrow cards."""

    text: str
    x: int
    y: int
    minor: bool


def fitting(rings: Iterable[Ring]) -> tuple[Place, int]:
    """A function that moves rings into a frame of 904 units, and the height of that frame.

    Equal points stay equal, so neighbours keep their common border.
    """
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _ in points] or [0], [y for _, y in points] or [0]
    left, top = min(xs), min(ys)
    wide, tall = max(max(xs) - left, 1), max(max(ys) - top, 1)
    factor = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
    shift = (WIDTH - factor * wide) / 2

    def place(ring: Ring) -> Ring:
        return tuple(
            (round(shift + (x - left) * factor), round(MARGIN + (y - top) * factor)) for x, y in ring
        )

    return place, round(tall * factor) + 2 * MARGIN


def extent(rings: Iterable[Ring]) -> Box | None:
    """The rectangle around rings."""
    points = [point for ring in rings for point in ring]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def middle(rings: Sequence[Ring]) -> tuple[int, int] | None:
    """The centre of gravity of the largest ring (the middle of its extent when it has no area)."""
    best: tuple[float, float, float] | None = None
    for ring in rings:
        double = sum_x = sum_y = 0.0
        for (x1, y1), (x2, y2) in pairwise((*ring, *ring[:1])):
            cross = x1 * y2 - x2 * y1
            double += cross
            sum_x += (x1 + x2) * cross
            sum_y += (y1 + y2) * cross
        if double and (best is None or abs(double) > best[0]):
            best = (abs(double), sum_x / (3 * double), sum_y / (3 * double))
    if best:
        return round(best[1]), round(best[2])
    box = extent(rings)
    return (round((box.left + box.right) / 2), round((box.top + box.bottom) / 2)) if box else None


def names(wanted: Sequence[tuple[str, int, int]], frame: Box, taken: Sequence[Box]) -> tuple[Name, ...]:
    """Places for names, the first wanted first: those that fit in enlarged letters, then minor ones between
    them.

    A name is moved a little to find room and left out when there is none.
    """
    found: list[Name] = []
    near, far = list(taken), list(taken)
    for minor, size in ((False, NEAR), (True, FAR)):
        done = {name.text for name in found}
        for text, x, y in wanted:
            if text in done or not text:
                continue
            spots = [Spot(x + dx, y + 7 + dy, "middle") for dx, dy in MOVES]
            place = free_spot(text, spots, far if minor else near, frame, size, bold=True)
            if place:
                spot = place[0]
                near.append(text_box(text, spot.x, spot.y, NEAR, "middle", bold=True).padded(AIR))
                far.append(text_box(text, spot.x, spot.y, FAR, "middle", bold=True))
                found.append(Name(text, round(spot.x), round(spot.y), minor))
    return tuple(found)


def free_corner(text: str, frame: Box, taken: Sequence[Box]) -> Spot | None:
    """A corner of the frame where a line of enlarged letters touches nothing; None if all are occupied."""
    low, high = frame.bottom - 0.35 * NEAR, frame.top + NEAR
    left, right = frame.left + 6, frame.right - 6
    spots = (Spot(right, low, "end"), Spot(left, high), Spot(right, high, "end"), Spot(left, low))
    place = free_spot(text, spots, taken, frame, NEAR)
    return place[0] if place else None
