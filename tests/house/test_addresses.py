"""Default deny: every address refuses a person without an account, unless it stands on the list below.

A view says its rule by `@public` or `@requires(...)` (attribute `access_rule`); without one it is wrong.
"""

import pytest
from django.test import Client

from natapraja.config.addresses import Address, addresses
from tests.house.sources import report

# What anyone may open without an account. A new line here is a decision: say it in CHANGELOG.md.
PUBLIC = {
    "/healthz",
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
