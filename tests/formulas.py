"""The second implementation: the formulas of published method behind the indicators, as plain functions of numbers."""

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple


@dataclass(frozen=True)
class HumanDevelopmentBounds:
    """Least and greatest values of the human development index (BPS, new method)."""

    life: tuple[float, float] = (20.0, 85.0)  # years
    expected_schooling: tuple[float, float] = (0.0, 18.0)  # years
    mean_schooling: tuple[float, float] = (0.0, 15.0)  # years
    spending: tuple[float, float] = (1_007_436.0, 26_572_352.0)  # Rp a person a year, adjusted


def human_development(
    life: float,
    expected_schooling: float,
    mean_schooling: float,
    spending: float,
    bounds: HumanDevelopmentBounds | None = None,
) -> float:
    """IPM, 0 to 100: geometric mean of health, education and spending.

    life (UHH), expected_schooling (HLS) and mean_schooling (RLS) in years; spending in Rp a person a year.
    Source: BPS, IPM metode baru.
    """
    bounds = bounds or HumanDevelopmentBounds()
    health = _placed(life, bounds.life)
    education = (
        _placed(expected_schooling, bounds.expected_schooling)
        + _placed(mean_schooling, bounds.mean_schooling)
    ) / 2
    low, high = bounds.spending
    income = _placed(math.log(spending), (math.log(low), math.log(high)))
    return math.cbrt(health * education * income) * 100


def _placed(value: float, bounds: tuple[float, float]) -> float:
    low, high = bounds
    return (value - low) / (high - low)


def foster_greer_thorbecke(amounts: Sequence[float], line: float, alpha: int) -> float:
    """Poverty P_alpha of persons with these amounts: 0 share of the poor, 1 depth, 2 severity; all 0 to 1.

    Poor is strictly below the line. Source: Foster, Greer and Thorbecke (1984), as BPS uses it.
    """
    return sum(((line - amount) / line) ** alpha for amount in amounts if amount < line) / len(amounts)


class DeprivedHousehold(NamedTuple):
    size: int
    deprived: frozenset[str]


@dataclass(frozen=True)
class Multidimensional:
    """Multidimensional poverty of persons: headcount H, intensity A, M0 = H·A; one score a household."""

    scores: tuple[Fraction, ...]
    headcount: Fraction
    intensity: Fraction
    adjusted: Fraction
    contributions: Mapping[str, Fraction]  # each deprivation's part of M0; they add up to 1


def alkire_foster(
    households: Sequence[DeprivedHousehold], weights: Mapping[str, Fraction], cutoff: Fraction
) -> Multidimensional:
    """Poor is a household whose weighted deprivations reach the cut-off; its persons count.

    Weights add up to 1. Fractions, because 1/6 + 1/6 must reach a cut-off of 1/3.
    Source: Alkire and Foster (2011).
    """
    scores = tuple(sum((weights[each] for each in home.deprived), Fraction(0)) for home in households)
    poor = [(home, score) for home, score in zip(households, scores, strict=True) if score >= cutoff]
    persons = sum(home.size for home in households)
    poor_persons = sum(home.size for home, _ in poor)
    suffered = sum((home.size * score for home, score in poor), Fraction(0))
    adjusted = suffered / persons
    parts = {
        name: weight * sum(home.size for home, _ in poor if name in home.deprived) / persons
        for name, weight in weights.items()
    }
    return Multidimensional(
        scores=scores,
        headcount=Fraction(poor_persons, persons),
        intensity=suffered / poor_persons if poor_persons else Fraction(0),
        adjusted=adjusted,
        contributions={name: part / adjusted if adjusted else Fraction(0) for name, part in parts.items()},
    )


def gini(amounts: Sequence[float]) -> float | None:
    """Inequality of amounts, 0 (all alike) to almost 1; None when there is nothing to share.

    G = Σ (2i − n − 1)·x(i) / (n²·mean) over the sorted amounts.
    """
    total = math.fsum(amounts)
    if total <= 0:
        return None
    count = len(amounts)
    ranked = enumerate(sorted(amounts), start=1)
    return math.fsum((2 * rank - count - 1) * amount for rank, amount in ranked) / (count * total)


def gini_grouped(groups: Sequence[tuple[float, float]]) -> float:
    """Inequality from (share of persons, share of income) of groups from poor to rich; each adds up to 1.

    G = 1 − Σ f·(F + F before), with F the cumulated share of income. Source: BPS.
    """
    before = 0.0
    covered = 0.0
    for persons, income in groups:
        covered += persons * (2 * before + income)
        before += income
    return 1 - covered


def dependency_ratio(young: int, productive: int, old: int) -> float:
    """Persons of 0–14 and 65+ for each 100 persons of 15–64."""
    return (young + old) / productive * 100


def sex_ratio(men: int, women: int) -> float:
    """Men for each 100 women."""
    return men / women * 100


def growth_geometric(before: float, after: float, years: float) -> float:
    """Yearly growth as a share: (after/before)^(1/years) − 1."""
    return float((after / before) ** (1 / years)) - 1


def growth_exponential(before: float, after: float, years: float) -> float:
    """Yearly growth as a share, growing all the time: ln(after/before)/years."""
    return math.log(after / before) / years


class Lms(NamedTuple):
    """Box-Cox power, median and coefficient of variation of one point of a growth standard."""

    power: float
    median: float
    variation: float

    def at(self, z: float) -> float:
        """The measurement that lies z standard deviations from the median."""
        return self.median * math.pow(1 + self.power * self.variation * z, 1 / self.power)


GrowthStandard = Mapping[tuple[str, str, float], Lms]  # (index, sex "L" or "P", month or cm)

_WHO_SEX = {"M": "L", "F": "P"}
_STANDING_FROM = 24  # months; below it children are measured lying down
_WRONG_POSITION_CM = 0.7
_BY_HEIGHT = ("wfl", "wfh")


def growth_standard(lines: Iterable[str]) -> GrowthStandard:
    """The WHO 2006 tables from CSV with the columns indicator, table, sex, x, L, M, S.

    Month 24 of length/height-for-age stands in two tables; the standing one holds.
    """
    found: dict[tuple[str, str, float], Lms] = {}
    for row in csv.DictReader(lines):
        key = (row["indicator"], _WHO_SEX[row["sex"]], float(row["x"]))
        if key not in found or row["table"] == "2_5":
            found[key] = Lms(float(row["L"]), float(row["M"]), float(row["S"]))
    return found


def height_as_standard(height_cm: float, months: int, position: str | None) -> float:
    """Height as the standard wants it: lying below 24 months, standing from then on; 0.7 cm between the two.

    Source: WHO Child Growth Standards (2006); Permenkes 2/2020.
    """
    if position == "standing" and months < _STANDING_FROM:
        return height_cm + _WRONG_POSITION_CM
    if position == "lying" and months >= _STANDING_FROM:
        return height_cm - _WRONG_POSITION_CM
    return height_cm


def who_z(
    standard: GrowthStandard, index: str, sex: str, months: int, value: float, height_cm: float | None = None
) -> float | None:
    """Standard deviations between a child and the WHO median; None outside the tables.

    index: lhfa (cm), wfa (kg), or wfl, wfh (kg, with height_cm); sex "L" or "P"; months completed.
    Source: WHO Child Growth Standards: Methods and development (2006), chapter 7; Permenkes 2/2020.
    """
    if index in _BY_HEIGHT:
        lms = _between(standard, index, sex, height_cm)
    else:
        lms = standard.get((index, sex, float(months)))
    if lms is None:
        return None
    z = (math.pow(value / lms.median, lms.power) - 1) / (lms.power * lms.variation)
    if index == "lhfa" or abs(z) <= 3:
        return z
    edge = math.copysign(3.0, z)  # beyond it a weight is measured in steps of the last standard deviation
    step = abs(lms.at(edge) - lms.at(math.copysign(2.0, z)))
    return edge + (value - lms.at(edge)) / step


def _between(standard: GrowthStandard, index: str, sex: str, height_cm: float | None) -> Lms | None:
    """The point for a height to the nearest millimetre, on the line between two half centimetres."""
    if height_cm is None:
        return None
    millimetres = math.floor(height_cm * 10 + 0.5)
    below, beyond = divmod(millimetres, 5)
    low = standard.get((index, sex, below / 2))
    if low is None or beyond == 0:
        return low
    high = standard.get((index, sex, (below + 1) / 2))
    if high is None:
        return None
    part = beyond / 5
    return Lms(*(a + (b - a) * part for a, b in zip(low, high, strict=True)))
