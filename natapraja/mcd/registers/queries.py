"""Reading the register: rows as they stand or stood, within the reader's areas, always as frozen objects."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import msgspec
from django.db.models import Count, Max, Q, QuerySet

from natapraja.foundation.access.reader import Reader
from natapraja.foundation.areas.models import Area

from . import rules
from .catalogue import register as definition_of
from .models import Claim, Submission, Version, VersionSet


class NoSuchField(LookupError):
    """A register was asked for what it does not keep. No KeyError, which a template would pass over in silence."""


@dataclass(frozen=True)
class Record:
    """One unit as held true on a day. `record["name"]` is None for what is not known of it."""

    unit: int
    register: str
    area: str
    valid_from: date
    valid_to: date
    known_from: datetime
    cause: str
    event: str
    data: Mapping[str, object] = field(repr=False)
    submission: str | None = None

    def __getitem__(self, name: str) -> object:
        """A field of the register. Raises NoSuchField for any other name, wherever it is read."""
        if name in self.data:
            return self.data[name]
        if definition_of(self.register).field(name):
            return None
        if hasattr(self, name):
            raise KeyError(name)  # a template looks here first, then for the attribute
        raise NoSuchField(f"Register {self.register} tidak memiliki isian {name!r}. Periksa definisinya.")


@dataclass(frozen=True)
class Household:
    """A household of the RT notebook: who lives there, oldest adults first, and when it was last looked at."""

    record: Record
    people: tuple[Record, ...]

    @property
    def head(self) -> Record | None:
        return next((person for person in self.people if person["relation"] == "1"), None) or (
            self.people[0] if self.people else None
        )


@dataclass(frozen=True)
class OpenClaim:
    """A claim that waits, as the village sees it."""

    id: int
    kind: str
    area: str
    occurred_on: date
    reported_at: datetime
    reported_by: str
    person: Record | None


@dataclass(frozen=True)
class SentReport:
    """A submission as its sender sees it. `unit` is what it is about, None for all that was left of the RT.

    `about` is that unit as last known, where the reader may still read it.
    """

    id: str
    kind: str
    received_at: datetime
    state: str
    answer: str
    can_withdraw: bool
    unit: int | None
    about: Record | None


def records(
    reader: Reader,
    *,
    register: str,
    area: str,
    on: date,
    known: datetime | None = None,
    after: int = 0,
    limit: int = 100,
) -> list[Record]:
    """Units of a register inside `area` as true on `on` and known at `known` (now if None), by unit number."""
    definition_of(register)
    reader.check("register.read", area)
    found = (
        _as_known(Version.objects.visible_to(reader), known)
        .filter(register=register, valid_from__lte=on, valid_to__gt=on, unit_id__gt=after)
        .filter(_inside(area))
        .select_related("area")
        .order_by("unit_id")[:limit]
    )
    return [_record(version) for version in found]


def record(reader: Reader, *, unit: int, on: date) -> Record | None:
    """One unit as true on `on`, as we know it now."""
    version = (
        Version.objects.visible_to(reader)
        .held_now()
        .filter(unit_id=unit, valid_from__lte=on, valid_to__gt=on)
        .select_related("area")
        .first()
    )
    return _record(version) if version else None


def households(reader: Reader, *, area: str, on: date) -> list[Household]:
    """The households of one RT with the people in them; two queries whatever the number of households."""
    reader.check("register.read", area)
    held = (
        Version.objects.visible_to(reader)
        .held_now()
        .filter(register__in=("households", "people"), valid_from__lte=on, valid_to__gt=on, area__code=area)
        .select_related("area")
    )
    homes: dict[int, Record] = {}
    people: dict[int, list[Record]] = {}
    for version in held.order_by("unit_id"):
        each = _record(version)
        if each.register == "households":
            homes[each.unit] = each
        else:
            people.setdefault(int(str(each["household"] or 0)), []).append(each)
    return [
        Household(home, tuple(sorted(people.get(number, ()), key=_place_in_household)))
        for number, home in homes.items()
    ]


def looked_at(reader: Reader, *, area: str, since: datetime) -> tuple[frozenset[int], bool]:
    """Households reported on since a moment, and whether the RT said that the rest is unchanged."""
    reader.check("register.read", area)
    found = Submission.objects.filter(_inside(area), received_at__gte=since).exclude(state="withdrawn")
    units = {unit for unit in found.values_list("unit", flat=True) if unit is not None}
    told_of = Version.objects.filter(unit_id__in=units).values_list("data", flat=True)
    homes = {home for data in told_of if (home := msgspec.json.decode(data).get("household")) is not None}
    return frozenset(units | homes), found.filter(kind=rules.UNCHANGED, unit=None).exists()


def months_work(reader: Reader, *, area: str, since: datetime) -> dict[str, tuple[int, datetime]]:
    """Reports of each RT inside `area` since a moment: RT -> (how many, the latest). Silent RT are absent."""
    reader.check("register.read", area)
    found = Submission.objects.filter(_inside(area), received_at__gte=since).exclude(state="withdrawn")
    counted = found.values("area__code").annotate(count=Count("pk"), latest=Max("received_at"))
    return {row["area__code"]: (row["count"], row["latest"]) for row in counted}


def claims(reader: Reader, *, area: str, start: int = 0, limit: int | None = None) -> list[OpenClaim]:
    """Claims inside an area that wait for a second person, oldest first, each with the person it is about.

    All of them, or `limit` after the first `start`: count_claims says how many there are.
    """
    reader.check("register.read", area)
    found = _open_claims(area).select_related("area", "submission").order_by("pk")
    listed = list(found[start:] if limit is None else found[start : start + limit])
    people = _newest(claim.unit_id for claim in listed)
    return [
        OpenClaim(
            claim.pk, claim.kind, claim.area.code, claim.occurred_on, claim.submission.received_at,
            claim.reported_by, people.get(claim.unit_id),
        )
        for claim in listed
    ]  # fmt: skip


def count_claims(reader: Reader, *, area: str) -> int:
    """How many claims inside an area wait for a second person."""
    reader.check("register.read", area)
    return _open_claims(area).count()


def reports(reader: Reader, *, area: str, since: datetime, limit: int = 50) -> list[SentReport]:
    """What was reported from an area since a moment, newest first, each with what it is about."""
    reader.check("register.read", area)
    found = Submission.objects.filter(_inside(area), received_at__gte=since).order_by("-received_at")[:limit]
    units = _newest((each.unit for each in found if each.unit), Version.objects.visible_to(reader))
    return [
        SentReport(
            id=str(each.pk),
            kind=each.kind,
            received_at=each.received_at,
            state=each.state,
            answer=each.answer,
            can_withdraw=each.state in ("believed", "waiting"),
            unit=each.unit,
            about=units.get(each.unit or 0),
        )
        for each in found
    ]


def _open_claims(area: str) -> QuerySet[Claim]:
    return Claim.objects.filter(_inside(area), state="claim")


def _newest(units: Iterable[int], versions: VersionSet | None = None) -> dict[int, Record]:
    """The latest version of each unit, also of those no longer there."""
    versions = Version.objects.all() if versions is None else versions
    found = versions.held_now().filter(unit_id__in=set(units)).select_related("area")
    return {version.unit_id: _record(version) for version in found.order_by("valid_from")}


def _as_known(versions: QuerySet[Version], known: datetime | None) -> QuerySet[Version]:
    if known is None:
        return versions.filter(known_to=rules.OPEN_TIME)
    return versions.filter(known_from__lte=known, known_to__gt=known)


def _inside(area: str) -> Q:
    places = Area.objects.filter(Q(code=area) | Q(code__startswith=f"{area}."))
    return Q(area__in=places)


def _record(version: Version) -> Record:
    return Record(
        unit=version.unit_id, register=version.register, area=version.area.code, valid_from=version.valid_from,
        valid_to=version.valid_to, known_from=version.known_from, cause=version.cause, event=version.event,
        data=msgspec.json.decode(version.data),
        submission=str(version.submission_id) if version.submission_id else None,
    )  # fmt: skip


def _place_in_household(person: Record) -> tuple[int, str]:
    return int(str(person["relation"] or 9)), str(person["birth_date"] or "")
