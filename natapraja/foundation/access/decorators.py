"""The rule on every view's door. A view without one is refused (middleware.py), so nothing opens by mistake.

`access_rule` of a decorated view is "public", "signed-in", or the name of the right it asks for.
"""

from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

from asgiref.sync import sync_to_async
from django.utils.translation import gettext

from natapraja.foundation.access import queries
from natapraja.foundation.access.reader import PurposeNeeded, Reader, Refused
from natapraja.foundation.kernel.clock import now

View = Callable[..., Any]
Check = Callable[[Any, dict[str, Any]], None]


def public(view: View) -> View:
    """Anybody may open this."""
    view.access_rule = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Anybody with an account may open this."""

    def check(request: Any, _: dict[str, Any]) -> None:
        if request.reader.user_id is None:
            raise Refused(gettext("Halaman ini untuk pemilik akun. Masuk dulu dengan akun Anda."))

    return _guarded(view, check, "signed-in")


def requires(permission: str, area: str | None = None) -> Callable[[View], View]:
    """Only for readers with `permission`; `area` names the view's argument that holds the area's code."""

    def check(request: Any, arguments: dict[str, Any]) -> None:
        request.reader.check(permission, str(arguments[area]) if area else None)

    return lambda view: _guarded(view, check, permission)


def needs_purpose(area: str) -> Callable[[View], View]:
    """Below `requires`: only with a live purpose for the area; without one the page of purposes opens."""

    def check(request: Any, arguments: dict[str, Any]) -> None:
        purpose_or_refusal(request.reader, str(arguments[area]))

    return lambda view: _guarded(view, check, getattr(view, "access_rule", None))


def purpose_or_refusal(reader: Reader, area: str) -> str:
    """The purpose that now holds for `area`; raises `PurposeNeeded`."""
    found = queries.purpose_for(reader, area, now())
    if found is None:
        raise PurposeNeeded(gettext("Pilih dulu tujuan Anda membuka data orang di wilayah ini."), area)
    return found


def _guarded(view: View, check: Check, rule: str | None) -> View:
    if iscoroutinefunction(view):

        @wraps(view)
        async def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            await sync_to_async(check)(request, kwargs)
            return await view(request, *args, **kwargs)
    else:

        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            check(request, kwargs)
            return view(request, *args, **kwargs)

    if rule is not None:
        guarded.access_rule = rule  # type: ignore[attr-defined]
    return guarded
