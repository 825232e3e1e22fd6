"""Anybody, without an account: the regency in figures, down to the village and no further."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import REGENCY, RT, VILLAGE, go

Opener = Callable[..., Page]
Look = Callable[[Page, str], None]


def test_the_home_page_leads_to_the_regency_and_to_the_own_village(page_for: Opener, seen: Look) -> None:
    page = page_for(None, 360)
    go(page, "/")
    seen(page, "publik-beranda")
    page.get_by_role("searchbox").or_(page.locator("main input[name=q], header input[name=q]")).first.fill(
        "sumbung"
    )
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Desa Sumbung")).to_be_visible()
    expect(page.get_by_role("banner")).to_contain_text("Kabupaten Boyolali")
    seen(page, "publik-cari")
    page.get_by_role("link", name="Desa Sumbung").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Desa Sumbung")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("id", "Apa yang terjadi di kabupaten kita?"),
        ("en", "What is happening in our regency?"),
        ("jv", None),
    ],
)
def test_the_home_page_speaks_three_languages(
    page_for: Opener, check_accessible: Callable[[Page], None], language: str, sentence: str | None
) -> None:
    page = page_for(None, 360)
    go(page, f"/bahasa/{language}/?ke=/")
    assert page.locator("html").get_attribute("lang") == language
    heading = page.get_by_role("heading", level=1).inner_text()
    assert heading == sentence if sentence else heading != "Apa yang terjadi di kabupaten kita?"
    check_accessible(page)


def test_small_counts_are_hidden_and_rt_stay_shut(page_for: Opener, seen: Look) -> None:
    page = page_for(None, 360)
    go(page, f"/wilayah/{VILLAGE}/")
    expect(page.get_by_text("disamarkan", exact=True).first).to_be_visible()
    expect(page.get_by_text("Angka per RT hanya untuk petugas wilayah ini")).to_be_visible()
    seen(page, "publik-desa")
    go(page, f"/wilayah/{RT}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk")


def test_the_regency_compares_its_kecamatan_without_shaming_by_chance(page_for: Opener, seen: Look) -> None:
    page = page_for(None)
    go(page, f"/wilayah/{REGENCY}/")
    seen(page, "publik-kabupaten")
    expect(page.get_by_role("heading", name="Mana yang sungguh berbeda?")).to_be_visible()
    for kind in ("CSV", "XLSX", "PNG", "SVG"):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=kind, exact=False).first.click()
        assert waiting.value.path().stat().st_size > 0, kind


def test_every_figure_opens_its_passport_and_its_movement(page_for: Opener, seen: Look) -> None:
    page = page_for(None)
    go(page, f"/wilayah/{REGENCY}/")
    page.get_by_role("link", name="Paspor angka Penduduk menetap").click()
    for part in ("Pembilang", "Keadaan pada", "Diketahui pada", "Dasar hukum", "Penanggung jawab"):
        expect(page.get_by_role("term").filter(has_text=part).first).to_be_visible()
    expect(page.get_by_role("heading", name="Angka lain, dan sebab bedanya")).to_be_visible()
    seen(page, "publik-paspor")
    page.get_by_role("link", name="Mengapa?").click()
    expect(page.get_by_text("Ketiga bagian selalu berjumlah tepat.")).to_be_visible()
    seen(page, "publik-gerak")


def test_how_figures_are_made_is_open_to_everyone(page_for: Opener, seen: Look) -> None:
    page = page_for(None)
    assert go(page, "/indikator/") == 200
    expect(page.get_by_role("heading", level=1)).to_have_text("Bagaimana angka dibuat")
    title = page.get_by_role("link", name="Rumah tidak layak huni (RTLH)", exact=True)
    row = page.get_by_role("row").filter(has=title)
    expect(row.get_by_text("Dinas Perumahan")).to_be_visible()
    seen(page, "publik-indikator")
    title.click()
    expect(page.get_by_role("heading", name="Apa yang dihitung")).to_be_visible()
    assert go(page, "/turunan/") == 200
    expect(page.get_by_text("tercetak 111.172, yang benar 111.722")).to_be_visible()
    seen(page, "publik-turunan")


def test_all_of_it_reads_without_a_script(page_for: Opener) -> None:
    page = page_for(None, 360, script=False)
    go(page, "/")
    page.get_by_role("link", name="Lihat kabupaten hari ini").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kabupaten Boyolali")
    page.get_by_role("link", name="Pendidikan").click()
    page.get_by_role("link", name="Paspor angka").first.click()
    expect(page.get_by_role("heading", name="Apa yang dihitung")).to_be_visible()


def test_figures_are_open_to_programs_too(page_for: Opener) -> None:
    page = page_for(None)
    answer = page.request.get(page.url + "api/v1/openapi.json")
    assert answer.ok
    assert "/api/v1/figures" in answer.json()["paths"]
    hidden = page.request.get(page.url + f"api/v1/figures?area={RT}")
    assert hidden.status in (401, 403)
