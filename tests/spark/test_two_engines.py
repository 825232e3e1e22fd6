"""One SQL, two engines: what Spark measures is what DuckDB measures, figure by figure."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from natapraja.foundation.kernel.identifiers import Malformed
from natapraja.mcd.indicators import actions, catalogue, slow
from natapraja.mcd.indicators.measure import Cell, Matrix
from natapraja.mcd.mart.engine import engine
from tests.builders.mart import LONG_AFTER

from .conftest import VILLAGES, by

TODAY = max(catalogue.rule_days())
RULES = (TODAY, TODAY - timedelta(days=1))  # the newest rules, and those they replaced


@pytest.mark.parametrize("on", RULES, ids=str)
def test_every_sum_of_every_register_is_the_same(on: date):
    ours, theirs = by("duckdb", lambda: measured(on)), by("spark", lambda: measured(on))
    assert list(ours) == [plan.register for plan in catalogue.plans(catalogue.rules_of(on))]
    assert_same(ours, theirs)
    counted = {cell.indicator for matrix in ours.values() for cell in counted_cells(matrix)}
    assert len(counted) > 80  # nearly every indicator has something to count here


def test_a_few_villages_are_read_alone():
    ours, theirs = (by(name, lambda: measured(TODAY, VILLAGES[:2])) for name in ("duckdb", "spark"))
    assert {area[:13] for matrix in theirs.values() for area in matrix.areas} == set(VILLAGES[:2])
    assert_same(ours, theirs)


def test_medians_and_gini_are_the_same():
    ours, theirs = (by(name, summaries) for name in ("duckdb", "spark"))
    assert ours
    assert theirs == pytest.approx(ours, rel=1e-12)


def test_a_folder_may_have_a_quotation_mark_in_its_name(mart: Path):
    path = mart / "Jum'at.parquet"
    parquet.write_table(pa.table({"unit": [1, 2, 3]}), path)
    for name in ("duckdb", "spark"):
        chosen = by(name, engine)
        found = chosen.table(f"SELECT COUNT_IF(unit > 1) AS answer FROM {chosen.scan([str(path)])}")
        assert found.to_pylist() == [{"answer": 2}]


def test_an_engine_nobody_knows_is_refused_in_one_sentence():
    with pytest.raises(Malformed, match="NATA_ENGINE: mesin hitung tidak dikenal"):
        by("abacus", engine)


def measured(on: date, villages: tuple[str, ...] | None = None) -> dict[str, Matrix]:
    return {found.register: found for found in actions.measure(on=on, known=LONG_AFTER, villages=villages)}


def summaries() -> dict[tuple[str, str, str], float]:
    """Every median and Gini with the number of rows it stands on."""
    found = {}
    for name, area, value, rows in slow.measure(on=TODAY, known=LONG_AFTER):
        found[(name, area, "value")] = float("nan") if value is None else value
        found[(name, area, "rows")] = float(rows)
    return found


def counted_cells(matrix: Matrix) -> list[Cell]:
    return [cell for cell, column in zip(matrix.cells, matrix.values.sum(axis=(0, 1)), strict=True) if column]


def assert_same(ours: dict[str, Matrix], theirs: dict[str, Matrix]) -> None:
    """The same areas, groups and sums; sums of fractions may differ by the order of addition, counts may not."""
    assert list(ours) == list(theirs)
    for register, matrix in ours.items():
        other = theirs[register]
        assert (matrix.areas, matrix.splits, matrix.cells) == (other.areas, other.splits, other.cells)
        np.testing.assert_allclose(other.values, matrix.values, rtol=1e-12, atol=0, err_msg=register)
