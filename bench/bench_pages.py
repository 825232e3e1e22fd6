"""How long a reader waits for a page, asked from the same machine: the public, the Bupati and an RT head."""

import re
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar

from bench.harness import Desk, Measurement
from natapraja.foundation.access.demo import PASSWORD

PUBLIC = {
    "Dasbor kabupaten": "/wilayah/33.09/",
    "Dasbor kabupaten, tabel semua desa": "/wilayah/33.09/?tingkat=village",
    "Dasbor kecamatan": "/wilayah/33.09.03/",
    "Dasbor desa": "/wilayah/33.09.03.2004/",
    "Paspor angka": "/angka/population/33.09/",
}
SIGNED_IN = {
    "bupati": {"Dasbor kabupaten, Bupati": "/wilayah/33.09/", "Halaman Bupati": "/bupati/"},
    "rt.sumbung.007": {"Buku RT": "/rt/"},
}
TIMES = 40


def measure(desk: Desk) -> Iterator[Measurement]:
    with desk.running(desk.filled()):
        site = f"http://127.0.0.1:{desk.port}"
        for user, pages in {"": PUBLIC, **SIGNED_IN}.items():
            browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
            if user:
                _sign_in(browser, site, user)
            for title, path in pages.items():
                _wait(browser, site + path)  # the first reader after a start finds nothing worked out yet
                waits = sorted(_wait(browser, site + path) for _ in range(TIMES))
                yield Measurement(f"{title} (p95)", 1000 * waits[int(0.95 * TIMES) - 1], "ms", bar=100)


def _wait(browser: urllib.request.OpenerDirector, address: str) -> float:
    begun = time.perf_counter()
    with browser.open(address, timeout=60) as answer:
        answer.read()
    return time.perf_counter() - begun


def _sign_in(browser: urllib.request.OpenerDirector, site: str, user: str) -> None:
    with browser.open(f"{site}/masuk/", timeout=60) as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    assert token is not None
    fields = {"csrfmiddlewaretoken": token[1], "username": user, "password": PASSWORD}
    with browser.open(f"{site}/masuk/", urllib.parse.urlencode(fields).encode(), timeout=60) as answer:
        assert "/masuk/" not in answer.url, user
