"""The bytes of the ledger: what is hashed of an entry and what is signed of a head. Pure, and the only place.

Leaf    RFC 9162 leaf hash of canonical.encode("natapraja entry 1", seq, at, kind, actor, subject, digest,
        nonce, detail), with `at` in microseconds since 1970-01-01 UTC and `detail` as canonical JSON text.
Marks   CRC-32 (4 bytes) of each field after seq in that encoding. They prove nothing; they only let an
        inspector read which field was changed when a leaf no longer fits.
Head    a text of four lines, each ended by a line feed, signed with Ed25519 (RFC 8032):
        natapraja/buku-besar · size · base64 of the root · time in UTC
"""

import base64
import re
import zlib
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from natapraja.foundation.kernel import canonical
from natapraja.foundation.ledger import tree

ORIGIN: Final = "natapraja/buku-besar"
NONCE_BYTES: Final = 16
_ENTRY: Final = "natapraja entry 1"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_CIVIL_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z])\d{16}(?![0-9A-Za-z])")
_KIND: Final = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
LENGTHS: Final = {"kind": 60, "actor": 80, "subject": 120}

FIELDS: Final = ("at", "kind", "actor", "subject", "digest", "nonce", "detail")


class Content(NamedTuple):
    """What an entry says, without its number."""

    at: datetime
    kind: str
    actor: str
    subject: str
    digest: bytes
    nonce: bytes
    detail: str


class Sealed(NamedTuple):
    """What is kept of an entry beside its content: 32 bytes of leaf, 28 bytes of marks."""

    leaf: bytes
    marks: bytes


def microseconds(at: datetime) -> int:
    """Whole microseconds since 1970-01-01 UTC; raises ValueError for a moment without time zone."""
    if at.tzinfo is None:
        raise ValueError("a ledger time needs a time zone")
    return (at - _EPOCH) // _MICROSECOND


def seal(seq: int, content: Content) -> Sealed:
    """Leaf and marks of entry `seq`; raises TypeError or ValueError for content of the wrong type."""
    encoded = _encoded(content)
    marks = b"".join(zlib.crc32(part).to_bytes(4, "big") for part in encoded)
    return Sealed(_leaf(seq, encoded), marks)


def leaf(seq: int, content: Content) -> bytes:
    """The leaf alone."""
    return _leaf(seq, _encoded(content))


def changed_fields(content: Content, marks: bytes) -> tuple[str, ...]:
    """Names of the fields that no longer fit their marks; a field of the wrong type never fits."""
    found = []
    for number, name in enumerate(FIELDS):
        try:
            part = _part(content, number)
        except (TypeError, ValueError):
            found.append(name)
            continue
        if zlib.crc32(part).to_bytes(4, "big") != marks[4 * number : 4 * number + 4]:
            found.append(name)
    return tuple(found)


def head_text(size: int, root: bytes, at: datetime) -> str:
    """The text that is signed; readable, and checked by any Ed25519 tool."""
    return f"{ORIGIN}\n{size}\n{base64.b64encode(root).decode()}\n{moment(at)}\n"


def moment(at: datetime) -> str:
    """A time in UTC as the ledger writes it: 2026-03-13T02:00:00.000000Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def check(*, kind: str, actor: str, subject: str, digest: bytes, detail: str) -> None:
    """Refuses (ValueError) what must never stand in a ledger, above all a NIK or a nomor KK.

    An entry cannot be erased, so what enters by mistake stays for ever (UU 27/2022: right of erasure).
    """
    if not _KIND.fullmatch(kind):
        raise ValueError(f"a kind is written room.event, not {kind!r}")
    if len(digest) != 32:
        raise ValueError("a digest has 32 bytes")
    for name, text in (("kind", kind), ("actor", actor), ("subject", subject)):
        if not text or len(text) > LENGTHS[name]:
            raise ValueError(f"{name} has 1 to {LENGTHS[name]} characters")
    for name, text in (("actor", actor), ("subject", subject), ("detail", detail)):
        if _CIVIL_NUMBER.search(text):
            raise ValueError(f"{name} holds a number of 16 digits: no NIK and no nomor KK in the ledger")


def _encoded(content: Content) -> list[bytes]:
    return [_part(content, number) for number in range(len(FIELDS))]


def _part(content: Content, number: int) -> bytes:
    value = content[number]
    return canonical.encode(microseconds(value) if isinstance(value, datetime) else value)


def _leaf(seq: int, encoded: list[bytes]) -> bytes:
    return tree.leaf_hash(canonical.encode(_ENTRY, seq) + b"".join(encoded))
