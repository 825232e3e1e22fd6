"""What a room offers to the columnar copy: named columns and the rows behind them, in its `extract.py`."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

# One row of a source, in this order; times are UTC text, `fields` is a JSON object of the declared columns.
ROW = ("unit", "area", "valid_from", "valid_to", "known_from", "known_to", "cause", "event", "fields")

Rows = Iterable[tuple[object, ...]]


class Reading(Protocol):
    """Rows of a register in the order of ROW."""

    def __call__(
        self, areas: Collection[str] | None, units: Collection[int] | None = None, *, on: date | None = None
    ) -> Rows:
        """Of these areas and all below (None: wherever), of these units (None: all); every version, or on one day.

        `on`: only what is held now to be true on that day.
        """


@dataclass(frozen=True)
class Source:
    """A register as the mart sees it.

    `columns` maps a column to its SQL type. Nothing that names or places a person may be among them.
    """

    id: str
    columns: Mapping[str, str]
    rows: Reading
