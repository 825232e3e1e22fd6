"""The head of RT 007 in Sumbung: a phone in the hand, a few minutes a month."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.steps import (
    RT_HEAD,
    given_the_notebook_is_open,
    home,
    then_it_is_said,
    then_refused_with_a_sentence,
    toast,
    when_a_birth_is_reported,
    when_a_death_is_reported,
    when_a_household_is_opened,
    when_something_happened_to,
)

Opener = Callable[..., Page]
Look = Callable[[Page, str], None]
PHONE = 360


def test_the_notebook_opens_on_the_own_neighbourhood_and_one_tap_says_unchanged(
    page_for: Opener, seen: Look
) -> None:
    page = page_for(RT_HEAD, PHONE)
    given_the_notebook_is_open(page)
    seen(page, "rt-buku")
    done = int(page.get_by_role("progressbar").get_attribute("value") or 0)
    card = home(page, "Contoh Wagiman")
    card.get_by_role("button", name="Tetap").click()
    then_it_is_said(page, "Dicatat tetap.")
    expect(card.get_by_text("Sudah diperiksa")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", str(done + 1))
    when_the_toast_is_undone(page)
    expect(card.get_by_text("Sudah diperiksa")).to_have_count(0)


def test_a_birth_is_reported_in_a_few_taps_and_can_be_undone(page_for: Opener, seen: Look) -> None:
    page = page_for(RT_HEAD, PHONE)
    given_the_notebook_is_open(page)
    card = when_a_household_is_opened(page, "Contoh Hartono")
    seen(page, "rt-rumah-tangga")
    card.get_by_role("link", name="Lahir").click()
    seen(page, "rt-lahir")
    page.go_back()
    when_a_birth_is_reported(page, "Contoh Hartono", "Contoh Bayi")
    then_it_is_said(page, "Kelahiran dicatat.")
    expect(home(page, "Contoh Hartono").get_by_text("4 jiwa")).to_be_visible()
    seen(page, "rt-tercatat")
    when_the_toast_is_undone(page)
    then_it_is_said(page, "Laporan dibatalkan. Catatan kembali seperti semula.")
    expect(home(page, "Contoh Hartono").get_by_text("3 jiwa")).to_be_visible()


def test_a_death_waits_for_the_village(page_for: Opener, seen: Look) -> None:
    page = page_for(RT_HEAD, PHONE)
    given_the_notebook_is_open(page)
    when_something_happened_to(page, "Contoh Ngatinem", "Contoh Ngatinem", "Meninggal")
    expect(page.get_by_text("diperiksa orang kedua di desa")).to_be_visible()
    seen(page, "rt-meninggal")
    when_a_death_is_reported(page, "Contoh Ngatinem", "Contoh Ngatinem")
    then_the_person_is_still_listed_as_waiting(page, "Contoh Ngatinem")
    page.get_by_role("button", name="Urungkan Meninggal").click()
    then_it_is_said(page, "Laporan dibatalkan. Catatan kembali seperti semula.")


def test_a_wrong_record_is_put_right(page_for: Opener, seen: Look) -> None:
    page = page_for(RT_HEAD, PHONE)
    given_the_notebook_is_open(page)
    when_something_happened_to(page, "Contoh Sutrisno", "Contoh Lestari", "Perbaiki")
    page.get_by_label("Tanggal lahir").fill("1985-07-02")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("alert")).to_contain_text("Pilih salah satu")
    seen(page, "rt-perbaiki")
    page.get_by_label("Catatan yang dulu keliru").check()
    page.get_by_role("button", name="Simpan").click()
    then_it_is_said(page, "Catatan dibetulkan.")


def test_a_house_that_changed_is_told_in_the_same_notebook(page_for: Opener, seen: Look) -> None:
    page = page_for(RT_HEAD, PHONE)
    given_the_notebook_is_open(page)
    when_a_household_is_opened(page, "Contoh Sutrisno").get_by_role("link", name="Rumah").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keadaan rumah")
    seen(page, "rt-keadaan-rumah")
    page.get_by_role("group", name="Atap rusak").get_by_label("Ya").check()
    page.get_by_label("Keadaannya sekarang berubah").check()
    page.get_by_role("button", name="Simpan").click()
    then_it_is_said(page, "Perubahan dicatat.")


def test_a_date_that_has_not_come_is_answered_with_what_to_do(page_for: Opener, seen: Look) -> None:
    page = page_for(RT_HEAD, PHONE)
    given_the_notebook_is_open(page)
    when_a_household_is_opened(page, "Contoh Hartono").get_by_role("link", name="Datang").click()
    page.get_by_label("Nama").fill("Contoh Pendatang")
    page.get_by_label("Laki-laki").check()
    page.get_by_label("Tanggal lahir").fill("1999-05-04")
    page.get_by_label("Tanggal lain", exact=True).check()
    page.locator("input[name=on]").fill("2999-01-01")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "belum tiba. Pilih hari ini atau hari yang sudah lewat."
    )
    expect(page.get_by_label("Nama")).to_have_value("Contoh Pendatang")  # what was typed is still there
    seen(page, "rt-tanggal-keliru")


def test_another_neighbourhood_stays_shut(page_for: Opener, seen: Look) -> None:
    page = page_for(RT_HEAD, PHONE)
    then_refused_with_a_sentence(page, "/rt/33.09.03.2004.001.001/")
    seen(page, "rt-bukan-milik-anda")


def test_without_a_script_the_same_birth_is_reported_and_undone(page_for: Opener) -> None:
    page = page_for(RT_HEAD, PHONE, script=False)
    given_the_notebook_is_open(page)
    when_a_birth_is_reported(page, "Contoh Wagiman", "Contoh Bayi Kedua")
    then_it_is_said(page, "Kelahiran dicatat.")
    expect(home(page, "Contoh Wagiman").get_by_text("3 jiwa")).to_be_visible()
    when_the_toast_is_undone(page)
    expect(home(page, "Contoh Wagiman").get_by_text("2 jiwa")).to_be_visible()


def test_the_rest_is_unchanged_with_one_tap(page_for: Opener, seen: Look) -> None:
    page = page_for(RT_HEAD, PHONE)
    given_the_notebook_is_open(page)
    page.get_by_role("button", name="Sisanya tetap").click()
    then_it_is_said(page, "Sisanya dicatat tetap. Buku bulan ini selesai.")
    expect(page.get_by_text("Buku bulan ini selesai", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Sisanya tetap")).to_have_count(0)
    seen(page, "rt-selesai")
    when_the_toast_is_undone(page)
    expect(page.get_by_role("button", name="Sisanya tetap")).to_be_visible()


def when_the_toast_is_undone(page: Page) -> None:
    toast(page).get_by_role("button", name="Urungkan").click()


def then_the_person_is_still_listed_as_waiting(page: Page, name: str) -> None:
    card = when_a_household_is_opened(page, name)
    expect(card.get_by_text("Meninggal, menunggu desa")).to_be_visible()
    sent = page.get_by_role("region", name="Kiriman bulan ini")
    expect(sent.get_by_text(f"Meninggal: {name}")).to_be_visible()
    expect(sent.get_by_text("Menunggu desa").first).to_be_visible()
