"""What the ledger's digest is made of: different contents never give the same lines."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from natapraja.mcd.registers.belief import claim_line, closing_line, digest_lines, version_line

DAYS, KNOWN, WHY = ("2020-01-01", "9999-12-31"), "2026-11-20 05:00:00.000000", ("import", "")
NUMBER, AT = UUID(int=7), datetime(2026, 11, 20, 5, tzinfo=UTC)


def version(register: str = "people", key: str = "w1", area: int = 3, data: str = "{}") -> bytes:
    return version_line(register, key, area, DAYS, KNOWN, WHY, data)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([version(key="a|b")], [version("people|a", "b")]),
        (
            [claim_line(NUMBER, "refused", "user:1", "Masih|ada", AT)],
            [claim_line(NUMBER, "refused", "user:1|Masih", "ada", AT)],
        ),
        ([version(), closing_line(3, KNOWN)], [version(data=f"{{}}\nclose|3|{KNOWN}")]),
        ([version(key='a","b')], [version(key='a\\",\\"b')]),
        ([version(key="1")], [version(key="w1")]),
    ],
    ids=["a key", "a reason", "a line break", "quotation marks", "another key"],
)
def test_a_separator_inside_a_text_moves_nothing_into_another_field(
    one: list[bytes], other: list[bytes]
) -> None:
    assert digest_lines(one) != digest_lines(other)
    assert not any(b"\n" in line for line in (*one, *other))


def test_a_moment_that_is_missing_is_no_empty_text() -> None:
    assert claim_line(NUMBER, "refused", "user:1", "", None) != claim_line(
        NUMBER, "refused", "user:1", "", AT
    )


@pytest.mark.parametrize("damaged", [b"aaaa", 1.0, True])
def test_what_no_table_should_hold_is_refused_instead_of_read_as_something_else(damaged: object) -> None:
    with pytest.raises(TypeError):
        version(key=damaged)  # type: ignore[arg-type]
