"""Numbers, money, dates and times as each language writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import engines
from django.utils import translation

from natapraja.foundation.web import formats

DAY = date(2026, 11, 20)
MOMENT = datetime(2026, 11, 20, 7, 5, tzinfo=UTC)  # five past two in the afternoon in Boyolali


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (1_096_612, "1.096.612", "1,096,612"),
        (0, "0", "0"),
        (17.44, "17,4", "17.4"),
        (17.0, "17", "17"),
        (Decimal("0.05"), "0,1", "0.1"),
        (2.25, "2,3", "2.3"),  # a half goes up, as people round
        (0.1, "0,1", "0.1"),
        (-143, "−143", "−143"),
        (-0.04, "0,0", "0.0"),  # no minus before nought
        (Fraction(1, 3), "0,3", "0.3"),
        (None, "–", "–"),
        (float("nan"), "–", "–"),
    ],
)
def test_a_number_is_written_in_each_language(
    value: formats.Number | None, indonesian: str, english: str
) -> None:
    assert formats.number(value, "id") == formats.number(value, "jv") == indonesian
    assert formats.number(value, "en") == english


def test_a_number_has_as_many_decimals_as_asked() -> None:
    assert formats.number(17, decimals=1) == "17,0"
    assert formats.number(Decimal("17.445"), decimals=2) == "17,45"
    assert formats.number(1_234_567.891, "en", 0) == "1,234,568"


def test_a_movement_carries_its_sign() -> None:
    assert [formats.number(step, signed=True) for step in (96, -143, 0)] == ["+96", "−143", "0"]


def test_a_percentage_and_a_difference_of_percentages_are_not_the_same() -> None:
    assert formats.percent(Decimal("8.4")) == "8,4%"
    assert formats.percent(95, decimals=0) == "95%"
    assert formats.points(Decimal("-0.2")) == "−0,2 poin"
    assert formats.points(0.2, "en") == "0.2 points"
    assert formats.points(1, "en", 0) == "1 point"
    assert formats.percent(None) == formats.points(None) == "–"


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (15_000, "Rp15.000", "Rp15,000"),
        (999_999, "Rp999.999", "Rp999,999"),
        (412_000_000, "Rp412 juta", "Rp412 million"),
        (1_250_000, "Rp1,3 juta", "Rp1.3 million"),
        (2_400_000_000, "Rp2,4 miliar", "Rp2.4 billion"),
        (3_000_000_000_000, "Rp3 triliun", "Rp3 trillion"),
        (-15_000, "−Rp15.000", "−Rp15,000"),
        (None, "–", "–"),
    ],
)
def test_money_is_short_when_it_is_much(value: int | None, indonesian: str, english: str) -> None:
    assert formats.rupiah(value, "id") == indonesian
    assert formats.rupiah(value, "en") == english


def test_money_can_be_written_in_full() -> None:
    assert formats.rupiah(412_000_000, full=True) == "Rp412.000.000"


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("panjang", "20 November 2026"),
        ("pendek", "20 Nov 2026"),
        ("hari", "Jumat, 20 November 2026"),
        ("bulan", "November 2026"),
    ],
)
def test_a_date_has_four_styles(style: str, expected: str) -> None:
    assert formats.day(DAY, "id", style) == expected


def test_a_date_speaks_the_language_of_the_page() -> None:
    assert formats.day(date(2026, 5, 1), "id", "hari") == "Jumat, 1 Mei 2026"
    assert formats.day(date(2026, 5, 1), "en", "hari") == "Friday, 1 May 2026"
    assert formats.day(date(2026, 5, 1), "jv", "hari") == "Jemuwah, 1 Mei 2026"
    assert formats.day(date(2026, 5, 1), "nl", "hari") == "Jumat, 1 Mei 2026"


def test_an_open_end_is_not_a_date() -> None:
    assert formats.day(date.max) == formats.day(None) == "–"


def test_a_moment_is_shown_on_the_clock_of_the_regency() -> None:
    assert formats.clock(MOMENT) == "14.05 WIB"
    assert formats.clock(MOMENT, "en") == "14:05 WIB"
    assert formats.moment(MOMENT) == "20 Nov 2026, 14.05"
    assert formats.day(datetime(2026, 11, 20, 17, 30, tzinfo=UTC)) == "21 November 2026"
    assert formats.clock(None) == formats.moment(None) == "–"


def test_a_span_of_days_says_nothing_twice() -> None:
    assert formats.span(date(2026, 11, 9), date(2026, 11, 17)) == "9–17 November 2026"
    assert formats.span(date(2026, 10, 31), DAY) == "31 Oktober – 20 November 2026"
    assert formats.span(date(2025, 1, 1), date(2026, 12, 31)) == "1 Januari 2025 – 31 Desember 2026"
    assert formats.span(DAY, DAY) == "20 November 2026"


def test_the_filters_follow_the_language_of_the_page() -> None:
    template = engines["django"].from_string(
        "{{ n|number }} {{ n|signed }} {{ p|percent }} {{ p|points }} {{ n|rupiah }} "
        '{{ d|tanggal:"pendek" }} '
        "{{ m|waktu }} {{ m|saat }} {{ e|rentang:d }} {{ unknown|number }} {{ unknown|saat }}"
    )
    values = {"n": 1_096_612, "p": Decimal("8.4"), "d": DAY, "e": date(2026, 11, 9), "m": MOMENT}
    with translation.override("id"):
        assert template.render(values) == (
            "1.096.612 +1.096.612 8,4% 8,4 poin Rp1,1 juta 20 Nov 2026 14.05 WIB 20 Nov 2026, 14.05 "
            "9–20 November 2026 – –"
        )
    with translation.override("en"):
        assert template.render(values).startswith("1,096,612 +1,096,612 8.4% 8.4 points Rp1.1 million 20 Nov")


@pytest.mark.parametrize("value", [10.0**28, 10.0**300, Fraction(10**40, 3)])
def test_no_number_is_too_large_to_be_written(value: float | Fraction) -> None:
    whole = formats.number(value, "id", 0).replace(".", "")
    assert abs(int(whole) - int(value)) <= int(value) // 10**15
