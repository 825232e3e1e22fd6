"""Downloads carry their passport, keep small counts hidden and never run as a formula."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.integration.dashboards.conftest import REGENCY, VILLAGE

Measure = Callable[..., None]
Somebody = Callable[..., Client]
ADDRESS = f"/wilayah/{REGENCY}/unduh."


def test_a_table_begins_with_its_passport(measure: Measure, somebody: Somebody) -> None:
    measure()
    answer = somebody("bupati").get(f"{ADDRESS}csv", {"angka": "unfit_houses", "tingkat": "district"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    passport = {row[0]: row[1] for row in rows[: rows.index([])]}
    assert passport["Satuan"] == "persen rumah"
    assert {"DATA SINTETIS", "Keadaan pada", "Aturan", "Sumber"} <= set(passport)
    assert passport["DATA SINTETIS"].endswith("angka resmi yang dikutip tetap asli.")
    assert answer["Content-Disposition"].startswith("attachment")


def test_the_same_table_as_a_spreadsheet_keeps_its_numbers(measure: Measure, somebody: Somebody) -> None:
    measure()
    answer = somebody("bupati").get(f"{ADDRESS}xlsx", {"angka": "unfit_houses", "tingkat": "village"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    sumbung = next(row for row in rows if row[0] == VILLAGE)
    assert sumbung[3:5] == [12, 60]
    assert sumbung[2] == pytest.approx(100 * 12 / 60)


def test_what_is_hidden_on_the_page_is_hidden_in_the_file(measure: Measure, somebody: Somebody) -> None:
    measure(counted=2)
    asked = {"angka": "stunting", "tingkat": "village"}
    said = somebody().get(f"{ADDRESS}csv", asked).content.decode("utf-8-sig")
    line = next(row for row in csv.reader(io.StringIO(said)) if row and row[0] == VILLAGE)
    assert line[2:5] == ["", "", ""]
    assert line[-1] == "disamarkan"


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<svg"), ("png", b"\x89PNG")])
@pytest.mark.parametrize("picture", ["peta", "corong"])
def test_map_and_funnel_travel_as_pictures(
    measure: Measure, somebody: Somebody, kind: str, start: bytes, picture: str
) -> None:
    measure()
    answer = somebody().get(f"{ADDRESS}{kind}", {"angka": "unfit_houses", "gambar": picture})
    assert answer.content.startswith(start)


def test_counts_in_a_table_are_whole_numbers(measure: Measure, somebody: Somebody) -> None:
    measure(counted=17)
    answer = somebody("bupati").get(f"{ADDRESS}csv", {"angka": "unfit_houses", "tingkat": "village"})
    rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    line = next(row for row in rows if row and row[0] == VILLAGE)
    assert line[2:5] == ["28.333333", "17", "60"]  # 100 × 17 / 60


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_months_of_a_figure_travel_with_their_dates(
    measure: Measure, somebody: Somebody, kind: str
) -> None:
    measure(months=3)
    answer = somebody().get(f"/angka/unfit_houses/{REGENCY}/unduh.{kind}")
    assert answer.status_code == 200
    if kind == "csv":
        assert answer.content.decode("utf-8-sig").count(",ya\r\n") == 3


def test_a_file_of_another_kind_does_not_exist(somebody: Somebody) -> None:
    assert somebody().get(f"{ADDRESS}exe").status_code == 404
