"""The months that are published, and when: a rule of the regency, not of the code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import msgspec
from django.conf import settings
from django.db.models import Min

from natapraja.foundation.kernel.clock import WIB, local_date
from natapraja.foundation.kernel.definitions import Version, in_force, load
from natapraja.mcd.registers.models import Version as Held

from .models import Publication


class PublicationVersion(Version, frozen=True, forbid_unknown_fields=True, kw_only=True):
    days_after: int
    months_back: int


class PublicationRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    versions: tuple[PublicationVersion, ...] = msgspec.field(name="version")


@dataclass(frozen=True)
class Due:
    """A month that should be out: the day it describes, and the moment whose knowledge it is made of."""

    on: date
    known: datetime


def missing(at: datetime) -> list[Due]:
    """Months whose day of publication has come and that are not out yet, newest first."""
    rule = in_force(
        load(Path(settings.DEFINITIONS) / settings.REGENCY / "publication.toml", PublicationRule).versions,
        local_date(at),
    )
    begun = Held.objects.aggregate(first=Min("valid_from"), known=Min("known_from"))
    if rule is None or begun["known"] is None:
        return []
    out = set(Publication.objects.values_list("on", flat=True))
    found = []
    for day in month_ends(local_date(at), rule.months_back + 1):
        known = datetime.combine(day + timedelta(days=rule.days_after), time(23, 59, 59), tzinfo=WIB)
        if begun["known"] <= known <= at and day not in out:
            found.append(Due(day, known))
    return found[: rule.months_back]


def month_ends(until: date, months: int) -> Iterator[date]:
    """The last days of the months before `until`, newest first."""
    day = until
    for _ in range(months):
        day = day.replace(day=1) - timedelta(days=1)
        yield day
