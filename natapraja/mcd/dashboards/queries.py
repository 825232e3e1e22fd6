"""What the dashboards ask of the registers besides figures: reports behind a figure, and how the month's work stands."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db.models import Q

from natapraja.foundation.access.reader import Reader
from natapraja.foundation.areas.models import Area
from natapraja.mcd.registers import rules
from natapraja.mcd.registers.models import Claim, Submission, Version

MOST = 60


@dataclass(frozen=True)
class Brought:
    """A version of a unit, and the report that brought it; `who` is a name only where the register holds one."""

    unit: int
    who: str
    valid_from: date
    known_from: datetime
    cause: str
    event: str
    kind: str
    received_at: datetime | None
    entry: int


@dataclass(frozen=True)
class Newcomer:
    """Somebody whom a report of a birth or an arrival put on the list, by the name it gave."""

    unit: int
    name: str = field(repr=False)


@dataclass(frozen=True)
class Receipt:
    """What a sender keeps of a report: its number in the ledger, and whether a second person has decided on it."""

    entry: int
    decided: bool


@dataclass(frozen=True)
class Work:
    """How the month stands: claims that wait, and RT that have reported. Counts only."""

    claims: int
    oldest: datetime | None
    reported: int
    neighbourhoods: int


def latest_versions(reader: Reader, *, register: str, area: str) -> list[Brought]:
    """The newest versions of a register in one RT. Raises Refused without the right to read it."""
    reader.check("register.read", area)
    found = (
        Version.objects.visible_to(reader)
        .filter(register=register, area__code=area)
        .select_related("submission")
        .order_by("-known_from", "-pk")[:MOST]
    )
    return [_brought(version) for version in found]


def newcomers(reader: Reader, reports: Collection[str]) -> dict[str, Newcomer]:
    """Who was born or came by each of these reports: report -> newcomer, as far as this reader may read them."""
    sent = [UUID(report) for report in reports]
    found = Version.objects.visible_to(reader).filter(submission__in=sent, register="people")
    rows = found.filter(submission__kind__in=(rules.BORN, rules.MOVED_IN)).order_by("pk")
    return {
        str(report): Newcomer(unit, str(msgspec.json.decode(data).get("name") or ""))
        for report, unit, data in rows.values_list("submission_id", "unit_id", "data")
    }


def receipts(reports: Collection[str]) -> dict[str, Receipt]:
    """The receipt of each of these reports; no name, so no right but that of the page is asked."""
    found = Submission.objects.filter(pk__in=[UUID(report) for report in reports])
    return {
        str(report): Receipt(entry, claim not in (None, "claim"))
        for report, entry, claim in found.values_list("pk", "entry", "claim__state")
    }


def work(area: str, since: datetime) -> Work:
    """Claims and reports inside `area` since a moment; no name, so no right but that of the page is asked."""
    waiting = Claim.objects.filter(state="claim").filter(_inside(area))
    oldest = waiting.order_by("pk").values_list("submission__received_at", flat=True).first()
    sent = Submission.objects.filter(_inside(area), received_at__gte=since).exclude(state="withdrawn")
    return Work(
        claims=waiting.count(),
        oldest=oldest,
        reported=sent.values("area").distinct().count(),
        neighbourhoods=Area.objects.standing().filter(level="rt", code__startswith=f"{area}.").count(),
    )


def _brought(version: Version) -> Brought:
    data = msgspec.json.decode(version.data)
    sent = version.submission
    return Brought(
        unit=version.unit_id, who=str(data.get("name") or ""), valid_from=version.valid_from,
        known_from=version.known_from, cause=version.cause, event=version.event, kind=sent.kind if sent else "",
        received_at=sent.received_at if sent else None, entry=version.entry,
    )  # fmt: skip


def _inside(area: str) -> Q:
    return Q(area__code=area) | Q(area__code__startswith=f"{area}.")
