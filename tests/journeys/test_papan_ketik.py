"""One whole journey with the keyboard alone: sign in, report a birth, take it back, sign out."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import RT_HEAD, go, home, then_it_is_said, toast

MOST_TABS = 120


def test_a_birth_is_reported_and_taken_back_without_a_mouse(page_for: Callable[..., Page]) -> None:
    page = page_for(None, 1280)
    go(page, "/masuk/")
    when_tabbed_to(page, page.get_by_label("Nama akun"))
    page.keyboard.type(RT_HEAD)
    page.keyboard.press("Tab")
    page.keyboard.type("natapraja-demo")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/masuk/" not in url)

    when_tabbed_to(page, page.get_by_role("link", name="Buku RT"))
    page.keyboard.press("Enter")
    card = home(page, "Contoh Hartono")
    when_tabbed_to(page, card.get_by_role("link").first)
    page.keyboard.press("Enter")
    when_tabbed_to(page, card.get_by_role("link", name="Lahir"))
    page.keyboard.press("Enter")
    when_tabbed_to(page, page.get_by_label("Nama bayi"))
    page.keyboard.type("Contoh Bayi Papan Ketik")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # the first of two: boy
    when_tabbed_to(page, page.get_by_role("button", name="Simpan"))
    page.keyboard.press("Enter")
    then_it_is_said(page, "Kelahiran dicatat.")
    expect(home(page, "Contoh Hartono").get_by_text("4 jiwa")).to_be_visible()

    when_tabbed_to(page, toast(page).get_by_role("button", name="Urungkan"))
    page.keyboard.press("Enter")
    then_it_is_said(page, "Laporan dibatalkan.")
    when_tabbed_to(page, page.get_by_role("button", name="Keluar"))
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk")


def when_tabbed_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the wanted part has the focus, and see that the focus is visible."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if wanted.evaluate("part => part === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    assert wanted.evaluate("part => getComputedStyle(part).outlineStyle") != "none", (
        "the focus cannot be seen"
    )
