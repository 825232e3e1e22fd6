"""The administrator: accounts with a role, a place and dates; no names of citizens."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.steps import RT, go, then_refused_with_a_sentence

Opener = Callable[..., Page]
Look = Callable[[Page, str], None]


def test_an_account_is_made_with_a_role_in_one_place_and_closed_again(page_for: Opener, seen: Look) -> None:
    page = page_for("pengelola")
    go(page, "/mulai/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Akun")
    seen(page, "pengelola-akun")
    page.get_by_role("link", name="Buat akun").click()
    seen(page, "pengelola-akun-baru")
    page.get_by_label("Nama akun").fill("rt.sumbung.008")
    page.get_by_label("Nama pemegang akun").fill("Contoh Ketua RT Delapan")
    page.locator("select[name=role]").select_option("ketua_rt")
    page.locator("[name=area]").fill("33.09.03.2004.001.008")
    page.get_by_role("button", name="Buat akun").click()
    password = page.locator("main").inner_text()
    assert re.search(r"\b[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}\b", password), "the first password is shown once"

    go(page, "/akun/?cari=rt.sumbung.008")
    page.get_by_role("link", name="rt.sumbung.008").click()
    page.get_by_role("button", name="Tutup akun").click()
    expect(page.get_by_text("Akun ditutup. Sesinya berakhir.")).to_be_visible()
    expect(page.locator(".tag").filter(has_text="Ditutup")).to_be_visible()


def test_a_wrong_place_is_answered_with_what_to_do(page_for: Opener) -> None:
    page = page_for("pengelola")
    go(page, "/akun/baru/")
    page.get_by_label("Nama akun").fill("salah.wilayah")
    page.get_by_label("Nama pemegang akun").fill("Contoh Keliru")
    page.locator("select[name=role]").select_option("ketua_rt")
    page.locator("[name=area]").fill("33.09")
    page.get_by_role("button", name="Buat akun").click()
    expect(page.locator(".err").first).to_be_visible()


def test_the_administrator_opens_no_names(page_for: Opener) -> None:
    then_refused_with_a_sentence(page_for("pengelola"), f"/rt/{RT}/")


def test_a_file_goes_in_row_by_row_and_the_bad_rows_come_back_to_be_mended(
    page_for: Opener, seen: Look, tmp_path: Path
) -> None:
    page = page_for("pengelola")
    go(page, "/impor/")
    seen(page, "pengelola-impor")
    when_a_file_is_sent(
        page, tmp_path, ["J901;33.09.03.2004.001.008;ya;3", "J902;33.09.03.2004.001.008;mungkin;3"]
    )
    then_the_file_is_through(page, new=1, refused=1)
    expect(page.get_by_role("region", name="Alasan penolakan")).to_contain_text("ya atau tidak")
    seen(page, "pengelola-impor-hasil")

    with page.expect_download() as waiting:
        page.locator("a[href$='ditolak.csv']").click()
    bad = waiting.value.path().read_text(encoding="utf-8-sig")
    assert "J902" in bad
    assert "J901" not in bad

    go(page, "/impor/")
    when_a_file_is_sent(
        page, tmp_path, ["J901;33.09.03.2004.001.008;ya;3", "J902;33.09.03.2004.001.008;tidak;3"]
    )
    then_the_file_is_through(page, new=1, refused=0)  # J901 was there already and is left alone


def when_a_file_is_sent(page: Page, folder: Path, rows: list[str]) -> None:
    file = folder / "rumah.csv"
    file.write_text("\n".join(["house_no;area;occupied;floor", *rows]) + "\n", encoding="utf-8")
    page.locator("select[name=register]").select_option("houses")
    page.locator("input[name=file]").set_input_files(file)
    page.get_by_role("button", name="Kirim berkas").click()


def then_the_file_is_through(page: Page, *, new: int, refused: int) -> None:
    """The page renews itself until the file is in."""
    for word, number in (("Baru", new), ("Ditolak", refused)):
        fact = page.locator(".facts > div").filter(has=page.get_by_text(word, exact=True))
        expect(fact.get_by_role("definition")).to_have_text(str(number), timeout=60_000)
