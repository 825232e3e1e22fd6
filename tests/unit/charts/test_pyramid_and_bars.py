"""Age pyramids, ladders and stacks: lengths are the figures, withheld parts stay hidden."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natapraja.foundation.web.charts.bars import Ladder, Rung, Stack, StackRow, ladder, legend, stack
from natapraja.foundation.web.charts.language import ENGLISH
from natapraja.foundation.web.charts.pyramid import AgeGroup, Pyramid, draw
from natapraja.foundation.web.charts.variants import Size
from tests.unit.charts.reading import collisions, described, drawings, faults, only, steady, words

TWO = Pyramid("Dua kelompok", (AgeGroup("0–4", 40, 30), AgeGroup("5–9", 20, 10)))
LADDER = Ladder("Sanitasi", (Rung("Aman", 75.0, 60.0), Rung("Belum layak", 25.0)), beside_name="kabupaten")
STACK = Stack("Sanitasi", ("Aman", "Layak", "Belum"), (StackRow("Desa A", (50, 25, 25)),))


def bar_lengths(markup: str, classes: str) -> list[float]:
    return [
        float(n.attrib["width"])
        for d in drawings(markup)
        for n in d.iter("rect")
        if n.get("class") == classes
    ]


def test_bars_of_the_pyramid_are_as_long_as_their_counts() -> None:
    male, female = (bar_lengths(draw(TWO, id="p", size="wide"), name) for name in ("f-nila", "f-soga"))
    assert male[0] == pytest.approx(2 * male[1], abs=0.1)
    assert female == pytest.approx([male[0] * 30 / 40, male[0] * 10 / 40], abs=0.1)


def test_the_pyramid_says_its_totals() -> None:
    assert described(only(draw(TWO, id="p", size="wide")))[1] == (
        f"{40 + 20} laki-laki dan {30 + 10} perempuan; kelompok terbesar umur 0–4."
    )
    assert {"Laki-laki 60", "Perempuan 40"} <= set(words(draw(TWO, id="p", size="narrow")))


def test_a_comparison_turns_counts_into_shares() -> None:
    other = tuple(AgeGroup(group.label, 1000, 3000) for group in TWO.groups)
    markup = draw(replace(TWO, comparison=other, comparison_name="garis: kabupaten"), id="p", size="wide")
    assert any(word.endswith("%") for word in words(markup))
    assert "garis: kabupaten" in words(markup)


def test_a_withheld_group_is_written_not_drawn() -> None:
    chart = replace(TWO, groups=(*TWO.groups, AgeGroup("10–14", None, 12)))
    markup = draw(chart, id="p", size="wide")
    assert words(markup).count("disamarkan") == 1
    assert len(bar_lengths(markup, "f-nila")) == 2
    assert described(only(markup))[1].endswith("Tanpa 1 kelompok yang disamarkan.")


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_sums_above_a_pyramid_say_which_groups_they_leave_out(size: Size) -> None:
    markup = draw(replace(TWO, groups=(*TWO.groups, AgeGroup("10–14", None, 12))), id="p", size=size)
    said = words(markup)
    assert {f"Laki-laki {40 + 20}", f"Perempuan {30 + 10 + 12}"} <= set(said)
    assert said[-1] == "Tanpa 1 kelompok yang disamarkan."
    assert not collisions(only(markup))
    assert "Tanpa" not in draw(TWO, id="p", size=size)


def test_a_pyramid_whose_groups_are_all_withheld_says_that_they_are_and_why() -> None:
    hidden = Pyramid("Umur", (AgeGroup("0–4", None, None), AgeGroup("5–9", 0, None)))
    said = " ".join(words(draw(hidden, id="p")))
    assert said == "Disamarkan: sebagian hitungannya kecil (di bawah 5), dan orang mudah dikenali."
    assert "Withheld: some of the counts are small" in draw(hidden, id="p", locale=ENGLISH)


def test_pyramids_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        draw(replace(TWO, groups=(AgeGroup("0–4", -1, 0),)), id="p")
    with pytest.raises(ValueError, match="same age groups"):
        draw(replace(TWO, comparison=(AgeGroup("0–4", 1, 1),)), id="p")


def test_a_pyramid_without_people_is_a_sentence() -> None:
    assert words(draw(Pyramid("Kosong", ()), id="p")) == ["Belum ada angka untuk digambar."]
    assert words(draw(Pyramid("Nol", (AgeGroup("0–4", 0, 0),)), id="p")) == [
        "Belum ada angka untuk digambar."
    ]


def test_rungs_start_at_zero_and_carry_their_figure() -> None:
    markup = ladder(LADDER, id="l", size="narrow")
    long, short = bar_lengths(markup, "q5") + bar_lengths(markup, "d1")
    assert long == pytest.approx(3 * short, abs=0.1)
    assert words(markup) == ["Aman", "75,0%", "Belum layak", "25,0%", "kabupaten"]
    assert described(only(markup))[1] == "Aman 75,0%, Belum layak 25,0%"


def test_a_withheld_rung_is_written_not_drawn() -> None:
    markup = ladder(Ladder("Sanitasi", (Rung("Aman", None),)), id="l", size="wide")
    assert words(markup) == ["Aman", "disamarkan"]
    assert bar_lengths(markup, "q5") == []


def test_shares_of_a_stack_are_parts_of_their_row() -> None:
    markup = stack(STACK, id="s", size="narrow")
    assert words(markup) == ["Desa A", "50%", "25%", "25%"]
    assert described(only(markup))[1] == "Desa A: Aman 50%, Layak 25%, Belum 25%."
    assert [item for item in ("Aman", "Layak", "Belum") if item in legend(STACK)] == [
        "Aman",
        "Layak",
        "Belum",
    ]


def test_one_withheld_part_hides_its_whole_row() -> None:
    chart = replace(STACK, rows=(StackRow("Desa A", (50, None, 25)), StackRow("Desa B", (0, 0, 0))))
    markup = stack(chart, id="s", size="wide")
    assert words(markup) == ["Desa A", "disamarkan", "Desa B", "belum ada data"]
    assert "50" not in described(only(markup))[1]


@pytest.mark.parametrize(
    "chart",
    [
        Stack("t", ("a",) * 6, ()),
        Stack("t", ("a", "b"), (StackRow("r", (1,)),)),
        Stack("t", ("a", "b"), (StackRow("r", (1, -1)),)),
    ],
)
def test_stacks_that_cannot_be_are_refused(chart: Stack) -> None:
    with pytest.raises(ValueError, match=r"stack|negative"):
        stack(chart, id="s")


def test_nothing_to_draw_is_a_sentence() -> None:
    assert words(ladder(Ladder("Kosong", ()), id="l")) == ["Belum ada angka untuk digambar."]
    assert words(stack(Stack("Kosong", ("a",), ()), id="s")) == ["Belum ada angka untuk digambar."]


people = st.none() | st.floats(min_value=0) | st.integers(0, 10**7)
labels = st.text(max_size=12)


@steady
@given(labels, st.lists(st.builds(AgeGroup, labels, people, people), max_size=20), st.booleans())
def test_any_pyramid_is_well_formed(title: str, groups: list[AgeGroup], compared: bool) -> None:
    chart = Pyramid(title, tuple(groups), tuple(groups) if compared else (), "garis")
    assert faults(draw(chart, id="p")) == []


@steady
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=17), st.booleans()
)
def test_labels_of_a_pyramid_never_touch(counts: list[tuple[int, int]], compared: bool) -> None:
    groups = tuple(AgeGroup(f"{5 * k}–{5 * k + 4}", *pair) for k, pair in enumerate(counts))
    for drawing in drawings(draw(Pyramid("t", groups, groups if compared else ()), id="p")):
        assert collisions(drawing) == []


rungs = st.builds(Rung, labels, st.none() | st.floats(), st.none() | st.floats())


@steady
@given(labels, st.lists(rungs, max_size=7), st.none() | st.just(100.0))
def test_any_ladder_is_well_formed_and_readable(title: str, some: list[Rung], full: float | None) -> None:
    markup = ladder(Ladder(title, tuple(some), full=full, beside_name="kabupaten"), id="l")
    assert faults(markup) == []
    assert all(collisions(drawing) == [] for drawing in drawings(markup))


@steady
@given(st.lists(labels, max_size=5), st.data())
def test_any_stack_is_well_formed_and_readable(parts: list[str], data: st.DataObject) -> None:
    row = st.builds(StackRow, labels, st.tuples(*[people for _ in parts]))
    chart = Stack("t", tuple(parts), tuple(data.draw(st.lists(row, max_size=4))))
    markup = stack(chart, id="s")
    assert faults(markup + legend(chart)) == []
    assert all(collisions(drawing) == [] for drawing in drawings(markup))
