"""Real villages, as many neighbourhoods as the people fill, and Sumbung always complete."""

import csv

import numpy as np
import pytest

from natapraja.foundation.kernel.identifiers import AreaCode
from natapraja.mcd.synthetic.calibration import load_calibration
from natapraja.mcd.synthetic.commands import real_places
from natapraja.mcd.synthetic.draws import Dice
from natapraja.mcd.synthetic.places import Neighbourhoods, lay_out, rt_rows
from tests.unit.synthetic.made import HOME, Regency

SUMBUNG = "33.09.03.2004"


def laid_out(people: int, seed: int = 1) -> Neighbourhoods:
    random = Dice(people, seed).stream("places")
    return lay_out(people, real_places(HOME), load_calibration(HOME), random)


def test_at_full_size_there_are_as_many_neighbourhoods_as_in_the_record() -> None:
    codes = laid_out(1_100_000).code
    assert len(codes) == len(set(codes)) == 6_632
    assert len({code[:17] for code in codes}) == 1_393
    assert sum(code.startswith("33.09.05.") for code in codes) == 480


@pytest.mark.parametrize("people", [5_000, 55_000, 300_000])
def test_with_fewer_people_every_village_still_has_a_neighbourhood(people: int) -> None:
    codes = laid_out(people).code
    assert len({code[:13] for code in codes}) == 267
    assert len(codes) >= max(267, 6_632 * people // 1_100_000)
    assert all(AreaCode.parse(code).level == "rt" for code in codes)


@pytest.mark.parametrize("people", [5_000, 55_000, 1_100_000])
def test_sumbung_always_has_its_seventeen_named_neighbourhoods(people: int) -> None:
    with (HOME / "areas" / "neighbourhoods.csv").open(encoding="utf-8") as file:
        real = {row["code"]: row["hamlet"] for row in csv.DictReader(file) if len(row["code"]) == 21}
    made = {row.code: row.hamlet for row in rt_rows(laid_out(people)) if row.code.startswith(SUMBUNG)}
    assert made == real
    assert len(real) == 17
    assert made[f"{SUMBUNG}.001.007"] == "Sambirejo"


def test_sumbung_is_lived_in_however_small_the_regency(regency: Regency) -> None:
    living = dict(
        regency.ask(f"SELECT area, count(*) FROM people WHERE area LIKE '{SUMBUNG}%' GROUP BY area")
    )
    assert len(living) == 17
    assert sum(living.values()) == pytest.approx(17 * 50, rel=0.1)


def test_the_people_of_a_district_are_divided_exactly_over_its_neighbourhoods() -> None:
    place = laid_out(55_000)
    wanted = load_calibration(HOME).districts["people"]
    found = np.bincount(place.district, place.people)
    assert found == pytest.approx(wanted * 55_000 / wanted.sum())


def test_only_real_neighbourhoods_carry_a_hamlet_name() -> None:
    named = [row for row in rt_rows(laid_out(55_000)) if row.hamlet]
    assert {row.code[:13] for row in named} == {SUMBUNG}
