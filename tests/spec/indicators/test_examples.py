"""The worked example beside each indicator gives the answer written there, in plain Python."""

import pytest

from natapraja.mcd.indicators.definition import Indicator

from .definitions_at_hand import indicators, rules
from .figures import figure, groups
from .plain import World

ALL = list(indicators().values())


@pytest.mark.parametrize("indicator", ALL, ids=[indicator.id for indicator in ALL])
def test_the_worked_example_gives_its_answer(indicator: Indicator):
    example = indicator.example
    world = World.of_tables(rules(), example.on, example.rows)
    found = figure(indicator, world, indicators(), example.inputs)
    expected = example.answer
    assert found.value == pytest.approx(expected.value, abs=0.5 * 10**-indicator.decimals)
    for part in ("numerator", "denominator", "base"):
        if (written := getattr(expected, part)) is not None:
            assert getattr(found, part) == pytest.approx(written), part
    for value, numerator in expected.groups.items():
        assert groups(indicator, world)[value] == numerator, f"group {value}"
