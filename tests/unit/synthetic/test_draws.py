"""Drawing by lot with exact totals."""

import numpy as np
import pytest

from natapraja.mcd.synthetic import draws


def test_apportioning_keeps_the_total_and_gives_the_rest_to_the_largest_remainders() -> None:
    # 10 x (1, 1, 2) / 4 = 2.5, 2.5, 5: one of the first two gets the last one.
    assert draws.apportion(np.array([1, 1, 2]), 10).tolist() == [3, 2, 5]


@pytest.mark.parametrize(("share", "marked"), [(0.0, 0), (0.25, 2), (1.0, 8)])
def test_the_top_share_is_exact(share: float, marked: int) -> None:
    assert draws.top(np.arange(8.0), share).sum() == marked


def test_the_top_by_weight_stops_when_the_share_is_held() -> None:
    marked = draws.top_weighted(np.array([3.0, 2.0, 1.0]), np.array([2, 2, 4]), 0.5)
    assert marked.tolist() == [True, True, False]


def test_a_parent_has_the_wanted_age_or_the_nearest_there_is() -> None:
    age = np.array([20, 30, 40])
    found = draws.parent_of(np.array([30, 33, 39]), age, np.array([1.0, 1.0, 1.0]), np.random.default_rng(1))
    assert age[found].tolist() == [30, 30, 40]


def test_nobody_becomes_a_parent_without_weight() -> None:
    age = np.array([30, 30])
    found = draws.parent_of(np.full(50, 30), age, np.array([0.0, 1.0]), np.random.default_rng(1))
    assert set(found.tolist()) == {1}


def test_ranks_count_within_each_group_in_the_order_of_the_rows() -> None:
    assert draws.rank_in_group(np.array([7, 5, 7, 7, 5])).tolist() == [0, 0, 1, 2, 1]


def test_cut_points_leave_the_asked_shares_between_them() -> None:
    cut = draws.normal_cuts(np.array([[0.5, 0.25, 0.25]]))[0]
    sample = np.random.default_rng(1).standard_normal(100_000)
    assert (sample < cut[0]).mean() == pytest.approx(0.5, abs=0.01)
    assert (sample > cut[1]).mean() == pytest.approx(0.25, abs=0.01)


def test_streams_of_different_subjects_are_independent_and_repeatable() -> None:
    dice = draws.Dice(5_000, 1)
    assert dice.stream("births").random() == dice.stream("births").random()
    assert dice.stream("births").random() != dice.stream("deaths").random()
    assert dice.stream("births").random() != draws.Dice(5_000, 2).stream("births").random()
