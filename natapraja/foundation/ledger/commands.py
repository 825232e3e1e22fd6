"""`nata ledger`: what an inspector types to check the ledger."""

import argparse
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from natapraja.foundation.ledger import entry_proof, publication, queries, rules, storage
from natapraja.foundation.ledger.verify import Report, verify

MARKS = {True: "[green]✓[/]", False: "[red]✗[/]", None: "·"}


def register(verbs: Any) -> None:
    """Adds the verb and its parts."""
    ledger = verbs.add_parser("ledger", help="memeriksa buku besar", description="Memeriksa buku besar.")
    parts = ledger.add_subparsers(metavar="BAGIAN", required=True)
    check = parts.add_parser("verify", help="memeriksa seluruh buku besar, atau satu catatan")
    check.add_argument("seq", nargs="?", type=int, metavar="NOMOR", help="hanya catatan ini")
    check.add_argument("--heads", type=Path, metavar="BERKAS", help="salinan kepala yang Anda simpan")
    check.add_argument("--key", type=Path, metavar="BERKAS", help="kunci publik (PEM) yang Anda simpan")
    check.set_defaults(run=run_verify)
    head = parts.add_parser("head", help="menampilkan kepala terakhir yang ditandatangani")
    head.set_defaults(run=run_head)


def run_verify(args: argparse.Namespace) -> int:
    """0 when everything fits, 1 when something is wrong, 2 when a given file cannot be used."""
    console = Console(highlight=False)
    for path in (args.heads, args.key):
        if path is not None and not path.is_file():
            console.print(f"Berkas {path} tidak ada. Periksa nama dan letaknya.", markup=False)
            return 2
    if args.seq is not None:
        return _one(console, args)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        stages: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = bar.add_task(stage, total=total)
            bar.update(stages[stage], completed=done)

        try:
            report = verify(copies=args.heads, key=args.key, progress=show)
        except ValueError:
            console.print(f"Berkas {args.key} bukan kunci publik Ed25519 dalam bentuk PEM.", markup=False)
            return 2
    return _tell(console, report)


def run_head(args: argparse.Namespace) -> int:
    """Prints the newest head as it was signed, with what is needed to check it."""
    console = Console(highlight=False)
    head = queries.head()
    if head is None:
        console.print("Buku besar belum tersegel: belum ada kepala yang ditandatangani.")
        return 0
    for name, value in (
        ("Catatan", str(head.size)),
        ("Akar", head.root.hex()),
        ("Waktu", rules.moment(head.at)),
        ("Kunci", head.key_id),
        ("Tanda tangan", queries.signature_text(head)),
        ("Belum tersegel", str(queries.unsealed())),
        ("Salinan", str(storage.folder() / publication.FILE)),
    ):
        # Never shortened: these lines are copied, and compared letter by letter.
        console.print(f"{name:<15}{value}", markup=False, soft_wrap=True)
    return 0


def _one(console: Console, args: argparse.Namespace) -> int:
    checks = entry_proof.check_entry(args.seq, copies=args.heads, key=args.key)
    for check in checks:
        console.print(f"{MARKS[check.holds]} ", end="")
        console.print(check.sentence, markup=False)
    return 1 if any(check.holds is False for check in checks) else 0


def _tell(console: Console, report: Report) -> int:
    console.print(
        f"Diperiksa: {report.entries} catatan, {report.sealed} di antaranya tersegel, {report.heads} kepala. "
        f"Data disaksikan oleh: {', '.join(report.rooms) or 'belum ada'}."
    )
    if report.unsealed:
        console.print(f"{report.unsealed} catatan menunggu segel berikutnya.")
    if report.clean:
        console.print("[green]✓[/] Buku besar utuh: tidak ada yang diubah, dihapus, atau disisipkan.")
        return 0
    console.print(f"[red]✗[/] Ditemukan {len(report.faults)} kejanggalan:")
    for number, fault in enumerate(report.faults, 1):
        console.print(f"{number}. {fault}", markup=False)
    return 1
