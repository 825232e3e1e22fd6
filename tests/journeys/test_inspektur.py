"""The inspector: who read whose names and why, and whether the ledger is whole."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.steps import (
    INSPECTOR,
    RT_HEAD,
    given_the_notebook_is_open,
    go,
    then_refused_with_a_sentence,
)

Opener = Callable[..., Page]
Look = Callable[[Page, str], None]


def test_the_trail_shows_who_read_and_for_what(page_for: Opener, seen: Look) -> None:
    given_the_notebook_is_open(page_for(RT_HEAD, 360))
    page = page_for(INSPECTOR)
    go(page, "/pengawasan/baca/")
    page.get_by_label("Wilayah").fill("33.09.03.2004")
    page.get_by_role("button", name="Terapkan").click()
    row = page.get_by_role("row").filter(has_text="rt.sumbung.007").first
    expect(row).to_contain_text("RT 007 RW 001, Desa Sumbung")
    expect(row).to_contain_text("Memutakhirkan data warga wilayah saya")
    seen(page, "inspektur-jejak")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Unduh CSV").click()
    assert "rt.sumbung.007" in waiting.value.path().read_text(encoding="utf-8")


def test_the_ledger_reads_as_sentences_for_the_inspector_only(page_for: Opener, seen: Look) -> None:
    given_the_notebook_is_open(page_for(RT_HEAD, 360))
    page = page_for(INSPECTOR)
    go(page, "/pengawasan/buku-besar/")
    expect(page.get_by_role("row").filter(has_text="rt.sumbung.007 membaca data").first).to_be_visible()
    seen(page, "inspektur-buku-besar")
    then_refused_with_a_sentence(page_for(RT_HEAD), "/pengawasan/buku-besar/")


def test_one_command_says_that_nothing_was_touched(site: Site) -> None:
    said = site.nata("ledger", "verify")
    assert said.returncode == 0, said.stdout + said.stderr
    assert "Buku besar utuh: tidak ada yang diubah, dihapus, atau disisipkan." in said.stdout
