"""`nata import`: a whole file of rows into a register, with every row checked and every refusal explained."""

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from natapraja.foundation.kernel.clock import WIB, now
from natapraja.foundation.web.formats import number
from natapraja.mcd.registers.catalogue import registers

from . import actions, reading, rules, wording
from .queries import FindingFact, Report

BY = "system:import"
_STEPS = {"waiting": "Menunggu giliran", "checking": "Memeriksa", "believing": "Memasukkan"}
_SHOWN = 15
DESCRIPTION = """Memasukkan satu berkas ke sebuah register.
  nata import people penduduk.csv              CSV, XLSX, XLS atau Parquet; pemisah dan huruf dikenali
  nata import people penduduk.csv --dry-run    hanya memeriksa
  nata import --resume                         melanjutkan impor yang terputus
Mengirim berkas yang sama dua kali tidak mengubah apa pun. Baris yang ditolak ditulis ke sebuah berkas
beserta alasan dan cara memperbaikinya; perbaiki, lalu kirim berkas itu. Urutan yang baik: houses, families,
households, people, growth, events."""


def register(verbs: Any) -> None:
    parser = verbs.add_parser(
        "import",
        help="memasukkan berkas penduduk (CSV, XLSX, Parquet) dengan pemeriksaan tiap baris",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("register", nargs="?", metavar="REGISTER", help=", ".join(registers()))
    parser.add_argument("file", nargs="?", metavar="BERKAS", type=Path)
    parser.add_argument(
        "--known-at", type=moment, metavar="WAKTU", help="sejak kapan isi berkas diketahui, 2026-03-01T08:00"
    )
    parser.add_argument(
        "--valid-on",
        type=date.fromisoformat,
        metavar="TANGGAL",
        help="sejak kapan keadaan di berkas berlaku; tanpa ini baris baru berlaku sejak hari ini, atau sejak --known-at",
    )
    parser.add_argument("--dry-run", action="store_true", help="hanya memeriksa, tidak mengubah apa pun")
    parser.add_argument("--resume", action="store_true", help="melanjutkan impor yang terputus")
    parser.set_defaults(run=run)


def moment(text: str) -> datetime:
    """A moment on the regency's clock unless it says another; a bare day begins at midnight."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=WIB)


def run(args: argparse.Namespace) -> int:
    """0 when every row of the file is in the register, 1 when something was refused, 2 when asked wrongly."""
    console = Console(highlight=False)
    if args.resume:
        return _resume(console)
    if args.register is None or args.file is None:
        console.print("Tulis register dan berkasnya, misalnya: nata import people penduduk.csv")
        return 2
    if args.register not in registers():
        known = ", ".join(registers())
        console.print(f"Register {escape(args.register)} tidak ada. Pilih salah satu: {known}.")
        return 2
    try:
        reading.refuse_foreign(args.file, registers()[args.register])
        with _progress(console) as told:
            report = actions.import_file(
                register=args.register, path=args.file, by=BY, at=now(), known_at=args.known_at,
                valid_on=args.valid_on, dry_run=args.dry_run, told=told,
            )  # fmt: skip
    except rules.Unreadable as error:
        console.print(escape(str(error)))
        return 1
    return _tell(console, report)


def _resume(console: Console) -> int:
    with _progress(console) as told:
        reports = actions.resume_interrupted(by=BY, at=now(), told=told)
    if not reports:
        console.print("Tidak ada impor yang terputus.")
    return max((_tell(console, report) for report in reports), default=0)


@contextmanager
def _progress(console: Console) -> Iterator[actions.Told]:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[said]}"))
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task("", total=None, said="")
        state, begun = "", time.monotonic()

        def told(step: actions.Progress) -> None:
            nonlocal state, begun
            if step.state != state:
                state, begun = step.state, time.monotonic()
            said = wording.rows(step.done, step.total, time.monotonic() - begun) if step.total else ""
            bars.update(
                task, description=_STEPS[state], completed=step.done, total=step.total or None, said=said
            )

        yield told


def _tell(console: Console, report: Report) -> int:
    if report.message:
        console.print(escape(report.message))
    if report.state == rules.FAILED:
        return 1
    trial = " (hanya diperiksa)" if report.dry_run else ""
    table = Table("Baru", "Berubah", "Sama", "Ditolak", "Peringatan", title=f"{report.title}{trial}")
    table.add_row(*map(number, (report.new, report.changed, report.same, report.refused, report.warned)))
    console.print(table)
    for one in report.findings[:_SHOWN]:
        console.print(_finding(one), soft_wrap=True)
    if report.bad_file:
        console.print(
            f"Baris yang ditolak, untuk diperbaiki dan dikirim lagi: {report.bad_file}", soft_wrap=True
        )
    return 0 if report.ok else 1


def _finding(one: FindingFact) -> str:
    rows = ", ".join(map(str, one.first_rows[:4])) + (" …" if one.rows > 4 else "")
    kind = "[red]ditolak[/]" if one.refused else "[yellow]peringatan[/]"
    return f"{kind}, {number(one.rows)} baris ({rows}), {escape(one.where)}: {escape(one.reason)} {escape(one.remedy)}"
