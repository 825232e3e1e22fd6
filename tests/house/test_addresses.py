"""Default deny: every address refuses a person without an account, unless it stands on the list below.

A view says its rule by `@public` or `@requires(...)` (attribute `access_rule`); without one it is wrong.
"""

import pytest
from django.conf import settings
from django.test import Client

from natapraja.config.addresses import Address, addresses
from natapraja.foundation.areas.actions import load_areas
from natapraja.foundation.kernel.clock import now
from tests.house.sources import report

# What anyone may open without an account. A new line here is a decision: say it in CHANGELOG.md.
PUBLIC = {
    "/",
    "/healthz",
    # Figures down to the village with small counts protected; below it each view asks the reader's rights.
    "/angka/<str:indicator>/<str:area>/",
    "/angka/<str:indicator>/<str:area>/unduh.<str:kind>",
    "/cari/",
    "/gerak/<str:indicator>/<str:area>/",
    "/indikator/",
    "/layar/<str:area>/",
    "/turunan/",
    "/wilayah/",
    "/wilayah/<str:area>/",
    "/wilayah/<str:area>/unduh.<str:kind>",
    "/bahasa/<slug:code>/",  # choosing the language
    "/buku-besar/",  # the signed heads and how to check them
    "/galeri/",  # every component of the look, without data
    "/kabar/<str:area>/",  # that figures moved, not which
    "/keluar/",
    "/masuk/",
    "/api/v1/figures",  # small counts protected
    "/api/v1/indicators",
    "/api/v1/ledger/consistency",
    "/api/v1/ledger/head",
    "/api/v1/ledger/inclusion/<int:seq>",
    "/api/v1/ledger/key",
    "/api/v1/openapi.json",
    "/api/v1/registers",  # what is kept and why, not whose
}
REFUSALS = {302, 401, 403}
SUMBUNG_RT = "33.09.03.2004.001.007"
SIGNALS = {"/kabar/<str:area>/"}  # says that something moved, never what


def test_every_view_says_its_rule() -> None:
    problems = [address.route for address in addresses() if address.rule is None]
    assert not problems, report(
        problems, "decorate the view with @public or @requires(...) of access.decorators."
    )


def test_only_listed_addresses_are_public() -> None:
    public = {address.route for address in addresses() if address.rule == "public"}
    unlisted = sorted(public - PUBLIC)
    assert not unlisted, report(
        unlisted, "give the view @requires(...), or list it in PUBLIC if anyone may open it."
    )
    stale = sorted(PUBLIC - public)
    assert not stale, report(stale, "no such public address any more: take it out of PUBLIC.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [address for address in addresses() if address.rule != "public"],
    ids=lambda address: address.route,
)
def test_a_person_without_an_account_is_refused(address: Address) -> None:
    client = Client()
    answers = {method: client.generic(method, address.sample).status_code for method in address.methods}
    wrong = [
        f"{method} {address.sample}: {code}"
        for method, code in answers.items()
        if code not in REFUSALS | {405}
    ]
    assert not wrong, report(wrong, "check the right before anything is looked up: @requires(...).")


@pytest.mark.django_db
def test_a_person_without_an_account_sees_no_neighbourhood() -> None:
    """Public pages end at the village: an RT is a handful of families."""
    load_areas(definitions=settings.DEFINITIONS, by="system:definitions", at=now())
    open_to_all = [a for a in addresses() if a.rule == "public" and "<str:area>" in a.route]
    asked = {
        a.route: a.route.replace("<str:area>", SUMBUNG_RT) for a in open_to_all if a.route not in SIGNALS
    }
    asked = {
        r: t.replace("<str:indicator>", "dependency_ratio").replace("<str:kind>", "csv")
        for r, t in asked.items()
    }
    answers = {route: Client().get(target).status_code for route, target in asked.items()}
    shown = [f"{route}: {code}" for route, code in answers.items() if code not in REFUSALS | {404}]
    assert not shown, report(shown, "ask reader.may(..., area) for areas below the village.")
