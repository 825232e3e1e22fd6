"""Numbers and sentences in the reader's language."""

from dataclasses import fields, replace
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natapraja.foundation.web import formats
from natapraja.foundation.web.charts.language import ENGLISH, ENGLISH_WORDS, INDONESIAN, Locale, Words
from tests.unit.charts.reading import steady


def test_numbers_follow_the_marks_of_the_language() -> None:
    assert INDONESIAN.number(1_096_612) == "1.096.612"
    assert INDONESIAN.number(17.44, 1) == "17,4"
    assert INDONESIAN.number(-0.2, 1) == "−0,2"
    assert INDONESIAN.percent(8.41) == "8,4%"
    assert ENGLISH.number(-1_096.6, 1) == "−1,096.6"


def test_half_is_rounded_away_from_nought_as_people_do() -> None:
    assert [INDONESIAN.number(value, 1) for value in (1.25, 1.35, -0.25)] == ["1,3", "1,4", "−0,3"]
    assert INDONESIAN.number(2.675, 2) == "2,68"
    assert INDONESIAN.number(0.5) == "1"
    assert INDONESIAN.number(float("nan")) == "–"


@pytest.mark.parametrize("locale", [INDONESIAN, ENGLISH])
def test_charts_have_no_way_of_their_own_to_write_a_number(
    locale: Locale, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "number", lambda value, *how, **more: f"{value} {how} {more}")
    assert locale.number(17.45, 1) == f"17.45 ('{locale.language}', 1) {{}}"
    assert locale.signed(96) == f"96 ('{locale.language}', 0) {{'signed': True}}"
    assert locale.percent(8.4) == f"8.4 ('{locale.language}', 1) {{}}%"


def test_zero_has_no_sign() -> None:
    assert INDONESIAN.number(-0.04, 1) == "0,0"
    assert INDONESIAN.signed(0.04, 1) == "0,0"
    assert INDONESIAN.signed(0) == "0"


def test_changes_carry_their_sign() -> None:
    assert (INDONESIAN.signed(96), INDONESIAN.signed(-212)) == ("+96", "−212")


def test_ranges_are_written_with_a_dash_and_with_words_below_zero() -> None:
    assert INDONESIAN.span(20, 35.6, 1) == "20,0–35,6"
    assert INDONESIAN.span(5, 5) == "5"
    assert INDONESIAN.span(-2, 3) == "−2 sampai 3"


def test_english_fills_the_same_blanks_as_indonesian() -> None:
    for field in fields(Words):
        blanks = [
            {name for _, name, _, _ in Formatter().parse(getattr(words, field.name)) if name}
            for words in (INDONESIAN.words, ENGLISH_WORDS)
        ]
        assert blanks[0] == blanks[1], field.name
        assert getattr(INDONESIAN.words, field.name)


def test_every_sentence_can_be_translated() -> None:
    loud = INDONESIAN.translated(str.upper)
    assert loud.words.schematic == "PETA SKEMATIK"
    assert loud.number(1.5, 1) == "1,5"


def test_another_threshold_is_another_word() -> None:
    assert INDONESIAN.why_withheld == "disamarkan: hitungan di bawah 5, dan sel yang dapat membukanya"
    ten = replace(INDONESIAN, words=replace(INDONESIAN.words, few="di bawah 10"))
    assert ten.why_withheld == "disamarkan: hitungan di bawah 10, dan sel yang dapat membukanya"


def test_a_withheld_cell_does_not_say_that_its_own_count_is_small() -> None:
    """It may be hidden only because a small one could be worked out from it."""
    assert (INDONESIAN.withheld, ENGLISH.withheld) == ("disamarkan", "withheld")


@steady
@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_a_printed_number_can_be_read_back(value: float, decimals: int) -> None:
    text = INDONESIAN.number(value, decimals)
    back = float(text.replace("−", "-").replace(".", "").replace(",", "."))
    assert abs(back - value) <= 0.5 * 10.0**-decimals * (1 + 1e-6) + 1e-15 * abs(value)
