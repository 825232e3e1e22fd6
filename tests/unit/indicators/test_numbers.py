"""What a figure is: what cannot be made, what cannot be compared, what must add up."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from natapraja.mcd.indicators import rules
from natapraja.mcd.indicators.rules import Bridge, BrokenCascade, CascadeStep, Count, Incomparable, Index

DATED = {"on": date(2026, 7, 1), "known_at": datetime(2026, 7, 2, tzinfo=UTC), "unit": "persen"}


def rate(
    kind: str = "person", top: float = 1, bottom: float = 4, base: float = 5, per: int = 100
) -> rules.Rate:
    return rules.RATES[kind](numerator=top, denominator=bottom, base=base, per=per, **DATED)


def test_a_rate_is_its_numerator_over_its_denominator():
    assert rate(top=1 + 2, bottom=4).value == (1 + 2) / 4 * 100


@pytest.mark.parametrize("missing", ["unit", "on", "known_at", "numerator", "denominator", "base", "per"])
def test_a_rate_without_one_line_of_its_passport_cannot_be_made(missing: str):
    passport = {**DATED, "numerator": 1, "denominator": 4, "base": 5, "per": 100}
    del passport[missing]
    with pytest.raises(TypeError, match=missing):
        rules.PersonRate(**passport)


def test_a_rate_of_nobody_has_no_value():
    assert rate(top=0, bottom=0, base=0).value is None
    assert rate(top=0, bottom=0, base=0).coverage is None


def test_coverage_is_the_share_of_the_base_whose_answer_is_known():
    assert rate(bottom=4, base=5).coverage == 4 / 5


def test_a_figure_does_not_change():
    with pytest.raises(AttributeError):
        rate().numerator = 2


@pytest.mark.parametrize("kind", [kind for kind in rules.RATES if kind != "person"])
def test_a_share_of_persons_compares_with_no_other_share(kind: str):
    with pytest.raises(Incomparable, match="tidak dapat dibandingkan dengan"):
        rate(kind).minus(rate("person"))
    with pytest.raises(Incomparable):
        rate("person").minus(rate(kind))


def test_the_published_fall_of_poverty_cannot_be_computed():
    households, persons = rate("household", 1035, 10_000), rate("person", 807, 10_000)
    with pytest.raises(
        Incomparable, match="Bagian dari penduduk tidak dapat dibandingkan dengan Bagian dari rumah"
    ):
        persons.minus(households)


def test_a_count_and_a_rate_and_an_index_are_different_things():
    count = Count(numerator=3, base=3, **DATED)
    index = Index(measured=3.0, rows=3, **DATED)
    for one, other in ((count, rate()), (rate(), index), (index, count)):
        with pytest.raises(Incomparable):
            one.minus(other)


def test_two_rates_of_one_kind_differ_by_points():
    assert rate(top=3, bottom=4).minus(rate(top=1, bottom=4)) == (3 - 1) / 4 * 100


def test_different_units_are_not_subtracted():
    one = Count(numerator=3, base=3, **DATED)
    with pytest.raises(Incomparable):
        one.minus(Count(numerator=3, base=3, **{**DATED, "unit": "rumah"}))


def test_a_difference_with_something_unknown_is_refused():
    with pytest.raises(Incomparable, match="belum dapat dihitung"):
        rate().minus(rate(top=0, bottom=0))


P3KE = {"desil 1": 54_790, "desil 2": 44_431, "desil 3": 11_028, "desil 4": 290, "belum": 1_183}


def test_the_cascade_of_march_2023_adds_up_to_what_its_parts_say():
    whole = 54_790 + 44_431 + 11_028 + 290 + 1_183
    assert whole == 111_722
    rules.check_cascade([CascadeStep("P3KE Maret 2023", whole, P3KE)])


def test_the_printed_total_of_march_2023_is_refused_with_the_difference():
    with pytest.raises(BrokenCascade, match=r"berjumlah 111\.722, tetapi tertulis 111\.172, selisih 550"):
        rules.check_cascade([CascadeStep("P3KE Maret 2023", 111_172, P3KE)])


def test_one_broken_step_breaks_the_cascade():
    good = CascadeStep("satu", 3, {"a": 1, "b": 2})
    with pytest.raises(BrokenCascade, match="dua"):
        rules.check_cascade([good, CascadeStep("dua", 4, {"a": 1, "b": 2})])


def test_a_bridge_goes_through_correction_and_definition_to_what_is_real():
    bridge = Bridge.between(10, 9, 12, 15)
    assert (bridge.correction, bridge.definition, bridge.real) == (9 - 10, 12 - 9, 15 - 12)
    assert bridge.difference == 15 - 10
    assert bridge.sums


def test_a_bridge_of_thirds_sums_though_floats_do_not():
    steps = [float(Fraction(n, 3)) for n in (1, 2, 4, 10)]
    assert Bridge.between(*steps).sums


def test_a_bridge_whose_parts_miss_the_difference_says_so():
    assert not Bridge(start=1, correction=1, definition=1, real=1, end=5).sums
