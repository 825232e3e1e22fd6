"""RT and RW are added by the thousand and keep their first day."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from natapraja.foundation.areas import queries
from natapraja.foundation.areas.actions import Loaded, NeighbourhoodRow, add_neighbourhoods
from natapraja.foundation.areas.models import Area, AreaPeriod
from natapraja.foundation.kernel.identifiers import Malformed
from natapraja.foundation.ledger.models import Entry
from tests.integration.areas.conftest import AT, BY, Regency

BEGUN = date(2020, 1, 1)
LATER = datetime(2026, 12, 22, 3, tzinfo=UTC)


def add(*rows: NeighbourhoodRow, at: datetime = AT) -> Loaded:
    return add_neighbourhoods(rows=rows, by=BY, at=at)


@pytest.fixture(autouse=True)
def _loaded(regency: Regency) -> None:
    regency.load()


def test_an_rt_brings_its_rw_with_it() -> None:
    done = add(NeighbourhoodRow("33.09.01.2001.002.007", "", "Contoh", BEGUN))
    assert done.added == 2
    rt = queries.area("33.09.01.2001.002.007")
    assert (rt.label, rt.parent, rt.valid_from) == ("RT 007 Contoh", "33.09.01.2001.002", BEGUN)
    assert queries.area("33.09.01.2001.002").label == "RW 002"


def test_an_rw_is_as_old_as_its_oldest_rt() -> None:
    add(
        NeighbourhoodRow("33.09.01.2001.001.002", valid_from=date(2022, 5, 1)),
        NeighbourhoodRow("33.09.01.2001.001.001", valid_from=BEGUN),
    )
    assert queries.area("33.09.01.2001.001").valid_from == BEGUN


def test_adding_again_changes_nothing() -> None:
    row = NeighbourhoodRow("33.09.01.2001.001.001", "", "Contoh", BEGUN)
    add(row)
    entries = Entry.objects.count()
    again = add(row, NeighbourhoodRow("33.09.01.2001.001.001", valid_from=date(2024, 1, 1)))
    assert not again.changed
    assert Entry.objects.count() == entries


def test_a_new_name_of_the_dukuh_begins_today() -> None:
    add(NeighbourhoodRow("33.09.01.2001.001.001", "", "Contoh Lama", BEGUN))
    add(NeighbourhoodRow("33.09.01.2001.001.001", "", "Contoh Baru", BEGUN), at=LATER)
    assert queries.area("33.09.01.2001.001.001").hamlet == "Contoh Baru"
    assert queries.area("33.09.01.2001.001.001", date(2026, 12, 1)).hamlet == "Contoh Lama"


def test_an_rt_is_not_there_before_its_first_day() -> None:
    add(NeighbourhoodRow("33.09.01.2001.001.001", valid_from=BEGUN))
    assert queries.neighbourhoods("33.09.01.2001", date(2019, 12, 31)) == ()
    (rt,) = queries.neighbourhoods("33.09.01.2001", BEGUN)
    assert rt.code == "33.09.01.2001.001.001"


def test_a_village_that_is_not_loaded_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Desa 33\.09\.01\.2099 tidak dikenal"):
        add(NeighbourhoodRow("33.09.01.2099.001.001"))
    assert not Area.objects.filter(level="rt").exists()


@pytest.mark.parametrize("code", ["33.09.01.2001", "33.09"])
def test_only_rt_and_rw_are_neighbourhoods(code: str) -> None:
    with pytest.raises(ValueError, match="bukan kode RT atau RW"):
        add(NeighbourhoodRow(code))


def test_a_malformed_code_is_refused() -> None:
    with pytest.raises(Malformed):
        add(NeighbourhoodRow("RT 7"))


def test_nothing_to_add_is_no_work() -> None:
    assert not add().changed


def test_thousands_are_one_entry_in_the_ledger(boyolali: Callable[[], Loaded]) -> None:
    villages = Area.objects.standing().filter(level="village").values_list("code", flat=True)
    rows = [
        NeighbourhoodRow(f"{code}.{1 + number // 5:03}.{number + 1:03}", "", "Contoh", BEGUN)
        for code in villages
        for number in range(200)
    ]
    entries, periods = Entry.objects.count(), AreaPeriod.objects.count()
    done = add(*rows)
    assert done.added == 5 * (200 + 40)
    assert AreaPeriod.objects.count() - periods == done.added
    assert Entry.objects.count() - entries == 1
