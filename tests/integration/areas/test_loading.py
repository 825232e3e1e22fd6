"""Definition files become places; editing them never overwrites what was held."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from natapraja.foundation.areas import queries
from natapraja.foundation.areas.actions import Loaded, add_neighbourhoods
from natapraja.foundation.areas.models import Area, AreaAlias, AreaPeriod
from natapraja.foundation.areas.queries import UnknownArea
from natapraja.foundation.kernel.definitions import DefinitionError
from natapraja.foundation.ledger.models import Entry
from tests.integration.areas.conftest import AT, BY, Regency

NEXT_MONTH = datetime(2026, 12, 22, 3, tzinfo=UTC)


def test_boyolali_stands_with_all_its_places(boyolali: Callable[[], Loaded]) -> None:
    boyolali()
    counted = {
        kind: Area.objects.filter(kind=kind).count() for kind in ("kecamatan", "desa", "kelurahan", "rt")
    }
    assert counted == {"kecamatan": 22, "desa": 261, "kelurahan": 6, "rt": 17}


def test_loading_twice_changes_nothing_and_writes_nothing_in_the_ledger(
    boyolali: Callable[[], Loaded],
) -> None:
    first = boyolali()
    before = (
        Area.objects.count(),
        AreaPeriod.objects.count(),
        AreaAlias.objects.count(),
        Entry.objects.count(),
    )
    second = boyolali()
    after = (
        Area.objects.count(),
        AreaPeriod.objects.count(),
        AreaAlias.objects.count(),
        Entry.objects.count(),
    )
    assert first.changed
    assert not second.changed
    assert before == after


def test_every_place_stands_below_the_one_its_code_says(boyolali: Callable[[], Loaded]) -> None:
    boyolali()
    for area in Area.objects.exclude(level="regency").select_related("parent"):
        assert area.parent is not None
        assert area.code.rpartition(".")[0] == area.parent.code


def test_every_place_above_rw_has_an_outline(boyolali: Callable[[], Loaded]) -> None:
    assert boyolali().drawn == 1 + 22 + 267
    assert not Area.objects.exclude(level__in=("rw", "rt")).filter(shape=None).exists()
    assert set(Area.objects.exclude(shape=None).values_list("shape_source", flat=True)) == {"skematik"}


def test_a_changed_name_begins_today_and_the_old_one_is_still_found(regency: Regency) -> None:
    regency.load()
    regency.edit("areas.csv", "Uji Dua", "Uji Dua Baru")
    assert regency.load(NEXT_MONTH).renamed == 1
    assert queries.area("33.09.01.2002").name == "Uji Dua Baru"
    assert queries.area("33.09.01.2002", date(2026, 12, 21)).name == "Uji Dua"
    assert queries.area("33.09.01.2002", date(2026, 12, 22)).name == "Uji Dua Baru"
    assert [found.code for found in queries.find("Uji Dua")] == ["33.09.01.2002"]
    assert not regency.load(NEXT_MONTH + timedelta(days=1)).changed


def test_a_changed_code_keeps_the_place_its_parts_and_its_past(regency: Regency) -> None:
    regency.load()
    village = queries.area("33.09.01.2003")
    rows = [("33.09.01.2003.001.001", "", "Contoh", date(2015, 1, 1))]
    add_neighbourhoods(rows=rows, by=BY, at=AT)
    rt = queries.area("33.09.01.2003.001.001")
    regency.recode("33.09.01.2003", "33.09.02.2003", "Uji Tiga")
    regency.load(NEXT_MONTH)
    assert queries.area("33.09.02.2003").id == queries.area("33.09.01.2003").id == village.id
    assert queries.area("33.09.01.2003.001.001").code == "33.09.02.2003.001.001"
    assert queries.area("33.09.01.2003.001.001").id == rt.id
    assert queries.area("33.09.02.2003", date(2018, 6, 1)).code == "33.09.01.2003"
    for on, code in ((date(2018, 6, 1), "33.09.01.2003.001.001"), (None, "33.09.02.2003.001.001")):
        assert [rt.code for rt in queries.neighbourhoods("33.09.02.2003", on)] == [code]
    assert [part.code for part in queries.children("33.09.01")] == ["33.09.01.2001", "33.09.01.2002"]
    assert not regency.load(NEXT_MONTH).changed


def test_two_places_may_exchange_their_codes(regency: Regency) -> None:
    regency.load()
    first, second = queries.area("33.09.01.2001").id, queries.area("33.09.01.2002").id
    regency.recode("33.09.01.2001", "33.09.01.2009", "Uji Satu")
    regency.recode("33.09.01.2002", "33.09.01.2008", "Uji Dua")
    regency.load()
    assert (queries.area("33.09.01.2009").id, queries.area("33.09.01.2008").id) == (first, second)


def test_a_corrected_date_of_a_recoding_is_taken_over(regency: Regency) -> None:
    regency.recode("33.09.01.2003", "33.09.02.2003", "Uji Tiga")
    regency.load()
    regency.edit("areas.toml", "on = 2019-01-16", "on = 2019-03-01")
    regency.load(NEXT_MONTH)
    assert queries.area("33.09.02.2003", date(2019, 2, 1)).code == "33.09.01.2003"
    assert queries.area("33.09.02.2003", date(2019, 3, 1)).code == "33.09.02.2003"
    assert not regency.load(NEXT_MONTH).changed


def test_a_place_that_vanished_from_the_file_is_not_removed_but_asked_after(regency: Regency) -> None:
    regency.load()
    regency.edit("areas.csv", "33.09.02.2002,Uji Lima,desa,110.57,-7.54,57302,,,\n", "")
    with pytest.raises(DefinitionError, match="Desa Uji Lima ada di basis data tetapi barisnya hilang"):
        regency.load(NEXT_MONTH)
    assert queries.area("33.09.02.2002").name == "Uji Lima"


def test_a_dissolved_place_is_there_before_its_end_and_not_after(regency: Regency) -> None:
    regency.load()
    regency.edit("areas.csv", "110.57,-7.54,57302,,,", "110.57,-7.54,57302,,,2025-07-01")
    regency.load()
    assert queries.area("33.09.02.2002", date(2025, 6, 30)).name == "Uji Lima"
    with pytest.raises(UnknownArea, match="tidak ada pada 01-07-2025"):
        queries.area("33.09.02.2002", date(2025, 7, 1))
    assert [part.name for part in queries.children("33.09.02")] == ["Uji Empat"]


def test_a_moved_point_redraws_the_schematic_map(regency: Regency) -> None:
    regency.load()
    before = queries.shapes(["33.09.01.2001"])["33.09.01.2001"].path
    regency.edit("areas.csv", "110.50,-7.50", "110.49,-7.49")
    done = regency.load(NEXT_MONTH)
    assert (done.described, done.renamed) == (1, 0)
    assert queries.shapes(["33.09.01.2001"])["33.09.01.2001"].path != before


def test_a_corrected_postcode_is_not_a_new_name(regency: Regency) -> None:
    regency.load()
    regency.edit("areas.csv", "-7.52,57301", "-7.52,57309")
    done = regency.load(NEXT_MONTH)
    assert (done.described, done.renamed, done.drawn) == (1, 0, 0)
    assert queries.area("33.09.01.2002").postcode == "57309"


def test_a_mistake_in_a_file_leaves_everything_as_it_was(regency: Regency) -> None:
    regency.load()
    regency.edit("areas.csv", "Uji Satu,desa", "Uji Satu,kecamatan")
    entries = Entry.objects.count()
    with pytest.raises(DefinitionError, match=r"areas\.csv, baris 4: jenis “kecamatan” tidak cocok"):
        regency.load(NEXT_MONTH)
    assert Entry.objects.count() == entries
