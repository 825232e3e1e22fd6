"""The only hands that write in the ledger: `record` what happened, `seal` what was recorded."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final, NamedTuple

from django.db import connection, transaction

from natapraja.foundation.kernel import canonical
from natapraja.foundation.ledger import publication, rules, signing, storage, tree
from natapraja.foundation.ledger.publication import SignedHead

# Two locks of PostgreSQL, so that sealing never makes a writer wait. On SQLite BEGIN IMMEDIATE does the same.
_RECORDING: Final = 0x6E61_7461_0001
_SEALING: Final = 0x6E61_7461_0002
_AT_ONCE: Final = 1_000

_INSERT_ENTRY: Final = (
    "INSERT INTO ledger_entry (seq, at, kind, actor, subject, digest, nonce, detail, leaf, marks) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_INSERT_NODE: Final = 'INSERT INTO ledger_node ("level", "index", "hash") VALUES (%s, %s, %s)'
_INSERT_HEAD: Final = (
    "INSERT INTO ledger_head (size, root, at, signature, key_id) VALUES (%s, %s, %s, %s, %s)"
)


class Fact(NamedTuple):
    """What one entry is to say, for `record_all`."""

    kind: str
    subject: str
    digest: bytes
    detail: Mapping[str, str | int] | None = None


def record(
    *,
    kind: str,
    subject: str,
    digest: bytes,
    by: str,
    at: datetime,
    detail: Mapping[str, str | int] | None = None,
) -> int:
    """Appends one entry inside the caller's transaction and returns its number.

    `kind` is written room.event; `subject` and `by` are opaque ids; `digest` has 32 bytes and is what the
    room's `witness.py` will recompute. Numbers follow one another without a gap: entry and state stand or
    fall together. Raises ValueError for content that may not stand in a ledger (see rules.check).
    """
    return record_all(facts=[Fact(kind, subject, digest, detail)], by=by, at=at)[0]


def record_all(*, facts: Iterable[Fact], by: str, at: datetime) -> range:
    """Appends many entries at once and returns their numbers; an empty range for no facts."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a ledger entry stands in the transaction of its deed")
    with connection.cursor() as cursor:
        first = seq = _next_number(cursor)
        for batch in _batches(facts):
            rows = [_row(seq + place, fact, by, at) for place, fact in enumerate(batch)]
            if len(rows) == 1:
                cursor.execute(_INSERT_ENTRY, rows[0])
            else:
                cursor.executemany(_INSERT_ENTRY, rows)
            seq += len(rows)
    return range(first, seq)


def seal(*, at: datetime) -> SignedHead | None:
    """Signs a head over all entries so far; None when nothing was added since the last one.

    Costs O(new + log n). The head is also written to DATA_DIR/ledger/heads.jsonl once it is committed.
    """
    size = storage.last_seq()
    before = storage.last_size()
    if size <= before:
        return None
    # Entries never change, so all the hashing is done before the lock is taken.
    growth = tree.Growth.at(before, storage.hash_at)
    kept = [
        node
        for _, leaf in storage.leaves(before + 1, size)
        for node in growth.append(leaf)
        if node[0] >= storage.KEPT_FROM
    ]
    signer = signing.signer(storage.folder())
    signature = signer.sign(rules.head_text(size, growth.root, at))
    head = SignedHead(size, growth.root, at, signature, signer.public.key_id)
    with transaction.atomic(), connection.cursor() as cursor:
        _lock(cursor, _SEALING)
        if storage.last_size() != before:
            return None  # another process sealed meanwhile
        for start in range(0, len(kept), _AT_ONCE):
            cursor.executemany(_INSERT_NODE, kept[start : start + _AT_ONCE])
        moment = connection.ops.adapt_datetimefield_value(head.at)
        cursor.execute(_INSERT_HEAD, [head.size, head.root, moment, head.signature, head.key_id])
        transaction.on_commit(_publish)
    return head


def _publish() -> None:
    """Copies to heads.jsonl every head that is not there yet, also those of a seal that was interrupted."""
    folder = storage.folder()
    publication.append(folder, storage.heads(above=publication.last_size(folder / publication.FILE)))


def _row(seq: int, fact: Fact, by: str, at: datetime) -> Sequence[Any]:
    detail = canonical.json_text(fact.detail or {})
    rules.check(kind=fact.kind, actor=by, subject=fact.subject, digest=fact.digest, detail=detail)
    # The nonce keeps the leaf from betraying its content to someone who guesses it.
    nonce = secrets.token_bytes(rules.NONCE_BYTES)
    content = rules.Content(at, fact.kind, by, fact.subject, fact.digest, nonce, detail)
    sealed = rules.seal(seq, content)
    return (seq, connection.ops.adapt_datetimefield_value(at), *content[1:], *sealed)


def _next_number(cursor: Any) -> int:
    """The next number, held until the caller's transaction ends: no other writer can take it."""
    _lock(cursor, _RECORDING)
    cursor.execute("SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger_entry")
    return int(cursor.fetchone()[0])


def _lock(cursor: Any, key: int) -> None:
    if connection.vendor == "postgresql":
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def _batches(facts: Iterable[Fact]) -> Iterator[list[Fact]]:
    remaining = iter(facts)
    while batch := list(islice(remaining, _AT_ONCE)):
        yield batch
