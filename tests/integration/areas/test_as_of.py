"""Boyolali as it was: nineteen kecamatan in 2018, twenty-two since."""

import gzip
from collections.abc import Callable
from datetime import date

import pytest

from natapraja.foundation.areas import queries
from natapraja.foundation.areas.actions import Loaded
from natapraja.foundation.areas.queries import UnknownArea
from natapraja.foundation.kernel.identifiers import AreaCode, Malformed

THEN, SPLIT, TODAY = date(2018, 6, 30), date(2019, 1, 16), date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _loaded(boyolali: Callable[[], Loaded]) -> None:
    boyolali()


def test_a_village_code_of_2018_leads_to_the_same_place() -> None:
    old, new = queries.area("33.09.02.2012"), queries.area("33.09.20.2002")
    assert old == new
    assert (new.name, new.code) == ("Kaligentong", "33.09.20.2002")


def test_asking_as_of_2018_shows_the_old_code_and_the_old_kecamatan() -> None:
    assert queries.area("33.09.20.2002", THEN).code == "33.09.02.2012"
    above = [place.label for place in queries.ancestors("33.09.20.2002", THEN)]
    assert above == ["Kabupaten Boyolali", "Kecamatan Ampel"]
    assert [place.label for place in queries.ancestors("33.09.20.2002")][1] == "Kecamatan Gladagsari"


def test_the_new_code_begins_on_the_day_of_the_decision() -> None:
    assert queries.area("33.09.20.2002", date(2019, 1, 15)).code == "33.09.02.2012"
    assert queries.area("33.09.20.2002", SPLIT).code == "33.09.20.2002"


def test_there_were_nineteen_kecamatan_and_are_twenty_two() -> None:
    assert (len(queries.children("33.09", THEN)), len(queries.children("33.09"))) == (19, 22)


@pytest.mark.parametrize(
    ("kecamatan", "then", "now"),
    [
        ("33.09.02", 20, 20 - 10),
        ("33.09.04", 20, 20 - 10),
        ("33.09.17", 13, 13 - 3),
        ("33.09.18", 18, 18 + 3 - 10),
    ],
)
def test_the_old_kecamatan_lost_their_villages(kecamatan: str, then: int, now: int) -> None:
    assert (len(queries.children(kecamatan, THEN)), len(queries.children(kecamatan))) == (then, now)


def test_no_village_was_lost_or_won_by_the_split() -> None:
    def villages(on: date | None) -> set[int]:
        return {part.fact.id for district in queries.tree(on).parts for part in district.parts}

    assert len(villages(THEN)) == 267
    assert villages(THEN) == villages(None) == villages(TODAY)


def test_a_new_kecamatan_was_not_there_before() -> None:
    with pytest.raises(UnknownArea, match=r"33\.09\.20 tidak ada pada 30-06-2018"):
        queries.area("33.09.20", THEN)


def test_a_place_is_the_same_whether_asked_by_text_or_by_code() -> None:
    assert queries.area(AreaCode.parse("3309032004")) == queries.area("33.09.03.2004")


def test_an_unknown_code_and_a_malformed_one_are_two_different_answers() -> None:
    with pytest.raises(UnknownArea, match="tidak dikenal"):
        queries.area("33.09.77")
    with pytest.raises(Malformed):
        queries.area("Sumbung")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Wonosamudro", ["Kecamatan Wonosamodro"]),
        ("WONOSAMODRO", ["Kecamatan Wonosamodro"]),
        ("Boyolali", ["Kabupaten Boyolali", "Kecamatan Boyolali"]),
        ("kec. Boyolali", ["Kecamatan Boyolali"]),
        ("Siwodipuran", ["Kelurahan Siswodipuran"]),
        ("Selondoko", ["Desa Selodoko"]),
        ("33.09.17.2007", ["Desa Kauman"]),
        ("3309032004", ["Desa Sumbung"]),
        ("Plukisan", ["RT 016 Plukisan"]),
        ("tunggul", ["RT 004 Tunggul Wulung"]),
        ("Kembang Kuning", ["Desa Kembangkuning"]),
        ("gladaksari", ["Kecamatan Gladagsari"]),
        ("zzzz", []),
        ("", []),
    ],
)
def test_a_place_is_found_by_what_people_type(text: str, labels: list[str]) -> None:
    assert [place.label for place in queries.find(text)] == labels


def test_a_place_is_found_under_its_name_of_the_day() -> None:
    assert [place.code for place in queries.find("Kaligentong", THEN)] == ["33.09.02.2012"]
    assert queries.find("kecamatan Gladagsari", THEN) == ()


def test_the_rt_of_sumbung_stand_in_two_rw() -> None:
    codes = [rt.code for rt in queries.neighbourhoods("33.09.03.2004")]
    assert len(codes) == 17
    assert [code[-3:] for code in codes if ".001." in code] == ["007", "008", "009", "010", "011"]
    assert [part.label for part in queries.children("33.09.03.2004")] == ["RW 001", "RW 002"]
    assert queries.area("33.09.03.2004.001.007").label == "RT 007 Sambirejo"


def test_the_tree_ends_with_the_villages() -> None:
    assert queries.tree().parts[0].parts[0].parts == ()


def test_a_former_code_has_the_outline_of_the_place_it_became() -> None:
    found = queries.shapes(["33.09.02.2012", "33.09.20.2002", "33.09.03.2004.001.007", "33.09.77"])
    assert found["33.09.02.2012"].path == found["33.09.20.2002"].path
    assert set(found) == {"33.09.02.2012", "33.09.20.2002"}


def test_all_village_outlines_together_are_light_enough_for_a_public_page() -> None:
    villages = [part.fact.code for district in queries.tree().parts for part in district.parts]
    drawn = queries.shapes(villages)
    assert len(drawn) == 267
    assert len(gzip.compress("".join(shape.path for shape in drawn.values()).encode())) < 8_500
