"""Evidence for the ledger: recomputes the digest of every entry from the rows it vouches for."""

from collections import defaultdict
from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter

from django.db import connection

from .belief import claim_line, closing_line, digest_lines, submission_line, version_line
from .models import Claim, Submission

KINDS = ("register.",)  # the kinds of entries this room vouches for


def digests(first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """(entry, digest) in rising order for every entry from `first` to `last` that has rows in the registers."""
    parts = merge(
        _submissions(first, last), _claims(first, last), _versions(first, last), _closings(first, last)
    )
    for entry, lines in groupby(parts, key=itemgetter(0)):
        yield entry, digest_lines(line for *_, line in lines)


# Each part yields (entry, place of the part in the digest, running number, line), already in order.
def _submissions(first: int, last: int) -> Iterator[tuple[int, int, int, str]]:
    found = Submission.objects.filter(entry__range=(first, last)).order_by("entry").iterator(chunk_size=5_000)
    for submission in found:
        yield submission.entry, 0, 0, submission_line(submission)


def _claims(first: int, last: int) -> Iterator[tuple[int, int, int, str]]:
    found = Claim.objects.filter(entry__range=(first, last)).order_by("entry").iterator(chunk_size=5_000)
    for claim in found:
        yield (
            claim.entry or 0,
            1,
            0,
            claim_line(claim.submission_id, claim.state, claim.decided_by, claim.reason),
        )


def _time(column: str) -> str:
    """SQL for a moment as the digest writes it: UTC with six digits, whatever the database keeps."""
    if connection.vendor == "sqlite":
        return f"substr({column} || CASE WHEN instr({column}, '.') > 0 THEN '' ELSE '.000000' END, 1, 26)"
    return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"


def _versions(first: int, last: int) -> Iterator[tuple[int, int, int, str]]:
    statement = f"""
        SELECT v.entry, v.id, v.register, u.key, v.area_id, CAST(v.valid_from AS text), CAST(v.valid_to AS text),
               {_time("v.known_from")}, v.cause, v.event, v.data
        FROM registers_version v LEFT JOIN registers_unit u ON u.id = v.unit_id
        WHERE v.entry BETWEEN %s AND %s ORDER BY v.entry, v.id"""  # noqa: S608 — no value is inserted
    for entry, number, register, key, area, start, stop, known, cause, event, data in _stream(
        statement, first, last
    ):
        yield (
            entry,
            2,
            number,
            version_line(register, str(key), area, (start, stop), known, (cause, event), data),
        )


def _closings(first: int, last: int) -> Iterator[tuple[int, int, int, str]]:
    statement = f"""
        SELECT closed_by, id, {_time("known_to")} FROM registers_version
        WHERE closed_by BETWEEN %s AND %s ORDER BY closed_by, id"""  # noqa: S608 — no value is inserted
    for entry, number, known_to in _stream(statement, first, last):
        yield entry, 3, number, closing_line(number, known_to)


def _stream(statement: str, first: int, last: int) -> Iterator[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [first, last])
        while batch := cursor.fetchmany(20_000):
            yield from batch


def counts() -> dict[str, int]:
    """How many rows of each kind stand behind the ledger, for the report of `nata ledger verify`."""
    totals: dict[str, int] = defaultdict(int)
    for table in ("registers_version", "registers_submission", "registers_claim"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 — names written above
            totals[table] = cursor.fetchone()[0]
    return dict(totals)
