"""The worked example beside each indicator gives its answer through the real engine, too."""

from datetime import date

import pytest

from natapraja.mcd.indicators import catalogue, queries, slow
from natapraja.mcd.indicators.actions import measure
from natapraja.mcd.indicators.definition import Indicator
from natapraja.mcd.indicators.measure import Matrix, rolled_up
from tests.builders.mart import LONG_AFTER, write_villages

ALL = list(catalogue.indicators().values())
PLACES = {each.id: f"33.09.{10 + index // 50}.{2001 + index % 50}" for index, each in enumerate(ALL)}
Measured = dict[str, dict[str, queries.Figure]]


@pytest.fixture(scope="module")
def measured(mart_home: object) -> tuple[Measured, dict[tuple[str, str, str], float]]:
    """Every example in a village of its own, measured with all others of its date: figures, and sums of groups."""
    found: Measured = {}
    sums: dict[tuple[str, str, str], float] = {}
    for on in {each.example.on for each in ALL}:
        today = [each for each in ALL if each.example.on == on]
        write_villages({PLACES[each.id]: each.example.rows for each in today})
        names = [each.id for each in ALL]
        figures = queries.as_of(names, "33.09", on=on, known=LONG_AFTER, level="village")
        for each in today:
            found[each.id] = figures.get(PLACES[each.id], {})
        for matrix in measure(on=on, known=LONG_AFTER):
            sums |= _groups(rolled_up(matrix, lengths=(13,)), on)
        for name, area, value, rows in slow.measure(on=on, known=LONG_AFTER):
            if len(area) == 13 and PLACES[name] == area:
                indicator = catalogue.indicators()[name]
                found[name][name] = queries._slow_figure(indicator, _row(name, area, value, rows, on))
    return found, sums


def _groups(matrix: Matrix, on: date) -> dict[tuple[str, str, str], float]:
    return {
        (area, cell.indicator, cell.group.partition("=")[2]): float(values[:, place].sum())
        for area, values in zip(matrix.areas, matrix.values, strict=True)
        for place, cell in enumerate(matrix.cells)
        if cell.part == "numerator" and cell.group.startswith(f"{_first_group(cell.indicator)}=")
    }


def _first_group(name: str) -> str:
    return next(iter(catalogue.indicators()[name].group_by), "")


def _row(name: str, area: str, value: float | None, rows: int, on: date) -> queries.SlowFigure:
    return queries.SlowFigure(indicator=name, area=area, value=value, rows=rows, on=on, known_at=LONG_AFTER)


IN_SQL = [each for each in ALL if each.example.rows]


@pytest.mark.parametrize("indicator", IN_SQL, ids=[each.id for each in IN_SQL])
def test_the_worked_example_gives_its_answer(indicator: Indicator, measured):
    figures, sums = measured
    figure, expected = figures[indicator.id][indicator.id], indicator.example.answer
    assert figure.value == pytest.approx(expected.value, abs=0.5 * 10**-indicator.decimals)
    for part in ("numerator", "denominator", "base"):
        written, found = getattr(expected, part), getattr(figure.number, part, None)
        if written is not None and found is not None:
            assert found == pytest.approx(written), part
    for value, numerator in expected.groups.items():
        assert sums[(PLACES[indicator.id], indicator.id, value)] == numerator, f"group {value}"


def test_every_indicator_over_a_register_has_an_example_that_runs_here():
    assert {each.id for each in ALL} - {each.id for each in IN_SQL} <= {
        each.id for each in ALL if each.kind == "formula"
    }
