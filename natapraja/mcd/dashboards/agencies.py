"""Names of the agencies that answer for figures."""

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings

from . import wording


def agency(code: str) -> str:
    """The agency's name in the reader's language; the code itself when it is not listed."""
    name = _agencies().get(code)
    return name.get(wording.language()[:2], name["id"]) if name else code


@cache
def _agencies() -> dict[str, dict[str, str]]:
    with (Path(settings.DEFINITIONS) / settings.REGENCY / "agencies.toml").open("rb") as file:
        return {each["id"]: each["name"] for each in tomllib.load(file)["agency"]}
