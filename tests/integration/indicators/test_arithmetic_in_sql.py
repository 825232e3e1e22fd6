"""What plain arithmetic says, the compiled query says too."""

from datetime import date

import duckdb
import pytest

from natapraja.mcd.indicators import catalogue
from natapraja.mcd.indicators.compiler import Compiler, Moment
from tests.builders.mart import LONG_AFTER

DAY = date(2026, 11, 20)
ONE_HOUSE = """(SELECT 1 AS unit, 'a' AS area, 36 AS floor_area_m2, DATE '2020-01-01' AS valid_from,
    DATE '9999-12-31' AS valid_to, TIMESTAMP '2020-01-01' AS known_from, TIMESTAMP '9999-12-31' AS known_to)"""


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("floor_area_m2 / 4", 36 / 4),
        ("7 / 2", 3.5),
        ("floor_area_m2 / (floor_area_m2 - 36)", None),  # by nought: unknown, not endless
        ("COALESCE(1 / (floor_area_m2 - 36), 0)", 0),
    ],
)
def test_a_division_is_what_a_reader_would_reckon(expression: str, value: float | None):
    compiler = Compiler(
        catalogue.schema(catalogue.rules_of(DAY)), Moment(DAY, LONG_AFTER), lambda _: ONE_HOUSE
    )
    relation = compiler.relation("houses", frozenset(), {"value": expression})
    assert duckdb.sql(compiler.select("value", relation)).fetchall() == [(value,)]
