"""The operator of Desa Sumbung: the second pair of eyes, and the one who knows which RT are silent."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.journeys.steps import (
    OPERATOR,
    RT_HEAD,
    VILLAGE,
    given_the_notebook_is_open,
    go,
    home,
    then_it_is_said,
    then_refused_with_a_sentence,
    when_a_birth_is_reported,
    when_a_death_is_reported,
    when_a_purpose_is_chosen,
)

Opener = Callable[..., Page]
Look = Callable[[Page, str], None]
PURPOSE = "Memutakhirkan data warga wilayah saya"
REASON = "Beliau sehat; kemarin hadir di posyandu lansia."


def test_one_claim_is_confirmed_and_another_refused_with_a_reason_the_rt_head_reads(
    page_for: Opener, seen: Look
) -> None:
    rt = page_for(RT_HEAD, 360)
    when_a_death_is_reported(rt, "Contoh Wagiman", "Contoh Suparmi")
    when_a_death_is_reported(rt, "Contoh Ngatinem", "Contoh Ngatinem")

    desk = page_for(OPERATOR)
    go(desk, "/desa/")
    seen(desk, "desa-tujuan")
    when_a_purpose_is_chosen(desk, PURPOSE)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Meja Desa Sumbung")
    expect(desk.get_by_text("2 laporan menunggu orang kedua.")).to_be_visible()
    seen(desk, "desa-meja")

    claim(desk, "Contoh Suparmi").get_by_role("button", name="Benar, keluarkan dari daftar").click()
    then_it_is_said(desk, "Dibenarkan. Angka di semua tingkat ikut berubah.")

    doubtful = claim(desk, "Contoh Ngatinem")
    doubtful.get_by_text("Tidak benar").click()
    doubtful.get_by_label("Alasan, akan dibaca ketua RT").fill(REASON)
    seen(desk, "desa-alasan")
    doubtful.get_by_role("button", name="Kirim alasan").click()
    then_it_is_said(desk, "Tidak dibenarkan. Ketua RT akan membaca alasannya.")
    expect(desk.get_by_text("Tidak ada yang menunggu")).to_be_visible()

    then_the_rt_head_reads_the_reason_and_still_lists_the_living(rt)


def test_the_desk_says_which_rt_are_silent_and_opens_their_notebooks(page_for: Opener, seen: Look) -> None:
    rt = page_for(RT_HEAD, 360)
    given_the_notebook_is_open(rt)
    when_a_birth_is_reported(rt, "Contoh Sutrisno", "Contoh Bayi Sumbung")
    then_it_is_said(rt, "Kelahiran dicatat.")

    desk = page_for(OPERATOR)
    given_the_desk_is_open(desk)
    rows = desk.get_by_role("region", name="Kiriman RT").get_by_role("row")
    expect(rows).to_have_count(1 + 17)  # a head, and the seventeen RT of Sumbung
    expect(desk.get_by_text("16 RT belum mengirim bulan ini.")).to_be_visible()  # 17 - 1
    expect(rows.nth(1)).to_contain_text("Belum")  # the silent ones come first
    expect(rows.last).to_contain_text(
        re.compile("RT 007.*(Sebagian|Sudah)", re.DOTALL)
    )  # one household of several

    rows.last.get_by_role("link").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("RT 007 Sambirejo")
    go(desk, "/rt/")
    expect(desk.get_by_role("link", name="RT 007")).to_be_visible()
    seen(desk, "desa-pilih-rt")


def test_the_operator_decides_in_the_own_village_only(page_for: Opener) -> None:
    then_refused_with_a_sentence(page_for(OPERATOR), "/desa/33.09.03.2001/")


def test_nobody_decides_on_an_own_report(page_for: Opener) -> None:
    desk = page_for(OPERATOR)
    given_the_desk_is_open(desk)
    go(desk, f"/rt/{VILLAGE}.001.007/")
    when_a_death_is_reported_by_the_operator(desk)
    given_the_desk_is_open(desk)
    own = claim(desk, "Contoh Bagas")
    expect(own.get_by_text("Anda yang melaporkan, jadi orang lain yang memutus.")).to_be_visible()
    expect(own.get_by_role("button")).to_have_count(0)


def given_the_desk_is_open(desk: Page) -> None:
    """The purpose chosen in an earlier journey still holds; a first journey chooses it."""
    go(desk, "/desa/")
    if "/tujuan/" in desk.url:
        when_a_purpose_is_chosen(desk, PURPOSE)


def claim(desk: Page, person: str) -> Locator:
    heading = desk.get_by_role("heading", level=3, name=person)
    return desk.locator("li.card").filter(has=heading)


def when_a_death_is_reported_by_the_operator(desk: Page) -> None:
    home(desk, "Contoh Sutrisno").get_by_role("link", name=re.compile("^(Ada perubahan|Buka)")).click()
    row = desk.get_by_role("listitem").filter(has=desk.get_by_role("heading", level=4, name="Contoh Bagas"))
    row.last.get_by_text("Apa yang terjadi?").click()
    row.last.get_by_role("link", name="Meninggal", exact=True).click()
    desk.get_by_role("button", name="Simpan").click()


def then_the_rt_head_reads_the_reason_and_still_lists_the_living(rt: Page) -> None:
    given_the_notebook_is_open(rt)
    sent = rt.get_by_role("region", name="Kiriman bulan ini")
    expect(sent.get_by_text(f"Jawaban desa: {REASON}")).to_be_visible()
    expect(sent.get_by_text("Dijawab desa")).to_be_visible()
    expect(home(rt, "Contoh Ngatinem").get_by_text("1 jiwa")).to_be_visible()
    expect(home(rt, "Contoh Wagiman").get_by_text("1 jiwa")).to_be_visible()  # 2 - 1
