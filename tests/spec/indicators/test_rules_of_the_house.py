"""What the definitions keep between them: units that never mix, ladders that add up, rules that change."""

from datetime import date
from fractions import Fraction

import pytest

from tests import formulas
from tests.formulas import DeprivedHousehold

from .definitions_at_hand import indicators, rules
from .figures import Figure, figure
from .plain import Place, World

MPI = {
    "mpi_nutrition": 3, "mpi_child_death": 3, "mpi_schooling": 3, "mpi_attendance": 3, "mpi_cooking_fuel": 1,
    "mpi_sanitation": 1, "mpi_water": 1, "mpi_electricity": 1, "mpi_housing": 1, "mpi_assets": 1,
}  # fmt: skip


def shown(name: str, *, on: date | None = None, rows_of: str | None = None) -> Figure:
    """A figure over the rows of an example, its own or another's, on the example's day or another."""
    example = indicators()[rows_of or name].example
    world = World.of_tables(rules(), on or example.on, example.rows)
    return figure(indicators()[name], world, indicators(), example.inputs)


def test_unfit_houses_rise_when_one_failing_part_is_enough_although_no_house_changed():
    before, after = date(2026, 6, 30), date(2026, 7, 1)
    assert shown("unfit_houses", on=before).value == pytest.approx(1 / 3 * 100)
    assert shown("unfit_houses", on=after).value == pytest.approx(3 / 4 * 100)
    assert shown("unfit_house_count", on=before).value == 1
    assert shown("unfit_house_count", on=after).value == 3


def test_the_changed_rule_says_that_it_is_an_example_and_no_regulation():
    for name in ("unfit_houses", "unfit_house_count"):
        changed = indicators()[name].versions[-1]
        assert changed.status == "contoh"
        assert "tidak berdasar peraturan" in changed.basis


def test_the_same_poor_make_another_share_of_households_of_family_cards_and_of_persons():
    rows = "mcd_poverty_families"
    assert shown("mcd_poverty_households", rows_of=rows).value == pytest.approx(2 / 3 * 100)
    assert shown("mcd_poverty_families", rows_of=rows).value == pytest.approx(3 / 4 * 100)
    assert shown("mcd_poverty_persons", rows_of=rows).value == pytest.approx((2 + 3) / (2 + 1 + 3) * 100)
    counted = [indicators()[f"mcd_poverty_{unit}"].count_as for unit in ("households", "families", "persons")]
    assert counted == ["household", "family", "person"]


def test_every_threshold_of_the_seven_poverty_elements_waits_for_verification():
    elements = ("income", "dwelling", "education", "information", "clothing", "health", "consumption")
    for name in (*(f"poor_{element}" for element in elements), "mcd_poor"):
        assert {version.status for version in rules().concepts[name].versions} == {"menunggu verifikasi"}


def test_the_steps_of_the_water_ladder_add_up_to_all_households_that_answered():
    steps = ("water_basic", "water_limited", "water_unimproved", "water_surface")
    found = [shown(step, rows_of="improved_water") for step in steps]
    assert sum(each.numerator for each in found) == found[0].denominator
    assert sum(each.value for each in found) == pytest.approx(100)
    assert shown("improved_water").numerator == found[0].numerator + found[1].numerator


def test_the_steps_of_the_sanitation_ladder_add_up_to_all_households_that_answered():
    steps = (
        "sanitation_own",
        "sanitation_shared",
        "sanitation_unimproved",
        "open_defecation_hidden",
        "open_defecation",
    )
    found = [shown(step, rows_of="improved_sanitation") for step in steps]
    assert sum(each.numerator for each in found) == found[0].denominator
    assert sum(each.value for each in found) == pytest.approx(100)
    assert shown("improved_sanitation").numerator == found[0].numerator + found[1].numerator


def test_multidimensional_poverty_is_headcount_times_intensity():
    headcount, intensity, adjusted = (
        shown(f"mpi_{part}").value for part in ("headcount", "intensity", "adjusted")
    )
    assert adjusted == pytest.approx(headcount / 100 * intensity / 100, abs=1e-9)


def test_the_multidimensional_definitions_agree_with_the_published_method_household_by_household():
    example = indicators()["mpi_headcount"].example
    world = World.of_tables(rules(), example.on, example.rows)
    places = list(world.each("households"))
    homes = [
        DeprivedHousehold(place.value("count_of(people, resident)"), deprivations(place)) for place in places
    ]
    weights = {name: Fraction(eighteenths, 18) for name, eighteenths in MPI.items()}
    result = formulas.alkire_foster(homes, weights, Fraction(1, 3))
    assert [Fraction(place.value("mpi_score"), 18) for place in places] == list(result.scores)
    assert shown("mpi_headcount").value == pytest.approx(float(result.headcount) * 100)
    assert shown("mpi_intensity").value == pytest.approx(float(result.intensity) * 100)
    assert shown("mpi_adjusted").value == pytest.approx(float(result.adjusted))


def deprivations(place: Place) -> frozenset[str]:
    return frozenset(name for name in MPI if place.value(name))


def test_the_index_formula_in_the_definition_is_the_published_one():
    example = indicators()["human_development"].example.inputs
    assert shown("human_development").value == pytest.approx(
        formulas.human_development(
            example["life"], example["expected"], example["schooling"], example["spending"]
        )
    )


def test_the_index_is_not_made_up_while_its_inputs_are_not_published():
    example = indicators()["human_development"].example
    world = World.of_tables(rules(), example.on, {})
    assert figure(indicators()["human_development"], world, indicators()).value is None


def test_completeness_falls_when_answers_are_missing_and_the_rate_does_not():
    found = shown("birth_certificate_coverage")
    assert found.value == pytest.approx(2 / 3 * 100)
    assert found.denominator / found.base == 3 / 4
