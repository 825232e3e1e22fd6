"""Figures that follow from one another, played against each other: the rungs of a ladder, a formula and its inputs."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest

from natapraja.foundation.kernel.clock import now, today
from natapraja.mcd.indicators import actions as figures
from natapraja.mcd.indicators import queries, shown
from tests.builders import regency, world
from tests.builders.regency import DISTRICT, OTHER_DISTRICT, REGENCY, VILLAGES, anybody
from tests.builders.reports import rows
from tests.generative.test_disclosure import computed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
Seen = Mapping[str, Mapping[str, float]]  # area -> indicator -> the numerator that is shown

RUNGS = {
    "sanitation_own": {"toilet_use": "1", "toilet_type": "1", "sewage": "1"},
    "sanitation_shared": {"toilet_use": "2", "toilet_type": "1", "sewage": "1"},
    "sanitation_unimproved": {"toilet_use": "1", "toilet_type": "4", "sewage": "1"},
    "open_defecation_hidden": {"toilet_use": "1", "toilet_type": "1", "sewage": "3"},
    "open_defecation": {"toilet_use": "6"},
}
IMPROVED, BASE = "improved_sanitation", "all households"
# One village with a rung of two; all other rungs are large. Village by village, rung by rung as above.
HOMES = ((9, 8, 7, 6, 2), (10, 9, 8, 7, 6), (6, 7, 8, 9, 10), (7, 7, 7, 7, 7), (8, 6, 9, 6, 8))
INSIDE = {REGENCY: (DISTRICT, OTHER_DISTRICT), DISTRICT: VILLAGES[:3], OTHER_DISTRICT: VILLAGES[3:]}
AREAS = (REGENCY, DISTRICT, OTHER_DISTRICT, *VILLAGES)
MONTH = date(2026, 8, 31)


def todays(name: str, area: str) -> float | None:
    found = shown.figures(anybody(), area, [name])[name].figure
    return found.numerator if found else None


def months(name: str, area: str) -> float | None:
    found = [each for each in shown.trends(anybody(), [name], area)[name] if each.number.on == MONTH]
    return found[0].numerator if found else None


@pytest.mark.parametrize("seen", [todays, months])
def test_a_rung_cannot_be_worked_out_from_the_other_rungs(seen: Callable[[str, str], float | None]):
    given_households_on_every_rung()
    names = [*RUNGS, IMPROVED]
    true = {(name, area): int(queries.figures(area)[name].numerator) for name in names for area in AREAS}
    true |= {(BASE, area): int(queries.figures(area)[IMPROVED].denominator) for area in AREAS}
    unseen = [cell for cell in true if cell[0] != BASE and seen(*cell) is None]
    lines = [[(name, part) for part in [*inside, area]] for name in names for area, inside in INSIDE.items()]
    lines += [[(name, area) for name in [*RUNGS, BASE]] for area in AREAS]
    lines += [[(name, area) for name in ["sanitation_own", "sanitation_shared", IMPROVED]] for area in AREAS]
    assert ("open_defecation", VILLAGES[0]) in unseen
    assert not [cell for cell in unseen if cell[1] == REGENCY or cell[0] == IMPROVED]
    assert {cell: value for cell, value in computed(true, lines, unseen).items() if value} == {}


def given_households_on_every_rung() -> None:
    regency.build()
    homes = [
        {"area": f"{village}.001.001", "valid_from": date(2020, 1, 1), **answers}
        for village, counts in zip(VILLAGES, HOMES, strict=True)
        for answers, count in zip(RUNGS.values(), counts, strict=True)
        for _ in range(count)
    ]
    people_of(homes, rows("households", homes))
    world.measure()
    figures.publish(on=MONTH, known=now(), by="system:uji", at=now())


def people_of(homes: list[dict[str, object]], numbers: list[int]) -> None:
    rows(
        "people",
        [
            {
                "area": home["area"],
                "valid_from": home["valid_from"],
                "household": number,
                "name": "Contoh Warga",
                "birth_date": "1980-05-17",
                "sex": "P",
                "lives_here": True,
            }
            for home, number in zip(homes, numbers, strict=True)
        ],
    )


@pytest.mark.parametrize("seen", [todays, months])
def test_a_formula_is_withheld_where_one_of_its_inputs_is(seen: Callable[[str, str], float | None]):
    regency.build()
    births, long_ago = (3, 9, 10, 11, 12), date(2020, 1, 1)
    homes = [
        {"area": f"{village}.001.001", "valid_from": long_ago} for village in VILLAGES for _ in range(40)
    ]
    people_of(homes, rows("households", homes))
    rows(
        "events",
        [
            {
                "area": f"{village}.001.001",
                "kind": "born",
                "occurred_on": str(day),
                "valid_from": day,
                "state": "confirmed",
            }
            for village, count in zip(VILLAGES, births, strict=True)
            for day in [MONTH - timedelta(days=30)] * count
        ],
    )
    world.measure()
    figures.publish(on=MONTH, known=now(), by="system:uji", at=now())
    assert today() > MONTH
    hidden = {area for area in AREAS if seen("births_12m", area) is None}
    assert len(hidden & set(VILLAGES)) >= 2  # the small one, and another with which it could be worked out
    assert {area for area in AREAS if seen("crude_birth_rate", area) is None} == hidden
