"""What was published month by month, played against the totals of the same month."""

from datetime import date

import pytest
from django.test import Client

from natapraja.foundation.kernel.clock import now
from natapraja.mcd.indicators import actions as figures
from natapraja.mcd.indicators import bridge, protection, queries, shown
from natapraja.mcd.indicators.models import PublishedFigures
from tests.builders import regency, world
from tests.builders.regency import DISTRICT, OTHER_DISTRICT, REGENCY, VILLAGES, anybody
from tests.builders.reports import rows
from tests.generative.test_disclosure import computed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
NAME = "unfit_house_count"
MONTH, LATER, LAST = date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30)
INSIDE = {REGENCY: (DISTRICT, OTHER_DISTRICT), DISTRICT: VILLAGES[:3], OTHER_DISTRICT: VILLAGES[3:]}
AREAS = (REGENCY, DISTRICT, OTHER_DISTRICT, *VILLAGES)


def given_a_month(then: tuple[int, ...], today: tuple[int, ...]) -> None:
    """Unfit houses in each village, at the end of a published month and today."""
    regency.build()
    for numbers, since, until in ((then, date(2020, 1, 1), LATER), (today, LATER, date.max)):
        rows(
            "houses",
            [
                {
                    "area": f"{village}.001.001",
                    "occupied": True,
                    "valid_from": since,
                    "valid_to": until,
                    **world.UNFIT,
                }
                for village, count in zip(VILLAGES, numbers, strict=True)
                for _ in range(count)
            ],
        )
    world.measure()
    figures.publish(on=MONTH, known=now(), by="system:uji", at=now())


def test_a_small_month_cannot_be_worked_out_from_the_others():
    given_a_month(then=(3, 12, 20, 15, 16), today=(30, 31, 32, 33, 34))
    true = {area: int(queries.trends([NAME], area)[NAME][0].numerator or 0) for area in AREAS}
    seen = {
        area: [each for each in shown.trends(anybody(), [NAME], area)[NAME] if each.number.on == MONTH]
        for area in AREAS
    }
    unseen = [area for area in AREAS if not seen[area]]
    assert VILLAGES[0] in unseen
    assert REGENCY not in unseen
    lines = [[*inside, area] for area, inside in INSIDE.items()]
    assert {cell: value for cell, value in computed(true, lines, unseen).items() if value} == {}
    beside = shown.published(anybody(), queries.publications()[0], REGENCY, "village", [NAME])
    assert {area for area, found in beside.items() if NAME not in found} == set(unseen) & set(VILLAGES)


def test_a_month_without_small_counts_is_shown_whole():
    given_a_month(then=(30, 31, 32, 33, 34), today=(30, 31, 32, 33, 34))
    assert all(shown.trends(anybody(), [NAME], area)[NAME][0].number.on == MONTH for area in AREAS)


def test_a_month_of_which_nobody_worked_out_what_to_withhold_is_not_shown():
    given_a_month(then=(30, 31, 32, 33, 34), today=(30, 31, 32, 33, 34))
    PublishedFigures.objects.update(withheld=None)
    assert all(shown.trends(anybody(), [NAME], area)[NAME][0].number.on != MONTH for area in AREAS)


def test_a_movement_does_not_tell_what_its_ends_withhold():
    given_a_month(then=(3, 12, 20, 15, 16), today=(30, 31, 32, 33, 34))
    figures.publish(on=LAST, known=now(), by="system:uji", at=now())
    told = bridge.explain(NAME, DISTRICT, bridge.point_on(MONTH), bridge.point_on(LAST))
    assert {part.area for part in told.parts} == set(VILLAGES[:3])
    unseen = protection.of_movement(told)
    assert VILLAGES[0] in unseen  # 30 today less 27 are the 3 of August
    assert len(unseen) == 2  # and one more, or the sum of all three would tell


def test_the_movement_of_an_area_that_was_small_is_refused_to_the_public(client: Client):
    given_a_month(then=(1, 1, 1, 15, 16), today=(30, 31, 32, 33, 34))
    figures.publish(on=LAST, known=now(), by="system:uji", at=now())
    asked = {"dari": MONTH.isoformat(), "sampai": LAST.isoformat()}
    assert client.get(f"/gerak/{NAME}/{DISTRICT}/", asked).status_code == 302  # to the door, for officers
    assert client.get(f"/gerak/{NAME}/{REGENCY}/", asked).status_code == 200
