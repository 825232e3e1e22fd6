"""Default deny: every address refuses a person without an account, unless it stands on the list below.

A view says its rule by `@public` or `@requires(...)` (attribute `access_rule`); one without a rule is an error.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from natapraja.config.api import api
from tests.house.sources import report

# What anyone may open without an account. A new line here is a decision: say it in CHANGELOG.md.
PUBLIC = {
    "/healthz",
    "/api/v1/openapi.json",
    "/masuk/",
}
REFUSALS = {302, 401, 403}
SAMPLES = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000", "slug": "x", "str": "33.09", "path": "x"}


@dataclass(frozen=True)
class Address:
    """One route as written, the rule on its door, and how it may be called."""

    route: str
    rule: str | None
    methods: tuple[str, ...]

    @property
    def sample(self) -> str:
        return re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "str", "33.09"), self.route)


def pages(patterns: Any = None, above: str = "/") -> Iterator[Address]:
    for entry in patterns if patterns is not None else get_resolver().url_patterns:
        route = above + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if entry.app_name != "ninja" and entry.namespace != api.urls_namespace:
                yield from pages(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield Address(route, getattr(entry.callback, "access_rule", None), ("GET", "POST"))


def operations() -> Iterator[Address]:
    """The API's operations, by the path under which ninja serves them."""
    yield Address("/api/v1/openapi.json", "public", ("GET",))
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            route = "/".join(part.strip("/") for part in ("/api/v1", prefix, path) if part.strip("/"))
            route = re.sub(r"{(?:(\w+):)?(\w+)}", lambda found: f"<{found[1] or 'str'}:{found[2]}>", "/" + route)
            for operation in view.operations:
                rule = getattr(operation.view_func, "access_rule", None)
                yield Address(route, rule, tuple(operation.methods))


def addresses() -> list[Address]:
    return [*pages(), *operations()]


def test_every_view_says_its_rule() -> None:
    problems = [address.route for address in addresses() if address.rule is None]
    assert not problems, report(problems, "decorate the view with @public or @requires(...) of access.decorators.")


def test_only_listed_addresses_are_public() -> None:
    public = {address.route for address in addresses() if address.rule == "public"}
    unlisted = sorted(public - PUBLIC)
    assert not unlisted, report(unlisted, "give the view @requires(...), or list it in PUBLIC if anyone may open it.")
    stale = sorted(PUBLIC - public)
    assert not stale, report(stale, "no such public address any more: take it out of PUBLIC.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", [address for address in addresses() if address.rule != "public"], ids=lambda address: address.route
)
def test_a_person_without_an_account_is_refused(address: Address) -> None:
    client = Client()
    answers = {method: client.generic(method, address.sample).status_code for method in address.methods}
    wrong = [f"{method} {address.sample}: {code}" for method, code in answers.items() if code not in REFUSALS | {405}]
    assert not wrong, report(wrong, "check the right before anything is looked up: @requires(...).")
