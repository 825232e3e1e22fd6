"""The engine and the second implementation in plain Python agree on random populations, for all indicators at once."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median

import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from natapraja.mcd.indicators import catalogue, slow
from natapraja.mcd.indicators.actions import measure
from natapraja.mcd.indicators.measure import Matrix, rolled_up
from natapraja.mcd.registers.catalogue import code_lists
from tests.builders.mart import LONG_AFTER, write_villages
from tests.builders.populations import tables
from tests.spec.indicators import figures
from tests.spec.indicators.definitions_at_hand import rules
from tests.spec.indicators.plain import World

VILLAGES = tuple(f"33.09.0{kecamatan}.200{number}" for kecamatan in (1, 2) for number in (1, 2, 3))
Key = tuple[str, str, str, str, str]  # indicator, area, split, group, part


@pytest.fixture(scope="module", autouse=True)
def _mart_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("mart")
    with override_settings(DATA_DIR=home):
        yield home


def by_engine(matrices: list[Matrix]) -> dict[Key, float]:
    found: dict[Key, float] = {}
    for matrix in matrices:
        for area, rows in zip(matrix.areas, matrix.values, strict=True):
            for split, row in zip(matrix.splits, rows, strict=True):
                for cell, value in zip(matrix.cells, row, strict=True):
                    if value:
                        found[(cell.indicator, area, split, cell.group, cell.part)] = float(value)
    return found


def by_hand(on: date, worlds: dict[str, World]) -> dict[Key, float]:
    found: dict[Key, float] = defaultdict(float)
    known = {name: set(codes.values) for name, codes in code_lists().items()}
    for indicator in catalogue.indicators().values():
        if indicator.kind not in ("count", "ratio", "mean"):
            continue
        register = rules().registers[indicator.register]
        lists = {each.name: each.codes for each in (*register.fields, *register.derived)}
        for village, world in worlds.items():
            for (area, *rest), cell in figures.cells(indicator, world).items():
                split = str(rest.pop(0) or "") if register.split else ""
                place = f"{village}.001.{int(area):03d}"
                values = dict(zip(indicator.group_by, rest, strict=True))
                groups = [""] + [
                    f"{name}={value}"
                    for name, value in values.items()
                    if str(value) in known[str(lists[name])]
                ]
                for group in groups:
                    for part in ("numerator", "denominator", "base"):
                        found[(indicator.id, place, split, group, part)] += getattr(cell, part)
    return {key: value for key, value in found.items() if value}


@given(st.integers(0, 10**9), st.sampled_from([date(2026, 6, 30), date(2026, 9, 1)]))
@settings(max_examples=3, deadline=None)
def test_the_engine_and_plain_python_agree_on_every_cell_of_every_indicator(seed: int, on: date):
    texts = {village: tables(seed + place, unknown=place / 10) for place, village in enumerate(VILLAGES)}
    write_villages(texts)
    worlds = {village: World.of_tables(rules(), on, text) for village, text in texts.items()}
    matrices = measure(on=on, known=LONG_AFTER)
    expected = by_hand(on, worlds)
    assert len({indicator for indicator, *_ in expected}) > 80
    assert by_engine(matrices) == pytest.approx(expected, rel=1e-9)
    assert_areas_above_are_sums(matrices)
    assert_slow_figures_agree(on, worlds)


def assert_areas_above_are_sums(matrices: list[Matrix]) -> None:
    """A kecamatan is the sum of its villages, the regency the sum of everything."""
    for matrix in matrices:
        above = rolled_up(matrix)
        row = dict(zip(above.areas, above.values, strict=True))
        for area, values in row.items():
            inside = [row[each] for each in matrix.areas if each.startswith(area)]
            assert values == pytest.approx(sum(inside), rel=1e-12)
        assert {len(area) for area in above.areas} == {21, 17, 13, 8, 5}


def assert_slow_figures_agree(on: date, worlds: dict[str, World]) -> None:
    found = {(name, area): (value, rows) for name, area, value, rows in slow.measure(on=on, known=LONG_AFTER)}
    for indicator in catalogue.indicators().values():
        if indicator.kind not in ("median", "gini"):
            continue
        for village, world in worlds.items():
            expected = figures.figure(indicator, world)
            if expected.denominator:
                value, rows = found[(indicator.id, village)]
                assert rows == expected.denominator
                assert value == pytest.approx(expected.value)


def test_a_median_of_the_regency_is_not_a_median_of_medians():
    texts = {
        village: "key | area | monthly_income\n"
        + "\n".join(f"h{n} | 1 | {each}" for n, each in enumerate(incomes))
        for village, incomes in {VILLAGES[0]: [1, 1, 1, 1, 1], VILLAGES[3]: [2, 10]}.items()
    }
    people = "key | area | household | birth_date | sex\n" + "\n".join(
        f"p{n} | 1 | h{n} | 1980-01-01 | L" for n in range(5)
    )
    write_villages({village: {"households": text, "people": people} for village, text in texts.items()})
    names = [each.id for each in catalogue.indicators().values() if each.kind == "median"]
    rows = {
        area: value
        for name, area, value, _ in slow.measure(on=date(2026, 7, 1), known=LONG_AFTER)
        if name == names[0]
    }
    assert rows == {
        "33.09": median([1, 1, 1, 1, 1, 2, 10]),
        VILLAGES[0]: 1,
        VILLAGES[0][:8]: 1,
        VILLAGES[3]: (2 + 10) / 2,
        VILLAGES[3][:8]: (2 + 10) / 2,
    }
