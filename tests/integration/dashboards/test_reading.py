"""Reading figures takes as many questions for many as for one, and never shows the public more than the page does."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from natapraja.foundation.access.reader import Grant, Reader, public_reader
from natapraja.mcd.indicators import bridge, queries, shown
from natapraja.mcd.indicators.models import SlowFigure
from tests.integration.dashboards.conftest import AT, DISTRICT, REGENCY, VILLAGE

Measure = Callable[..., None]
OFFICER = Reader(1, "Contoh", (Grant("bupati", REGENCY),))
NAMES = ["unfit_houses", "stunting", "improved_water", "out_of_school"]


def asked(work: Callable[[], object]) -> int:
    work()
    with CaptureQueriesContext(connection) as found:
        work()
    return len(found)


def test_the_public_reads_four_figures_with_as_many_questions_as_one(measure: Measure) -> None:
    measure()
    one = asked(lambda: shown.figures(public_reader(), VILLAGE, NAMES[:1]))
    assert asked(lambda: shown.figures(public_reader(), VILLAGE, NAMES)) == one


def test_medians_of_many_areas_come_from_one_reading(measure: Measure) -> None:
    measure()
    areas = list(queries.below(DISTRICT, "village", ["population"]))
    SlowFigure.objects.bulk_create(
        SlowFigure(indicator="income_gini", area=area, value=0.3, rows=60, on=AT.date(), known_at=AT)
        for area in areas
    )
    found = queries.below(DISTRICT, "village", ["income_gini"])
    assert {area: figures["income_gini"].value for area, figures in found.items()} == dict.fromkeys(
        areas, 0.3
    )
    assert asked(lambda: queries.below(DISTRICT, "village", ["income_gini"])) <= 3


def test_a_month_in_which_the_count_was_small_is_left_out_of_the_public_trend(measure: Measure) -> None:
    measure(months=3, counted=3)  # published 3, 4 and 5 of 60; today 3, so hidden
    assert shown.trends(public_reader(), ["stunting"], VILLAGE)["stunting"] == []
    assert [each.numerator for each in shown.trends(OFFICER, ["stunting"], VILLAGE)["stunting"]] == [
        3,
        3 + 1,
        3 + 2,
        3,
    ]


def test_what_was_published_for_villages_adds_up_to_their_kecamatan(measure: Measure) -> None:
    measure(months=1)
    month = queries.publications()[0]
    villages = queries.published(month, DISTRICT, "village", ["unfit_houses"])
    whole = queries.published(month, DISTRICT, "district", ["unfit_houses"])[DISTRICT]["unfit_houses"]
    assert sum(figures["unfit_houses"].numerator or 0 for figures in villages.values()) == whole.numerator


def test_both_ends_of_a_bridge_are_the_figures_people_saw(measure: Measure) -> None:
    measure(months=2)  # published 12 and 13 of 60 in each of 15 villages
    later, earlier = queries.publications()
    kept = bridge._kept(["unfit_houses"], REGENCY, bridge.point_on(earlier.on), "district")
    assert kept is not None
    assert kept[REGENCY]["unfit_houses"].numerator == 15 * 12
    after = bridge._kept(["unfit_houses"], REGENCY, bridge.point_on(later.on), "district")
    assert after is not None
    assert after[DISTRICT]["unfit_houses"].denominator == 15 * 60
