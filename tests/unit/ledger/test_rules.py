"""The bytes of the ledger never drift: an entry of today must still be checked in thirty years."""

import base64
import hashlib
import zlib
from datetime import UTC, datetime, timedelta, timezone

import pytest

from natapraja.foundation.ledger import rules

AT = datetime(2026, 3, 13, 1, 2, 3, 456789, tzinfo=UTC)
CONTENT = rules.Content(AT, "test.made", "user:7", "unit:1", bytes(range(32)), bytes(range(16)), '{"rows":3}')


def part(kind: bytes, content: bytes) -> bytes:
    """The canonical form, written out by hand."""
    return kind + len(content).to_bytes(8, "big") + content


FIELDS = [
    part(b"i", b"1773363723456789"),
    part(b"s", b"test.made"),
    part(b"s", b"user:7"),
    part(b"s", b"unit:1"),
    part(b"b", bytes(range(32))),
    part(b"b", bytes(range(16))),
    part(b"s", b'{"rows":3}'),
]


def test_a_leaf_is_the_hash_of_these_bytes():
    written_out = part(b"s", b"natapraja entry 1") + part(b"i", b"5") + b"".join(FIELDS)
    assert rules.leaf(5, CONTENT) == hashlib.sha256(b"\x00" + written_out).digest()
    assert rules.leaf(5, CONTENT).hex() == "ec6e72458c438412ec012e96628b069f132514382348ddfdeba3bb2f8344b97e"


def test_marks_are_the_checksums_of_the_fields():
    assert rules.seal(5, CONTENT).marks == b"".join(zlib.crc32(field).to_bytes(4, "big") for field in FIELDS)
    assert rules.changed_fields(CONTENT, rules.seal(5, CONTENT).marks) == ()


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("at", AT + timedelta(microseconds=1)),
        ("at", None),
        ("kind", "test.seen"),
        ("actor", "user:8"),
        ("subject", "unit:2"),
        ("digest", bytes(32)),
        ("digest", None),
        ("nonce", "text instead of bytes"),
        ("detail", 1.5),
    ],
)
def test_a_changed_field_is_read_from_its_mark(field, other):
    marks = rules.seal(5, CONTENT).marks
    assert rules.changed_fields(CONTENT._replace(**{field: other}), marks) == (field,)


def test_every_field_has_its_mark():
    assert rules.Content._fields == rules.FIELDS
    assert len(rules.seal(5, CONTENT).marks) == 4 * len(rules.FIELDS)
    assert rules.changed_fields(CONTENT, b"") == rules.FIELDS


def test_a_moment_is_the_same_in_every_time_zone():
    wib = CONTENT._replace(at=AT.astimezone(timezone(timedelta(hours=7))))
    assert rules.leaf(5, wib) == rules.leaf(5, CONTENT)
    assert rules.moment(wib.at) == "2026-03-13T01:02:03.456789Z"


def test_the_signed_text_of_a_head():
    assert rules.head_text(5, bytes(32), AT) == (
        f"natapraja/buku-besar\n5\n{base64.b64encode(bytes(32)).decode()}\n2026-03-13T01:02:03.456789Z\n"
    )
