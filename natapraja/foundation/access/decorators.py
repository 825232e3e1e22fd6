"""The rule on every view's door. A view without one is refused."""

from collections.abc import Callable
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

View = Callable[..., Any]


def public(view: View) -> View:
    view.access_rule = "public"  # type: ignore[attr-defined]
    return view


def requires(permission: str, area: str | None = None) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        if iscoroutinefunction(view):

            @wraps(view)
            async def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
                request.reader.check(permission, kwargs.get(area) if area else None)
                return await view(request, *args, **kwargs)
        else:

            @wraps(view)
            def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
                request.reader.check(permission, kwargs.get(area) if area else None)
                return view(request, *args, **kwargs)

        guarded.access_rule = permission  # type: ignore[attr-defined]
        return guarded

    return decorate
