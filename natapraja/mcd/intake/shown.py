"""An import as the page shows it: its state in a word, how far it is, and where its files are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from . import rules, wording
from .queries import Listed, Report
from .returning import WORKBOOK_ROWS

# Checking a file takes about a third as long as believing it; so much of the way is done when it is over.
_CHECKED = 0.25
_STATES = {
    rules.RECEIVED: ("new", _("Menunggu giliran")),
    rules.CHECKING: ("run", _("Sedang diperiksa")),
    rules.BELIEVING: ("run", _("Sedang dimasukkan")),
    rules.DONE: ("done", _("Selesai")),
    rules.FAILED: ("refused", _("Tidak dapat diterima")),
}


@dataclass(frozen=True)
class Line:
    """One import in the list."""

    report: Listed
    kind: str
    word: str

    @classmethod
    def of(cls, report: Listed) -> "Line":
        return cls(report, *state(report))


def state(report: Listed) -> tuple[str, str]:
    """(kind of the status, word) of an import."""
    if report.interrupted:
        return "late", gettext("Terputus")
    kind, word = _STATES[report.state]
    if report.state == rules.DONE and report.refused:
        return "partly", gettext("Selesai, ada yang ditolak")
    if report.state == rules.DONE and report.dry_run:
        return kind, gettext("Selesai diperiksa")
    return kind, gettext(word)


def page(report: Report, at: datetime) -> dict[str, Any]:
    """What the page of one import needs."""
    kind, word = state(report)
    seconds = (at - report.started_at).total_seconds() if report.started_at else 0.0
    way = round((_CHECKED + (1 - _CHECKED) * report.done / (report.planned or 1)) * 1000)
    return {
        "report": report,
        "kind": kind,
        "word": word,
        "trail": [(gettext("Impor"), reverse("imports")), (report.file_name, "")],
        "rest": wording.rest(way, 1000, seconds),
        "refusals": [one for one in report.findings if one.refused],
        "warnings": [one for one in report.findings if not one.refused],
        "files": _files(report),
    }


def _files(report: Report) -> list[tuple[str, str, str]]:
    if report.bad_file is None or report.open:
        return []
    what = gettext("baris yang ditolak, dengan kolom, alasan, dan cara memperbaiki")
    kinds = ["csv"] if report.refused > WORKBOOK_ROWS else ["csv", "xlsx"]
    return [(kind.upper(), reverse("import-bad-rows", args=[report.number, kind]), what) for kind in kinds]
