"""Evidence for the ledger: recomputes the digest of every entry from the rows it vouches for."""

from collections.abc import Iterator
from heapq import merge
from typing import TypeVar

from django.db.models import Max, Model

from natapraja.foundation.access import evidence
from natapraja.foundation.access.models import AccountChange, Assignment, PurposeGrant, Trace, User

Row = TypeVar("Row", bound=Model)
KINDS = (
    "account.",
    "role.",
    "purpose.",
    "persons.",
    "session.",
)  # the kinds of entries this room vouches for


def digests(first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """(entry, digest) in rising order for every entry from `first` to `last` that has rows here."""
    yield from merge(
        _accounts(first, last),
        _roles(first, last),
        _ends(first, last),
        _purposes(first, last),
        _traces(first, last),
    )


def _accounts(first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """A change is vouched for by what it left; the latest of an account also by the account itself."""
    latest = dict(AccountChange.objects.values_list("user_id").annotate(Max("entry")))
    users = User.objects.in_bulk()
    for change in _between(AccountChange, first, last):
        newest = latest[change.user_id] == change.entry
        yield change.entry, evidence.account(users[change.user_id]) if newest else bytes(change.state)


def _roles(first: int, last: int) -> Iterator[tuple[int, bytes]]:
    for row in _between(Assignment, first, last):
        yield (
            row.entry,
            evidence.role(row.user_id, row.role, row.area, row.agency, row.valid_from, row.valid_to),
        )


def _ends(first: int, last: int) -> Iterator[tuple[int, bytes]]:
    for row in _between(Assignment, first, last, entry="ended_entry"):
        if row.ended_entry is not None and row.ended_on is not None:
            yield row.ended_entry, evidence.role_ended(row.entry, row.ended_on)


def _purposes(first: int, last: int) -> Iterator[tuple[int, bytes]]:
    for row in _between(PurposeGrant, first, last):
        yield (
            row.entry,
            evidence.purpose(row.user_id, row.purpose, row.area, row.note, row.valid_from, row.valid_to),
        )


def _traces(first: int, last: int) -> Iterator[tuple[int, bytes]]:
    for row in _between(Trace, first, last):
        yield row.entry, evidence.trace(row.kind, row.user_id, row.purpose, row.area, row.count, row.at)


def _between(rows: type[Row], first: int, last: int, entry: str = "entry") -> Iterator[Row]:
    """The rows of a table that entries from `first` to `last` speak of, in the order of the entries."""
    found = rows._default_manager.filter(**{f"{entry}__range": (first, last)})
    return found.order_by(entry).iterator(chunk_size=5_000)
