"""The pages of the dashboards: who may open what, what each must say, and that none grows with the number of areas."""

import re
from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from natapraja.foundation.kernel.clock import today
from natapraja.mcd.indicators import bridge
from natapraja.mcd.indicators import queries as figures
from natapraja.mcd.indicators.bridge import Explained, PartOf, Point
from natapraja.mcd.indicators.models import Publication
from natapraja.mcd.indicators.rules import Bridge
from tests.integration.dashboards.conftest import DISTRICT, REGENCY, RT, VILLAGE

Measure = Callable[..., None]
Somebody = Callable[..., Client]

PUBLIC = (
    "/", f"/wilayah/{REGENCY}/", f"/wilayah/{DISTRICT}/", f"/wilayah/{VILLAGE}/", f"/angka/unfit_houses/{REGENCY}/",
    f"/angka/income_gini/{REGENCY}/", f"/angka/crude_birth_rate/{REGENCY}/", f"/gerak/unfit_houses/{REGENCY}/",
    f"/layar/{REGENCY}/", "/cari/", "/cari/?q=sumbng", "/indikator/", "/turunan/",
)  # fmt: skip
SECTORS = ("ikhtisar", "penduduk", "pendidikan", "kesehatan", "infrastruktur", "ekonomi", "kesejahteraan")


@pytest.mark.parametrize("address", PUBLIC)
def test_anybody_may_open_what_is_public(measure: Measure, somebody: Somebody, address: str) -> None:
    measure()
    assert somebody().get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/", f"/wilayah/{REGENCY}/", f"/angka/unfit_houses/{VILLAGE}/", "/cari/"]
)
def test_before_the_first_figures_a_page_says_what_will_be_there(somebody: Somebody, address: str) -> None:
    answer = somebody().get(address)
    assert answer.status_code == 200
    assert "{{" not in answer.content.decode()


@pytest.mark.parametrize("sector", SECTORS)
def test_every_sector_has_its_cards(measure: Measure, somebody: Somebody, sector: str) -> None:
    measure()
    page = somebody("bupati").get(f"/wilayah/{REGENCY}/", {"sektor": sector}).content.decode()
    assert page.count('<article class="fig"') >= 4
    assert 'data-live="/kabar/33.09/"' in page


def test_the_public_ends_at_the_village(measure: Measure, somebody: Somebody) -> None:
    measure()
    for address in (
        f"/wilayah/{RT}/",
        f"/angka/population/{RT}/",
        f"/layar/{RT}/",
        f"/gerak/population/{VILLAGE}/",
    ):
        assert somebody().get(address).status_code == 302, address
        assert somebody("operator.sumbung").get(address).status_code == 200, address


def test_the_bupatis_page_is_for_the_whole_regency_only(measure: Measure, somebody: Somebody) -> None:
    measure()
    for account in ("bupati", "bapperida", "opd.dinkes", "inspektorat"):
        assert somebody(account).get("/bupati/").status_code == 200, account
    for account in ("camat.cepogo", "operator.sumbung", "rt.sumbung.007", "pengelola"):
        assert somebody(account).get("/bupati/").status_code == 403, account


def test_the_bupatis_page_opens_where_nothing_was_published_for_more_than_a_year(
    measure: Measure, somebody: Somebody
) -> None:
    measure(months=1)
    Publication.objects.update(on=today() - timedelta(days=400))
    assert somebody("bupati").get("/bupati/").status_code == 200


def test_the_head_leads_to_the_bupatis_page_for_those_who_may_open_it(somebody: Somebody) -> None:
    link = '<a href="/bupati/">Halaman Bupati</a>'
    assert link in somebody("bupati").get("/").content.decode()
    assert '<a href="/bupati/" aria-current="page">' in somebody("bupati").get("/bupati/").content.decode()
    for account in ("", "camat.cepogo", "rt.sumbung.007", "pengelola"):
        assert link not in somebody(account).get("/").content.decode(), account


@pytest.mark.parametrize(
    ("account", "page"),
    [
        ("bupati", "/bupati/"), ("rt.sumbung.007", "/rt/"), ("operator.sumbung", "/desa/"),
        ("camat.cepogo", f"/wilayah/{DISTRICT}/"), ("inspektorat", "/pengawasan/baca/"),
        ("bapperida", f"/wilayah/{REGENCY}/"), ("opd.dinkes", f"/wilayah/{REGENCY}/"),
    ],
)  # fmt: skip
def test_everybody_begins_at_the_work_of_their_role(somebody: Somebody, account: str, page: str) -> None:
    assert somebody(account).get("/mulai/")["Location"] == page


@pytest.mark.parametrize("account", ["", "bupati"])
@pytest.mark.parametrize("level", ["district", "village"])
def test_a_dashboard_asks_the_database_as_often_for_fifteen_villages_as_for_three(
    measure: Measure, somebody: Somebody, account: str, level: str
) -> None:
    client = somebody(account)
    address = f"/wilayah/{REGENCY}/?tingkat={level}"

    def asked() -> int:
        client.get(address)  # names, layouts and the like are read once per process
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    measure(villages=3, months=0)
    few = asked()
    measure(villages=15, months=0)
    assert asked() == few
    assert few <= 30


def test_a_wall_without_any_figure_says_when_figures_appear(somebody: Somebody) -> None:
    said = somebody().get(f"/layar/{REGENCY}/").content.decode()
    assert "Angka muncul begitu data penduduk wilayah ini dimasukkan dan dihitung." in said
    assert "<table" not in said


def test_small_counts_are_hidden_from_the_public_and_shown_to_officers(
    measure: Measure, somebody: Somebody
) -> None:
    measure(counted=2)
    address = f"/angka/stunting/{VILLAGE}/"
    said = somebody().get(address).content.decode()
    assert "disamarkan" in said
    assert "&lt; 5" not in said
    page = somebody("operator.sumbung").get(address).content.decode()
    assert "3,33%" in page  # 2 / 60


def test_a_passport_shows_the_sum_behind_the_figure(measure: Measure, somebody: Somebody) -> None:
    measure(villages=15)
    page = somebody().get(f"/angka/unfit_houses/{REGENCY}/").content.decode()
    assert "20,00%" in page  # 15 × 12 / (15 × 60)
    assert "<b>180</b>" in page
    assert "<b>900</b>" in page
    assert "UNFIT_HOUSES&lt;33.09&lt;" in page


def test_a_share_of_households_is_not_set_beside_a_share_of_persons(
    measure: Measure, somebody: Somebody
) -> None:
    measure()
    page = somebody().get(f"/angka/mcd_poverty_households/{REGENCY}/").content.decode()
    assert "Jangan dibandingkan" in page


def test_a_bridge_without_two_dates_says_when_there_will_be_one(measure: Measure, somebody: Somebody) -> None:
    measure(months=0)
    page = somebody().get(f"/gerak/unfit_houses/{REGENCY}/").content.decode()
    assert "Belum ada dua tanggal" in page


@pytest.mark.parametrize("account", ["", "camat.cepogo", "operator.sumbung", "bupati"])
def test_no_page_leads_to_an_explanation_that_its_reader_may_not_open(
    measure: Measure, somebody: Somebody, explained: None, account: str
) -> None:
    measure(counted=7)
    client = somebody(account)
    for place in (REGENCY, DISTRICT, VILLAGE, "33.09.01"):
        for address in (f"/wilayah/{place}/?angka=unfit_houses", f"/angka/unfit_houses/{place}/"):
            page = client.get(address).content.decode()
            links = set(re.findall(r'href="(/gerak/[^"]+)"', page))
            assert all(client.get(link).status_code == 200 for link in links), address
    page = client.get(f"/angka/unfit_houses/{VILLAGE}/").content.decode()
    assert (f'href="/gerak/unfit_houses/{VILLAGE}/"' in page) == (account != "")


def test_a_hidden_figure_has_no_link_to_its_explanation(measure: Measure, somebody: Somebody) -> None:
    measure(villages=1, counted=1)
    page = somebody().get(f"/wilayah/{DISTRICT}/?angka=stunting").content.decode()
    assert "/gerak/stunting/" not in page
    assert (
        "/gerak/stunting/" in somebody("bupati").get(f"/wilayah/{DISTRICT}/?angka=stunting").content.decode()
    )


def test_the_public_reads_that_only_published_months_are_explained(
    measure: Measure, somebody: Somebody
) -> None:
    measure()
    for address in (f"/wilayah/{REGENCY}/?angka=unfit_houses", f"/angka/unfit_houses/{REGENCY}/"):
        said = "Penjelasannya untuk bulan yang sudah terbit."
        assert said in somebody().get(address).content.decode()
        assert said not in somebody("bupati").get(address).content.decode()


@pytest.mark.parametrize("name", ["median_income", "income_gini", "human_development"])
def test_a_figure_that_is_no_sum_of_its_parts_says_so_instead_of_a_link(
    measure: Measure, somebody: Somebody, name: str
) -> None:
    measure()
    page = somebody("bupati").get(f"/wilayah/{REGENCY}/?angka={name}").content.decode()
    assert "Angka ini bukan jumlah bagian-bagiannya, jadi geraknya tidak dapat diuraikan." in page
    assert f"/gerak/{name}/" not in page


def test_the_list_of_the_ministry_says_that_the_printed_number_does_not_add_up(somebody: Somebody) -> None:
    page = somebody().get("/turunan/").content.decode()
    assert "tercetak 111.172, yang benar 111.722" in page
    assert "selisih 550" in page  # 111.722 − 111.172


def test_the_home_page_weighs_less_than_the_public_may_be_asked_to_load(
    measure: Measure, somebody: Somebody
) -> None:
    measure()
    import gzip

    for language in ("id", "en", "jv"):
        client = somebody()
        client.cookies["django_language"] = language
        page = client.get("/").content
        assert len(gzip.compress(page)) < 25_000


def test_search_forgives_a_slip_of_the_pen(somebody: Somebody) -> None:
    assert f"/wilayah/{VILLAGE}/" in somebody().get("/cari/", {"q": "Sumbng"}).content.decode()
    assert "/angka/stunting/" in somebody().get("/cari/", {"q": "stuntng"}).content.decode()
    assert "Tidak ada yang mendekati" in somebody().get("/cari/", {"q": "qqqqqqq"}).content.decode()


def test_a_pyramid_of_small_groups_says_that_they_are_protected(measure: Measure, somebody: Somebody) -> None:
    measure(counted=60, ages=(3, 20))
    said = _pyramid(somebody().get(f"/wilayah/{VILLAGE}/").content.decode())
    assert "Disamarkan: sebagian hitungannya kecil (di bawah 5)" in said
    assert "Belum ada angka" not in said
    assert "Laki-laki" in _pyramid(somebody("operator.sumbung").get(f"/wilayah/{VILLAGE}/").content.decode())


def test_the_sums_above_a_pyramid_are_the_figure_of_the_village(measure: Measure, somebody: Somebody) -> None:
    measure(counted=60, ages=(5, 12))
    page = somebody().get(f"/wilayah/{VILLAGE}/").content.decode()
    assert f"<b>{5 * 12}</b> <span>jiwa</span>" in page
    assert f">Laki-laki {5 * 12}</text>" in _pyramid(page)
    assert ">Perempuan 0</text>" in _pyramid(page)


def _pyramid(page: str) -> str:
    return page.split('data-live-id="piramida"')[1].split("</figure>")[0]


@pytest.fixture
def explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """Movements without measuring: a village corrected from 60 by 20, where 5 more were counted since."""

    def told(
        names: list[str], area: str, start: Point, end: Point, level: str | None = None
    ) -> dict[str, Explained]:
        move = Bridge(60, -20, 0, 5, 60 - 20 + 5)
        return {
            name: Explained(name, area, start, end, figure, figure, move, (PartOf(VILLAGE, move),))
            for name, figure in figures.figures(area, names).items()
        }

    monkeypatch.setattr(bridge, "explain_all", told)


LIVE_PAGES = (
    ("", f"/wilayah/{REGENCY}/"), ("", f"/angka/unfit_houses/{REGENCY}/"), ("", f"/layar/{REGENCY}/"),
    ("bupati", f"/gerak/unfit_houses/{REGENCY}/"), ("bupati", "/bupati/"),
)  # fmt: skip


@pytest.mark.parametrize(("account", "address"), LIVE_PAGES)
def test_every_number_in_a_table_of_a_living_page_is_renewed(
    measure: Measure, somebody: Somebody, explained: None, account: str, address: str
) -> None:
    measure()
    page = _Cells(somebody(account).get(address).content.decode())
    assert page.living, "no number at all"
    assert page.still == []


def test_an_explanation_says_when_it_was_worked_out(
    measure: Measure, somebody: Somebody, explained: None
) -> None:
    measure()
    for address, times in ((f"/gerak/unfit_houses/{REGENCY}/", 1), ("/bupati/", 2)):
        page = somebody("bupati").get(address).content.decode()
        assert len(re.findall(r"Hitungan pada \d+ \w{3} \d{4}, \d\d\.\d\d\.", page)) == times, address


class _Cells(HTMLParser):
    """Cells of numbers in a page, by whether they stand in a part that live.js renews."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.living: list[str] = []
        self.still: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag not in ("meta", "link", "input", "br", "option", "rect", "path"):
            self.open.append((f"{tag} {said.get('class', '')}".strip(), "data-live-id" in said))

    def handle_endtag(self, tag: str) -> None:
        names = [name.split()[0] for name, _ in self.open]
        if tag in names:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if any(name.startswith("td num") for name, _ in self.open) and re.search(r"\d", data):
            (self.living if any(live for _, live in self.open) else self.still).append(data)


def test_the_home_page_counts_the_villages_there_are(somebody: Somebody, places: list[str]) -> None:
    assert f"Peta {len(places)} desa dan kelurahan" in somebody().get("/").content.decode()


def test_a_card_draws_its_months_only_where_there_is_more_than_one_point(
    measure: Measure, somebody: Somebody
) -> None:
    measure()
    client = somebody("operator.sumbung")
    assert '<div class="spark">' in client.get(f"/wilayah/{VILLAGE}/").content.decode()
    alone = client.get(f"/wilayah/{RT}/").content.decode()
    assert '<article class="fig"' in alone
    assert '<div class="spark">' not in alone
