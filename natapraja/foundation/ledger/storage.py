"""The ledger's rows as the tree needs them: entries in order, subtree hashes, heads. Reads only.

Plain SQL: an inspection must also read what an intruder left behind, which the models' types would refuse.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import connection

from natapraja.foundation.ledger import rules, tree
from natapraja.foundation.ledger.publication import SignedHead

KEPT_FROM: Final = 4  # nodes below this level are remade from at most 2^4 = 16 leaves instead of stored
BATCH: Final = 5_000


class StoredEntry(NamedTuple):
    seq: int
    content: rules.Content
    leaf: Any
    marks: Any


def folder() -> Path:
    """Where the keys and the published heads lie: outside the database."""
    return Path(settings.DATA_DIR) / "ledger"


def last_seq() -> int:
    """The number of the newest entry; 0 when there is none."""
    return _number("SELECT COALESCE(MAX(seq), 0) FROM ledger_entry")


def last_size() -> int:
    """How many entries the newest head seals; 0 when there is none."""
    return _number("SELECT COALESCE(MAX(size), 0) FROM ledger_head")


def entries(first: int, last: int) -> Iterator[list[StoredEntry]]:
    """Entries from first to last in batches of at most BATCH, by number; never holds more than one batch."""
    columns = f"seq, {_moment('at')}, kind, actor, subject, digest, nonce, detail, leaf, marks"
    query = f"SELECT {columns} FROM ledger_entry"  # noqa: S608 - no value is inserted
    for rows in _batches(query, "seq", first, last):
        yield [
            StoredEntry(
                seq,
                rules.Content(_aware(at), kind, actor, subject, _bytes(digest), _bytes(nonce), detail),
                _bytes(leaf),
                _bytes(marks),
            )
            for seq, at, kind, actor, subject, digest, nonce, detail, leaf, marks in rows
        ]


def leaves(first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """(seq, leaf) from first to last."""
    for rows in _batches("SELECT seq, leaf FROM ledger_entry", "seq", first, last):
        for seq, leaf in rows:
            yield seq, _bytes(leaf)


def nodes(level: int) -> Iterator[tuple[int, bytes]]:
    """(index, hash) of one level, by index."""
    query = f'SELECT "index", "hash" FROM ledger_node WHERE "level" = {level:d} AND'  # noqa: S608
    for rows in _batches(query, '"index"', 0, 2**62):
        for index, stored in rows:
            yield index, _hash(stored)


def heads(above: int = 0) -> Iterator[SignedHead]:
    """Heads of more than `above` entries, by size. A time that cannot be read becomes the year 1."""
    query = f"SELECT size, root, {_moment('at')}, signature, key_id FROM ledger_head"  # noqa: S608
    for rows in _batches(query, "size", above + 1, 2**62):
        yield from (_head(row) for row in rows)


def newest_heads(limit: int = 1_000) -> Iterator[SignedHead]:
    """The last heads, largest first."""
    query = f"SELECT size, root, {_moment('at')}, signature, key_id FROM ledger_head"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{query} ORDER BY size DESC LIMIT {limit:d}")
        yield from (_head(row) for row in cursor.fetchall())


def highest_level() -> int:
    return _number('SELECT COALESCE(MAX("level"), 0) FROM ledger_node')


def hash_at(level: int, index: int) -> bytes:
    """The hash over a perfect subtree, read or remade; raises LookupError when rows are missing."""
    with connection.cursor() as cursor:
        if level >= KEPT_FROM:
            cursor.execute(
                'SELECT "hash" FROM ledger_node WHERE "level" = %s AND "index" = %s', [level, index]
            )
            row = cursor.fetchone()
            if row is None:
                raise LookupError(f"node {level}:{index} is missing")
            return bytes(row[0])
        first, count = (index << level) + 1, 1 << level
        cursor.execute(
            "SELECT leaf FROM ledger_entry WHERE seq BETWEEN %s AND %s ORDER BY seq",
            [first, first + count - 1],
        )
        found = [bytes(row[0]) for row in cursor.fetchall()]
    if len(found) != count:
        raise LookupError(f"entries from {first} to {first + count - 1} are missing")
    return tree.root(found)


def _batches(query: str, key: str, first: int, last: int) -> Iterator[list[tuple[Any, ...]]]:
    """Rows by key, read page after page, so that no transaction stays open during a long walk."""
    joint = query if query.endswith("AND") else f"{query} WHERE"
    statement = f"{joint} {key} BETWEEN %s AND %s ORDER BY {key} LIMIT {BATCH}"
    with connection.cursor() as cursor:
        while first <= last:
            cursor.execute(statement, [first, last])
            rows = cursor.fetchall()
            if not rows:
                return
            yield rows
            first = rows[-1][0] + 1  # the key is always the first column


def _head(row: tuple[Any, ...]) -> SignedHead:
    size, root, at, signature, key_id = row
    moment = _aware(at) or datetime.min.replace(tzinfo=UTC)
    return SignedHead(size, _hash(root), moment, _hash(signature), str(key_id))


def _moment(column: str) -> str:
    """On SQLite as text: a converter would stop at the first unreadable time."""
    return f'CAST("{column}" AS TEXT)' if connection.vendor == "sqlite" else f'"{column}"'


def _aware(value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return None


def _bytes(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _hash(value: Any) -> bytes:
    """Bytes, also when an intruder left something else there: then none."""
    found = _bytes(value)
    return found if isinstance(found, bytes) else b""


def _number(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])
