"""The same people, seed and day give the same regency; another seed another one."""

from tests.unit.synthetic.made import Regency


def test_the_same_seed_gives_the_same_rows(small: Regency) -> None:
    again = Regency(people=5_000)
    for register, table in small.tables.items():
        assert table.equals(again.tables[register]), register


def test_another_seed_gives_other_people_in_the_same_villages(small: Regency) -> None:
    other = Regency(people=5_000, seed=2)
    assert not small.tables["people"].equals(other.tables["people"])
    villages = "SELECT DISTINCT village FROM versions_people ORDER BY 1"
    assert small.ask(villages) == other.ask(villages)


def test_no_table_is_larger_than_two_hundred_thousand_rows(regency: Regency) -> None:
    assert 0 < regency.largest_chunk <= 200_000
