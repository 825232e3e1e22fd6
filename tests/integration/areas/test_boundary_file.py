"""Real polygons replace the schematic map, or nothing does."""

import json
from pathlib import Path

import pytest

from natapraja.foundation.areas import actions, queries, witness
from natapraja.foundation.areas.models import Area
from natapraja.foundation.ledger.models import Entry
from tests.integration.areas.conftest import AT, BY, Regency

CORNERS = {
    "33.09.01.2001": (110.49, -7.51), "33.09.01.2002": (110.51, -7.53), "33.09.01.2003": (110.50, -7.56),
    "33.09.02.2001": (110.57, -7.52), "33.09.02.2002": (110.56, -7.55),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _loaded(regency: Regency) -> None:
    regency.load()


def file(folder: Path, *codes: str) -> Path:
    features = []
    for code in codes:
        west, south = CORNERS[code]
        ring = [
            [west, south],
            [west + 0.02, south],
            [west + 0.02, south + 0.02],
            [west, south + 0.02],
            [west, south],
        ]
        polygon = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"code": code}, "geometry": polygon})
    path = folder / "desa.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_a_complete_file_replaces_every_outline(tmp_path: Path) -> None:
    found = actions.load_boundaries(file=file(tmp_path, *CORNERS), by=BY, at=AT)
    assert found.accepted
    drawn = queries.shapes([*CORNERS, "33.09.01", "33.09"])
    assert {shape.source for shape in drawn.values()} == {"desa.geojson"}
    assert not drawn["33.09"].is_schematic
    assert all(len(shape.rings[0]) == 4 for code, shape in drawn.items() if code in CORNERS)


def test_an_incomplete_file_changes_nothing(tmp_path: Path) -> None:
    before = list(Area.objects.values_list("code", "shape"))
    found = actions.load_boundaries(file=file(tmp_path, *list(CORNERS)[1:]), by=BY, at=AT)
    assert not found.accepted
    assert "1 dari 5 desa belum ada: Desa Uji Satu" in str(found.findings[0])
    assert list(Area.objects.values_list("code", "shape")) == before


def test_loading_the_definitions_again_keeps_real_boundaries(tmp_path: Path, regency: Regency) -> None:
    actions.load_boundaries(file=file(tmp_path, *CORNERS), by=BY, at=AT)
    regency.edit("areas.csv", "110.50,-7.50", "110.501,-7.501")
    assert regency.load().drawn == 0
    assert not queries.shapes(["33.09.01.2001"])["33.09.01.2001"].is_schematic


def test_a_village_that_changes_kecamatan_takes_its_real_land_along(tmp_path: Path, regency: Regency) -> None:
    actions.load_boundaries(file=file(tmp_path, *CORNERS), by=BY, at=AT)
    before = queries.shapes(["33.09.01.2003", "33.09.01", "33.09.02", "33.09"])
    regency.recode("33.09.01.2003", "33.09.02.2003", "Uji Tiga")
    regency.load()
    after = queries.shapes(["33.09.02.2003", "33.09.01", "33.09.02", "33.09"])
    assert after["33.09.02.2003"].path == before["33.09.01.2003"].path
    assert len(after["33.09.01"].rings) == len(before["33.09.01"].rings) - 1
    assert len(after["33.09.02"].rings) == len(before["33.09.02"].rings) + 1
    assert after["33.09"].path == before["33.09"].path


def test_the_schematic_map_can_be_asked_back(tmp_path: Path) -> None:
    actions.load_boundaries(file=file(tmp_path, *CORNERS), by=BY, at=AT)
    assert actions.draw_schematic(by=BY, at=AT) == 5 + 2 + 1
    assert queries.shapes(["33.09.01.2001"])["33.09.01.2001"].is_schematic


def test_without_points_the_schematic_map_is_empty_and_stays_so() -> None:
    drawn = Entry.objects.filter(kind="areas.drawn")
    before = drawn.count()
    Area.objects.update(lon=None, lat=None)
    assert actions.draw_schematic(by=BY, at=AT) == 0
    assert not queries.shapes(["33.09.01.2001", "33.09"])
    assert drawn.count() == before + 1  # what was drawn is taken away, and that is written down
    assert actions.draw_schematic(by=BY, at=AT) == 0
    assert drawn.count() == before + 1
    last = drawn.order_by("seq").last()
    assert last is not None
    assert bytes(last.digest) == witness.drawing_digest()


def test_three_villages_in_a_row_can_be_drawn() -> None:
    Area.objects.filter(level="village").update(lat=-7.5)
    assert actions.draw_schematic(by=BY, at=AT) == 5 + 2 + 1
