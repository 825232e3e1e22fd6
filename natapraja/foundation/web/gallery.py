"""What the gallery shows: every part of a page in every state, with invented figures."""

from typing import Any

from django.http import HttpRequest


def context(request: HttpRequest) -> dict[str, Any]:
    return {}
