"""The only hands that take files in. A finished batch is durable; whatever is killed goes on where it stopped."""

# ruff: noqa: S608 - names come from definitions and are quoted; no value of a row is ever inserted

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import F

from natapraja.foundation.kernel.clock import local_date
from natapraja.foundation.ledger.actions import record
from natapraja.mcd.registers.belief import digest_lines, instant
from natapraja.mcd.registers.catalogue import register as definition_of
from natapraja.mcd.registers.definition import Register
from natapraja.mcd.registers.history import close_versions, insert_rows, next_numbers
from natapraja.mcd.registers.models import Outbox, Unit

from . import batch as batches
from . import checking, evidence, folders, held, planning, reading, retention, returning, rules
from .batch import Batch
from .models import FindingCount, Import
from .queries import Report, report_of
from .stage import Stage

_BLOCK = 4 * rules.MEGABYTE
_KEYS_AT_ONCE = 5_000


class Progress(NamedTuple):
    """How far an import is: state waiting, checking or believing, and rows done of those there are."""

    state: str
    done: int
    total: int


Told = Callable[[Progress], None]


def import_file(
    *,
    register: str,
    path: Path,
    by: str,
    at: datetime,
    known_at: datetime | None = None,
    valid_on: date | None = None,
    area_limit: Sequence[str] | None = None,
    dry_run: bool = False,
    told: Told | None = None,
) -> Report:
    """Check a whole file and believe its good rows. Sending the same file again changes nothing.

    `known_at`: since when the content is known (default: now). `valid_on`: the day from which it holds; without it a
    row that differs restates what is held over the same days. `area_limit`: codes of areas whose rows may be written.
    Raises rules.Unreadable when there is no such file, or a date lies ahead or before 1900; a file that cannot be used
    gives a Report in the state "failed".
    """
    found = receive(
        register=register, path=path, by=by, at=at, known_at=known_at, valid_on=valid_on, area_limit=area_limit,
        dry_run=dry_run,
    )  # fmt: skip
    return carry_out(number=found.pk, by=by, at=at, told=told)


def receive(
    *,
    register: str,
    path: Path,
    by: str,
    at: datetime,
    name: str | None = None,
    known_at: datetime | None = None,
    valid_on: date | None = None,
    area_limit: Sequence[str] | None = None,
    dry_run: bool = False,
    keep: bool = False,
) -> Import:
    """Write down that a file came, before anything is asked of it; an interrupted import of it is taken up again.

    `keep` moves the file into the import's own folder (an upload); otherwise it stays where it is. Raises as above.
    """
    definition_of(register)
    _check_days(known_at, valid_on, at)
    if not path.is_file():
        raise rules.Unreadable(f"Berkas {path.name} tidak ditemukan. Periksa nama dan foldernya.")
    question = {
        "register": register, "file_hash": _hash(path), "known_at": known_at, "valid_on": valid_on, "dry_run": dry_run,
        "area_limit": None if area_limit is None else "\n".join(area_limit), "by": by,
    }  # fmt: skip
    open_one = Import.objects.filter(**question, state__in=(rules.CHECKING, rules.BELIEVING)).last()
    if open_one is not None:
        return open_one
    with transaction.atomic():
        found = Import(
            **question,
            file_name=rules.shown_name(name or path.name),
            size=path.stat().st_size,
            received_at=at,
            entry=0,
        )
        found.save()
        target = folders.folder(found.pk) / folders.SOURCE
        if keep:
            os.replace(path, target)
        else:
            target.unlink(missing_ok=True)
            target.symlink_to(path.resolve())
        found.source = str(target)
        found.entry = record(
            kind="import.received", subject=f"import:{found.pk}", digest=evidence.received(found), by=by, at=at,
            detail={"register": register},
        )  # fmt: skip
        found.save(update_fields=["source", "entry"])
    return found


def carry_out(*, number: int, by: str, at: datetime, told: Told | None = None) -> Report:
    """Do what is left of an import: check it, believe it, hand back what is wrong. Done twice, it is done once."""
    say = told or _silent
    say(Progress("waiting", 0, 0))
    with folders.turn(), folders.working(number):
        found = Import.objects.get(pk=number)
        if found.state in rules.OPEN_STATES:
            try:
                _go_on(found, by, at, say)
            except rules.Unreadable as error:
                _end(found, rules.FAILED, by, at, message=str(error))
        return report_of(found)


def resume_interrupted(*, by: str, at: datetime, told: Told | None = None) -> list[Report]:
    """Go on with every import that was received and that no living process works on."""
    begun = Import.objects.filter(state__in=rules.OPEN_STATES).order_by("pk")
    waiting = [found.pk for found in begun if not folders.is_worked_on(found.pk)]
    return [carry_out(number=number, by=by, at=at, told=told) for number in waiting]


def forget_refused(*, by: str, at: datetime) -> list[int]:
    """Delete the refused rows whose time is over (retention.last_day); counts and reasons stay. Gives the numbers."""
    ended = Import.objects.filter(pk__in=folders.with_bad_rows(), finished_at__isnull=False).order_by("pk")
    over = [one for one in ended if one.finished_at and retention.last_day(one.finished_at) < local_date(at)]
    for found in over:
        with transaction.atomic():
            record(
                kind="import.forgotten", subject=f"import:{found.pk}", digest=evidence.received(found), by=by, at=at,
                detail={"register": found.register, "count": found.refused},
            )  # fmt: skip
            folders.forget_bad_rows(found.pk)
    return [found.pk for found in over]


@transaction.atomic
def hand_back(*, number: int, by: str, at: datetime) -> Path:
    """The file of refused rows, after writing down that it was taken. Raises FileNotFoundError when there is none."""
    found, path = Import.objects.get(pk=number), folders.bad_rows(number)
    if path is None:
        raise FileNotFoundError(number)
    record(
        kind="import.returned", subject=f"import:{found.pk}", digest=evidence.received(found), by=by, at=at,
        detail={"register": found.register, "count": found.refused},
    )  # fmt: skip
    return path


def _go_on(found: Import, by: str, at: datetime, say: Told) -> None:
    definition = definition_of(found.register)
    same = _sent_before(found) if found.state == rules.RECEIVED else None
    if same is not None:
        _end(found, rules.DONE, by, at, message=returning.sent_before(same), rows=same.rows, same=same.rows)
        return
    with Stage(folders.folder(found.pk)) as stage:
        _check(stage, found, definition, at, say)
        if not found.dry_run:
            _believe(stage, found, by, at, say)
        refused = returning.write_bad_rows(stage, found)
    _count_meanwhile(found, definition)
    _end(found, rules.DONE, by, at, refused=refused)


def _check(stage: Stage, found: Import, definition: Register, at: datetime, say: Told) -> None:
    """From the file to a plan. After an interruption too: what was believed before turns out to be the same."""
    path, resumed = Path(found.source), found.state != rules.RECEIVED
    if found.state != rules.CHECKING:
        found.state = rules.step(found.state, rules.CHECKING)
    found.started_at = at
    found.save(update_fields=["state", "started_at"])
    say(Progress("checking", 0, 0))
    moment = _moment(found, at)
    if not path.exists():
        raise rules.Unreadable(_lost(found, "sudah tidak ada di tempatnya"))
    if resumed and _hash(path) != found.file_hash:
        raise rules.Unreadable(_lost(found, "berubah sejak impornya dimulai"))
    source = reading.read(stage, path, definition)
    say(Progress("checking", 0, source.rows))
    checking.check(stage, source, definition, today=moment.today, limit=found.limit)
    counts = planning.plan(stage, source, definition, moment)
    checking.warn(stage, source, definition)
    _keep_counts(found, stage, source, counts, at)
    say(Progress("checking", source.rows, source.rows))


@transaction.atomic
def _keep_counts(
    found: Import, stage: Stage, source: reading.Source, counts: planning.Counts, at: datetime
) -> None:
    found.state = rules.step(found.state, rules.BELIEVING)
    found.rows, found.same = source.rows, max(counts.same - found.place, 0)
    found.planned, found.meanwhile = found.place + counts.new + counts.changed, ""
    if found.dry_run:
        found.new, found.changed = counts.new, counts.changed
    found.refused = int(stage.one("SELECT count(*) FROM refused"))
    found.warned = int(stage.one("SELECT count(DISTINCT row) FROM finding ANTI JOIN refused USING (row)"))
    found.headings = json.dumps([*source.headings])
    found.save()
    FindingCount.objects.filter(of=found).delete()
    FindingCount.objects.bulk_create(
        FindingCount(of=found, code=code, column=column, rows=rows, first_rows=" ".join(map(str, first)))
        for column, code, rows, first in stage.rows(
            f"""SELECT col, code, count(*), list_slice(list_sort(list(row)), 1, {rules.EXAMPLES})
            FROM finding GROUP BY col, code ORDER BY count(*) DESC, col, code"""
        )
    )


def _believe(stage: Stage, found: Import, by: str, at: datetime, say: Told) -> None:
    seen = stage.rows("SELECT version, entry FROM seen")[0]
    total = int(stage.one("SELECT count(*) FROM plan"))
    trusted: int | None = None  # the next unit's number, as long as nobody but us has added one
    for place in range(0, total, rules.BATCH):
        planned = batches.read(stage, found.register, place, place + rules.BATCH)
        trusted = _believe_batch(found, planned, seen, trusted, by, at)
        say(Progress("believing", found.place, found.planned))


@transaction.atomic
def _believe_batch(
    found: Import,
    planned: Batch,
    seen: tuple[int, int],
    trusted: int | None,
    by: str,
    at: datetime,
) -> int:
    """One transaction: versions, closings, ledger entry, outbox, and how far we are."""
    known = found.known_at or at
    unit, version = next_numbers()
    units = held.changed_since(planned.known_units, *seen)
    keys = set() if unit == trusted else _taken(found.register, planned.new_keys)
    good = planned.without(units, keys)
    if good.rows:
        stored = connection.ops.adapt_datetimefield_value(known)
        done = batches.written(good, unit=unit, version=version, known_from=instant(known), stored=stored)
        entry = record(
            kind="register.imported", subject=f"import:{found.pk}", digest=digest_lines(done.lines), by=by, at=at,
            detail={"register": found.register, "versions": len(done.versions)},
        )  # fmt: skip
        insert_rows(units=done.units, versions=((*row, entry, None) for row in done.versions))
        close_versions(numbers=good.closes, known_to=known, entry=entry)
        Outbox.objects.bulk_create(
            Outbox(register=found.register, village=village, unit=None, at=at) for village in good.villages
        )
        unit += len(done.units)
    kept = {row[batches.ROW] for row in good.rows}
    late = [row[batches.ROW] for row in planned.rows if row[batches.ROW] not in kept]
    found.place += len(good.rows)
    found.new += good.new
    found.changed += len(good.rows) - good.new
    found.refused += len(late)
    found.meanwhile += "".join(f"{row}\n" for row in late)
    found.save(update_fields=["place", "new", "changed", "refused", "meanwhile"])
    return unit


def _taken(register: str, keys: Sequence[str]) -> set[str]:
    """Keys of the batch that have become units since the file was checked."""
    found: set[str] = set()
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        part = keys[start : start + _KEYS_AT_ONCE]
        found.update(Unit.objects.filter(register=register, key__in=part).values_list("key", flat=True))
    return found


def _count_meanwhile(found: Import, definition: Register) -> None:
    rows = found.meanwhile.split()
    if rows:
        FindingCount.objects.update_or_create(
            of=found, code="meanwhile", column=definition.key,
            defaults={"rows": len(rows), "first_rows": " ".join(rows[: rules.EXAMPLES])},
        )  # fmt: skip


def _end(found: Import, state: str, by: str, at: datetime, message: str = "", **counts: int) -> None:
    with transaction.atomic():
        found.refresh_from_db()
        for name, value in counts.items():
            setattr(found, name, value)
        found.state = rules.step(found.state, state)
        found.message, found.finished_at, found.source = message, at, ""
        found.finished_entry = record(
            kind="import.finished", subject=f"import:{found.pk}", digest=evidence.finished(found), by=by, at=at,
            detail={"register": found.register, "state": state, "rows": found.rows},
        )  # fmt: skip
        found.save()
    folders.clear(found.pk)


def _sent_before(found: Import) -> Import | None:
    """An earlier import of the same file that left nothing to mend."""
    same = Import.objects.filter(
        register=found.register, file_hash=found.file_hash, valid_on=found.valid_on, area_limit=found.area_limit,
        state=rules.DONE, refused=0, dry_run=False, rows__gt=0, planned=F("place"),
    )  # fmt: skip
    return None if found.dry_run else same.exclude(pk=found.pk).order_by("pk").first()


def _moment(found: Import, at: datetime) -> planning.Moment:
    """When the file speaks. Content that came before is not fresher for being sent again."""
    known = found.known_at or at
    first = Import.objects.filter(register=found.register, file_hash=found.file_hash, dry_run=False)
    received = (
        first.order_by("received_at").values_list("received_at", flat=True).first() or found.received_at
    )
    return planning.Moment(
        known=known,
        since=min(known, received, found.received_at),
        today=local_date(known),
        valid_on=found.valid_on,
    )


def _lost(found: Import, why: str) -> str:
    said = f"Berkas {found.file_name} {why}."
    if found.place:
        said += f" {found.place} baris sudah masuk sebelum impornya terputus."
    return f"{said} Kirim sekali lagi; baris yang sudah masuk dikenali."


def _check_days(known_at: datetime | None, valid_on: date | None, at: datetime) -> None:
    if known_at is not None and known_at.year < rules.OLDEST_YEAR:
        raise rules.Unreadable(
            f"Waktu diketahuinya isi berkas sebelum tahun {rules.OLDEST_YEAR}. Periksa tahunnya; tulis empat angka."
        )
    if valid_on is not None and valid_on.year < rules.OLDEST_YEAR:
        raise rules.Unreadable(
            f"Tanggal keadaan berkas sebelum tahun {rules.OLDEST_YEAR}. Periksa tahunnya; tulis empat angka."
        )
    if known_at is not None and known_at > at:
        raise rules.Unreadable("Waktu diketahuinya isi berkas belum tiba. Periksa tanggal dan jamnya.")
    if valid_on is not None and valid_on > local_date(known_at or at):
        raise rules.Unreadable("Tanggal keadaan berkas sesudah waktu diketahuinya. Periksa tanggalnya.")


def _hash(path: Path) -> str:
    total = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            total.update(block)
    return total.hexdigest()


def _silent(_: Progress) -> None:
    """Nobody listens."""
