"""Axes end at numbers people say aloud, and labels never touch."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natapraja.foundation.web.charts.scale import Linear, drawable, nice_ticks, thinned, usable
from tests.unit.charts.reading import steady


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 65.5, (0, 20, 40, 60, 80)),
        (14.9, 21.2, (14, 16, 18, 20, 22)),
        (0, 1, (0, 0.25, 0.5, 0.75, 1)),
        (-2.1, 0.9, (-3, -2, -1, 0, 1)),
        (0, 0, (0, 0.25, 0.5, 0.75, 1)),
        (7, 7, (0, 5, 10, 15)),
        (-4, -4, (-6, -4, -2, 0)),
        (1_090_000, 1_096_612, (1_090_000, 1_092_000, 1_094_000, 1_096_000, 1_098_000)),
    ],
)
def test_ticks_are_round_and_enclose_the_figures(
    low: float, high: float, expected: tuple[float, ...]
) -> None:
    assert nice_ticks(low, high).values == pytest.approx(expected)


def test_ticks_of_counts_are_whole() -> None:
    assert nice_ticks(0, 2, whole=True).values == (0, 1, 2)
    assert nice_ticks(0, 9, whole=True).values == (0, 5, 10)


def test_labels_of_ticks_need_no_more_decimals_than_the_step() -> None:
    assert nice_ticks(0, 1).decimals == 2  # 0.25
    assert nice_ticks(0, 65.5).decimals == 0
    assert nice_ticks(0.1, 0.5, intervals=4).decimals == 1


@steady
@given(st.floats(-1e12, 1e12), st.floats(-1e12, 1e12))
def test_ticks_enclose_and_stay_few(low: float, high: float) -> None:
    kept_low, kept_high = usable(low) or 0.0, usable(high) or 0.0
    ticks = nice_ticks(kept_low, kept_high)
    span = max(abs(kept_low), abs(kept_high), 1e-9)
    assert ticks.low <= min(kept_low, kept_high) + 1e-6 * span
    assert ticks.high >= max(kept_low, kept_high) - 1e-6 * span
    assert 2 <= len(ticks.values) <= 8
    assert len(set(ticks.values)) == len(ticks.values)


def test_what_cannot_be_drawn_is_missing() -> None:
    assert drawable([1, None, math.nan, math.inf, -math.inf, 1e300, -2.5]) == (1.0, -2.5)
    assert usable(1e-300) == 0.0


def test_a_scale_is_a_straight_line() -> None:
    scale = Linear(10, 20, 100, 300)
    assert scale(15) == 100 + (15 - 10) / (20 - 10) * (300 - 100)
    assert scale.clamped(99) == 300
    assert Linear(5, 5, 0, 10)(5) == (0 + 10) / 2


def test_thinned_labels_keep_the_last_one_and_even_steps() -> None:
    places = [0.0, 30.0, 60.0, 90.0, 120.0]
    assert thinned([20] * 5, places, 5) == (0, 1, 2, 3, 4)
    assert thinned([40] * 5, places, 5) == (0, 2, 4)
    assert thinned([200] * 5, places, 5) == (4,)
    assert thinned([], [], 5) == ()
