"""What stands where a chart would be when there is nothing to draw: a sentence, never an empty frame."""

# ruff: noqa: A002 (an element's `id` is called id)

from .lettering import wrapped
from .markup import Markup, drawing, text

WIDTH, SIZE, STEP = 340.0, 15.0, 22.0


def blank(*, id: str, title: str, sentence: str) -> Markup:
    """A small drawing that says in words why there is no chart."""
    lines = wrapped(sentence, WIDTH - 24, SIZE, lines=4)
    rows = [
        text(row, 12, 12 + SIZE + index * STEP, size=SIZE, classes="mut") for index, row in enumerate(lines)
    ]
    return drawing(
        WIDTH, 24 + STEP * max(len(lines), 1), *rows, id=id, title=title, desc=sentence, classes="blank"
    )
