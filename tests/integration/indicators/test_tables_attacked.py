"""The public tables by age and sex of every area, played against each other and against the totals."""

import pytest

from natapraja.mcd.indicators import queries, shown
from tests.builders import world
from tests.builders.regency import DISTRICT, OTHER_DISTRICT, REGENCY, VILLAGES, anybody, operator
from tests.generative.test_disclosure import computed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]
NAME = "population"
INSIDE = {REGENCY: (DISTRICT, OTHER_DISTRICT), DISTRICT: VILLAGES[:3], OTHER_DISTRICT: VILLAGES[3:]}
AREAS = (REGENCY, DISTRICT, OTHER_DISTRICT, *VILLAGES)


@pytest.mark.parametrize("households", [4, 40])
def test_no_cell_of_a_table_follows_from_the_tables_of_other_areas(households: int):
    world.live(7, households=households)
    world.measure()
    counts, unseen, lines = {}, [], []
    for area in AREAS:
        true, public = queries.groups(NAME, area), shown.groups(anybody(), NAME, area)
        cells = {
            (area, group, split): each for group, splits in true.items() for split, each in splits.items()
        }
        counts |= {cell: int(figure.numerator) for cell, figure in cells.items()}
        unseen += [cell for cell in cells if public[cell[1]][cell[2]] is None]
        counts[area] = int(queries.figures(area)[NAME].numerator)
        unseen += [area] if shown.figures(anybody(), area, [NAME])[NAME].hidden else []
        lines.append([*cells, area])
    for parent, inside in INSIDE.items():
        for _, group, split in lines[0][:-1]:
            lines.append([*((each, group, split) for each in inside), (parent, group, split)])
    assert households < 40 or len(unseen) < len(counts)
    assert {cell for cell, count in counts.items() if 0 < count < 5} <= set(unseen)
    assert {cell: value for cell, value in computed(counts, lines, unseen).items() if value} == {}


def test_the_officers_of_a_village_see_its_table_whole():
    world.live(7)
    world.measure()
    table = shown.groups(operator(VILLAGES[0]), NAME, VILLAGES[0])
    assert table == queries.groups(NAME, VILLAGES[0])
    assert shown.groups(anybody(), NAME, VILLAGES[0]) != table
