"""Classes of a map are about equally full and agree with the figures as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natapraja.foundation.web.charts.quantiles import class_of, classes, quantile_breaks
from tests.unit.charts.reading import steady

figures = st.lists(st.floats(-1e6, 1e6), max_size=300)


def test_ten_figures_make_five_pairs() -> None:
    values = [1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    breaks = quantile_breaks(values)
    assert breaks == (3, 5, 7, 9)
    assert [item.count for item in classes(values, breaks)] == [2, 2, 2, 2, 2]


def test_equal_figures_share_a_class() -> None:
    assert quantile_breaks([4.0, 4.0, 4.0]) == ()
    assert quantile_breaks([0.0] * 80 + [7.0] * 20) == (7.0,)
    assert quantile_breaks([]) == ()


def test_a_figure_is_classed_as_it_is_printed() -> None:
    # 12.26 is printed 12.3, so it belongs to the class that begins at 12.3.
    assert class_of(12.26, (12.3,), decimals=1) == 1
    assert class_of(12.24, (12.3,), decimals=1) == 0


def test_fewer_classes_use_shades_further_apart() -> None:
    assert [item.shade for item in classes([1, 9], (5,))] == ["q2", "q4"]
    assert [item.shade for item in classes([1], ())] == ["q3"]


def test_borders_of_classes_do_not_overlap() -> None:
    low, high = classes([1.0, 9.0], (5.0,), decimals=1)
    assert (low.low, low.high, high.low, high.high) == (None, 5.0 - 0.1, 5.0, None)


@pytest.mark.parametrize("breaks", [(1, 2, 3, 4, 5), (2, 1), (1, 1)])
def test_more_than_five_or_disordered_classes_are_refused(breaks: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="five classes"):
        classes([1.0], breaks)


@steady
@given(figures, st.integers(0, 3))
def test_every_figure_is_in_exactly_one_class_and_none_is_empty(values: list[float], decimals: int) -> None:
    breaks = quantile_breaks(values, decimals=decimals)
    found = classes(values, breaks, decimals=decimals)
    assert sum(item.count for item in found) == len(values)
    assert len(found) <= 5
    assert not values or all(item.count for item in found)
