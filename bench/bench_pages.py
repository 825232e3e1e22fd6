"""How long a reader waits for a page of the dashboard, asked from the same machine."""

import time
import urllib.request
from collections.abc import Iterator

from bench.harness import Desk, Measurement

PAGES = {
    "Dasbor kabupaten": "/wilayah/33.09/",
    "Dasbor kecamatan": "/wilayah/33.09.03/",
    "Dasbor desa": "/wilayah/33.09.03.2004/",
    "Paspor angka": "/angka/population/33.09/",
}
TIMES = 40


def measure(desk: Desk) -> Iterator[Measurement]:
    with desk.running(desk.filled()):
        for title, path in PAGES.items():
            waits = sorted(_wait(f"http://127.0.0.1:{desk.port}{path}") for _ in range(TIMES))[: TIMES - 1]
            yield Measurement(f"{title} (p95)", 1000 * waits[int(0.95 * len(waits))], "ms", bar=100)


def _wait(url: str) -> float:
    begun = time.perf_counter()
    with urllib.request.urlopen(url, timeout=60) as answer:
        answer.read()
    return time.perf_counter() - begun
