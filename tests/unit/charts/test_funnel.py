"""The funnel names who is outside the limits of chance, and nobody else."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natapraja.foundation.web.charts.funnel import Area, Funnel, draw, judge, legend
from natapraja.foundation.web.charts.gallery_samples import funnel_areas
from natapraja.foundation.web.charts.uncertainty import funnel_limits
from tests.unit.charts.reading import boxes, collisions, described, drawings, faults, only, steady, words

SIXTY = Funnel("Lima desa", funnel_areas(), unit="per 1.000 rumah", base_label="rumah di desa")


def test_areas_are_judged_by_the_998_limits_of_their_own_size() -> None:
    areas = (Area("Besar", 30, 1000), Area("Kecil", 3, 100), Area("Rata", 100, 10_000))
    found = judge(Funnel("t", areas, rate=0.01))
    # 3 in 100 and 30 in 1,000 are the same rate, but only the larger one is more than chance.
    assert funnel_limits([1000], 0.01, 0.998).high[0] < 30 / 1000
    assert funnel_limits([100], 0.01, 0.998).high[0] > 3 / 100
    assert found.above == (areas[0],)
    assert found.inside == (areas[1], areas[2])


def test_the_rate_of_the_whole_is_all_events_over_all_bases() -> None:
    assert judge(Funnel("t", (Area("A", 3, 100), Area("B", 1, 300)))).rate == (3 + 1) / (100 + 300)


def test_areas_without_a_sound_count_are_left_out_and_counted() -> None:
    areas = (Area("A", None, 50), Area("B", 0, 0), Area("C", 9, 5), Area("D", 2, 90))
    found = judge(Funnel("t", areas))
    assert (found.left_out, found.inside) == (3, (areas[3],))
    assert "3 desa tidak digambar" in described(only(draw(Funnel("t", areas), id="f")))[1]


def test_the_gallery_funnel_names_its_five_outliers() -> None:
    found = judge(SIXTY)
    assert {area.name for area in found.above} == {"Contoh 6", "Contoh 22", "Contoh 41"}
    assert {area.name for area in found.below} == {"Contoh 49", "Contoh 58"}
    _, desc = described(only(draw(SIXTY, id="f")))
    assert desc.startswith(
        "55 dari 60 desa ada di dalam batas kebetulan 99,8%; 3 di atas batas, 2 di bawah. "
        "1 desa tidak digambar"
    )
    assert "di atas batas: 3 desa" in legend(SIXTY)


def test_names_are_only_written_for_outliers() -> None:
    named = [word for word in words(draw(SIXTY, id="f")) if word.startswith("Contoh")]
    assert named
    assert set(named) <= {"Contoh 6", "Contoh 22", "Contoh 41", "Contoh 49", "Contoh 58"}


def test_labels_never_touch_in_either_letter_size() -> None:
    crowded = Funnel(
        "t", tuple(Area(f"Desa Panjang {k}", 40 + k, 900 + 10 * k) for k in range(12)), rate=0.01
    )
    for chart in (SIXTY, crowded):
        drawing = only(draw(chart, id="f"))
        assert collisions(drawing) == []
        assert collisions(drawing, enlarged=26) == []


def test_outliers_with_links_make_the_drawing_a_group() -> None:
    drawing = only(draw(SIXTY, id="f"))
    assert drawing.get("role") == "group"
    titles = [title.text for link in drawing.iter("a") for title in link.iter("title")]
    assert round(62 / 1601 * 1000, 1) == 38.7
    assert "Contoh 22: 38,7 (62/1.601)" in titles


def test_inflated_variance_brings_areas_back_inside() -> None:
    assert judge(replace(SIXTY, inflation=100.0)).above == ()


def test_many_neighbourhoods_are_drawn_as_specks_not_as_circles() -> None:
    many = Funnel("RT", tuple(Area(f"RT {k}", k % 3, 30 + k % 60) for k in range(6632)), noun="RT")
    markup = draw(many, id="f")
    assert "<circle" not in markup
    assert len(markup) < 20_000


def test_a_rate_above_one_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        draw(Funnel("t", (Area("A", 1, 2),), rate=1.5), id="f")


def test_without_areas_a_sentence_stands_there() -> None:
    assert words(draw(Funnel("t", ()), id="f")) == ["Belum ada angka untuk digambar."]
    assert "di atas batas: 0 desa" in legend(Funnel("t", ()))


areas = st.builds(
    Area,
    st.text(max_size=15),
    st.none() | st.integers(-5, 5000),
    st.integers(-1, 5000),
    st.none() | st.just("/a/"),
)


@steady
@given(st.lists(areas, max_size=25), st.text(max_size=15), st.integers(1, 1000))
def test_any_funnel_is_well_formed_and_readable(some: list[Area], text: str, per: int) -> None:
    chart = Funnel(text, tuple(some), per=per, unit="per rumah", base_label="rumah", whole_name="kabupaten")
    markup = draw(chart, id="f")
    assert faults(markup + legend(chart)) == []
    assert [collisions(drawing) for drawing in drawings(markup)] == [[]]
    found = judge(chart)
    assert len(found.above) + len(found.below) + len(found.inside) + found.left_out == len(some)


def test_a_name_stands_nearer_to_its_own_mark_than_to_any_other() -> None:
    crowded = tuple(Area(f"Desa {k}", 30 + (k * 7) % 20, 700 + (k * 131) % 900) for k in range(16))
    chart = Funnel("t", crowded, rate=0.01)
    drawing = only(draw(chart, id="f"))
    marks: dict[str, tuple[float, float]] = {}
    for node in drawing.iter("path"):
        for title in node.iter("title"):
            x, y = re.findall(r"^M(\d+) (\d+)l", node.get("d", ""))[0]
            marks[(title.text or "").split(":")[0]] = (float(x), float(y) + 7)
    named = [(word, box) for word, box in boxes(drawing) if word in marks]
    assert named
    for word, box in named:
        nearest = min(marks, key=lambda name: box.distance(*marks[name]))
        assert nearest == word
