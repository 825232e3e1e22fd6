"""The agencies that answer for figures."""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from django.conf import settings

from natapraja.foundation.areas.definition import Confidence
from natapraja.foundation.kernel.definitions import Text, load

from . import wording


class Agency(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    name: Text
    short: str
    kind: Literal["opd", "forum", "vertical", "enterprise", "partner", "national"]
    role: str
    confidence: Confidence
    aliases: tuple[str, ...] = ()
    note: str = ""


class Agencies(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    title: Text
    source: str
    agencies: tuple[Agency, ...] = msgspec.field(name="agency")


def agency(code: str) -> str:
    """The agency's name in the reader's language; the code itself when it is not listed."""
    found = agencies().get(code)
    return found.name.of(wording.language()) if found else code


@cache
def agencies() -> dict[str, Agency]:
    listed = load(Path(settings.DEFINITIONS) / settings.REGENCY / "agencies.toml", Agencies)
    return {each.id: each for each in listed.agencies}
