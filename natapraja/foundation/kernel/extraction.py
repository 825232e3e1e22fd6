"""What a room offers to the columnar copy: named columns and the rows behind them, in its `extract.py`."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

# One row of a source, in this order; times are UTC text, `fields` is a JSON object of the declared columns.
ROW = ("unit", "area", "valid_from", "valid_to", "known_from", "known_to", "cause", "event", "fields")

Rows = Iterable[tuple[object, ...]]


@dataclass(frozen=True)
class Source:
    """A register as the mart sees it.

    `columns` maps a column to its SQL type; `rows(villages, units)` yields tuples in the order of ROW for
    the rows of these villages (all units when `units` is None). Nothing that names or places a person may
    be among the columns.
    """

    id: str
    columns: dict[str, str]
    rows: Callable[[Collection[str], Collection[int] | None], Rows]
