"""Turning rows into versions: the one place where the register grows.

Every belief is one transaction: a ledger entry with the digest of what is written, the versions, the closing of those
they supersede, and a line in the outbox for the mart.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import msgspec
from django.db import transaction
from django.utils.translation import gettext_noop as _

from natapraja.foundation.ledger.actions import record

from . import rules
from .models import Outbox, Submission, Unit, Version


@dataclass(frozen=True)
class Belief:
    """What one action holds true of one unit from now on."""

    unit: Unit
    change: rules.Change
    villages: tuple[str, ...]  # whose partitions of the mart it touches


def encode(data: object) -> str:
    """The stored text of a row's fields: JSON without the fields nobody answered."""
    return msgspec.json.encode(data).decode()


def version_line(
    register: str,
    key: str,
    area: int,
    valid: tuple[str, str],
    known_from: str,
    why: tuple[str, str],
    data: str,
) -> str:
    """One version as the ledger's digest sees it; `data` is last because only it may hold the separator."""
    return "|".join(("version", register, key, str(area), *valid, known_from, *why, data))


def closing_line(version: int, known_to: str) -> str:
    return f"close|{version}|{known_to}"


def submission_line(submission: Submission) -> str:
    """What arrived, when and about whom; what became of it stands in later entries, and witness.py compares them."""
    # A form sends the number of a household as text; the table keeps a number.
    unit = "" if submission.unit is None else int(submission.unit)
    told = (submission.id, submission.kind, submission.area_id, unit, instant(submission.received_at))
    return "|".join(("submission", *map(str, told), submission.by, submission.payload))


def claim_line(submission: object, state: str, decided_by: str, reason: str) -> str:
    """The decision on a claim; what was claimed follows from the report, and witness.py compares the two."""
    return f"claim|{submission}|{state}|{decided_by}|{reason}"


def dated(line: str, at: datetime | None) -> str:
    """A line that also says when, for rows that keep that moment themselves."""
    return f"{line}|{instant(at) if at else ''}"


def digest_lines(lines: Iterable[str]) -> bytes:
    """SHA-256 over the lines, each ended by a line feed."""
    total = hashlib.sha256()
    for line in lines:
        total.update(line.encode())
        total.update(b"\n")
    return total.digest()


def instant(at: datetime) -> str:
    """A moment as the digest writes it: UTC, always with microseconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


@transaction.atomic
def believe(
    *,
    beliefs: Sequence[Belief],
    kind: str,
    subject: str,
    by: str,
    at: datetime,
    submission: Submission | None = None,
    extra_lines: Sequence[str] = (),
    detail: dict[str, str | int] | None = None,
) -> int:
    """Write what `beliefs` say and return the number of the ledger entry. `submission` is saved with that number."""
    rows = [(belief.unit, row, encode(dict(row.data))) for belief in beliefs for row in belief.change.rows]
    closed = [number for belief in beliefs for number in belief.change.supersedes]
    lines = [submission_line(submission)] if submission is not None else []
    lines += [dated(line, at) for line in extra_lines]
    lines += [
        version_line(
            unit.register, unit.key, row.area, (_day(row.valid_from), _day(row.valid_to)), instant(at),
            (row.cause, row.event), data,
        )
        for unit, row, data in rows
    ]  # fmt: skip
    lines += [closing_line(number, instant(at)) for number in sorted(closed)]
    entry = record(kind=kind, subject=subject, digest=digest_lines(lines), by=by, at=at, detail=detail)
    if submission is not None:
        submission.entry = entry
        submission.save(force_insert=True)
    Version.objects.bulk_create(
        Version(
            unit=unit, register=unit.register, area_id=row.area, valid_from=row.valid_from, valid_to=row.valid_to,
            known_from=at, cause=row.cause, event=row.event, data=data, submission=submission, entry=entry,
        )
        for unit, row, data in rows
    )  # fmt: skip
    if closed:
        done = Version.objects.held_now().filter(pk__in=closed).update(known_to=at, closed_by=entry)
        if done != len(closed):
            raise rules.Impossible(
                "unit", _("Catatan ini baru saja diubah orang lain. Buka lagi halamannya, lalu ulangi.")
            )
    Outbox.objects.bulk_create(
        Outbox(register=belief.unit.register, village=village, unit=belief.unit.pk, at=at)
        for belief in beliefs
        for village in dict.fromkeys(belief.villages)
    )
    return entry


def _day(day: date) -> str:
    return day.isoformat()
