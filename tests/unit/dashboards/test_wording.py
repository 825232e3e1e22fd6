"""Figures in words: up is not always good, and nothing is said of a change too small to print."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.utils import translation

from natapraja.foundation.web import i18n
from natapraja.mcd.dashboards import comparison, explanation, headline, selection, wording
from natapraja.mcd.dashboards.search import indicators as found
from natapraja.mcd.indicators import catalogue, rules
from natapraja.mcd.indicators.rules import (
    UNMEASURED,
    BrokenCascade,
    CascadeStep,
    Incomparable,
    check_cascade,
)

INDICATORS = catalogue.indicators()


@pytest.mark.parametrize(
    ("name", "before", "after", "verdict", "text"),
    [
        ("stunting", 8.40, 8.20, "good", "membaik 0,20 poin"),
        ("stunting", 8.20, 8.40, "poor", "memburuk 0,20 poin"),
        ("improved_water", 94.0, 95.5, "good", "membaik 1,50 poin"),
        ("population", 54_000, 54_403, "", "naik 403"),
        ("stunting", 8.401, 8.402, "", "tetap"),
        ("stunting", 6.614, 6.905, "poor", "memburuk 0,30 poin"),  # printed 6,61 and 6,91: 6.91 - 6.61
    ],
)
def test_a_move_is_judged_by_the_direction_that_is_wanted(
    name: str, before: float, after: float, verdict: str, text: str
) -> None:
    move = wording.move(INDICATORS[name], before, after)
    assert move is not None
    assert (move.verdict, move.text) == (verdict, text)


@pytest.mark.parametrize(
    ("real", "verdict", "text"),
    [
        (-0.20, "good", "membaik 0,20 poin"),
        (0.0, "", "turun 0,20 poin"),  # put right on paper only
        (-0.09, "", "turun 0,20 poin"),  # too little to praise
        (0.30, "poor", "turun 0,20 poin"),  # a correction hides that it got worse
    ],
)
def test_only_what_the_world_moved_is_better_or_worse(real: float, verdict: str, text: str) -> None:
    move = wording.move(INDICATORS["stunting"], 8.40, 8.20, real=real)
    assert move is not None
    assert (move.verdict, move.text) == (verdict, text)


def test_nothing_is_said_when_one_side_is_unknown() -> None:
    assert wording.move(INDICATORS["stunting"], None, 8.4) is None


def test_per_cent_is_written_behind_the_value_and_not_again_in_the_unit() -> None:
    unfit = INDICATORS["unfit_houses"]
    assert (wording.value(unfit, 13.8), wording.unit(unfit)) == ("13,80%", "rumah")
    with translation.override("en"):
        assert (wording.value(unfit, 13.8), wording.unit(unfit)) == ("13.80%", "of houses")


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("unfit_houses", True), ("stunting", True), ("population", False), ("sex_ratio", False),
        ("dependency_ratio", False), ("good_neighbourhood_roads", False), ("mpi_adjusted", False),
        ("income_gini", False),
    ],
)  # fmt: skip
def test_chance_is_worked_out_for_shares_of_units_only(name: str, share: bool) -> None:
    assert comparison.is_share(INDICATORS[name]) is share


def test_every_indicator_on_a_dashboard_exists() -> None:
    named = {name for sector in selection.SECTORS for name in (*sector.cards, sector.first)}
    named |= {*selection.HEADLINES, *selection.SANITATION, *selection.WATER}
    assert named <= set(INDICATORS)


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=lambda each: each.id)
def test_every_rule_can_be_read_in_plain_words(indicator: object) -> None:
    for version in indicator.versions:  # type: ignore[attr-defined]
        for _, text in explanation.parts(version):
            assert explanation.words(text, indicator.register)  # type: ignore[attr-defined]
        for term in explanation.terms(version, indicator.register, version.since):  # type: ignore[attr-defined]
            assert term.words


def test_codes_are_read_by_their_labels() -> None:
    said = explanation.words("sex = 'L' AND age BETWEEN 7 AND 12", "people")
    assert "laki-laki" in said
    assert "7 sampai 12" in said


@pytest.mark.parametrize(
    ("asked", "name"), [("stuntng", "stunting"), ("rtlh", "unfit_houses"), ("water", "improved_water")]
)
def test_indicators_are_found_in_either_language_and_with_a_slip(asked: str, name: str) -> None:
    assert name in {each.id for each in found(asked)}


def test_why_two_figures_cannot_be_compared_is_said_in_the_language_of_the_page() -> None:
    different = Incomparable(
        "%(one)s tidak dapat dibandingkan dengan %(other)s: satuannya berbeda.", one="Jumlah", other="Indeks"
    )
    assert wording.incomparable(different) == str(different)
    with translation.override("en"):
        assert wording.incomparable(different) == "Total cannot be compared with Index: their units differ."
        assert wording.incomparable(Incomparable(UNMEASURED)).startswith("This figure cannot be computed yet")


def test_a_list_that_does_not_add_up_is_said_in_the_language_of_the_page() -> None:
    with pytest.raises(BrokenCascade) as found:
        check_cascade([CascadeStep("P3KE", 111_172, {"one": 111_000, "other": 722})])
    assert wording.broken(found.value) == str(found.value)
    with translation.override("en"):
        said = wording.broken(found.value)
    assert said.startswith("P3KE: its parts add up to 111,722, but 111,172 is written, a difference of 550.")


def test_every_kind_of_figure_and_every_refusal_of_the_rules_has_its_english() -> None:
    english = {entry.msgid for entry in i18n.merged("en") if entry.translated()}
    said = {text for text, _ in i18n.of_module(Path(rules.__file__).read_text())}
    assert {"Bagian dari KK", UNMEASURED, BrokenCascade.sentence} <= said
    assert said <= english


def cards(*verdicts: str) -> list[headline.Card]:
    """A card for each verdict, each with two months; "" neither better nor worse."""
    names = sorted(INDICATORS)
    on = [SimpleNamespace(number=SimpleNamespace(on=date(2026, month, 28))) for month in (9, 10)]
    return [
        headline.Card(
            INDICATORS[name],
            name,
            "1",
            "",
            "",
            "",
            "",
            "",
            "",
            wording.Move("up", verdict, ""),
            1.0,
            tuple(on),
        )  # type: ignore[arg-type]
        for name, verdict in zip(names, verdicts, strict=False)
    ]


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (("good", "", "", "", ""), "1 dari 5 angka membaik"),
        (("poor", "", "good", "good", ""), "1 dari 5 angka memburuk"),
        (("poor", "poor"), "2 dari 2 angka memburuk"),
    ],
)
def test_the_first_sentence_says_out_of_how_many_figures(verdicts: tuple[str, ...], said: str) -> None:
    sentence = headline.sentence(cards(*verdicts))
    assert sentence.startswith(f"Sejak 28 September 2026: {said} (")
    assert (" dan 2 membaik (" in sentence) == (verdicts.count("good") == 2)


def test_figures_that_only_moved_are_called_neither_better_nor_worse_nor_unmoved() -> None:
    said = "Tidak satu pun dari 3 angka membaik atau memburuk sejak 28 September 2026."
    assert headline.sentence(cards("", "", "")) == said
