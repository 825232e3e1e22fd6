"""Whatever stands in a file: every row is believed or refused, none twice, none lost, none without a reason."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from natapraja.mcd.intake import returning, rules
from natapraja.mcd.intake.queries import Report
from natapraja.mcd.registers.models import Version
from tests.builders import regency
from tests.integration.intake.files import AT, as_parquet, as_xlsx, send

pytestmark = pytest.mark.django_db

HEADINGS = ("person_no", "area", "nik", "name", "birth_date", "sex", "grade", "working", "valid_from")
SIGNS = st.characters(blacklist_categories=("Cs", "Co", "Cn"), blacklist_characters="\0\ufffe\uffff")
ANYTHING = st.text(SIGNS, max_size=12)
CELLS = {
    "person_no": st.sampled_from(["w1", "w2", "w3", "w4", ""]) | ANYTHING,
    "area": st.sampled_from([regency.RT, regency.OTHER_RT, regency.RT.replace(".", ""), regency.VILLAGE])
    | ANYTHING,
    "nik": st.sampled_from(["", "3309010203909001", "3309014203909001", "3309013102909001"]) | ANYTHING,
    "name": st.just("Contoh") | ANYTHING,
    "birth_date": st.dates().map(str) | st.sampled_from(["02/03/1990", "32934", ""]) | ANYTHING,
    "sex": st.sampled_from(["L", "P", "perempuan"]) | ANYTHING,
    "grade": st.integers(-5, 15).map(str) | st.floats().map(str) | ANYTHING,
    "working": st.sampled_from(["ya", "tidak", ""]) | ANYTHING,
    "valid_from": st.sampled_from(["", "2026-01-01", "2026-05-05"]) | ANYTHING,
}
ROWS = st.lists(st.fixed_dictionaries(CELLS), min_size=1, max_size=12)
LINES = ROWS.map(
    lambda rows: [{name: " ".join(re.split(r"[\r\n]", row[name])) for name in row} for row in rows]
)
WITH_FIXTURES = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def village(db: None, data_dir: Path) -> None:
    regency.build()


def write_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS, quoting=csv.QUOTE_ALL, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


def sent(rows: list[dict[str, str]]) -> int:
    """A line without any content is no row."""
    return sum(any(row.values()) for row in rows)


def then_nothing_is_lost(report: Report, rows: int) -> None:
    assert (report.state, report.rows) == ("done", rows)
    assert report.new + report.changed + report.same + report.refused == rows
    returned = list(returning.rows_of(report.bad_file))[1:] if report.bad_file else []
    assert len(returned) == report.refused
    assert all(all(row[: len(rules.NOTES)]) for row in returned)


@WITH_FIXTURES
@given(rows=LINES)
def test_rows_believed_and_rows_refused_are_the_rows_sent(
    village: None, tmp_path: Path, rows: list[dict[str, str]]
) -> None:
    count = sent(rows)
    if not count:
        rows, count = [dict.fromkeys(HEADINGS, "x")], 1
    before = Version.objects.count()
    report = send(write_csv(tmp_path / "uji.csv", rows))
    if not report.message:  # the same file may have been drawn before
        then_nothing_is_lost(report, count)
        assert Version.objects.count() - before >= report.new + report.changed


@settings(WITH_FIXTURES, max_examples=8)
@given(rows=ROWS, write=st.sampled_from([as_xlsx, as_parquet]))
def test_no_format_loses_a_row(
    village: None, tmp_path: Path, rows: list[dict[str, str]], write: Callable[..., Path]
) -> None:
    count = sent(rows)
    if not count:
        rows, count = [dict.fromkeys(HEADINGS, "x")], 1
    report = send(write(tmp_path / "uji", rows), at=AT)
    if not report.message:
        then_nothing_is_lost(report, count)


@settings(WITH_FIXTURES, max_examples=15)
@given(rows=LINES)
def test_what_was_refused_is_refused_again_and_what_was_believed_is_the_same(
    village: None, tmp_path: Path, rows: list[dict[str, str]]
) -> None:
    first = send(write_csv(tmp_path / "satu.csv", rows), dry_run=False)
    if first.message or first.state != "done":
        return
    path = tmp_path / "dua.csv"
    path.write_text((tmp_path / "satu.csv").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    second = send(path)
    assert (second.new, second.changed, second.refused) == (0, 0, first.refused)
    assert second.same == first.new + first.changed + first.same


NAMES = st.lists(st.sampled_from(["Contoh", "Contoh, S.Pd.", 'Contoh "C"', ""]), min_size=2, max_size=6)


@WITH_FIXTURES
@given(data=st.data(), names=NAMES, quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_one_quotation_mark_too_many_or_too_few_touches_no_other_row(
    village: None, tmp_path: Path, data: st.DataObject, names: list[str], quoting: Literal[0, 1]
) -> None:
    target = io.StringIO()
    csv.writer(target, quoting=quoting, lineterminator="\n").writerows(
        (f"w{n}", regency.RT, name, "1990-03-02", "L") for n, name in enumerate(names)
    )
    text = target.getvalue().removesuffix("\n")
    marks = [place for place, sign in enumerate(text) if sign == '"']
    place = data.draw(st.integers(0, len(text)))
    torn = text[:place] + '"' + text[place:]
    if marks and data.draw(st.booleans()):
        place = data.draw(st.sampled_from(marks))
        torn = text[:place] + text[place + 1 :]
    hit = text[:place].count("\n")
    path = tmp_path / "uji.csv"
    path.write_text(f"person_no,area,name,birth_date,sex\n{torn}\n", encoding="utf-8")
    report = send(path, dry_run=True)
    assert (report.state, report.rows) == ("done", len(names))
    found = {one.code: one.first_rows for one in report.findings}
    empty = tuple(n + 2 for n, name in enumerate(names) if not name and n != hit)
    assert found == {"torn": (hit + 2,), **({"empty": empty} if empty else {})}
