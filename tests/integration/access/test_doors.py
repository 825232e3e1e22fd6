"""Default deny: a door without a rule stays shut, a refusal leads to the page that helps."""

import asyncio
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from natapraja.config.urls import urlpatterns as house
from natapraja.foundation.access.decorators import needs_purpose, public, requires, signed_in
from natapraja.foundation.access.reader import Grant, PurposeNeeded, Reader, Refused, everyone
from tests.integration.access.conftest import Enter

SUMBUNG, RT = "33.09.03.2004", "33.09.03.2004.001.007"


def forgotten(request: Any) -> HttpResponse:
    return HttpResponse("a view whose rule was forgotten")


@requires("register.read", area="code")
@needs_purpose("code")
def people(request: Any, code: str) -> HttpResponse:
    return HttpResponse("names")


@requires("figures.read_small", area="code")
async def stream(request: Any, code: str) -> HttpResponse:
    return HttpResponse("figures")


urlpatterns = [
    *house,
    path("lupa/", forgotten),
    path("orang/<str:code>/", people),
    path("alir/<str:code>/", stream),
    path("api/uji/<str:code>/", people),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def test_a_view_without_a_rule_opens_for_nobody(enter: Enter) -> None:
    assert Client().get("/lupa/").status_code == 302
    answer = enter("inspektur").get("/lupa/")
    assert answer.status_code == 403
    assert "belum dibuka untuk siapa pun" in answer.content.decode()


def test_a_stranger_is_led_to_sign_in_and_back() -> None:
    assert (
        Client().get("/orang/33.09.03.2004/?x=1")["Location"]
        == "/masuk/?ke=%2Forang%2F33.09.03.2004%2F%3Fx%3D1"
    )
    assert Client().post("/orang/33.09.03.2004/")["Location"] == "/masuk/?"


def test_a_reader_without_the_right_is_told_which_and_whom_to_ask(enter: Enter) -> None:
    page = enter("bupati").get(f"/orang/{SUMBUNG}/")
    assert page.status_code == 403
    assert "membuka daftar orang" in page.content.decode()
    assert "Mintalah kepada kepala desa" in page.content.decode()


def test_a_reader_of_another_place_is_told_so(enter: Enter) -> None:
    page = enter("operator_desa", "33.09.03.2005").get(f"/orang/{SUMBUNG}/").content.decode()
    assert "tidak berhak membuka daftar orang" in page
    assert f"dengan tujuan yang dicatat di {SUMBUNG}. Mintalah kepada" in page


def test_a_reader_without_a_purpose_is_led_to_choose_one(enter: Enter) -> None:
    answer = enter("operator_desa", SUMBUNG).get(f"/orang/{SUMBUNG}/")
    assert answer["Location"] == f"/tujuan/?wilayah={SUMBUNG}&ke=%2Forang%2F{SUMBUNG}%2F"


def test_the_neighbourhood_head_carries_the_purpose_with_the_role(enter: Enter) -> None:
    assert enter("ketua_rt", RT).get(f"/orang/{RT}/").content == b"names"


def test_the_api_answers_in_its_own_form(enter: Enter) -> None:
    stranger = Client().get(f"/api/uji/{SUMBUNG}/")
    assert stranger.status_code == 401
    assert "masuk" in stranger.json()["detail"]
    assert enter("bupati").get(f"/api/uji/{SUMBUNG}/").status_code == 403


def test_an_async_view_is_guarded_too(enter: Enter) -> None:
    assert enter("camat", "33.09.03").get(f"/alir/{SUMBUNG}/").content == b"figures"
    assert Client().get(f"/alir/{SUMBUNG}/").status_code == 302


def test_the_rule_can_be_read_on_every_kind_of_view() -> None:
    @public
    def open_to_all(request: Any) -> HttpResponse:
        return HttpResponse()

    @signed_in
    async def for_accounts(request: Any) -> HttpResponse:
        return HttpResponse()

    rules = [
        getattr(view, "access_rule", None) for view in (open_to_all, for_accounts, people, stream, forgotten)
    ]
    assert rules == ["public", "signed-in", "register.read", "figures.read_small", None]
    assert asyncio.iscoroutinefunction(for_accounts)
    assert not asyncio.iscoroutinefunction(open_to_all)


def test_the_guards_hold_without_the_middleware() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    request.reader = Reader(None, "", everyone())  # type: ignore[attr-defined]
    with pytest.raises(Refused):
        people(request, code=SUMBUNG)
    request.reader = Reader(5, "Uji", (Grant("camat", "33.09.03"),))  # type: ignore[attr-defined]
    with pytest.raises(PurposeNeeded):
        people(request, code=SUMBUNG)


def test_a_stranger_costs_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0), override_settings(DEMO=True):
        assert Client().get("/masuk/").status_code == 200
        assert Client().get("/galeri/").status_code == 200
