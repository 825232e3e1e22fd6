"""The typed HTTP API under /api/v1/: every room's `api.router` behind one door that checks rights first."""

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from asgiref.sync import sync_to_async
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.utils import check_csrf

from natapraja.config.environment import VERSION
from natapraja.foundation.access.decorators import public
from natapraja.foundation.kernel.identifiers import Malformed

api = NinjaAPI(
    title="Natapraja",
    version=VERSION,
    description="Angka dengan paspor, wilayah, register, dan bukti buku besar.",
    docs_url=None,  # ninja's page of documentation loads its scripts from elsewhere
    docs_decorator=public,
    urls_namespace="api",
)


def _refusal(request: HttpRequest, rule: str | None) -> HttpResponse | None:
    try:
        if rule is None:
            raise PermissionDenied("Alamat ini belum diberi aturan akses.")
        if rule == "signed-in" and not request.user.is_authenticated:
            raise PermissionDenied("Masuk dulu dengan akun Anda.")
        if rule not in ("public", "signed-in"):
            request.reader.check(rule)  # type: ignore[attr-defined]
        if rule != "public":
            return check_csrf(request)  # a signed-in browser could be led here from another site
    except PermissionDenied as error:
        return api.on_exception(request, error)
    return None


def _door(run: Callable[..., Any]) -> Callable[..., Any]:
    """Rights first, then the form of the question: nobody learns from an error what they may not ask."""
    operation = run.__self__  # type: ignore[attr-defined]
    rule = getattr(operation.view_func, "access_rule", None)

    @wraps(run)
    def guarded(request: HttpRequest, **arguments: Any) -> HttpResponse:
        return _refusal(request, rule) or run(request, **arguments)

    @wraps(run)
    async def guarded_async(request: HttpRequest, **arguments: Any) -> HttpResponse:
        return await sync_to_async(_refusal)(request, rule) or await run(request, **arguments)

    return guarded_async if operation.is_async else guarded


api.add_decorator(_door, mode="view")


@api.exception_handler(PermissionDenied)
def _refused(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    status = 403 if getattr(request, "user", None) and request.user.is_authenticated else 401
    return api.create_response(
        request, {"detail": str(error) or "Anda belum berhak membuka ini."}, status=status
    )


@api.exception_handler(Malformed)
def _malformed(request: HttpRequest, error: Malformed) -> HttpResponse:
    return api.create_response(request, {"detail": str(error)}, status=422)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    sentence = str(error) or "Tidak ada di alamat ini. Periksa kode wilayah atau nama indikatornya."
    return api.create_response(request, {"detail": sentence}, status=404)


def _gather() -> None:
    for app in apps.get_app_configs():
        if app.name.startswith("natapraja.") and find_spec(f"{app.name}.api"):
            room = import_module(f"{app.name}.api")
            api.add_router(room.prefix, room.router, tags=[app.label])


_gather()
