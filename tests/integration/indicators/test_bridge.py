"""Why a figure moved, on houses whose every change is known: the three parts are exactly what was done."""

from datetime import UTC, date, datetime
from random import Random

import pytest

from natapraja.mcd.indicators import bridge, catalogue
from natapraja.mcd.indicators.bridge import Point
from natapraja.mcd.mart import partitions
from natapraja.mcd.registers import rules
from tests.builders import regency
from tests.builders.regency import RT, RTS, VILLAGES
from tests.builders.reports import rows, tell
from tests.builders.world import DOUBTFUL, FIT, UNFIT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
NAME = "unfit_house_count"
MAY, AUGUST = date(2026, 5, 31), date(2026, 8, 31)
EARLY, LATE = datetime(2026, 6, 3, tzinfo=UTC), datetime(2026, 9, 3, tzinfo=UTC)
HEARD = datetime(2026, 8, 20, 3, tzinfo=UTC)
START = Point(MAY, EARLY, catalogue.rules_of(MAY))
END = Point(AUGUST, LATE, catalogue.rules_of(AUGUST))


def house(unit: int, state: dict[str, object], area: str = RT, **times: object) -> dict[str, object]:
    return {"unit": unit, "key": f"rumah-{unit}", "area": area, "occupied": True, **state, **times}


def explained(area: str = "33.09") -> bridge.Explained:
    partitions.rebuild(partitions.sources()["houses"], VILLAGES)
    return bridge.explain(NAME, area, START, END)


def test_one_correction_one_repair_and_the_new_definition_are_told_apart():
    regency.build()
    repaired = date(2026, 7, 20)
    rows("houses", [
        *(house(unit, UNFIT) for unit in range(1, 9)),  # eight that stay as they are
        house(9, UNFIT, known_to=HEARD),  # it had been fit all the time, we heard in August
        house(9, FIT, known_from=HEARD, cause=rules.CORRECTION),
        house(10, UNFIT, RTS[2], known_to=HEARD),  # repaired in July
        house(10, UNFIT, RTS[2], known_from=HEARD, valid_to=repaired, cause=rules.EVENT),
        house(10, FIT, RTS[2], known_from=HEARD, valid_from=repaired, cause=rules.EVENT),
        *(house(unit, DOUBTFUL, RTS[4]) for unit in range(11, 15)),  # four with an earth floor alone
    ])  # fmt: skip
    found = explained().bridge
    assert (found.start, found.end) == (8 + 1 + 1, 8 + 4)
    assert (found.correction, found.definition, found.real) == (-1, +4, -1)


def test_reports_that_came_late_are_corrections_of_the_days_before_and_real_after():
    """Each house has a later record that only carried its state on; what is told late reaches it."""
    regency.build()
    june = date(2026, 6, 20)
    rows("houses", [
        row
        for unit in range(1, 6)
        for row in (
            house(unit, UNFIT, valid_to=june), house(unit, {**UNFIT, "address": "Contoh 2"}, valid_from=june),
        )
    ])  # fmt: skip
    tell(
        "changed", register="houses", unit=1, on=date(2026, 5, 10), at=HEARD, **FIT
    )  # repaired before the start
    tell("changed", register="houses", unit=2, on=date(2026, 6, 10), at=HEARD, **FIT)  # repaired between
    tell("corrected", register="houses", unit=3, on=date(2026, 5, 10), at=HEARD, **FIT)  # never unfit
    tell(
        "corrected", register="houses", unit=4, on=date(2026, 7, 10), at=HEARD, **FIT
    )  # not since that record
    found = explained().bridge
    assert (found.start, found.end) == (5, 5 - 4)
    assert (found.correction, found.definition, found.real) == (-2, 0, -2)


def test_each_part_opens_to_the_areas_that_made_it():
    regency.build()
    rows("houses", [
        house(1, UNFIT, RTS[0], known_to=HEARD),
        house(1, FIT, RTS[0], known_from=HEARD),
        house(2, DOUBTFUL, RTS[2]),
        house(3, FIT, RTS[6], valid_to=date(2026, 7, 5)),
        house(3, UNFIT, RTS[6], valid_from=date(2026, 7, 5)),
    ])  # fmt: skip
    parts = {part.area: part.bridge for part in explained("33.09.01").parts}
    moved = {area: (each.correction, each.definition, each.real) for area, each in parts.items()}
    assert moved == {VILLAGES[0]: (-1, 0, 0), VILLAGES[1]: (0, +1, 0)}
    parts = {part.area: part.bridge for part in explained("33.09").parts}
    moved = {area: (each.correction, each.definition, each.real) for area, each in parts.items()}
    assert moved == {"33.09.01": (-1, +1, 0), "33.09.02": (0, 0, +1)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_on_a_random_past_the_parts_make_the_difference_and_the_areas_make_the_parts(seed: int):
    regency.build()
    chance = Random(seed)
    written = []
    for unit in range(1, 60):
        area, states = chance.choice(RTS), [chance.choice([FIT, UNFIT, DOUBTFUL]) for _ in range(3)]
        turn = date(2026, chance.randint(3, 9), chance.randint(1, 28))
        written += [
            house(unit, states[0], area, known_to=HEARD),
            house(unit, states[1], area, known_from=HEARD, valid_to=turn),
            house(unit, states[2], area, known_from=HEARD, valid_from=turn),
        ]
    rows("houses", written)
    whole = explained()
    found = whole.bridge
    assert found.correction + found.definition + found.real == found.end - found.start
    assert (found.correction, found.definition, found.real) != (0, 0, 0)
    for part in ("start", "correction", "definition", "real", "end"):
        assert sum(getattr(each.bridge, part) for each in whole.parts) == getattr(found, part)
