"""The formulas give the numbers that were published, or worked out by hand, for the same inputs."""

import math
from fractions import Fraction

import pytest

from tests import formulas
from tests.formulas import DeprivedHousehold

SIXTH, EIGHTEENTH = Fraction(1, 6), Fraction(1, 18)
WEIGHTS = {
    **dict.fromkeys(("nutrition", "child_death", "schooling", "attendance"), SIXTH),
    **dict.fromkeys(("fuel", "sanitation", "water", "electricity", "housing", "assets"), EIGHTEENTH),
}
HOUSEHOLDS = [
    DeprivedHousehold(4, frozenset({"nutrition", "schooling", "fuel"})),
    DeprivedHousehold(7, frozenset({"child_death", "sanitation", "water", "housing", "fuel", "assets"})),
    DeprivedHousehold(5, frozenset({"schooling", "attendance"})),
    DeprivedHousehold(4, frozenset({"electricity", "water"})),
]


def test_human_development_of_indonesia_in_2018_is_the_published_71_39():
    """BPS, Berita Resmi Statistik IPM 2018: UHH 71.20, HLS 12.91, RLS 8.17, Rp11,059,000."""
    ipm = formulas.human_development(71.20, 12.91, 8.17, 11_059_000)
    assert round(ipm, 2) == 71.39


def test_human_development_is_the_cube_root_of_the_product_of_three_indices():
    health = (71.20 - 20) / (85 - 20)
    education = (12.91 / 18 + 8.17 / 15) / 2
    income = (math.log(11_059_000) - math.log(1_007_436)) / (math.log(26_572_352) - math.log(1_007_436))
    assert formulas.human_development(71.20, 12.91, 8.17, 11_059_000) == pytest.approx(
        (health * education * income) ** (1 / 3) * 100
    )


@pytest.mark.parametrize(
    ("alpha", "expected"),
    [
        (0, 2 / 4),
        (1, (200 / 500 + 50 / 500) / 4),
        (2, ((200 / 500) ** 2 + (50 / 500) ** 2) / 4),
    ],
    ids=["share of the poor 0.5", "depth 0.125", "severity 0.0425"],
)
def test_poverty_counts_only_who_is_strictly_below_the_line(alpha, expected):
    """Foster, Greer and Thorbecke (1984); the one with exactly 500 is not poor."""
    assert formulas.foster_greer_thorbecke([300, 450, 500, 700], 500, alpha) == pytest.approx(expected)


def test_a_third_made_of_two_sixths_reaches_the_cutoff_of_a_third():
    """Alkire and Foster (2011); Prakarsa's guide gives the same four households."""
    result = formulas.alkire_foster(HOUSEHOLDS, WEIGHTS, Fraction(1, 3))
    assert result.scores == (Fraction(7, 18), Fraction(8, 18), Fraction(6, 18), Fraction(2, 18))
    assert result.headcount == Fraction(4 + 7 + 5, 4 + 7 + 5 + 4)
    assert result.intensity == Fraction(4 * 7 + 7 * 8 + 5 * 6, 18 * (4 + 7 + 5))
    assert result.adjusted == Fraction(4 * 7 + 7 * 8 + 5 * 6, 18 * 20)
    assert [float(score) for score in result.scores] == pytest.approx(
        [0.3889, 0.4444, 0.3333, 0.1111], abs=5e-5
    )
    assert float(result.headcount) == 0.80
    assert float(result.intensity) == pytest.approx(0.3958333333, abs=1e-9)
    assert float(result.adjusted) == pytest.approx(0.3166666667, abs=1e-9)


def test_multidimensional_poverty_is_headcount_times_intensity_and_its_contributions_add_up_to_one():
    result = formulas.alkire_foster(HOUSEHOLDS, WEIGHTS, Fraction(1, 3))
    assert result.adjusted == result.headcount * result.intensity
    assert sum(result.contributions.values()) == 1
    assert result.contributions["schooling"] == Fraction(4 + 5, 6 * 20) / result.adjusted


def test_nobody_poor_makes_every_part_of_multidimensional_poverty_zero():
    result = formulas.alkire_foster([DeprivedHousehold(3, frozenset())], WEIGHTS, Fraction(1, 3))
    assert (result.headcount, result.intensity, result.adjusted) == (0, 0, 0)


def test_gini_of_one_two_three_four_is_a_quarter():
    assert formulas.gini([4, 2, 3, 1]) == pytest.approx(
        (-3 * 1 - 1 * 2 + 1 * 3 + 3 * 4) / (4 * (1 + 2 + 3 + 4))
    )
    assert formulas.gini([4, 2, 3, 1]) == pytest.approx(0.25)


def test_gini_is_zero_when_all_have_the_same_and_unknown_when_there_is_nothing():
    assert formulas.gini([7, 7, 7]) == pytest.approx(0)
    assert formulas.gini([0, 0]) is None
    assert formulas.gini([]) is None


def test_gini_of_groups_of_one_is_gini_of_persons():
    groups = [(1 / 4, amount / 10) for amount in (1, 2, 3, 4)]
    assert formulas.gini_grouped(groups) == pytest.approx(0.25)


def test_gini_of_two_groups_follows_the_published_sum():
    """Half the people have a quarter of the income: 1 − (0.5·0.25 + 0.5·(0.25 + 1))."""
    assert formulas.gini_grouped([(0.5, 0.25), (0.5, 0.75)]) == pytest.approx(
        1 - (0.5 * 0.25 + 0.5 * (0.25 + 1))
    )


def test_dependency_ratio_counts_the_young_and_the_old_for_a_hundred_in_between():
    assert formulas.dependency_ratio(young=24, productive=68, old=8) == pytest.approx((24 + 8) / 68 * 100)


def test_sex_ratio_of_boyolali_in_2021_comes_from_the_published_counts():
    """BPS by way of Dinas Kesehatan Jawa Tengah, mid-2021: 538,343 men and 531,904 women."""
    assert formulas.sex_ratio(538_343, 531_904) == pytest.approx(538_343 / 531_904 * 100)


def test_both_growth_rates_lead_from_the_census_of_2010_to_that_of_2020():
    """BPS: 930,531 in SP2010 and 1,062,713 in SP2020."""
    geometric = formulas.growth_geometric(930_531, 1_062_713, 10)
    exponential = formulas.growth_exponential(930_531, 1_062_713, 10)
    assert 930_531 * (1 + geometric) ** 10 == pytest.approx(1_062_713)
    assert 930_531 * math.exp(exponential * 10) == pytest.approx(1_062_713)
