"""Canonical bytes: different things never give the same bytes."""

import hashlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from natapraja.foundation.kernel import canonical, clock

parts = st.lists(st.one_of(st.binary(max_size=8), st.text(max_size=8), st.integers(), st.none()), max_size=5)


def test_each_part_is_written_as_kind_length_and_content():
    assert canonical.encode("é", 12, b"\x00", None) == (
        b"s" + (2).to_bytes(8, "big") + "é".encode()
        + b"i" + (2).to_bytes(8, "big") + b"12"
        + b"b" + (1).to_bytes(8, "big") + b"\x00"
        + b"n" + bytes(8)
    )  # fmt: skip


def test_a_digest_is_sha_256_of_the_canonical_bytes():
    assert canonical.digest("a", 1) == hashlib.sha256(canonical.encode("a", 1)).digest()


@given(parts, parts)
def test_different_parts_give_different_bytes(one, other):
    same = [(type(part), part) for part in one] == [(type(part), part) for part in other]
    assert (canonical.encode(*one) == canonical.encode(*other)) == same


@pytest.mark.parametrize("part", [True, 1.5, date(2026, 1, 1), ["a"]])
def test_kinds_without_canonical_bytes_are_refused(part):
    with pytest.raises(TypeError):
        canonical.encode(part)


def test_equal_mappings_give_equal_json():
    assert (
        canonical.json_text({"b": 1, "a": "é"})
        == canonical.json_text({"a": "é", "b": 1})
        == '{"a":"é","b":1}'
    )


def test_the_clock_is_aware_and_the_date_is_that_of_the_regency():
    assert clock.now().tzinfo is UTC
    late_evening_in_london = datetime(2026, 3, 13, 18, 0, tzinfo=UTC)
    assert clock.local_date(late_evening_in_london) == date(2026, 3, 14)
    with pytest.raises(ValueError, match="without time zone"):
        clock.local_date(datetime(2026, 3, 13, 18, 0))  # noqa: DTZ001
