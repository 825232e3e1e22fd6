"""Turning rows into versions: the one place where the register grows.

Every belief is one transaction: a ledger entry with the digest of what is written, the versions, the closing of those
they supersede, and a line in the outbox for the mart.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils.translation import gettext_noop as _

from natapraja.foundation.ledger.actions import record

from . import rules
from .models import Outbox, Submission, Unit, Version

_KINDS_OF_PARTS: Final = {str, int, type(None)}


@dataclass(frozen=True)
class Belief:
    """What one action holds true of one unit from now on."""

    unit: Unit
    change: rules.Change
    villages: tuple[str, ...]  # whose partitions of the mart it touches


def encode(data: object) -> str:
    """The text that is stored of a row's fields or of a report: JSON of all it is given, None as null."""
    return msgspec.json.encode(data).decode()


def version_line(
    register: str,
    key: str,
    area: int,
    valid: tuple[str, str],
    known_from: str,
    why: tuple[str, str],
    data: str,
) -> bytes:
    """One version as the ledger's digest sees it."""
    return _line("version", register, key, area, *valid, known_from, *why, data)


def closing_line(version: int, known_to: str) -> bytes:
    return _line("close", version, known_to)


def submission_line(submission: Submission) -> bytes:
    """What arrived, when and about whom; what became of it stands in later entries, and witness.py compares them."""
    # A form sends the number of a household as text; the table keeps a number.
    unit = None if submission.unit is None else int(submission.unit)
    return _line(
        "submission", str(submission.id), submission.kind, submission.area_id, unit, instant(submission.received_at),
        submission.by, submission.payload,
    )  # fmt: skip


def claim_line(
    submission: UUID, state: str, decided_by: str, reason: str, decided_at: datetime | None
) -> bytes:
    """The decision on a claim; what was claimed follows from the report, and witness.py compares the two."""
    moment = None if decided_at is None else instant(decided_at)
    return _line("claim", str(submission), state, decided_by, reason, moment)


def _line(*parts: str | int | None) -> bytes:
    """The parts as one JSON array: no text can pass for two parts, and none holds a line feed.

    Four times as fast as canonical.encode, which counts where millions of rows are loaded. Raises TypeError for other
    kinds, bytes above all, which JSON would write as text.
    """
    if not _KINDS_OF_PARTS.issuperset(map(type, parts)):
        raise TypeError("a line of the digest is made of text, whole numbers and nothing")
    return msgspec.json.encode(parts)


def digest_lines(lines: Iterable[bytes]) -> bytes:
    """SHA-256 over the lines, each ended by a line feed, which stands in none of them."""
    total = hashlib.sha256()
    for line in lines:
        total.update(line)
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
    decided: Submission | None = None,
    extra_lines: Sequence[bytes] = (),
    detail: dict[str, str | int] | None = None,
) -> int:
    """Write what `beliefs` say and return the number of the ledger entry. `submission` is saved with that number.

    `decided` is the older report that a second person has decided on: what is written now was told by it.
    """
    rows = [(belief.unit, row, encode(dict(row.data))) for belief in beliefs for row in belief.change.rows]
    closed = [number for belief in beliefs for number in belief.change.supersedes]
    lines = [submission_line(submission)] if submission is not None else []
    lines += extra_lines
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
            known_from=at, cause=row.cause, event=row.event, data=data,
            submission=submission or decided, entry=entry,
        )
        for unit, row, data in rows
    )  # fmt: skip
    if closed:
        _close(closed, at, entry)
    Outbox.objects.bulk_create(
        Outbox(register=belief.unit.register, village=village, unit=belief.unit.pk, at=at)
        for belief in beliefs
        for village in dict.fromkeys(belief.villages)
    )
    return entry


def _close(versions: Sequence[int], at: datetime, entry: int) -> None:
    done = Version.objects.held_now().filter(pk__in=versions).update(known_to=at, closed_by=entry)
    if done != len(versions):
        raise rules.Impossible(
            "unit", _("Catatan ini baru saja diubah orang lain. Buka lagi halamannya, lalu ulangi.")
        )


def _day(day: date) -> str:
    return day.isoformat()
