"""What the pages of this room read: rights, locks, purposes, accounts, the trail of reads. Frozen answers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, gettext

from natapraja.foundation.access import catalogue, places, rules
from natapraja.foundation.access.models import (
    AccountChange,
    Assignment,
    FailedSignIn,
    PurposeGrant,
    Trace,
    User,
)
from natapraja.foundation.access.reader import Grant, Reader, everyone
from natapraja.foundation.kernel.clock import WIB, local_date

_DIGITS = 19  # no account has a number that long
READS = "persons.read"
KINDS = (READS, "session.opened", "session.closed", "session.locked")


@dataclass(frozen=True)
class Held:
    """A role as its holder reads it."""

    id: int
    role: str
    name: str
    area: str
    place: str
    agency: str
    first: date
    until: date
    rights: tuple[str, ...]
    holds: bool


@dataclass(frozen=True)
class Change:
    """What happened to an account, with its place in the ledger."""

    kind: str
    at: datetime
    by: str
    entry: int


@dataclass(frozen=True)
class Live:
    """A purpose that holds now; without an end it comes with a role."""

    code: str
    name: str
    area: str
    place: str
    until: datetime | None


@dataclass(frozen=True)
class Seen:
    """One line of the trail."""

    entry: int
    at: datetime
    kind: str
    username: str
    full_name: str
    purpose: str
    area: str
    place: str
    count: int


@dataclass(frozen=True)
class Question:
    """What the inspector asks of the trail; None and empty mean everything."""

    kind: str = ""
    who: str = ""
    purpose: str = ""
    area: str = ""
    first: date | None = None
    last: date | None = None


def language() -> str:
    return get_language() or "id"


def digest_of(what: str, text: str) -> str:
    """A keyed digest, so that a table of failures holds neither names nor addresses."""
    key = f"natapraja.access.{what}"
    return salted_hmac(key, text.strip().lower(), algorithm="sha256").hexdigest()


def locked_until(account: str, address: str, at: datetime) -> datetime | None:
    """Until when this account or this network address may not try again; None when it may."""
    rule = catalogue.sign_in_rule(local_date(at))
    window, lock = timedelta(minutes=rule.window_minutes), timedelta(minutes=rule.lock_minutes)
    recent = FailedSignIn.objects.filter(at__gt=at - window - lock, at__lte=at).order_by("at")
    found = (
        rules.locked_until(list(recent.filter(**chosen).values_list("at", flat=True)), limit, window, lock)
        for chosen, limit in (
            ({"account": digest_of("account", account)}, rule.failures),
            ({"address": digest_of("address", address)}, rule.address_failures),
        )
    )
    return max((end for end in found if end is not None and end > at), default=None)


def assignments_on(user_id: int, day: date) -> QuerySet[Assignment]:
    return Assignment.objects.filter(user_id=user_id, valid_from__lte=day, valid_to__gt=day).filter(
        Q(ended_on=None) | Q(ended_on__gt=day)
    )


def reader_for(user: User, day: date) -> Reader:
    """The rights of an account on `day`; those of anybody are among them."""
    given = (Grant(row.role, row.area, row.agency) for row in assignments_on(user.pk, day))
    return Reader(user.pk, user.full_name, (*given, *everyone()))


def held(user_id: int, day: date) -> list[Held]:
    """Every role the account ever had, the present ones first."""
    return _held_of(list(Assignment.objects.filter(user_id=user_id)), day)[user_id]


def holders(users: Iterable[User], day: date) -> list[tuple[User, list[Held]]]:
    """Accounts with the roles they hold on `day`; as many queries for many accounts as for one."""
    listed = list(users)
    found = _held_of(list(Assignment.objects.filter(user__in=listed)), day)
    return [(user, [one for one in found[user.pk] if one.holds]) for user in listed]


def _held_of(rows: list[Assignment], day: date) -> dict[int, list[Held]]:
    """The roles by account, the present ones first."""
    named = places.titles(row.area for row in rows)
    found: dict[int, list[Held]] = defaultdict(list)
    for row in rows:
        found[row.user_id].append(_held(row, day, named[row.area]))
    for roles in found.values():
        roles.sort(key=lambda one: (not one.holds, one.first, one.role))
    return found


def _held(row: Assignment, day: date, place: str) -> Held:
    role, said = catalogue.roles().roles.get(row.role), language()
    described = catalogue.roles().permissions
    return Held(
        id=row.pk,
        role=row.role,
        name=role.name.of(said) if role else row.role,
        area=row.area,
        place=place,
        agency=row.agency,
        first=row.valid_from,
        until=row.last_day_after,
        rights=tuple(
            one.say.of(said) for name, one in described.items() if role and name in role.permissions
        ),
        holds=row.valid_from <= day < row.last_day_after,
    )


def purpose_for(reader: Reader, area: str, at: datetime) -> str | None:
    """The purpose under which `reader` may read persons in `area` at `at`, or None.

    A purpose that comes with the role (standing) needs no choosing; it is written down all the same.
    """
    return next((code for code, place, _ in _held_purposes(reader, at) if rules.contains(place, area)), None)


def live_purposes(reader: Reader, at: datetime) -> list[Live]:
    """Purposes chosen and still valid, the latest first; then those that come with a role."""
    return [
        Live(code, purpose_name(code), area, places.title(area), until)
        for code, area, until in _held_purposes(reader, at)
    ]


def _held_purposes(reader: Reader, at: datetime) -> Iterator[tuple[str, str, datetime | None]]:
    chosen = PurposeGrant.objects.filter(user_id=reader.user_id or 0, valid_from__lte=at, valid_to__gt=at)
    yield from chosen.values_list("purpose", "area", "valid_to")
    for code, purpose in catalogue.purposes().purposes.items():
        for grant in reader.roles:
            if grant.role in purpose.standing:
                yield code, grant.area_code, None


def offered_purposes(reader: Reader) -> dict[str, catalogue.Purpose]:
    """The purposes this reader's roles may choose."""
    held_roles = {grant.role for grant in reader.roles}
    return {code: one for code, one in catalogue.purposes().purposes.items() if one.roles & held_roles}


def purpose_name(code: str) -> str:
    found = catalogue.purposes().purposes.get(code)
    return found.name.of(language()) if found else code


def traces(question: Question) -> QuerySet[Trace]:
    """The lines that answer `question`, newest first."""
    found = (
        Trace.objects.select_related("user").filter(kind=question.kind)
        if question.kind
        else (Trace.objects.select_related("user"))
    )
    if question.who:
        found = found.filter(
            Q(user__username__icontains=question.who) | Q(user__full_name__icontains=question.who)
        )
    if question.purpose:
        found = found.filter(purpose=question.purpose)
    if question.area:
        found = found.filter(Q(area=question.area) | Q(area__startswith=question.area + "."))
    if question.first:
        found = found.filter(at__gte=datetime.combine(question.first, datetime.min.time(), WIB))
    if question.last:
        after = question.last + timedelta(days=1)
        found = found.filter(at__lt=datetime.combine(after, datetime.min.time(), WIB))
    return found.order_by("-entry")


def seen(rows: QuerySet[Trace] | list[Trace]) -> Iterator[Seen]:
    """Lines of the trail with their words; each place is named once."""
    named: dict[str, str] = {"": ""}
    for row in rows:
        if row.area not in named:
            named[row.area] = places.title(row.area)
        yield Seen(
            entry=row.entry,
            at=row.at,
            kind=row.kind,
            username=row.user.username if row.user else "",
            full_name=row.user.full_name if row.user else "",
            purpose=purpose_name(row.purpose) if row.purpose else "",
            area=row.area,
            place=named[row.area],
            count=row.count,
        )


def own_traces(user_id: int, limit: int = 20) -> list[Seen]:
    """The account's own latest reads and sessions."""
    return list(seen(Trace.objects.select_related("user").filter(user_id=user_id)[:limit]))


def changes(user_id: int) -> list[Change]:
    """The history of an account, newest first; who did it by the name of the account."""
    words = {
        "account.created": gettext("dibuat"),
        "account.password": gettext("sandi diganti"),
        "account.closed": gettext("ditutup"),
        "account.opened": gettext("dibuka lagi"),
    }
    rows = list(AccountChange.objects.filter(user_id=user_id).order_by("-entry"))
    ids = {row.by.removeprefix("user:") for row in rows if row.by.startswith("user:")}
    names = {f"user:{user.pk}": user.username for user in User.objects.filter(pk__in=ids)}
    return [
        Change(words.get(row.kind, row.kind), row.at, names.get(row.by, gettext("sistem")), row.entry)
        for row in rows
    ]


def accounts(text: str = "", closed: bool = False) -> QuerySet[User]:
    """Accounts whose name or holder contains `text`, the closed ones only when asked for."""
    found = User.objects.order_by("username")
    if text:
        found = found.filter(Q(username__icontains=text) | Q(full_name__icontains=text))
    return found if closed else found.filter(is_active=True)


def account_names(numbers: Collection[str]) -> dict[str, str]:
    """The names of these accounts; a number that no account has is left out."""
    found = User.objects.filter(
        pk__in=[number for number in numbers if number.isdecimal() and len(number) < _DIGITS]
    )
    return {str(number): name for number, name in found.values_list("pk", "username")}


def kind_names() -> dict[str, str]:
    """What the trail records, in words."""
    return {
        READS: gettext("Membaca data orang"),
        "session.opened": gettext("Masuk"),
        "session.closed": gettext("Keluar"),
        "session.locked": gettext("Akun dikunci sementara"),
    }
