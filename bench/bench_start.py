"""From nothing to the first dashboard, and from a stopped installation to a running one."""

import shutil
from collections.abc import Iterator

from bench.harness import Desk, Measurement


def measure(desk: Desk) -> Iterator[Measurement]:
    empty = desk.home / "first-start"
    shutil.rmtree(empty, ignore_errors=True)
    with desk.running(empty) as seconds:
        pass
    yield Measurement("Nyala pertama sampai dasbor", seconds, "detik", bar=60, seconds=seconds)
    with desk.running(empty) as seconds:
        pass
    yield Measurement("Nyala berikutnya", seconds, "detik", bar=5, seconds=seconds)
    shutil.rmtree(empty)
