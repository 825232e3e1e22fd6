"""Path data: lines and areas for charts, and rings in the shortest form for maps."""

from collections.abc import Iterable, Sequence

from .markup import number

Point = tuple[float, float]
Ring = tuple[tuple[int, int], ...]


def line(points: Iterable[Point]) -> str:
    """`M4 42L21 39`: straight pieces through all points; empty for no point."""
    return "".join(f"{'L' if index else 'M'}{number(x)} {number(y)}" for index, (x, y) in enumerate(points))


def area(upper: Sequence[Point], lower: Sequence[Point]) -> str:
    """The closed band between two lines that run from left to right."""
    return line([*upper, *reversed(lower)]) + "Z" if upper and lower else ""


def specks(points: Iterable[Point]) -> str:
    """Strokes without length: with round caps each is a dot, for a fifth of the bytes of a `<circle>`."""
    return "".join(f"M{number(x)} {number(y)}h0" for x, y in points)


def ring(points: Ring) -> str:
    """A closed ring of whole numbers in relative steps, the shortest path text there is.

    A last point equal to the first is left out, and so is a step of nothing.
    """
    if not points:
        return ""
    while len(points) > 1 and points[0] == points[-1]:
        points = points[:-1]
    (x, y), rest = points[0], points[1:]
    text = f"M{x} {y}"
    steps = ""
    for next_x, next_y in rest:
        if (next_x, next_y) == (x, y):
            continue
        for step in (next_x - x, next_y - y):
            steps += f" {step}" if steps and step >= 0 else str(step)
        x, y = next_x, next_y
    return f"{text}l{steps}z" if steps else f"{text}z"


def rings(parts: Iterable[Ring]) -> str:
    """Several rings (islands, holes) of one shape."""
    return "".join(ring(part) for part in parts)
