"""Nobody in the invented regency can be taken for a real person."""

import pyarrow.compute as pc
import pytest

from natapraja.foundation.kernel.identifiers import FamilyCardNumber, Nik
from tests.unit.synthetic.made import Regency


def test_every_name_ends_with_a_marker(small: Regency) -> None:
    names = small.tables["people"].column("name").unique().to_pylist()
    assert len(names) > 1000
    unmarked = [name for name in names if name.rsplit(" ", 1)[-1] not in ("Contoh", "Sintetis")]
    assert unmarked == []


def test_every_name_has_a_word_before_the_marker(small: Regency) -> None:
    assert min(name.count(" ") for name in small.tables["people"].column("name").unique().to_pylist()) == 1


@pytest.mark.parametrize(("register", "column"), [("people", "nik"), ("families", "kk_number")])
def test_every_number_has_sixteen_digits_and_a_serial_from_9001(
    small: Regency, register: str, column: str
) -> None:
    numbers = small.tables[register].column(column).drop_null().unique()
    assert len(numbers) > 1000
    assert pc.all(pc.match_substring_regex(numbers, r"^33\d{10}9\d{3}$")).as_py()
    assert "9000" not in {number[12:] for number in numbers.to_pylist()}


def test_almost_every_nik_agrees_with_the_person_and_some_deviate_on_purpose(regency: Regency) -> None:
    rows = regency.ask("SELECT nik, birth_date, sex FROM people WHERE nik IS NOT NULL")
    deviating = sum(bool(Nik.parse(nik).deviations(born, sex)) for nik, born, sex in rows)
    assert 0 < deviating / len(rows) < 0.01


def test_a_few_people_share_a_nik_as_in_real_registries(regency: Regency) -> None:
    shared = regency.one(
        "SELECT count(*) FROM (SELECT nik FROM people GROUP BY nik HAVING count(*) > 1 AND nik IS NOT NULL)"
    )
    assert 0 < shared < 200


def test_some_babies_have_no_nik_yet(regency: Regency) -> None:
    without, all_of_them = regency.ask(
        "SELECT count(*) FILTER (nik IS NULL), count(*) FROM persons WHERE age < 1"
    )[0]
    assert 0 < without / all_of_them < 0.2


def test_family_card_numbers_are_unique(small: Regency) -> None:
    assert small.one("SELECT count(DISTINCT kk_number) - count(DISTINCT unit) FROM versions_families") == 0
    number = small.one("SELECT kk_number FROM families LIMIT 1")
    assert FamilyCardNumber.parse(number).deviations() == ()


def test_addresses_and_telephones_say_that_they_are_invented(small: Regency) -> None:
    assert small.one("SELECT count(*) FROM houses WHERE address NOT LIKE '%(alamat sintetis)'") == 0
    assert small.one("SELECT count(*) FROM people WHERE phone NOT LIKE '0000-______'") == 0
