"""The digests by which the ledger vouches for accounts, roles, purposes and reads. Pure over plain values."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from natapraja.foundation.kernel.canonical import digest

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Account(Protocol):
    pk: int
    username: str
    full_name: str
    is_active: bool
    password: str


def _moment(at: datetime) -> int:
    """Whole microseconds since 1970, in which every database agrees."""
    return (at - _EPOCH) // _MICROSECOND


def account(user: Account) -> bytes:
    """The whole row as it is now; the salted hash of the password keeps the name from being guessed."""
    return digest("account", user.pk, user.username, user.full_name, int(user.is_active), user.password)


def role(user_id: int, code: str, area: str, agency: str, first: date, last: date) -> bytes:
    return digest("role", user_id, code, area, agency, first.isoformat(), last.isoformat())


def role_ended(entry: int, on: date) -> bytes:
    """An early end points at the entry that gave the role."""
    return digest("role ended", entry, on.isoformat())


def purpose(user_id: int, code: str, area: str, note: str, first: datetime, last: datetime) -> bytes:
    return digest("purpose", user_id, code, area, note, _moment(first), _moment(last))


def trace(kind: str, user_id: int | None, code: str, area: str, count: int, at: datetime) -> bytes:
    return digest("trace", kind, user_id, code, area, count, _moment(at))
