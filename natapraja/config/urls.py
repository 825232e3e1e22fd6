"""Addresses: each room brings its own `urls.py`; a room without one has no pages."""

from importlib.util import find_spec

from django.urls import include, path

from natapraja.config.api import api
from natapraja.config.health import healthz

_ROOMS = (
    "foundation.web",
    "foundation.access",
    "foundation.ledger",
    "foundation.areas",
    "mcd.registers",
    "mcd.intake",
    "mcd.indicators",
    "mcd.dashboards",
)

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/v1/", api.urls),
    *(path("", include(f"natapraja.{room}.urls")) for room in _ROOMS if find_spec(f"natapraja.{room}.urls")),
]
