"""The frame all maps are drawn in, WIDTH × HEIGHT whole numbers, and how a shape in it is written as a path."""

from collections.abc import Sequence

WIDTH, HEIGHT, MARGIN = 900, 1000, 12

Ring = tuple[tuple[int, int], ...]


def svg_path(shape: Sequence[Sequence[Sequence[int]]]) -> str:
    """The `d` of an SVG path (fill-rule evenodd) in relative whole steps: the shortest way to write it."""
    written: list[str] = []
    for ring in shape:
        (x, y), *rest = ring
        steps = [f"M{x} {y}"]
        for number, (next_x, next_y) in enumerate(rest):
            dx, dy = next_x - x, next_y - y
            steps.append(f"{'l' if number == 0 else '' if dx < 0 else ' '}{dx}{'' if dy < 0 else ' '}{dy}")
            x, y = next_x, next_y
        written.append("".join(steps) + "z")
    return "".join(written)
