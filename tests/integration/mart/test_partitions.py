"""The files of the mart: whole, in their place, and never seen half written."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from natapraja.foundation.kernel.extraction import Source
from natapraja.mcd.mart import partitions
from natapraja.mcd.mart.engine import engine

pytestmark = pytest.mark.usefixtures("data_dir")
ONE, TWO = "33.09.01.2001", "33.09.01.2002"
COLUMNS = {"sex": "VARCHAR", "birth_date": "DATE", "hours_per_week": "BIGINT"}
Row = tuple[object, ...]


def row(
    unit: int, village: str = ONE, stop: str = "9999-12-31", start: str = "2020-01-01", **fields: object
) -> Row:
    return (
        unit, f"{village}.001.001", start, stop, "2026-01-06 00:00:00", "9999-12-31 23:59:59.999999", "import", "",
        json.dumps(fields),
    )  # fmt: skip


def source(rows: Sequence[Row], columns: dict[str, str] = COLUMNS) -> Source:
    """A register with these rows, asked by village and unit as the rooms are."""
    return Source(
        "contoh",
        columns,
        lambda villages, units: [
            each for each in rows if str(each[1])[:13] in villages and (units is None or each[0] in units)
        ],
    )


def read(village: str) -> list[dict[str, object]]:
    path = partitions.partition("contoh", village)
    found = duckdb.sql(
        f"SELECT * FROM read_parquet('{path}', hive_partitioning = false) ORDER BY unit, valid_from"
    )
    return [dict(zip(found.columns, each, strict=True)) for each in found.fetchall()]


def test_merging_a_few_units_gives_the_same_file_as_writing_the_village_again():
    before = [row(unit, sex="L", hours_per_week=unit) for unit in range(1, 9)]
    after = [
        *before[:3],
        row(4, sex="P"),
        row(4, start="2019-01-01", stop="2020-01-01"),
        *before[5:],
        row(20),
    ]
    partitions.rebuild(source(before), [ONE])
    partitions.merge(source(after), ONE, {4, 5, 20})
    merged = read(ONE)
    partitions.rebuild(source(after), [ONE])
    assert merged == read(ONE)
    assert list(merged[0]) == list(read(ONE)[0])


def test_merging_twice_is_merging_once():
    partitions.rebuild(source([row(1), row(2)]), [ONE])
    changed = source([row(1, sex="P"), row(2)])
    partitions.merge(changed, ONE, {1})
    once = read(ONE)
    partitions.merge(changed, ONE, {1})
    assert read(ONE) == once


def test_who_moved_is_in_both_villages_each_for_its_own_days():
    partitions.rebuild(source([row(1)]), [ONE, TWO])
    moved = source([row(1, stop="2026-05-01"), row(1, TWO, start="2026-05-01")])
    partitions.merge(moved, ONE, {1})
    partitions.merge(moved, TWO, {1})
    assert [str(each["valid_to"]) for each in read(ONE)] == ["2026-05-01"]
    assert [str(each["valid_from"]) for each in read(TWO)] == ["2026-05-01"]


def test_a_village_that_emptied_has_no_file():
    partitions.rebuild(source([row(1)]), [ONE])
    partitions.rebuild(source([]), [ONE])
    assert not partitions.partition("contoh", ONE).exists()


def test_a_register_nobody_filled_can_be_read():
    partitions.rebuild(source([]), [ONE])
    scan = engine().scan([str(partitions.folder("contoh") / "village=*" / "part.parquet")])
    assert engine().table(f"SELECT unit, area, sex FROM {scan}").num_rows == 0


def test_a_reader_that_has_the_file_open_keeps_reading_the_old_one():
    partitions.rebuild(source([row(1)]), [ONE])
    path = partitions.partition("contoh", ONE)
    with path.open("rb") as reader:
        old = path.read_bytes()
        partitions.rebuild(source([row(1, sex="P"), row(2)]), [ONE])
        assert reader.read() == old
    assert len(read(ONE)) == 2


@pytest.mark.parametrize("act", ["rebuild", "merge"])
def test_who_falls_between_writing_and_swapping_leaves_the_old_file(
    act: str, monkeypatch: pytest.MonkeyPatch
):
    partitions.rebuild(source([row(1)]), [ONE])
    before = read(ONE)

    def falls(_: object, target: Path) -> None:
        if Path(target) == partitions.partition("contoh", ONE):
            raise OSError("listrik padam")
        return real(_, target)

    real = os.replace
    monkeypatch.setattr(os, "replace", falls)
    changed = source([row(1, sex="P"), row(2)])
    with pytest.raises(OSError, match="listrik padam"):
        partitions.rebuild(changed, [ONE]) if act == "rebuild" else partitions.merge(changed, ONE, {1, 2})
    monkeypatch.undo()
    assert read(ONE) == before
    partitions.rebuild(changed, [ONE])
    assert len(read(ONE)) == 2
    assert not list(partitions.folder("contoh").glob(".aside-*"))


def test_a_register_with_another_column_is_written_anew():
    partitions.rebuild(source([row(1)]), [ONE])
    assert partitions.is_current(source([]))
    wider = source([row(1, can_read=True)], COLUMNS | {"can_read": "BOOLEAN"})
    assert not partitions.is_current(wider)
    partitions.rebuild(wider, [ONE])
    assert partitions.is_current(wider)
    assert read(ONE)[0]["can_read"] is True


def test_rows_beyond_one_batch_are_all_written(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(partitions, "_CHUNK", 3)
    rows = [row(unit, ONE if unit % 2 else TWO) for unit in range(10)]
    assert partitions.rebuild(source(rows), [ONE, TWO]) == 10
    assert [len(read(village)) for village in (ONE, TWO)] == [5, 5]
    assert set(read(ONE)[0]) == {*partitions.HEAD, *COLUMNS}
