"""Evidence for the ledger: recomputes the digest of every entry from the rows it vouches for."""

from collections.abc import Collection, Iterator
from datetime import date
from heapq import merge
from itertools import groupby, islice
from operator import itemgetter
from uuid import UUID

import msgspec
from django.db import connection

from natapraja.foundation.ledger.models import Entry

from . import rules
from .belief import claim_line, closing_line, digest_lines, submission_line, version_line
from .models import Claim, Submission, Version

KINDS = ("register.",)  # the kinds of entries this room vouches for
_TAKEN_BACK = ("register.withdrawn", "report.withdrawn")
_STATES = {"claim": "waiting", "confirmed": "believed", "refused": "returned"}  # of a claim -> of its report
_AT_ONCE = 500  # reports looked at together


def digests(first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """(entry, digest) in rising order for every entry from `first` to `last` that has rows in the registers."""
    parts = merge(
        _submissions(first, last), _claims(first, last), _versions(first, last), _closings(first, last)
    )
    for entry, lines in groupby(parts, key=itemgetter(0)):
        yield entry, digest_lines(line for *_, line in lines)


# Each part yields (entry, place of the part in the digest, running number, line), already in order.
def _submissions(first: int, last: int) -> Iterator[tuple[int, int, int, bytes]]:
    found = Submission.objects.filter(entry__range=(first, last)).order_by("entry")
    stream = found.iterator(chunk_size=_AT_ONCE)
    while reports := list(islice(stream, _AT_ONCE)):
        # Twice, for somebody may have decided or taken back a report between two looks at the tables.
        doubtful = _contradicted(_contradicted([each.pk for each in reports]))
        for each in reports:
            yield each.entry, 0, 0, submission_line(each)
            if each.pk in doubtful:
                yield each.entry, 0, 1, b"what the pages show of it is not what was recorded"


def _claims(first: int, last: int) -> Iterator[tuple[int, int, int, bytes]]:
    found = Claim.objects.filter(entry__range=(first, last)).order_by("entry").iterator(chunk_size=5_000)
    for claim in found:
        line = claim_line(claim.submission_id, claim.state, claim.decided_by, claim.reason, claim.decided_at)
        yield claim.entry or 0, 1, 0, line


class _Told(msgspec.Struct):
    """The one answer of a stored report that its claim repeats."""

    on: date


def _contradicted(numbers: Collection[UUID]) -> set[UUID]:
    """Those of these reports whose state, answer or claim does not follow from what the ledger vouches for."""
    if not numbers:
        return set()
    reports = list(Submission.objects.filter(pk__in=numbers).select_related("claim"))
    entries = Entry.objects.filter(subject__in=[str(number) for number in numbers], kind__in=_TAKEN_BACK)
    taken_back = set(entries.values_list("subject", flat=True))
    claimed = [each.entry for each in reports if each.kind in rules.NEEDS_SECOND_PERSON]
    events = dict(Version.objects.filter(entry__in=claimed).values_list("entry", "unit"))
    return {
        each.pk
        for each in reports
        if not _follows(each, events.get(each.entry), taken_back=str(each.pk) in taken_back)
    }


def _follows(report: Submission, event: int | None, *, taken_back: bool) -> bool:
    """Whether what is shown of a report is what it says and what was decided; `event` is the unit it wrote."""
    claim: Claim | None = getattr(report, "claim", None)
    shown = (report.state, report.answer)
    if taken_back or report.kind not in rules.NEEDS_SECOND_PERSON:
        return claim is None and shown == ("withdrawn" if taken_back else "believed", "")
    if claim is None or shown != (_STATES.get(claim.state), claim.reason):
        return False
    if claim.entry is None and (claim.state, claim.decided_by, claim.decided_at) != ("claim", "", None):
        return False
    try:
        on = msgspec.json.decode(report.payload, type=_Told).on
    except msgspec.DecodeError:
        return False
    said = (report.kind, report.area_id, report.unit, report.by, on, event)
    return said == (
        claim.kind, claim.area_id, claim.unit_id, claim.reported_by, claim.occurred_on, claim.event_unit_id
    )  # fmt: skip


def _time(column: str) -> str:
    """SQL for a moment as the digest writes it: UTC with six digits, whatever the database keeps."""
    if connection.vendor == "sqlite":
        return f"substr({column} || CASE WHEN instr({column}, '.') > 0 THEN '' ELSE '.000000' END, 1, 26)"
    return f"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"


def _versions(first: int, last: int) -> Iterator[tuple[int, int, int, bytes]]:
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
            version_line(register, key, area, (start, stop), known, (cause, event), data),
        )


def _closings(first: int, last: int) -> Iterator[tuple[int, int, int, bytes]]:
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
