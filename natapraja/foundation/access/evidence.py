"""The digests by which the ledger vouches for accounts, roles, purposes and reads. Pure over plain values."""

from datetime import date, datetime
from typing import Protocol

from natapraja.foundation.kernel.canonical import digest
from natapraja.foundation.ledger.rules import microseconds


class Account(Protocol):
    pk: int
    username: str
    full_name: str
    is_active: bool
    password: str


def account(user: Account) -> bytes:
    """The whole row as it is now; the salted hash of the password keeps the name from being guessed."""
    return digest("account", user.pk, user.username, user.full_name, int(user.is_active), user.password)


def role(user_id: int, code: str, area: str, agency: str, first: date, last: date) -> bytes:
    return digest("role", user_id, code, area, agency, first.isoformat(), last.isoformat())


def role_ended(entry: int, on: date) -> bytes:
    """An early end points at the entry that gave the role."""
    return digest("role ended", entry, on.isoformat())


def purpose(user_id: int, code: str, area: str, note: str, first: datetime, last: datetime) -> bytes:
    return digest("purpose", user_id, code, area, note, microseconds(first), microseconds(last))


def trace(kind: str, user_id: int | None, code: str, area: str, count: int, at: datetime) -> bytes:
    return digest("trace", kind, user_id, code, area, count, microseconds(at))
