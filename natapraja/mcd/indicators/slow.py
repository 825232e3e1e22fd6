"""Figures that are not sums of their parts: median and Gini, from the rows themselves, village and above."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

import numpy as np

from natapraja.mcd.mart.engine import engine

from . import catalogue
from .compiler import Compiler, Moment
from .definition import Indicator, in_force
from .measure import LENGTHS, PUBLIC_LEVELS
from .scanning import scan_of

Array = np.ndarray


def measure(
    *, on: date, known: datetime, rules_on: date | None = None
) -> Iterator[tuple[str, str, float | None, int]]:
    """(indicator, area, value, rows counted) for every median and Gini under the rules of a day."""
    for indicator in catalogue.indicators().values():
        if indicator.kind in SUMMARIES:
            yield from _one(indicator, on, known, catalogue.rules_of(rules_on or on))


def gini(values: Array) -> float | None:
    """G = Σ (2i − n − 1) x_(i) / (n² · mean) over rising values; the ungrouped form BPS uses. None when all is nought."""
    n, total = len(values), float(values.sum())
    ranks = 2 * np.arange(1, n + 1) - n - 1
    return float((ranks * values).sum() / (n * total)) if total else None


def median(values: Array) -> float | None:
    """The middle of rising values, or halfway between the two in the middle."""
    n = len(values)
    return float((values[(n - 1) // 2] + values[n // 2]) / 2) if n else None


SUMMARIES: Mapping[str, Callable[[Array], float | None]] = {"median": median, "gini": gini}


def _one(
    indicator: Indicator, on: date, known: datetime, rules_on: date
) -> Iterator[tuple[str, str, float | None, int]]:
    version = in_force(indicator.versions, rules_on)
    if version is None:
        return
    chosen = engine()
    compiler = Compiler(catalogue.schema(rules_on), Moment(on, known), scan_of(chosen, None))
    extras = {"value": str(version.value), "inside": version.denominator or "TRUE"}
    relation = compiler.relation(indicator.register, frozenset(), extras, where=indicator.id)
    columns = "left(area, 13) AS village, CAST(value AS DOUBLE) AS value"
    rows = chosen.table(compiler.select(columns, relation, "WHERE inside AND value IS NOT NULL"))
    villages = rows.column("village").to_numpy(zero_copy_only=False).astype("U13")
    values = rows.column("value").to_numpy()
    for length in (LENGTHS[level] for level in PUBLIC_LEVELS):
        places, numbers = np.unique(villages.astype(f"U{length}"), return_inverse=True)
        order = np.lexsort((values, numbers))
        starts = np.searchsorted(numbers[order], np.arange(len(places) + 1))
        for index, place in enumerate(places):
            own = values[order[starts[index] : starts[index + 1]]]
            yield indicator.id, str(place), SUMMARIES[indicator.kind](own), len(own)
