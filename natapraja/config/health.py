"""Is the house well? One page for watchdogs: web, database, worker, and how far the mart lags behind."""

from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from natapraja.config.environment import VERSION
from natapraja.foundation.access.decorators import public
from natapraja.foundation.kernel.clock import now
from natapraja.mcd.indicators.commands import HEARTBEAT
from natapraja.mcd.registers.models import Outbox

SILENT_AFTER = 15.0  # seconds without a heartbeat before the worker counts as stopped
STALE_AFTER = 60.0  # seconds a change may wait for the mart; the promise is one second


@public
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when every part is well, 503 otherwise; the body says which part is not."""
    parts = {"web": {"ok": True, "version": VERSION}, "database": _database(), "worker": _worker()}
    if parts["database"]["ok"]:
        parts["mart"] = _mart()
    well = all(part["ok"] for part in parts.values())
    answer = JsonResponse({"ok": well, "at": now().isoformat(), **parts}, status=200 if well else 503)
    answer._has_been_logged = True  # type: ignore[attr-defined]  # the watchdog reads it; no log line each second
    return answer


def _database() -> dict[str, Any]:
    begun = perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return {"ok": False, "error": type(error).__name__}
    return {
        "ok": True,
        "engine": connection.vendor,
        "milliseconds": round(1000 * (perf_counter() - begun), 1),
    }


def _worker() -> dict[str, Any]:
    try:
        beat = (settings.DATA_DIR / HEARTBEAT).stat().st_mtime
    except FileNotFoundError:
        return {"ok": False, "seconds_since_heartbeat": None}
    silent = max(0.0, now().timestamp() - beat)
    return {"ok": silent < SILENT_AFTER, "seconds_since_heartbeat": round(silent, 1)}


def _mart() -> dict[str, Any]:
    """The oldest change that is in no figure yet says how stale the figures are."""
    waiting = Outbox.objects.filter(measured=False)
    oldest = waiting.order_by("pk").values_list("at", flat=True).first()
    lag = max(0.0, (now() - oldest).total_seconds()) if oldest else 0.0
    return {
        "ok": lag < STALE_AFTER,
        "changes_waiting": waiting.count(),
        "seconds_behind": round(lag, 1),
    }
