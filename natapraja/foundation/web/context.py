"""What every page knows: the reader, the links, the languages, whether the data are synthetic."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from natapraja.foundation.areas.definition import regency
from natapraja.foundation.web import fonts, navigation


def _languages(path: str) -> list[tuple[str, str, str, bool]]:
    """(code, own name, address that chooses it, chosen) for each language."""
    here = get_language() or settings.LANGUAGE_CODE
    back = urlencode({"ke": path})
    return [
        (code, name, f"{reverse('language', args=[code])}?{back}", code == here)
        for code, name in settings.LANGUAGES
    ]


def page(request: HttpRequest) -> dict[str, Any]:
    reader = getattr(request, "reader", None)
    return {
        "demo": settings.DEMO,
        "regency": regency(Path(settings.DEFINITIONS) / settings.REGENCY).short,
        "reader": reader,
        "nav": SimpleLazyObject(lambda: navigation.items("head", request.path, reader)),
        "foot": SimpleLazyObject(lambda: navigation.items("foot", request.path, reader)),
        "languages": SimpleLazyObject(lambda: _languages(request.get_full_path())),
        "fonts": fonts.stylesheet(),
    }
