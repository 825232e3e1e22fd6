"""The Bupati, the Bapperida analyst, the camat and the agency: figures for decisions, each in the own place."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.steps import DISTRICT, REGENCY, RT, VILLAGE, go, then_refused_with_a_sentence

Opener = Callable[..., Page]
Look = Callable[[Page, str], None]


def test_the_bupati_reads_one_page(page_for: Opener, seen: Look) -> None:
    page = page_for("bupati")
    go(page, "/mulai/")
    expect(page.get_by_text("Halaman Bupati").first).to_be_visible()
    for heading in ("Yang bergerak, dan sebabnya", "Menonjol di luar kebetulan", "Pekerjaan bulan ini"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    seen(page, "bupati")
    page.get_by_role("region", name="Gerak angka utama").get_by_role("link").first.click()
    expect(page.get_by_text("Mengapa angka ini bergerak?").first).to_be_visible()


def test_the_bupati_sees_the_whole_regency(page_for: Opener, picture: Look) -> None:
    page = page_for("bupati")
    go(page, f"/wilayah/{REGENCY}/")
    expect(
        page.get_by_role("navigation", name="Utama").get_by_role("link", name="Halaman Bupati")
    ).to_be_visible()
    expect(page.get_by_role("heading", name="Mana yang sungguh berbeda?")).to_be_visible()
    picture(page, "dashboard")


def test_the_wall_shows_numbers_only(page_for: Opener, seen: Look) -> None:
    page = page_for("bupati")
    go(page, f"/layar/{REGENCY}/")
    expect(page.get_by_role("row").filter(has_text="Penduduk menetap")).to_be_visible()
    seen(page, "layar-dinding")


def test_the_analyst_walks_from_the_regency_down_to_one_rt(page_for: Opener, seen: Look) -> None:
    page = page_for("bapperida")
    go(page, "/mulai/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kabupaten Boyolali")
    for code, name in ((DISTRICT, "Kecamatan Cepogo"), (VILLAGE, "Desa Sumbung"), (RT, "RT 007 Sambirejo")):
        page.locator(f"main a[href^='/wilayah/{code}/']").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    seen(page, "bapperida-rt")


def test_the_analyst_asks_why_a_figure_moved_and_which_areas_moved_it(page_for: Opener, seen: Look) -> None:
    page = page_for("bapperida")
    go(page, f"/gerak/population/{DISTRICT}/")
    expect(page.get_by_text("Perubahan nyata").first).to_be_visible()
    expect(page.get_by_role("heading", name="Wilayah yang menggerakkannya")).to_be_visible()
    seen(page, "bapperida-jembatan")


def test_the_analyst_reads_figures_but_no_names(page_for: Opener) -> None:
    then_refused_with_a_sentence(page_for("bapperida"), f"/angka/population/{RT}/kiriman/")


def test_the_camat_sees_every_rt_of_the_own_kecamatan_and_none_elsewhere(
    page_for: Opener, seen: Look
) -> None:
    page = page_for("camat.cepogo")
    go(page, "/mulai/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kecamatan Cepogo")
    seen(page, "camat")
    assert go(page, f"/wilayah/{RT}/") == 200
    go(page, "/wilayah/33.09.01/")
    elsewhere = "/wilayah/33.09.01.2001.001.001/"
    then_refused_with_a_sentence(page, elsewhere)
    seen(page, "camat-ditolak")


def test_the_agency_reads_where_its_work_is(page_for: Opener, seen: Look) -> None:
    page = page_for("opd.dinkes")
    go(page, f"/wilayah/{REGENCY}/")
    page.get_by_role("link", name="Kesehatan", exact=True).click()
    expect(page.get_by_text("Stunting balita").first).to_be_visible()
    seen(page, "opd-kesehatan")
    then_refused_with_a_sentence(page, f"/rt/{RT}/")


def test_the_agency_names_a_purpose_before_it_reads_names(page_for: Opener, seen: Look) -> None:
    page = page_for("opd.dinkes")
    go(page, f"/angka/population/{RT}/kiriman/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tujuan membuka data orang")
    page.get_by_label("Menyalurkan program atau bantuan").check()
    page.get_by_role("button", name="Catat tujuan dan lanjutkan").click()
    expect(page.get_by_role("alert")).to_be_visible()  # this purpose asks for a note
    seen(page, "opd-tujuan")
    page.get_by_label("Nomor surat tugas, program, atau perkara").fill("Program makanan tambahan")
    page.get_by_role("button", name="Catat tujuan dan lanjutkan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiriman yang menggerakkan angka ini")
