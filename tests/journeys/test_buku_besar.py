"""Anybody, without an account: hold on to a head today, prove tomorrow that nothing before it was changed."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.steps import RT_HEAD, given_the_notebook_is_open, go

Opener = Callable[..., Page]
Look = Callable[[Page, str], None]


def test_an_old_copy_of_the_head_still_fits_after_more_was_written(page_for: Opener, seen: Look) -> None:
    page = page_for(None)
    size, root = given_a_copy_of_the_head(page)
    given_the_notebook_is_open(page_for(RT_HEAD, 360))  # one more entry
    go(page, "/buku-besar/")
    seen(page, "buku-besar")
    page.get_by_label("Jumlah catatan waktu itu").fill(size)
    page.get_by_label("Akar waktu itu").fill(root)
    page.get_by_role("button", name="Bandingkan").click()
    expect(page.get_by_text("Cocok", exact=True)).to_be_visible()


def test_a_changed_copy_does_not_fit_and_the_page_says_whom_to_tell(page_for: Opener, seen: Look) -> None:
    page = page_for(None, script=False)
    size, root = given_a_copy_of_the_head(page)
    page.get_by_label("Jumlah catatan waktu itu").fill(size)
    page.get_by_label("Akar waktu itu").fill(("0" if root[0] != "0" else "1") + root[1:])
    page.get_by_role("button", name="Bandingkan").click()
    expect(page.get_by_text("Tidak cocok", exact=True)).to_be_visible()
    expect(page.get_by_text("laporkan ke Inspektorat")).to_be_visible()


def test_one_entry_is_proved_without_opening_it(page_for: Opener, seen: Look) -> None:
    page = page_for(None, 360)
    go(page, "/buku-besar/")
    page.get_by_label("Nomor catatan").fill("1")
    page.get_by_role("button", name="Periksa").click()
    expect(page.get_by_text("Catatan 1 terbukti ada")).to_be_visible()
    seen(page, "buku-besar-bukti")


def given_a_copy_of_the_head(page: Page) -> tuple[str, str]:
    """The line one copies from the page: number of entries and root."""
    go(page, "/buku-besar/")
    size, root, _ = page.locator(".mrz").inner_text().split(" · ")
    return size, root
