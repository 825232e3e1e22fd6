"""Small counts, case by case: a table with its total, the cells that stay hidden."""

from types import SimpleNamespace

import pytest

from natapraja.mcd.indicators import protection
from natapraja.mcd.indicators.bridge import PartOf
from natapraja.mcd.indicators.disclosure import determined, hidden
from natapraja.mcd.indicators.rules import Bridge

LINE = [["a", "b", "c", "total"]]


@pytest.mark.parametrize(
    ("counts", "unseen"),
    [
        ({"a": 9, "b": 9, "c": 9}, ""),
        ({"a": 9, "b": 0, "c": 9}, ""),
        ({"a": 3, "b": 9, "c": 20}, "ab"),
        ({"a": 3, "b": 4, "c": 20}, "ab"),
        ({"a": 1, "b": 1, "c": 20}, "abc"),
        ({"a": 5, "b": 5, "c": 5}, ""),
        ({"a": 4, "b": 9, "c": 6}, "ac"),
    ],
    ids=[
        "nothing is small", "nobody at all may be shown", "a second cell covers the first",
        "two small ones cover each other",
        "two that are small together need a third", "five is not small", "the smallest that is large enough covers",
    ],
)  # fmt: skip
def test_what_is_hidden_in_a_table_with_a_total(counts: dict[str, float], unseen: str):
    whole = {**counts, "total": sum(counts.values())}
    assert hidden({cell: (count,) for cell, count in whole.items()}, LINE, 5) == set(unseen)


def test_a_share_betrays_also_those_who_are_not_counted():
    # 97 of 100 have water: the 3 who have not are as few as 3 who have
    assert hidden({"a": (97, 3)}, [], 5) == {"a"}


def test_the_threshold_is_a_setting():
    counts = {"a": (7,), "b": (8,), "total": (15,)}
    assert hidden(counts, [["a", "b", "total"]], threshold=5) == frozenset()
    assert {"a", "b"} <= hidden(counts, [["a", "b", "total"]], threshold=8)


def test_a_cell_hidden_alone_in_a_sum_is_computed_at_once():
    assert determined({"a"}, LINE) == {"a"}
    assert determined({"a", "b"}, LINE) == frozenset()
    assert determined({"a", "total"}, LINE) == frozenset()


def test_two_tables_played_against_each_other_give_a_cell_away():
    # a + b = x, b + c = y and a + b + c = z: from x, y, z visible, a = z - y and so on
    lines = [["a", "b", "x"], ["b", "c", "y"], ["a", "b", "c", "z"]]
    assert determined({"a", "b", "c"}, lines) == {"a", "b", "c"}


def test_a_movement_hides_a_second_area_beside_the_one_with_small_parts(monkeypatch: pytest.MonkeyPatch):
    parts = [PartOf(f"a{n}", Bridge(0, 2 if n == 0 else 0, 0, 20 + n, 20 + n)) for n in range(3)]
    told = SimpleNamespace(before=SimpleNamespace(indicator=SimpleNamespace(id="x", small=5)), parts=parts)
    monkeypatch.setattr(protection, "areas", lambda names: {name: frozenset() for name in names})
    assert protection.of_movement(told) == {"a0", "a1"}
