"""The WHO growth standards turned round: from a z-score to the height or weight that has it.

Source: WHO Child Growth Standards 2006, LMS tables; Permenkes 2/2020 (lying below 24 months, then standing).
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .draws import Array

TURN = 24  # months: lying before, standing from then on
OLDEST_MONTHS = 60


@dataclass(frozen=True)
class GrowthTables:
    """L, M, S by [sex, row]: height by month, weight for length (45.0 cm on) and for height (65.0 cm on)."""

    by_month: Array
    by_length: Array
    by_height: Array
    first_length: float
    first_height: float


def load_growth_tables(path: Path) -> GrowthTables:
    """Read who_lms_under5.csv (indicator, table, sex, x_name, x, L, M, S)."""
    found: dict[tuple[str, str, str], list[tuple[float, float, float, float]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["indicator"], row["table"], "M" if row["sex"] in ("M", "L") else "F")
            found.setdefault(key, []).append(
                (float(row["x"]), float(row["L"]), float(row["M"]), float(row["S"]))
            )
    by_sex = ("M", "F")
    month = []
    for sex in by_sex:
        lying = {x: rest for x, *rest in found["lhfa", "0_2", sex]}
        standing = {x: rest for x, *rest in found["lhfa", "2_5", sex]}
        month.append([(lying if age < TURN else standing)[age] for age in range(OLDEST_MONTHS + 1)])
    length = [[rest for _, *rest in sorted(found["wfl", "0_2", sex])] for sex in by_sex]
    height = [[rest for _, *rest in sorted(found["wfh", "2_5", sex])] for sex in by_sex]
    return GrowthTables(
        np.array(month), np.array(length), np.array(height),
        min(found["wfl", "0_2", "M"])[0], min(found["wfh", "2_5", "M"])[0],
    )  # fmt: skip


def height_for(tables: GrowthTables, sex: Array, months: Array, z: Array) -> Array:
    """Height in cm (as it should be measured at that age) with this height-for-age z; L is 1."""
    _, median, spread = np.moveaxis(tables.by_month[sex, months], -1, 0)
    return np.asarray(median * (1 + spread * z))


def weight_for(tables: GrowthTables, sex: Array, months: Array, height: Array, z: Array) -> Array:
    """Weight in kg with this weight-for-length (below 24 months) or weight-for-height z."""
    lying: Array = np.asarray(months < TURN)
    step = np.where(lying, height - tables.first_length, height - tables.first_height) * 2
    last = np.where(lying, tables.by_length.shape[1] - 1, tables.by_height.shape[1] - 1)
    step = np.clip(step, 0, last - 1e-9)
    low = step.astype(np.int64)
    part = (step - low)[:, None]

    def lms(row: Array) -> Array:
        length = tables.by_length[sex, np.minimum(row, tables.by_length.shape[1] - 1)]
        standing = tables.by_height[sex, np.minimum(row, tables.by_height.shape[1] - 1)]
        return np.asarray(np.where(lying[:, None], length, standing))

    power, median, spread = np.moveaxis(lms(low) * (1 - part) + lms(low + 1) * part, -1, 0)

    def at(score: Array) -> Array:
        return np.asarray(median * np.maximum(1 + power * spread * score, 0.05) ** (1 / power))

    inner = at(np.clip(z, -3, 3))
    three, two = at(np.sign(z) * 3.0), at(np.sign(z) * 2.0)
    return np.asarray(
        np.where(np.abs(z) > 3, inner + (np.abs(z) - 3) * np.abs(three - two) * np.sign(z), inner)
    )
