"""The committed places of Boyolali, and what is said about a mistake in their files."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from natapraja.foundation.areas import definition
from natapraja.foundation.kernel.definitions import DefinitionError

FOLDER = Path(__file__).parents[3] / "definitions" / "boyolali" / "areas"


@pytest.fixture(scope="module")
def places() -> definition.Places:
    return definition.read(FOLDER)


def test_boyolali_has_its_kecamatan_desa_and_kelurahan(places: definition.Places) -> None:
    kinds = Counter(place.kind for place in places.places)
    assert (kinds["kabupaten"], kinds["kecamatan"], kinds["desa"], kinds["kelurahan"]) == (1, 22, 261, 6)


def test_the_fourth_part_of_a_village_code_tells_desa_from_kelurahan(places: definition.Places) -> None:
    for place in places.places:
        if place.level == "village":
            assert place.code[9] == {"kelurahan": "1", "desa": "2"}[place.kind], place.code


def test_every_village_has_a_point_in_central_java_and_a_postcode(places: definition.Places) -> None:
    for place in places.places:
        if place.level == "village":
            assert 110.3 < (place.lon or 0) < 110.9, place.code
            assert -7.7 < (place.lat or 0) < -7.0, place.code
            assert place.postcode.startswith("573"), place.code


def test_every_kecamatan_has_its_own_code_of_bps(places: definition.Places) -> None:
    codes = {place.code: place.bps_code for place in places.places if place.level == "district"}
    assert len(set(codes.values())) == 22
    assert (codes["33.09.20"], codes["33.09.21"], codes["33.09.22"]) == ("3309021", "3309041", "3309181")


def test_thirty_three_villages_were_recoded_between_four_kecamatan_and_three_new_ones(
    places: definition.Places,
) -> None:
    moved = [(past.code[:8], place.code[:8]) for place in places.places for past in place.past]
    assert Counter(moved) == {
        ("33.09.02", "33.09.20"): 10,  # Ampel to Gladagsari
        ("33.09.04", "33.09.21"): 10,  # Musuk to Tamansari
        ("33.09.17", "33.09.18"): 3,  # Kemusu to Wonosegoro
        ("33.09.18", "33.09.22"): 10,  # Wonosegoro to Wonosamodro
    }


def test_a_recoding_says_when_on_what_basis_and_how_sure_we_are(places: definition.Places) -> None:
    (decision,) = places.header.decisions
    assert decision.on == date(2019, 1, 16)
    assert "Permendagri 137/2017" in decision.basis
    assert "Kepmendagri 300.2.2-2430/2025" in decision.basis
    assert (decision.confidence, decision.status) == ("likely", "menunggu verifikasi")


def test_sumbung_has_its_seventeen_named_rt(places: definition.Places) -> None:
    rts = [place.now for place in places.places if place.level == "rt"]
    assert [rt.code[-3:] for rt in rts if ".001." in rt.code] == ["007", "008", "009", "010", "011"]
    assert sorted(rt.code[-3:] for rt in rts) == [f"{number:03}" for number in range(1, 18)]
    assert all(rt.code.startswith("33.09.03.2004.") and rt.hamlet for rt in rts)


# A table that is wrong says which line, what, and what to do.


@pytest.fixture
def spoiled(tmp_path: Path) -> Callable[[str, str, str], str]:
    """The sentence that reading gives after `before` was replaced by `after` in a file."""

    def read(name: str, before: str, after: str) -> str:
        for file in FOLDER.iterdir():
            (tmp_path / file.name).write_text(file.read_text())
        text = (tmp_path / name).read_text()
        assert before in text
        (tmp_path / name).write_text(text.replace(before, after, 1))
        with pytest.raises(DefinitionError) as caught:
            definition.read(tmp_path)
        return str(caught.value)

    return read


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("areas.csv", "33.09.03.2004,Sumbung,desa", "33.09.03.204,Sumbung,desa", "kolom code"),
        ("areas.csv", "2004,Sumbung,desa", "2004,Sumbung,kecamatan", "Tulis desa atau kelurahan"),
        ("areas.csv", "33.09.03.2004,Sumbung,desa", "33.09.03.2004,,desa", "kolom name kosong"),
        ("areas.csv", "33.09.03.2006,Jelok", "33.09.03.2005,Jelok", "ditulis dua kali"),
        ("areas.csv", "33.09.03.2006,Jelok", "33.09.77.2006,Jelok", "induknya 33.09.77 tidak ada"),
        ("areas.csv", "110.527077", "1105.27", "kolom lon bukan derajat"),
        ("areas.csv", "kodifikasi-2019,", "kodifikasi-2091,", "bukan id keputusan"),
        ("areas.csv", "57362,,,", "57362,,", "ada 8 kolom, seharusnya 9"),
        ("areas.csv", "code,name,kind", "kode,nama,jenis", "judul kolom bukan"),
        ("recodings.csv", "33.09.20.2001,", "33.09.20.2099,", "33.09.20.2099: kode ini tidak ada"),
        ("recodings.csv", ",kodifikasi-2019", ",lupa", "keputusan “lupa” tidak ada"),
        ("aliases.csv", "33.09.22,", "33.09.29,", "tidak ada di areas.csv"),
        ("neighbourhoods.csv", "33.09.03.2004.001.007", "33.09.03.2004", "bukan kode RW atau RT"),
        ("neighbourhoods.csv", "33.09.03.2004.001,RW", "33.09.03.2004.009,RW", "induknya 33.09.03.2004.001"),
        ("areas.toml", "on = 2019-01-16", "on = 2019-01-16\nat = 1", "areas.toml"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    spoiled: Callable[[str, str, str], str], name: str, before: str, after: str, told: str
) -> None:
    sentence = spoiled(name, before, after)
    assert told in sentence
    assert sentence.endswith(".")


def test_a_missing_table_is_told_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "areas.toml").write_text((FOLDER / "areas.toml").read_text())
    with pytest.raises(DefinitionError, match=r"recodings\.csv"):
        definition.read(tmp_path)
