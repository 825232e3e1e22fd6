"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    return {"demo": settings.DEMO, "reader": getattr(request, "reader", None)}
