"""Intervals, funnel limits and rank ranges against published values and sums done the long way."""

from math import comb, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from natapraja.foundation.web.charts.uncertainty import (
    funnel_limits,
    joint_level,
    overdispersion,
    rank_ranges,
    two_sided_z,
    wilson,
)
from tests.unit.charts.reading import steady

Z = 1.959963984540054


def at_most(k: int, n: int, p: float) -> float:
    """P(R <= k), term by term."""
    return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k + 1))


@pytest.mark.parametrize(
    ("events", "base", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_wilson_interval_agrees_with_published_values(
    events: int, base: int, low: float, high: float
) -> None:
    interval = wilson([events], [base])
    assert interval.low[0] == pytest.approx(low, abs=5e-5)
    assert interval.high[0] == pytest.approx(high, abs=5e-5)


def test_the_wilson_interval_is_the_formula_of_1927() -> None:
    r, n = 12, 80
    middle = (r / n + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z * sqrt((r / n) * (1 - r / n) / n + Z**2 / (4 * n**2)) / (1 + Z**2 / n)
    interval = wilson([r], [n])
    assert interval.low[0] == pytest.approx(middle - half)
    assert interval.high[0] == pytest.approx(middle + half)


def test_an_empty_base_has_no_interval_and_certain_shares_end_exactly() -> None:
    interval = wilson([0, 0, 7], [0, 7, 7])
    assert np.isnan(interval.low[0])
    assert np.isnan(interval.high[0])
    assert interval.low[1] == 0.0
    assert interval.high[2] == 1.0


@pytest.mark.parametrize(("events", "base"), [([-1], [5]), ([6], [5]), ([1, 2], [5])])
def test_counts_that_cannot_be_are_refused(events: list[int], base: list[int]) -> None:
    with pytest.raises(ValueError, match="base"):
        wilson(events, base)


def test_a_funnel_limit_is_the_interpolated_binomial_quantile() -> None:
    # Ten houses at one half: P(R <= 1) = 11/1024 < 0.025 <= P(R <= 2) = 56/1024, P(R = 2) = 45/1024.
    limits = funnel_limits([10], 0.5, 0.95)
    lower = (2 - (56 / 1024 - 0.025) / (45 / 1024)) / 10
    assert limits.low[0] == pytest.approx(lower)
    assert limits.high[0] == pytest.approx(1 - lower)


@steady
@given(st.integers(1, 120), st.floats(0.01, 0.99), st.sampled_from([0.95, 0.998]))
def test_outside_the_funnel_means_a_tail_below_half_of_what_is_left(
    n: int, rate: float, level: float
) -> None:
    limits = funnel_limits([n], rate, level)
    tail = (1 - level) / 2
    for k in range(n + 1):
        lower_tail, upper_tail = at_most(k, n, rate), 1 - (at_most(k - 1, n, rate) if k else 0.0)
        if min(abs(lower_tail - tail), abs(upper_tail - tail)) > 1e-9:
            assert (k / n < limits.low[0]) == (lower_tail < tail)
            assert (k / n > limits.high[0]) == (upper_tail < tail)


def test_large_areas_use_the_normal_limits() -> None:
    n, p = 200_000, 0.3  # variance 42,000
    limits = funnel_limits([n], p, 0.95)
    assert limits.low[0] == pytest.approx(p - Z * sqrt(p * (1 - p) / n))
    assert limits.high[0] == pytest.approx(p + Z * sqrt(p * (1 - p) / n))


def test_exact_and_normal_limits_meet_where_one_hands_over_to_the_other() -> None:
    p = 0.0174
    n = int(2_500 / (p * (1 - p)))
    below, above = funnel_limits([n], p, 0.998).high[0] - p, funnel_limits([n + 1], p, 0.998).high[0] - p
    assert below == pytest.approx(above, rel=0.02)


def test_limits_of_all_villages_equal_those_of_each_village() -> None:
    sizes = [0, 1, 37, 412, 412, 9_000]
    together = funnel_limits(sizes, 0.05, 0.998)
    for place, size in enumerate(sizes):
        alone = funnel_limits([size], 0.05, 0.998)
        assert together.low[place] == pytest.approx(alone.low[0], nan_ok=True)
        assert together.high[place] == pytest.approx(alone.high[0], nan_ok=True)


def test_where_nothing_happens_there_is_nothing_to_be_outside_of() -> None:
    limits = funnel_limits([50], 0.0)
    assert (limits.low[0], limits.high[0]) == (0.0, 0.0)


def test_inflation_widens_by_its_root() -> None:
    n, p = 100, 0.4
    limits = funnel_limits([n], p, 0.95, inflation=4.0)
    assert limits.high[0] == pytest.approx(p + Z * sqrt(4 * p * (1 - p) / n))


def test_a_rate_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        funnel_limits([10], 1.2)


def test_overdispersion_is_the_mean_squared_z_after_trimming() -> None:
    base, rate = np.full(10, 400), 0.5
    z = np.array([-3, -3, -2, -1, 0, 0, 1, 2, 3, 3])
    events = 200 + 10 * z
    assert overdispersion(events, base, rate, trimmed=0.0) == pytest.approx(float((z**2).mean()))
    assert overdispersion(np.full(10, 200), base, rate) == 1.0
    assert overdispersion([0], [0], rate) == 1.0


def test_levels_for_many_intervals_together_multiply_back() -> None:
    assert joint_level(0.95, 267) ** 267 == pytest.approx(0.95)
    assert two_sided_z(0.95) == pytest.approx(Z)
    with pytest.raises(ValueError, match=r"0\.95"):
        two_sided_z(95)


def test_ranks_count_the_areas_surely_above_and_surely_below() -> None:
    # One area far above, three that overlap, one far below, one about which nothing is known.
    low = [50, 20, 22, 25, 1, float("nan")]
    high = [60, 30, 32, 35, 5, float("nan")]
    first, last = rank_ranges(low, high)
    assert first.tolist() == [1, 1 + 1, 1 + 1, 1 + 1, 1 + 4, 1]
    assert last.tolist() == [6 - 4, 6 - 1, 6 - 1, 6 - 1, 6, 6]


@steady
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=40))
def test_rank_ranges_equal_the_count_done_pair_by_pair(ends: list[tuple[float, float]]) -> None:
    low, high = [min(pair) for pair in ends], [max(pair) for pair in ends]
    first, last = rank_ranges(low, high)
    for k in range(len(ends)):
        assert first[k] == 1 + sum(low[i] > high[k] for i in range(len(ends)))
        assert last[k] == len(ends) - sum(high[i] < low[k] for i in range(len(ends)))
