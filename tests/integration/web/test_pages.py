"""Every answer obeys the policy, every page stands in its frame, every error says what to do."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import path

from natapraja.config.urls import urlpatterns as house
from natapraja.foundation.access.decorators import public
from natapraja.foundation.access.reader import Grant, Reader, everyone
from natapraja.foundation.web import navigation
from natapraja.foundation.web.charts import gallery_samples
from natapraja.foundation.web.icons import ICONS
from natapraja.foundation.web.parts import STATUS


@public
def broken(request: Any) -> HttpResponse:
    raise RuntimeError("a mistake of ours")


@public
def live(request: Any) -> HttpResponse:
    messages.success(request, "Tersimpan <b>.", extra_tags="/batal/")
    return render(request, "web/base.html", {"live": "/api/v1/stream", "width": "wide"})


urlpatterns = [*house, path("rusak/", broken), path("hidup/", live)]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


class Seen(HTMLParser):
    """What a browser would find in a page: inline code, ids, headings, addresses, images of text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.assets: list[str] = []
        self.named: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        self.inline += [f"{tag} {name}" for name in given if name == "style" or re.match(r"on[a-z]", name)]
        self.inline += [f"{tag} {text}" for text in given.values() if (text or "").startswith("javascript:")]
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("link", "script", "img"):
            self.assets.append(given.get("href") or given.get("src") or "")
        for name in ("aria-labelledby", "aria-describedby", "for"):
            self.named |= set((given.get(name) or "").split())


def page(address: str, client: Client | None = None) -> tuple[str, Seen]:
    html = (client or Client()).get(address).content.decode()
    return html, Seen(html)


@pytest.mark.parametrize(
    "address", ["/galeri/", "/masuk/", "/healthz", "/tidak-ada/", "/api/v1/openapi.json"]
)
def test_every_answer_carries_the_strict_policy(address: str) -> None:
    policy = Client().get(address).headers["Content-Security-Policy"].split("; ")
    assert "default-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert not {"unsafe-inline", "unsafe-eval", "*", "data:", "http"} & set(
        re.split(r"[\s';]+", " ".join(policy))
    )


@pytest.mark.parametrize("address", ["/galeri/", "/masuk/", "/tidak-ada/", "/hidup/"])
def test_no_page_holds_anything_inline_or_foreign(address: str) -> None:
    html, seen = page(address)
    assert seen.inline == []
    assert [asset for asset in seen.assets if not asset.startswith("/static/")] == []
    assert html.startswith("<!doctype html>")


@pytest.mark.parametrize("address", ["/galeri/", "/masuk/", "/tidak-ada/"])
def test_ids_are_unique_headings_in_order_and_labels_meet_what_they_name(address: str) -> None:
    _, seen = page(address)
    assert sorted({one for one in seen.ids if seen.ids.count(one) > 1}) == []
    assert seen.headings.count(1) == 1
    assert [(a, b) for a, b in zip(seen.headings, seen.headings[1:], strict=False) if b > a + 1] == []
    assert seen.named - set(seen.ids) == set()


def test_the_gallery_shows_every_part_in_every_state() -> None:
    html, _ = page("/galeri/")
    assert [name for name in ICONS if f"<code>{name}</code>" not in html] == []
    assert [classes for classes in STATUS.values() if f'class="tag {classes}"' not in html] == []
    classes = (
        *("fig", "val big", "pass", "seg", "tabs", "filters", "sheet", "dense", "facts", "line", "toast"),
        *("prog", "empty", "note ok", "note bad", "note info", "house set", "acts many", "feed"),
        *("mrz", "hash", "board", "btn main", "btn plain", "err", "pick", "crumbs", "chart"),
    )
    assert [one for one in classes if not re.search(rf'class="(?:[^"]* )?{one}(?: [^"]*)?"', html)] == []
    assert [one.id for one in gallery_samples.samples() if one.id not in html] == []
    for word in (
        "dir good",
        "dir poor",
        "aria-invalid",
        "Tema gelap",
        "kontras tinggi",
        "Di kertas",
    ):
        assert word in html


def test_the_frame_has_its_landmarks_and_a_way_past_them() -> None:
    html, _ = page("/masuk/")
    assert (
        html.index('class="skip" href="#isi"')
        < html.index('<header class="head">')
        < html.index('<main id="isi">')
    )
    assert html.index("<main") < html.index('<footer class="foot">')
    assert "DATA SINTETIS" in html


@pytest.mark.parametrize(
    ("code", "real"),
    [
        ("id", "angka resmi yang dikutip tetap asli"), ("en", "official figures that are quoted are real"),
        ("jv", "angka resmi ingkang dipunpethik tetep asli"),
    ],
)  # fmt: skip
def test_what_is_invented_is_told_apart_from_official_figures(code: str, real: str) -> None:
    browser = Client()
    browser.get(f"/bahasa/{code}/")
    assert real in page("/masuk/", browser)[0].split('class="synth"')[1].split("</aside>")[0]


def test_real_data_are_not_called_synthetic(settings: Any) -> None:
    settings.DEMO = False
    assert "DATA SINTETIS" not in page("/masuk/")[0]


def test_a_live_page_says_where_it_listens_and_offers_to_take_back() -> None:
    html, seen = page("/hidup/")
    assert '<body class="" data-live="/api/v1/stream">' in html
    assert 'role="status" data-live-status="{n} bagian halaman diperbarui."' in html
    assert "data-live-lost hidden" in html
    assert "/static/web/js/live.js" in seen.assets
    assert 'class="wrap wide' in html
    assert "Tersimpan &lt;b&gt;." in html
    assert '<form method="post" action="/batal/">' in html


def test_a_page_that_is_not_live_needs_no_script() -> None:
    html, seen = page("/galeri/")
    assert "data-live=" not in html
    assert [asset for asset in seen.assets if asset.endswith(".js")] == []


@pytest.mark.parametrize(
    ("code", "words"), [("id", "Langsung ke isi"), ("en", "Skip to content"), ("jv", "Langsung dhateng isi")]
)
def test_the_chosen_language_is_remembered(code: str, words: str) -> None:
    browser = Client()
    answer = browser.get(f"/bahasa/{code}/?ke=/galeri/")
    assert answer["Location"] == "/galeri/"
    html, _ = page("/galeri/", browser)
    assert f'<html lang="{code}">' in html
    assert words in html
    assert re.search(rf'<a [^>]*lang="{code}"[^>]*aria-current="true">', html)


def test_an_english_browser_still_gets_indonesian_until_somebody_chooses(settings: Any) -> None:
    settings.MIDDLEWARE = [
        "natapraja.foundation.web.middleware.ChosenLanguage" if "locale.LocaleMiddleware" in name else name
        for name in settings.MIDDLEWARE
    ]
    browser = Client(headers={"accept-language": "en-US,en;q=0.9"})
    answer = browser.get("/masuk/")
    assert (answer["Content-Language"], "Cookie" in answer["Vary"]) == ("id", True)
    browser.get("/bahasa/en/")
    assert browser.get("/masuk/")["Content-Language"] == "en"


def test_a_language_we_do_not_have_is_refused_and_no_choice_leads_away() -> None:
    assert Client().get("/bahasa/nl/").status_code == 404
    assert Client().get("/bahasa/en/?ke=//contoh.invalid/")["Location"] == "/"


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [("/tidak-ada/", 404, "Periksa alamatnya"), ("/rusak/", 500, "Kesalahannya ada pada kami")],
)
def test_an_error_says_what_to_do(address: str, status: int, words: str) -> None:
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "RuntimeError" not in answer.content.decode()
    assert Seen(answer.content.decode()).inline == []


def test_a_host_we_do_not_serve_gets_a_plain_page() -> None:
    answer = Client().get("/masuk/", headers={"host": "contoh.invalid"})
    assert answer.status_code == 400
    assert "Tidak ada yang berubah" in answer.content.decode()


def links(reader: Reader, place: str = "head") -> list[str]:
    return [item.label for item in navigation.items(place, "/akun/baru/", reader)]


def test_the_links_in_the_head_follow_the_rights() -> None:
    stranger = Reader(None, "", everyone())
    administrator = Reader(1, "Uji", (Grant("pengelola", "33.09"), *everyone()))
    inspector = Reader(2, "Uji", (Grant("inspektur", "33.09"), *everyone()))
    assert not {"Akun", "Siapa membaca", "Isi buku besar"} & set(links(stranger))
    assert "Akun" in links(administrator)
    assert "Siapa membaca" not in links(administrator)
    assert {"Siapa membaca", "Isi buku besar"} <= set(links(inspector))
    assert ["Bahan tampilan" in links(reader, "foot") for reader in (stranger, inspector, administrator)] == [
        False,
        False,
        True,
    ]


def test_the_link_of_this_page_is_marked() -> None:
    administrator = Reader(1, "Uji", (Grant("pengelola", "33.09"), *everyone()))
    current = [item.label for item in navigation.items("head", "/akun/baru/", administrator) if item.current]
    assert current == ["Akun"]
    assert [item for item in navigation.items("head", "/", None) if item.current and item.url != "/"] == []
