"""States, names of columns, and how long it still takes: rules without a file and without a database."""

import pytest

from natapraja.mcd.intake import rules


def test_every_state_is_followed_by_states_of_the_table() -> None:
    assert {after for found in rules.NEXT.values() for after in found} <= set(rules.NEXT)


def test_every_state_leads_to_an_end() -> None:
    reached = {rules.DONE, rules.FAILED}
    for _ in rules.NEXT:
        reached |= {state for state, found in rules.NEXT.items() if set(found) & reached}
    assert reached == set(rules.NEXT)


@pytest.mark.parametrize(
    ("state", "following"), [(rules.DONE, rules.CHECKING), (rules.RECEIVED, rules.BELIEVING)]
)
def test_a_step_that_the_table_does_not_know_is_refused(state: str, following: str) -> None:
    with pytest.raises(rules.WrongStep):
        rules.step(state, following)


@pytest.mark.parametrize(
    "heading", ["tanggal_lahir", "Tanggal Lahir", " TANGGAL  LAHIR *", "Tanggal-lahir\u00a0"]
)
def test_a_heading_is_compared_by_its_letters(heading: str) -> None:
    assert rules.plain(heading) == "tanggallahir"


def test_a_heading_is_shown_without_anything_that_could_be_a_number_of_a_person() -> None:
    assert rules.shown_heading("NIK 3309010203909001\nlagi") == "NIK … lagi"
    assert rules.shown_heading("  ") == "(kosong)"
    assert len(rules.shown_heading("x" * 100)) == 40


def test_the_name_of_a_file_is_shown_without_a_number_of_a_person() -> None:
    assert rules.shown_name("../data/warga_3309010203909001.csv") == "warga_….csv"


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-5", "@x", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_calculate_is_made_harmless(cell: str) -> None:
    assert rules.neutral(cell) == "'" + cell


def test_any_other_cell_stays_as_it_is() -> None:
    assert [rules.neutral(cell) for cell in ("", "Contoh", "5-3", "'=x")] == ["", "Contoh", "5-3", "'=x"]


@pytest.mark.parametrize(
    ("line", "mark"),
    [("a,b,c", ","), ("a;b;c", ";"), ("a\tb\tc", "\t"), ("a;b;c,d,e,f,g", ";"), ("satu kolom", ",")],
)
def test_the_delimiter_is_the_one_that_finds_known_headings(line: str, mark: str) -> None:
    assert rules.best_delimiter(line, {"a", "b", "c"}) == mark


def test_what_is_left_is_reckoned_from_what_was_done() -> None:
    assert rules.seconds_left(20_000, 60_000, 10) == 10 * (60_000 - 20_000) / 20_000
    assert rules.seconds_left(0, 60_000, 10) is None
    assert rules.seconds_left(10, 60_000, 0.1) is None


def test_areas_become_half_open_ranges_of_codes() -> None:
    assert rules.spans(["33.09.03"]) == [("33.09.03.", "33.09.03/")]
    assert "33.09.03." < "33.09.03.2004.001.001" < "33.09.03/"
    assert not "33.09.03." < "33.09.030" < "33.09.03/"
