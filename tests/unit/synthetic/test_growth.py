"""Heights and weights give back the z-scores they were made from, and the shares that were asked for."""

import csv

import numpy as np
import pytest

from natapraja.mcd.synthetic.growth import months_old
from natapraja.mcd.synthetic.who import height_for, load_growth_tables, weight_for
from natapraja.mcd.synthetic.world import day_number
from tests.unit.synthetic.made import GROWTH, Regency

BOY, GIRL = 0, 1


def standards() -> dict[tuple[str, str, str], dict[float, tuple[float, float, float]]]:
    found: dict[tuple[str, str, str], dict[float, tuple[float, float, float]]] = {}
    with GROWTH.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = (row["indicator"], row["table"], row["sex"])
            found.setdefault(key, {})[float(row["x"])] = (float(row["L"]), float(row["M"]), float(row["S"]))
    return found


def z_score(power: float, median: float, spread: float, value: float) -> float:
    return ((value / median) ** power - 1) / (power * spread)


def test_the_anchor_of_the_standard_comes_back() -> None:
    """Boy of 24 months, standing, z = -2.329: 87.1161 x (1 - 0.03507 x 2.329) = 80.0 cm."""
    height = height_for(load_growth_tables(GROWTH), np.array([BOY]), np.array([24]), np.array([-2.329]))
    assert height[0] == pytest.approx(87.1161 * (1 - 0.03507 * 2.329))
    assert height[0] == pytest.approx(80.0, abs=0.01)


@pytest.mark.parametrize(
    ("months", "height", "table"), [(10, 70.0, ("wfl", "0_2")), (40, 98.5, ("wfh", "2_5"))]
)
@pytest.mark.parametrize("z", [-2.5, -1.0, 0.0, 2.0])
def test_a_weight_gives_back_its_z_score(
    months: int, height: float, table: tuple[str, str], z: float
) -> None:
    weight = weight_for(
        load_growth_tables(GROWTH), np.array([GIRL]), np.array([months]), np.array([height]), np.array([z])
    )
    assert z_score(*standards()[*table, "F"][height], weight[0]) == pytest.approx(z)


def test_beyond_three_the_weight_goes_on_in_steps_of_the_last_standard_deviation() -> None:
    tables = load_growth_tables(GROWTH)

    def weight(z: float) -> float:
        return float(weight_for(tables, np.array([BOY]), np.array([30]), np.array([90.0]), np.array([z]))[0])

    assert weight(-3.5) == pytest.approx(weight(-3) - 0.5 * (weight(-2) - weight(-3)))


def test_completed_months_are_counted_by_the_calendar() -> None:
    born = np.array(["2024-01-31", "2024-02-29", "2024-03-15"], dtype="datetime64[D]").astype(int)
    day = np.datetime64("2024-04-15").astype(int)
    assert months_old(born, day).tolist() == [2, 1, 1]


def scores(regency: Regency) -> np.ndarray:
    """Height for age, weight for age and weight for height of every child under five."""
    table = standards()
    rows = regency.ask(
        """SELECT p.sex, p.birth_date, g.measured_on, g.height_cm, g.weight_kg, g.position FROM growth g
        JOIN persons p ON p.unit = g.person WHERE p.age < 5"""
    )
    found = []
    for sex, born, measured, height, weight, position in rows:
        sign = "M" if sex == "L" else "F"
        months = int(months_old(np.array([day_number(born)]), day_number(measured))[0])
        young = months < 24
        height += (
            0.7 if young and position == "standing" else -0.7 if not young and position == "lying" else 0.0
        )
        by_height = table["wfl" if young else "wfh", "0_2" if young else "2_5", sign]
        low = int(height * 2) / 2
        part = (height - low) * 2
        at = [a * (1 - part) + b * part for a, b in zip(by_height[low], by_height[low + 0.5], strict=True)]
        found.append(
            (
                z_score(*table["lhfa", "0_2" if young else "2_5", sign][months], height),
                z_score(*table["wfa", "0_5", sign][months], weight),
                z_score(*at, weight),
            )
        )
    return np.array(found)


def test_stunting_wasting_and_underweight_are_near_their_targets(regency: Regency) -> None:
    found = scores(regency)
    sane = found[np.abs(found[:, 0]) <= 6]
    stunting, underweight, wasting = (sane < -2).mean(axis=0) * 100
    fact = regency.calibration.fact
    assert stunting == pytest.approx(fact("stunting"), abs=1.2)
    assert wasting == pytest.approx(fact("wasting"), abs=1.0)
    assert underweight == pytest.approx(fact("underweight"), abs=1.5)
    assert sane.std(axis=0) == pytest.approx([1.0, 1.0, 1.0], abs=0.1)


def test_some_children_are_measured_the_wrong_way_round(regency: Regency) -> None:
    turned = regency.one(
        """SELECT avg((position =
        CASE WHEN date_diff('day', p.birth_date, g.measured_on) < 729 THEN 'standing' ELSE 'lying' END)::INT)
        FROM growth g JOIN people p ON p.unit = g.person"""
    )
    assert 0.01 < turned < 0.06


def test_children_of_five_are_no_longer_weighed(regency: Regency) -> None:
    oldest = regency.one(
        """SELECT max(date_diff('day', p.birth_date, g.measured_on))
        FROM growth g JOIN people p ON p.unit = g.person"""
    )
    assert oldest < 5 * 366
