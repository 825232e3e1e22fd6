"""How long refused rows, which hold persons, wait for their sender: a rule of the regency, not of the code."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import msgspec
from django.conf import settings

from natapraja.foundation.kernel.clock import local_date
from natapraja.foundation.kernel.definitions import Version, in_force, load


class RetentionVersion(Version, frozen=True, forbid_unknown_fields=True, kw_only=True):
    refused_days: int


class Retention(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    versions: tuple[RetentionVersion, ...] = msgspec.field(name="version")


def last_day(finished_at: datetime) -> date:
    """The last day on which the refused rows of an import that finished then can be taken."""
    day = local_date(finished_at)
    versions = rule().versions
    return day + timedelta(days=(in_force(versions, day) or versions[0]).refused_days)


@cache
def rule() -> Retention:
    """imports.toml."""
    return load(Path(settings.DEFINITIONS) / settings.REGENCY / "imports.toml", Retention)
