"""Laporan yang masuk akal: jawaban yang satu diperiksa terhadap yang lain."""

from datetime import date

import pytest

from natapraja.mcd.registers import rules

title = "Laporan yang masuk akal"
text = (
    "Setiap jawaban sudah diperiksa sendiri-sendiri; di sini jawaban diperiksa terhadap hari kejadian dan terhadap "
    "yang tercatat. Yang tidak mungkin ditolak dengan kalimat yang menyebut apa yang harus diperiksa."
)

BIRTHS = [
    # kind        event         born          what is said ("" = taken in)
    ("born",      "2026-11-20", "2026-11-20", ""),
    ("born",      "2026-11-20", "2026-11-21", "sesudah hari kejadian"),
    ("born",      "2026-11-20", "2027-11-20", "sesudah hari kejadian"),
    # 20 October to 20 November: 31 days
    ("born",      "2026-11-20", "2026-10-20", ""),
    ("born",      "2026-11-20", "2026-10-19", "pada hari lahirnya"),
    ("born",      "2026-11-20", "2016-11-20", "pada hari lahirnya"),
    ("moved_in",  "2026-11-20", "1980-05-17", ""),
    ("moved_in",  "2026-11-20", "2026-11-20", ""),
    ("moved_in",  "2026-11-20", "2026-11-21", "sesudah hari kejadian"),
    # 2026 - 120 = 1906
    ("moved_in",  "2026-11-20", "1906-01-01", ""),
    ("moved_in",  "2026-11-20", "1905-12-31", "lebih dari 120 tahun"),
    ("corrected", "2026-11-20", "1026-11-20", "lebih dari 120 tahun"),
    ("corrected", "2026-11-20", "2062-11-20", "sesudah hari kejadian"),
    ("changed",   "2026-11-20", "1980-05-17", ""),
]  # fmt: skip
MEASUREMENTS = [
    # report      measured      child born
    ("2026-11-20", "2026-11-20", "2024-01-01", ""),
    ("2026-11-20", "2026-11-03", "2024-01-01", ""),
    ("2026-11-20", "2026-11-21", "2024-01-01", "sesudah hari laporan"),
    ("2026-11-20", "2023-12-31", "2024-01-01", "sebelum anak ini lahir"),
    ("2026-11-20", "2026-11-20", "",           ""),
]  # fmt: skip
# A unit stood in RT 1 from 1 March to 1 June, and in RT 2 from 1 September on.
PLACES = [
    # day         RT  standing  in that RT
    ("2026-02-28", 1, False,    False),
    ("2026-03-01", 1, True,     True),
    ("2026-03-01", 2, True,     False),
    ("2026-05-31", 1, True,     True),
    ("2026-06-01", 1, False,    False),
    ("2026-09-01", 1, True,     False),
    ("2026-09-01", 2, True,     True),
]  # fmt: skip
BABY = {"name": "Contoh Bayi", "birth_date": "2026-11-20", "sex": "P", "household": 7}
TWICE = [
    # what is told differently     refused
    ({},                           True),
    ({"name": "contoh  BAYI"},     True),
    ({"name": "Contoh Bayi Dua"},  False),
    ({"sex": "L"},                 False),
    ({"birth_date": "2026-11-19"}, False),
    ({"household": 8},             False),
    ({"household": None},          False),
]  # fmt: skip


def outcome(act, *given: object, **named: object) -> str:
    try:
        act(*given, **named)
    except rules.Impossible as refused:
        return str(refused)
    return ""


def says(sentence: str, words: str) -> bool:
    return words in sentence if words else sentence == ""


@pytest.mark.parametrize(("kind", "event", "born", "words"), BIRTHS)
def test_a_day_of_birth_goes_with_the_event(kind: str, event: str, born: str, words: str) -> None:
    said = outcome(rules.check_birth, date.fromisoformat(born), kind=kind, on=date.fromisoformat(event))
    assert says(said, words), said


@pytest.mark.parametrize(("report", "measured", "born", "words"), MEASUREMENTS)
def test_a_measurement_lies_between_birth_and_report(
    report: str, measured: str, born: str, words: str
) -> None:
    said = outcome(
        rules.check_measuring,
        date.fromisoformat(measured),
        on=date.fromisoformat(report),
        born=date.fromisoformat(born) if born else None,
    )
    assert says(said, words), said


@pytest.mark.parametrize(("day", "area", "standing", "inside"), PLACES)
def test_what_is_named_stood_on_that_day(day: str, area: int, standing: bool, inside: bool) -> None:
    held = [
        rules.Held(1, 1, date(2026, 3, 1), date(2026, 6, 1), {}),
        rules.Held(2, 2, date(2026, 9, 1), rules.OPEN_DATE, {}),
    ]
    on = date.fromisoformat(day)
    found = outcome(rules.check_standing, held, on=on, field="household", label="Rumah tangga")
    assert says(found, "" if standing else "Rumah tangga: pada tanggal itu tidak ada di daftar")
    looked = outcome(rules.check_looked_at, held, on=on, area=area)
    assert says(looked, "" if inside else "tidak ada di RT itu")


@pytest.mark.parametrize(("told", "refused"), TWICE)
def test_the_same_baby_is_told_once(told: dict[str, object], refused: bool) -> None:
    said = outcome(rules.check_new_child, {**BABY, **told}, [{"name": "Contoh Warga"}, BABY])
    assert says(said, "Bila kembar, bedakan namanya" if refused else "")
