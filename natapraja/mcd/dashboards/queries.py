"""What the dashboards ask of the registers besides figures: reports behind a figure, and how the month's work stands."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db.models import BigIntegerField, Count, Exists, JSONField, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

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
    valid_to: date | None
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
class Book:
    """How far the notebook of an RT is this month: households, and those that were looked at."""

    households: int
    looked_at: int

    @property
    def finished(self) -> bool:
        return self.looked_at == self.households


@dataclass(frozen=True)
class Work:
    """How the month stands: claims that wait, and RT whose notebook is finished. Counts only."""

    claims: int
    oldest: datetime | None
    finished: int
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
    found = Version.objects.visible_to(reader).filter(submission__in=sent, unit__register="people")
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


def books(area: str, since: datetime) -> dict[str, Book]:
    """The notebooks of the RT inside `area` that sent anything since a moment: RT -> how far. RT without any household
    are absent. Counts only, so no right but that of the page is asked.
    """
    sent = _sent(area, since)
    found = (
        _homes()
        .filter(area__in=sent.values("area"))
        .values("area__code")
        .annotate(households=Count("pk"), looked_at=Count("pk", filter=_looked_at(sent)))
    )
    rows = found.values_list("area__code", "households", "looked_at")
    return {code: Book(households, looked) for code, households, looked in rows}


def work(area: str, since: datetime) -> Work:
    """Claims inside `area`, and RT finished since a moment; no name, so no right but that of the page is asked."""
    waiting = Claim.objects.filter(state="claim").filter(_inside(area))
    oldest = waiting.order_by("pk").values_list("submission__received_at", flat=True).first()
    sent, homes = _sent(area, since), _homes().filter(area=OuterRef("pk"))
    # The first household that nobody looked at decides: counting those of every RT took a second.
    finished = Area.objects.filter(
        Exists(homes), ~Exists(homes.exclude(_looked_at(sent))), pk__in=sent.values("area")
    )
    return Work(
        claims=waiting.count(),
        oldest=oldest,
        finished=finished.count(),
        neighbourhoods=Area.objects.standing().filter(level="rt", code__startswith=f"{area}.").count(),
    )


def _sent(area: str, since: datetime) -> QuerySet[Submission]:
    return Submission.objects.filter(_inside(area), received_at__gte=since).exclude(state="withdrawn")


def _homes() -> QuerySet[Version]:
    return Version.objects.held_now().filter(register="households", valid_to=rules.OPEN_DATE)


def _looked_at(sent: QuerySet[Submission]) -> Q:
    """Households as the notebook counts them: by a report of the household or of somebody in it, or by "all that was
    left".
    """
    units = sent.filter(unit__isnull=False).values("unit")
    told_of = Version.objects.filter(unit_id__in=units)  # by unit: few among all people
    homes = told_of.annotate(row=Cast("data", JSONField())).annotate(
        home=Cast(KT("row__household"), BigIntegerField())
    )
    rest = sent.filter(kind=rules.UNCHANGED, unit=None)
    return (
        Q(unit_id__in=units)
        | Q(unit_id__in=homes.filter(home__isnull=False).values("home"))
        | Q(area__in=rest.values("area"))
    )


def _brought(version: Version) -> Brought:
    data = msgspec.json.decode(version.data)
    sent = version.submission
    return Brought(
        unit=version.unit_id, who=str(data.get("name") or ""), valid_from=version.valid_from,
        valid_to=None if version.valid_to == rules.OPEN_DATE else version.valid_to,
        known_from=version.known_from, cause=version.cause, event=version.event, kind=sent.kind if sent else "",
        received_at=sent.received_at if sent else None, entry=version.entry,
    )  # fmt: skip


def _inside(area: str) -> Q:
    return Q(area__code=area) | Q(area__code__startswith=f"{area}.")
