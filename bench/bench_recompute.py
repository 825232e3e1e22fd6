"""Measuring everything anew, against the same SQL run by hand in DuckDB."""

from collections.abc import Iterator

from bench.harness import Desk, Measurement


def measure(desk: Desk) -> Iterator[Measurement]:
    desk.filled()
    found = desk.inside("recompute")
    yield Measurement(
        "Hitung ulang semua angka, dibanding SQL yang sama dengan tangan", found["whole"] / found["by_hand"], "kali",
        bar=2.0, yardstick="DuckDB dengan tangan", yardstick_value=1.0,
    )  # fmt: skip
    yield Measurement(
        "Hitung ulang semua angka, RT sampai kabupaten", found["whole"], "detik", seconds=found["whole"]
    )
