"""Z-scores of children agree with the anchors WHO prints and with an independent implementation."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from pygrowup import Observation

from tests.formulas import growth_standard, height_as_standard, who_z

TABLE = Path(__file__).parents[3] / "definitions/national/growth/who_lms_under5.csv"
SEX = {"L": Observation.MALE, "P": Observation.FEMALE}
BORN = date(2020, 1, 1)
HALF_A_DAY = 0.06  # of growth in the first month, in standard deviations


@pytest.fixture(scope="module")
def standard():
    return growth_standard(TABLE.read_text(encoding="utf-8").splitlines())


def measured(sex: str, months: int) -> Observation:
    """A child as pygrowup wants it, on the day its table for that month stands for."""
    return Observation(
        sex=SEX[sex], dob=BORN, date_of_observation=BORN + timedelta(days=int(months * 30.4375 + 0.5))
    )


@pytest.mark.parametrize(
    ("sex", "months", "median", "variation"),
    [
        ("L", 0, 49.8842, 0.03795),
        ("P", 0, 49.1477, 0.0379),
        ("L", 24, 87.1161, 0.03507),
        ("P", 24, 85.7153, 0.03764),
        ("L", 60, 109.9638, 0.04214),
        ("P", 60, 109.4233, 0.04347),
    ],
)
def test_the_standard_holds_the_heights_that_who_prints(standard, sex, months, median, variation):
    found = standard["lhfa", sex, months]
    assert (found.power, found.median, found.variation) == (1, median, variation)


def test_a_boy_of_24_months_standing_80_cm_is_stunted(standard):
    """The worked example of Permenkes 2/2020's standard: −2.329, between −3 and −2."""
    z = who_z(standard, "lhfa", "L", 24, 80.0)
    assert z == pytest.approx((80 - 87.1161) / (87.1161 * 0.03507))
    assert z == pytest.approx(-2.3292, abs=5e-5)


def test_height_measured_the_wrong_way_is_set_right_by_seven_millimetres():
    assert height_as_standard(75.0, 12, "standing") == pytest.approx(75.0 + 0.7)
    assert height_as_standard(90.0, 30, "lying") == pytest.approx(90.0 - 0.7)
    assert height_as_standard(75.0, 12, "lying") == 75.0
    assert height_as_standard(90.0, 30, "standing") == 90.0
    assert height_as_standard(90.0, 30, None) == 90.0


def test_outside_the_tables_there_is_no_score(standard):
    assert who_z(standard, "lhfa", "L", 61, 110.0) is None
    assert who_z(standard, "wfh", "L", 30, 12.0, 130.0) is None
    assert who_z(standard, "wfl", "P", 3, 5.0, None) is None


@pytest.mark.parametrize("sex", ["L", "P"])
@pytest.mark.parametrize(
    "share", [0.85, 0.95, 1.0, 1.05, 1.15], ids=lambda share: f"{share:.0%} of the median"
)
def test_height_and_weight_for_age_agree_with_pygrowup(standard, sex, share):
    """Theirs is a table by day, ours by month: at a month's end they differ by up to half a day's growth."""
    for months in range(1, 60):
        child = measured(sex, months)
        height = standard["lhfa", sex, months].median * share
        weight = standard["wfa", sex, months].median * share
        assert who_z(standard, "lhfa", sex, months, height) == pytest.approx(
            float(child.get_z_score("lfa", child.sex, Decimal(height), child.t)), abs=HALF_A_DAY
        )
        assert who_z(standard, "wfa", sex, months, weight) == pytest.approx(
            float(child.get_z_score("wfa", child.sex, Decimal(weight), child.t)), abs=HALF_A_DAY
        )


@pytest.mark.parametrize("sex", ["L", "P"])
@pytest.mark.parametrize("share", [0.65, 0.9, 1.1, 1.45], ids=lambda share: f"{share:.0%} of the median")
def test_weight_for_height_agrees_with_pygrowup_also_between_half_centimetres(standard, sex, share):
    child = measured(sex, 30)
    for millimetres in range(660, 1190, 7):
        height = millimetres / 10
        weight = standard["wfh", sex, round(height)].median * share
        theirs = child.get_z_score("wfh", child.sex, Decimal(weight), Decimal(millimetres) / 10)
        assert who_z(standard, "wfh", sex, 30, weight, height) == pytest.approx(float(theirs), abs=0.02)
