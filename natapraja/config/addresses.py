"""Every address the site answers to, with the rule on its door: for the reference page and the house test."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from natapraja.config.api import api

API = "/api/v1"
_SAMPLES = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000", "slug": "x", "path": "x"}


@dataclass(frozen=True)
class Address:
    """One route as written. `rule` is "public", a permission, or None when nobody decided."""

    route: str
    rule: str | None
    methods: tuple[str, ...]
    about: str

    @property
    def sample(self) -> str:
        """The route with its places filled, so that it can be asked for."""
        return re.sub(r"<(?:(\w+):)?\w+>", lambda found: _SAMPLES.get(found[1] or "str", "33.09"), self.route)


def addresses() -> list[Address]:
    """Pages first, then the API's operations, each sorted by route."""
    pages = sorted(_pages(get_resolver().url_patterns, "/"), key=lambda address: address.route)
    return [*pages, *sorted(_operations(), key=lambda address: (address.route, address.methods))]


def _pages(patterns: Any, above: str) -> Iterator[Address]:
    for entry in patterns:
        route = above + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if entry.namespace != api.urls_namespace:
                yield from _pages(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            view = entry.callback
            yield Address(route, getattr(view, "access_rule", None), ("GET", "POST"), _first_line(view))


def _operations() -> Iterator[Address]:
    yield Address(f"{API}{api.openapi_url}", "public", ("GET",), "This API, described in OpenAPI.")
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            route = "/".join(part.strip("/") for part in (API, router.prefix, path) if part.strip("/"))
            route = "/" + re.sub(
                r"{(?:(\w+):)?(\w+)}", lambda found: f"<{found[1] or 'str'}:{found[2]}>", route
            )
            for operation in view.operations:
                rule = getattr(operation.view_func, "access_rule", None)
                about = _first_line(operation.view_func) or str(operation.summary or "")
                yield Address(route, rule, tuple(operation.methods), about)


def _first_line(view: Any) -> str:
    return (getattr(view, "__doc__", None) or "").strip().split("\n")[0]
