"""The regency at its real size: 1.1 million people, on a machine with time and memory."""

import pytest

from tests.unit.synthetic.made import Regency


@pytest.fixture(scope="module")
def whole() -> Regency:
    return Regency(people=1_100_000)


def test_there_are_as_many_people_and_neighbourhoods_as_in_the_record(whole: Regency) -> None:
    assert whole.one("SELECT count(*) FROM people") == pytest.approx(1_100_000, rel=0.01)
    assert len(whole.neighbourhoods) == 6_632
    assert whole.one("SELECT count(DISTINCT area) FROM people") == 6_632


def test_the_districts_hold_their_share(whole: Regency) -> None:
    table = whole.calibration.districts
    found = dict(whole.ask("SELECT left(area, 8), count(*) FROM people GROUP BY 1"))
    for code, weight in zip(table["code"], table["people"] / table["people"].sum(), strict=True):
        assert found[code] == pytest.approx(weight * 1_100_000, rel=0.02), code


def test_the_history_stays_within_four_million_rows(whole: Regency) -> None:
    assert sum(table.num_rows for table in whole.tables.values()) < 4_000_000
    assert whole.largest_chunk <= 200_000


def test_every_nik_is_unique_but_for_those_made_double_on_purpose(whole: Regency) -> None:
    shared = whole.one("SELECT count(*) - count(DISTINCT nik) FROM people WHERE nik IS NOT NULL")
    assert 0 < shared < 0.002 * 1_100_000
