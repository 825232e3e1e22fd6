"""From commit to every figure and every open dashboard, at fifty reports a second."""

from collections.abc import Iterator

from bench.harness import Desk, Measurement

DHIS2_MINUTES = 10  # rebuild of the analytics tables on its demo


def measure(desk: Desk) -> Iterator[Measurement]:
    with desk.running(desk.filled()):
        found = desk.inside("freshness")
    yield Measurement(
        "Kiriman sampai semua angka (p95, 50 per detik)", found["p95"], "detik", bar=1.0,
        yardstick="DHIS2, tabel analitik", yardstick_value=DHIS2_MINUTES * 60, seconds=found["p95"],
    )  # fmt: skip
    yield Measurement("Kiriman sampai semua angka (p50, 50 per detik)", found["p50"], "detik")
    yield Measurement("Mencatat satu kiriman (p95)", 1000 * found["commit_p95"], "ms", bar=150)
