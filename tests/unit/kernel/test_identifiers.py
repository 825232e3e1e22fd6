"""Codes: what is refused and why, what only warns, what is never shown."""

import copy
import pickle
from datetime import date

import pytest

from natapraja.foundation.kernel.identifiers import (
    AgencyCode,
    AreaCode,
    FamilyCardNumber,
    Malformed,
    Nik,
    Period,
)

WOMAN = "3309034101909001"  # Uji: born 1 January 1990, day 1 + 40
MAN = "3309030101909001"


@pytest.mark.parametrize("kind", [Nik, FamilyCardNumber])
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "kosong"),
        ("   ", "kosong"),
        ("330903410190900", "terdiri dari 15 angka"),
        ("33090341019090011", "terdiri dari 17 angka"),
        ("33090341O1909001", "memuat tanda selain angka"),
        ("٣٣٠٩٠٣٤١٠١٩٠٩٠٠١", "memuat tanda selain angka"),
        ("3,30903E+15", "rusak menjadi notasi ilmiah"),
        ("3309034101909001.0", "terbaca sebagai angka desimal"),
        ("0000000000000000", "hanya berisi angka nol"),
        (3309034101909001, "bukan teks"),
    ],
)
def test_malformed_civil_numbers_are_refused_with_a_reason_and_a_remedy(kind, text, reason):
    with pytest.raises(Malformed) as refused:
        kind.parse(text)
    assert refused.value.reason == reason
    assert refused.value.remedy
    assert reason in str(refused.value)


def test_a_refusal_never_repeats_the_number():
    with pytest.raises(Malformed) as refused:
        Nik.parse("330903410190900")
    assert "33090" not in str(refused.value)
    assert "33090" not in repr(refused.value)


@pytest.mark.parametrize(
    "text", ["3309034101909001", " 3309034101909001 ", "33.09.03.410190-9001", "'3309034101909001"]
)
def test_separators_people_write_are_accepted(text):
    assert str(Nik.parse(text)) == WOMAN


def test_repr_masks_the_person():
    assert repr(Nik(WOMAN)) == "Nik(33••••••••••••01)"
    assert repr(FamilyCardNumber(WOMAN)) == "FamilyCardNumber(33••••••••••••01)"


def test_forty_is_added_to_the_day_of_women():
    assert (Nik(WOMAN).sex, Nik(MAN).sex) == ("P", "L")
    assert Nik(WOMAN).birth_dates() == Nik(MAN).birth_dates()


def test_the_century_is_ambiguous():
    assert Nik(MAN).birth_dates() == (date(1990, 1, 1), date(2090, 1, 1))
    assert Nik("3309032902009001").birth_dates() == (date(2000, 2, 29),)  # 1900 was no leap year


def test_a_number_that_agrees_with_the_record_has_no_deviations():
    assert Nik(WOMAN).deviations(date(1990, 1, 1), "P", {"33.09"}) == ()


@pytest.mark.parametrize(
    ("text", "born", "sex", "sentence"),
    [
        (WOMAN, date(1990, 1, 1), "L", "Jenis kelamin menurut NIK berbeda dengan jenis kelamin pada data."),
        (WOMAN, date(1990, 1, 2), "P", "Tanggal lahir pada NIK berbeda dengan tanggal lahir pada data."),
        ("3309033502909001", None, None, "Tanggal pada NIK bukan tanggal yang ada di kalender."),
        ("3309038101909001", None, None, "Tanggal pada NIK bukan tanggal yang ada di kalender."),
        ("3309033102909001", None, None, "Tanggal pada NIK bukan tanggal yang ada di kalender."),
        ("3309030101900000", None, None, "Nomor urut pada NIK 0000, padahal nomor urut dimulai dari 0001."),
        ("9909030101909001", None, None, "Kode wilayah pada NIK tidak ada dalam daftar kabupaten/kota."),
    ],
)
def test_deviations_warn_and_do_not_block(text, born, sex, sentence):
    assert Nik.parse(text).deviations(born, sex, {"33.09"}) == (sentence,)


def test_historic_region_codes_are_accepted_when_the_list_holds_them():
    timor_timur = Nik("5401030101809001")
    assert timor_timur.deviations(regions={"33.09", "54.01"}) == ()
    assert timor_timur.deviations(regions=None) == ()


def test_the_region_of_a_nik_is_where_it_was_first_registered():
    assert Nik(WOMAN).region == "33.09.03"


def test_a_family_card_carries_its_day_of_issue_without_forty():
    card = FamilyCardNumber("3309030507129001")
    assert date(2012, 7, 5) in card.issue_dates()
    assert card.deviations(date(2012, 7, 5), {"33.09"}) == ()
    assert card.deviations(date(2012, 7, 6)) == (
        "Tanggal terbit pada Nomor KK berbeda dengan tanggal terbit pada data.",
    )


@pytest.mark.parametrize("other", [FamilyCardNumber(WOMAN), WOMAN])
def test_different_kinds_refuse_to_be_compared(other):
    with pytest.raises(TypeError):
        Nik(WOMAN) == other  # noqa: B015
    with pytest.raises(TypeError):
        Nik(WOMAN) < other  # noqa: B015


def test_equal_codes_are_equal_hash_equal_and_sort():
    assert Nik(WOMAN) == Nik(WOMAN)
    assert len({Nik(WOMAN), Nik(WOMAN), FamilyCardNumber(WOMAN)}) == 1 + 1
    assert sorted([AreaCode("33.10"), AreaCode("33.09.03"), AreaCode("33.09")])[0] == AreaCode("33.09")
    assert Nik(WOMAN) != 5


def test_codes_cannot_be_changed_and_survive_copying():
    nik = Nik(WOMAN)
    with pytest.raises(AttributeError):
        nik._text = MAN
    assert pickle.loads(pickle.dumps(nik)) == copy.deepcopy(nik) == nik


@pytest.mark.parametrize(
    ("text", "level", "parent"),
    [
        ("33.09", "regency", None),
        ("33.09.03", "district", "33.09"),
        ("33.09.03.2014", "village", "33.09.03"),
        ("33.09.03.2014.002", "rw", "33.09.03.2014"),
        ("33.09.03.2014.002.007", "rt", "33.09.03.2014.002"),
    ],
)
def test_an_area_knows_its_level_and_its_parent(text, level, parent):
    code = AreaCode.parse(text)
    assert code.level == level
    assert code.parent == (None if parent is None else AreaCode(parent))


def test_ancestors_run_from_the_regency_down():
    assert [str(code) for code in AreaCode("33.09.03.2014.002.007").ancestors()] == [
        "33.09",
        "33.09.03",
        "33.09.03.2014",
        "33.09.03.2014.002",
    ]


def test_the_village_of_an_area():
    assert AreaCode("33.09.03.2014.002.007").village == AreaCode("33.09.03.2014")
    assert AreaCode("33.09.03").village is None


def test_an_area_contains_itself_and_what_lies_below_but_no_namesake():
    assert AreaCode("33.09.03").contains(AreaCode("33.09.03"))
    assert AreaCode("33.09.03").contains(AreaCode("33.09.03.2014.002"))
    assert not AreaCode("33.09.03").contains(AreaCode("33.09"))
    assert not AreaCode("33.09.03").contains(AreaCode("33.09.04"))


@pytest.mark.parametrize(
    ("text", "code"),
    [("3309", "33.09"), ("3309032014", "33.09.03.2014"), ("3309032014002007", "33.09.03.2014.002.007")],
)
def test_area_codes_without_dots_are_understood(text, code):
    assert str(AreaCode.parse(text)) == code


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "kosong"),
        ("33", "tidak mengikuti susunan kode Kemendagri"),
        ("33.9.3", "tidak mengikuti susunan kode Kemendagri"),
        ("33.09.03.2014.2", "tidak mengikuti susunan kode Kemendagri"),
        ("Cepogo", "tidak mengikuti susunan kode Kemendagri"),
        ("3309030014", "tampaknya kode BPS, bukan kode Kemendagri"),
        ("3309030", "tampaknya kode BPS, bukan kode Kemendagri"),
    ],
)
def test_malformed_area_codes_are_refused_with_a_reason(text, reason):
    with pytest.raises(Malformed) as refused:
        AreaCode.parse(text)
    assert refused.value.reason == reason


def test_agency_codes():
    assert str(AgencyCode.parse("dinkes-puskesmas-cepogo")) == "dinkes-puskesmas-cepogo"
    for text in ("", "Dinkes", "dinkes_2", "-dinkes", "dinkes--x"):
        with pytest.raises(Malformed):
            AgencyCode.parse(text)


@pytest.mark.parametrize(
    ("text", "first", "last", "label", "following"),
    [
        ("2026", "2026-01-01", "2026-12-31", "Tahun 2026", "2027"),
        ("2026-S2", "2026-07-01", "2026-12-31", "Semester II 2026", "2027-S1"),
        ("2026-Q1", "2026-01-01", "2026-03-31", "Triwulan I 2026", "2026-Q2"),
        ("2024-02", "2024-02-01", "2024-02-29", "Februari 2024", "2024-03"),
        ("2026-12", "2026-12-01", "2026-12-31", "Desember 2026", "2027-01"),
    ],
)
def test_a_period_knows_its_days_its_name_and_what_follows(text, first, last, label, following):
    period = Period.parse(text)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert period.label == label
    assert period.next() == Period(following)
    assert period.next().previous() == period
    assert period.contains(period.last)
    assert not period.contains(period.next().first)


def test_periods_are_written_one_way_and_sort_by_time():
    assert str(Period("2026-tw1")) == "2026-Q1"
    assert sorted([Period("2026-Q2"), Period("2026-02"), Period("2025")]) == [
        Period("2025"),
        Period("2026-02"),
        Period("2026-Q2"),
    ]
    assert Period.month_of(date(2026, 3, 13)) == Period("2026-03")


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-Q5", "2026-S3", "2026-3", "0000", "maret 2026"])
def test_malformed_periods_are_refused(text):
    with pytest.raises(Malformed):
        Period.parse(text)
