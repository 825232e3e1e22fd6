"""Labels stay within their room and apart from one another."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from natapraja.foundation.web.charts.lettering import (
    Box,
    Spot,
    free_spot,
    shortened,
    spread,
    text_box,
    text_width,
    wrapped,
)
from tests.unit.charts.reading import steady


def test_long_names_end_with_an_ellipsis() -> None:
    assert shortened("Boyolali", 200, 14) == "Boyolali"
    assert shortened("Kecamatan Wonosamodro", 100, 14) == "Kecamatan…"
    assert shortened("Boyolali", 2, 14) == ""


@steady
@given(st.text(max_size=40), st.floats(0, 300), st.floats(8, 40), st.booleans())
def test_shortened_text_always_fits(text: str, width: float, size: float, bold: bool) -> None:
    kept = shortened(text, width, size, bold=bold)
    assert kept == "" or text_width(kept, size, bold=bold) <= width


def test_sentences_are_wrapped_at_spaces() -> None:
    assert wrapped("satu dua tiga", 64, 14, lines=3) == ("satu dua", "tiga")
    assert wrapped("", 60, 14) == ()
    assert len(wrapped("kata " * 40, 60, 14, lines=2)) == 2


def test_a_label_takes_the_first_free_place() -> None:
    frame = Box(0, 0, 200, 100)
    spots = [Spot(10, 20), Spot(10, 60)]
    wall = text_box("Selo", 10, 20, 14)
    found = free_spot("Selo", spots, [wall], frame, 14)
    assert found is not None
    assert found[0] == Spot(10, 60)
    assert free_spot("Selo", spots, [frame], frame, 14) is None


def test_labels_at_line_ends_move_apart_as_little_as_needed() -> None:
    assert spread([50, 52], 20, 0, 100) == (50, 50 + 20)
    assert spread([95, 90], 20, 0, 100) == (100, 100 - 20)
    assert spread([], 20, 0, 100) == ()


@steady
@given(st.lists(st.floats(0, 200), min_size=1, max_size=6), st.floats(1, 30))
def test_spread_keeps_order_room_and_distance(wanted: list[float], gap: float) -> None:
    placed = spread(wanted, gap, 0, 200)
    assert all(-1e-6 <= place <= 200 + 1e-6 for place in placed)
    ordered = sorted(placed)
    assert all(later - earlier >= gap - 1e-6 for earlier, later in pairwise(ordered))
    for a in range(len(wanted)):
        for b in range(len(wanted)):
            if wanted[a] < wanted[b]:
                assert placed[a] < placed[b]
