"""The bridge shows three parts that sum, or nothing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natapraja.foundation.web.charts.language import ENGLISH
from natapraja.foundation.web.charts.rounding import Number, units
from natapraja.foundation.web.charts.waterfall import Bridge, Level, check_sum, draw, shown_parts
from tests.unit.charts.reading import collisions, described, drawings, faults, only, steady, words


def bridge(
    start: Number | None, correction: Number, definition: Number, real: Number, end: Number, decimals: int = 0
) -> Bridge:
    return Bridge(
        Level("Terbit", "31 Okt", start),
        Level("Kini", "20 Nov", end),
        correction,
        definition,
        real,
        title="Yang bergerak bulan ini",
        decimals=decimals,
    )


UNFIT = bridge(5874, -212, 96, -143, 5874 - 212 + 96 - 143)


def test_the_figures_of_the_bridge_are_written_on_it_in_order() -> None:
    assert words(draw(UNFIT, id="b", size="wide")) == [
        "5.874", "Terbit", "31 Okt",
        "−212", "Koreksi", "data",
        "+96", "Perubahan", "definisi",
        "−143", "Perubahan", "nyata",
        "5.615", "Kini", "20 Nov",
    ]  # fmt: skip


def test_the_description_says_the_finding() -> None:
    title, desc = described(only(draw(UNFIT, id="b", size="narrow")))
    assert title == "Yang bergerak bulan ini"
    assert desc == (
        "5.874 (31 Okt); koreksi data −212; perubahan definisi +96; perubahan nyata −143; "
        "menjadi 5.615 (20 Nov)."
    )


def test_three_parts_have_three_textures() -> None:
    markup = draw(UNFIT, id="b", size="wide")
    assert 'fill="url(#b-cloth)"' in markup
    assert 'fill="url(#b-dots)"' in markup
    assert 'class="f-nila"' in markup


def test_parts_that_do_not_sum_are_refused_in_plain_words() -> None:
    with pytest.raises(ValueError, match=r"5\.874 dengan bagian −212, \+?96, −143 tidak menjadi 5\.616"):
        draw(bridge(5874, -212, 96, -143, 5616), id="b")


def test_exact_numbers_must_sum_exactly_and_floats_nearly() -> None:
    check_sum(bridge(Fraction(1, 3), Fraction(1, 3), Fraction(1, 3), 0, 1))
    check_sum(bridge(Decimal("0.1"), Decimal("0.1"), Decimal("0.1"), 0, Decimal("0.3")))
    check_sum(bridge(0.1, 0.1, 0.1, 0, 0.3))
    with pytest.raises(ValueError, match="tidak"):
        check_sum(bridge(Decimal("0.1"), 0, 0, 0, Decimal("0.10000000001")))
    with pytest.raises(ValueError, match="tidak"):
        check_sum(bridge(float("nan"), 0, 0, 0, 1))


def test_printed_parts_sum_to_the_printed_difference() -> None:
    # 18.2 - 0.66 + 0.30 - 0.44 = 17.4: rounded one by one the parts would give -0.7 + 0.3 - 0.4 = -0.8.
    assert shown_parts(bridge(18.2, -0.66, 0.3, -0.44, 17.4, 1)) == pytest.approx((-0.7, 0.3, -0.4))
    # 10.0 + 0.4 + 0.4 + 0.4 = 11.2: printed without decimals 10 to 11, so one of the three parts is printed
    # as 1.
    assert sorted(shown_parts(bridge(10.0, 0.4, 0.4, 0.4, 11.2))) == [0, 0, 11 - 10]


def test_a_part_that_is_nothing_is_printed_as_nothing() -> None:
    assert shown_parts(bridge(10.0, 0.0, 0.6, 0.0, 10.6)) == (0, 11 - 10, 0)


amounts = st.integers(-(10**9), 10**9)


@steady
@given(amounts, amounts, amounts, amounts)
def test_any_parts_that_sum_are_drawn_apart_from_one_another(a: int, b: int, c: int, d: int) -> None:
    markup = draw(bridge(a, b, c, d, a + b + c + d), id="b")
    assert faults(markup) == []
    assert [collisions(drawing) for drawing in drawings(markup)] == [[], []]


@steady
@given(amounts, amounts, amounts, amounts, st.integers(-(10**9), 10**9).filter(bool))
def test_any_parts_that_do_not_sum_are_refused(a: int, b: int, c: int, d: int, wrong: int) -> None:
    with pytest.raises(ValueError, match="tidak menjadi"):
        draw(bridge(a, b, c, d, a + b + c + d + wrong), id="b")


rates = st.decimals(-1000, 1000, places=4)


@steady
@given(rates, rates, rates, rates, st.integers(0, 3))
def test_the_printed_parts_always_sum(a: Decimal, b: Decimal, c: Decimal, d: Decimal, decimals: int) -> None:
    end = a + b + c + d
    parts = shown_parts(bridge(a, b, c, d, end, decimals))
    assert sum(parts) == pytest.approx(
        round(float(end), decimals) - round(float(a), decimals), abs=1.01 * 10**-decimals
    )
    assert sum(round(part * 10**decimals) for part in parts) == units(end, decimals) - units(a, decimals)


def test_a_small_movement_is_drawn_on_a_broken_base_and_a_large_one_from_zero() -> None:
    assert "s-kain nofill" in draw(UNFIT, id="b", size="wide")
    assert "s-kain nofill" not in draw(bridge(120, -40, 15, -30, 65), id="b", size="wide")


def test_without_an_earlier_publication_a_sentence_stands_there() -> None:
    markup = draw(bridge(None, 0, 0, 0, 5615), id="b")
    assert " ".join(words(markup)) == "Belum ada angka terbitan sebelumnya untuk dibandingkan."


def test_the_bridge_speaks_english() -> None:
    written = words(draw(UNFIT, id="b", locale=ENGLISH, size="narrow"))
    assert {"Data correction", "Change of definition", "Real change", "5,615"} <= set(written)
