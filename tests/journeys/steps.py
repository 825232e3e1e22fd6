"""Steps that journeys of several personas share, and the places and people they speak of."""

import re

from playwright.sync_api import Locator, Page, expect

RT = "33.09.03.2004.001.007"
VILLAGE, DISTRICT, REGENCY = "33.09.03.2004", "33.09.03", "33.09"
RT_HEAD, OPERATOR, INSPECTOR = "rt.sumbung.007", "operator.sumbung", "inspektorat"


def go(page: Page, path: str) -> int:
    """Open an address of the same site; gives the status of the answer."""
    base = re.match(r"https?://[^/]+", page.url)
    assert base, page.url
    answer = page.goto(base[0] + path)
    assert answer
    return answer.status


def given_the_notebook_is_open(page: Page) -> None:
    go(page, "/rt/")
    expect(page.get_by_role("heading", level=1)).to_have_text("RT 007 Sambirejo")


def home(page: Page, head: str) -> Locator:
    """The card of a household in the notebook."""
    return page.locator("li.house").filter(has=page.get_by_role("heading", level=3, name=head, exact=True))


def when_a_household_is_opened(page: Page, head: str) -> Locator:
    card = home(page, head)
    expect(card).to_be_visible()
    opener = card.get_by_role("link", name=re.compile("^(Ada perubahan|Buka)"))
    if opener.count():
        opener.click()
    expect(card.get_by_role("group", name="Apa yang berubah")).to_be_visible()
    return card


def when_something_happened_to(page: Page, head: str, person: str, what: str) -> None:
    """In the household of `head`: choose what happened to one person."""
    card = when_a_household_is_opened(page, head)
    row = card.get_by_role("listitem").filter(has=page.get_by_role("heading", level=4, name=person))
    row.get_by_text("Apa yang terjadi?").click()
    row.get_by_role("link", name=what, exact=True).click()
    expect(page.get_by_role("button", name="Simpan")).to_be_visible()


def when_a_birth_is_filled_in(page: Page, head: str, name: str) -> None:
    when_a_household_is_opened(page, head).get_by_role("link", name="Lahir").click()
    page.get_by_label("Nama bayi").fill(name)
    page.get_by_label("Perempuan").check()


def when_a_birth_is_reported(page: Page, head: str, name: str) -> None:
    when_a_birth_is_filled_in(page, head, name)
    page.get_by_role("button", name="Simpan").click()


def when_a_death_is_reported(page: Page, head: str, person: str) -> None:
    given_the_notebook_is_open(page)
    when_something_happened_to(page, head, person, "Meninggal")
    page.get_by_role("button", name="Simpan").click()
    then_it_is_said(page, "Laporan meninggal dikirim. Desa memeriksanya dulu.")


def when_a_purpose_is_chosen(page: Page, purpose: str) -> None:
    """The page of purposes stands between an officer and names."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Tujuan membuka data orang")
    page.get_by_label(purpose).check()
    page.get_by_role("button", name="Catat tujuan dan lanjutkan").click()


def toast(page: Page) -> Locator:
    return page.locator(".dock .toast")


def then_it_is_said(page: Page, sentence: str) -> None:
    expect(toast(page).first).to_contain_text(sentence)


def then_refused_with_a_sentence(page: Page, path: str) -> None:
    """The door is shut, and the page says why and whom to ask."""
    assert go(page, path) == 403
    expect(page.get_by_text("Mintalah kepada")).to_be_visible()
