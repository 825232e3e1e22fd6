"""Figures that are not sums of their parts: median and Gini, from the rows themselves, village and above."""

from collections.abc import Iterator
from datetime import date, datetime

from natapraja.mcd.mart.engine import engine

from . import catalogue
from .compiler import Compiler, Moment
from .definition import Indicator, in_force

_LENGTHS = (13, 8, 5)


def measure(
    *, on: date, known: datetime, rules_on: date | None = None
) -> Iterator[tuple[str, str, float | None, int]]:
    """(indicator, area, value, rows counted) for every median and Gini under the rules of a day."""
    for indicator in catalogue.indicators().values():
        if indicator.kind in ("median", "gini"):
            yield from _one(indicator, on, known, catalogue.rules_of(rules_on or on))


def _one(
    indicator: Indicator, on: date, known: datetime, rules_on: date
) -> Iterator[tuple[str, str, float | None, int]]:
    from .actions import scan_of

    version = in_force(indicator.versions, rules_on)
    if version is None:
        return
    chosen = engine()
    compiler = Compiler(catalogue.schema(rules_on), Moment(on, known), scan_of(chosen, None))
    extras = {"value": str(version.value), "inside": version.denominator or "TRUE"}
    relation = compiler.relation(indicator.register, frozenset(), extras, where=indicator.id)
    for length in _LENGTHS:
        # The place of each value among those of its area: what both a median and a Gini are made of.
        compiler.ctes[f"ranked_{length}"] = (
            f"SELECT left(area, {length}) AS place, CAST(value AS DOUBLE) AS value, "  # noqa: S608 — numbers
            f"row_number() OVER (PARTITION BY left(area, {length}) ORDER BY value) AS i, "
            f"count(*) OVER (PARTITION BY left(area, {length})) AS n "
            f"FROM {relation} WHERE inside AND value IS NOT NULL"
        )
        measured = _GINI if indicator.kind == "gini" else "median(value)"
        sql = compiler.select(f"place, {measured} AS value, count(*) AS n", f"ranked_{length}", "GROUP BY place")
        for row in chosen.table(sql).to_pylist():
            yield indicator.id, row["place"], row["value"], row["n"]


# G = Σ (2i − n − 1) x_(i) / (n² · mean)   — regulations: BPS, ungrouped form
_GINI = "sum((2 * i - n - 1) * value) / nullif(max(n) * sum(value), 0)"
