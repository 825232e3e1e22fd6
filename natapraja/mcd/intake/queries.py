"""The only eyes of the page and the command line on imports; everything comes as frozen objects."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from natapraja.foundation.access.reader import Reader
from natapraja.mcd.registers.catalogue import register as definition_of

from . import findings, folders, layout, retention, rules
from .layout import Column
from .models import FindingCount, Import


@dataclass(frozen=True)
class FindingFact:
    """One reason, how many rows it concerns, and the first of them by number."""

    code: str
    column: str
    where: str
    refused: bool
    reason: str
    remedy: str
    rows: int
    first_rows: tuple[int, ...]


@dataclass(frozen=True)
class Listed:
    """An import as a line of the list."""

    number: int
    register: str
    title: str
    file_name: str
    state: str
    dry_run: bool
    rows: int
    new: int
    changed: int
    same: int
    refused: int
    received_at: datetime
    interrupted: bool

    @property
    def believed(self) -> int:
        return self.new + self.changed + self.same


@dataclass(frozen=True)
class Report(Listed):
    """How an import stands or ended. `bad_file` holds the refused rows with reason and remedy."""

    planned: int
    done: int
    warned: int
    message: str
    by: str
    finished_at: datetime | None
    known_at: datetime | None
    valid_on: date | None
    started_at: datetime | None
    findings: tuple[FindingFact, ...]
    bad_file: Path | None

    @property
    def ok(self) -> bool:
        """Everything in the file is in the register now."""
        return self.state == rules.DONE and not self.refused

    @property
    def kept_until(self) -> date | None:
        """The last day on which refused rows can be taken; nothing when there were none."""
        return retention.last_day(self.finished_at) if self.finished_at and self.refused else None

    @property
    def open(self) -> bool:
        return self.state in rules.OPEN_STATES


def report_of(found: Import) -> Report:
    definition = definition_of(found.register)
    columns = {column.name: column for column in layout.columns(definition)}
    counted = found.findings.order_by("-rows", "column", "code")
    return Report(
        **vars(_listed(found)), planned=found.planned, done=found.place, warned=found.warned, message=found.message,
        by=found.by, finished_at=found.finished_at, known_at=found.known_at, valid_on=found.valid_on,
        started_at=found.started_at,
        findings=tuple(_fact(one, columns.get(one.column, layout.nowhere(definition))) for one in counted),
        bad_file=folders.bad_rows(found.pk),
    )  # fmt: skip


def report(reader: Reader, *, number: int) -> Report | None:
    """One import of those the reader may see."""
    found = Import.objects.visible_to(reader).filter(pk=number).first()
    return report_of(found) if found else None


def imports(reader: Reader, *, limit: int = 50) -> list[Listed]:
    """The last imports the reader may see, newest first; one query, whatever was found in them."""
    return [_listed(found) for found in Import.objects.visible_to(reader).order_by("-pk")[:limit]]


def _listed(found: Import) -> Listed:
    begun = found.state in (rules.CHECKING, rules.BELIEVING)
    return Listed(
        number=found.pk, register=found.register, title=definition_of(found.register).title.id,
        file_name=found.file_name, state=found.state, dry_run=found.dry_run, rows=found.rows, new=found.new,
        changed=found.changed, same=found.same, refused=found.refused, received_at=found.received_at,
        interrupted=begun and not folders.is_worked_on(found.pk),
    )  # fmt: skip


def _fact(one: FindingCount, column: Column) -> FindingFact:
    return FindingFact(
        code=one.code, column=one.column, where=findings.where(one.column, column),
        refused=findings.CATALOGUE[one.code].refused, reason=findings.reason(one.code, column),
        remedy=findings.remedy(one.code, column), rows=one.rows,
        first_rows=tuple(int(number) for number in one.first_rows.split()),
    )  # fmt: skip
