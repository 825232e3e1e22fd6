"""Wide and narrow drawings of one chart. The style sheet shows the one that fits (`.wf`, `.wf-s` inside
`.chart`).
"""

# ruff: noqa: A002 (an element's `id` is called id)

from collections.abc import Callable
from typing import Literal

from .markup import Markup, identifier

Size = Literal["both", "wide", "narrow"]
Draw = Callable[[str, bool, str | None], Markup]


def variants(draw: Draw, *, id: str, size: Size) -> Markup:
    """Calls `draw(id, wide, classes)` for the sizes asked for.

    "both" belongs inside an element of class `chart`; a single size carries no class and shows everywhere
    (exports).
    """
    identifier(id)
    if size == "both":
        return Markup(draw(f"{id}-w", True, "wf") + draw(f"{id}-n", False, "wf-s"))
    return draw(id, size == "wide", None)
