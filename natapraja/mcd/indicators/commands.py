"""The verbs `figures`, `explain`, `publish` and `worker`."""

import argparse
import difflib
import signal
import sys
import threading
from datetime import date
from pathlib import Path

from django.conf import settings
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from natapraja.foundation.kernel.clock import now
from natapraja.foundation.web.charts.rounding import shared_out
from natapraja.foundation.web.formats import day, number
from natapraja.mcd.registers.catalogue import registers

console = Console()
HEARTBEAT = "worker.heartbeat"


def register(verbs: argparse._SubParsersAction) -> None:
    figures = verbs.add_parser("figures", help="tunjukkan angka sebuah wilayah, atau hitung ulang semuanya")
    figures.add_argument("area", nargs="?", help="kode wilayah; tanpa kode: kabupaten")
    figures.add_argument("--indicator", help="hanya indikator ini")
    figures.add_argument("--on", type=date.fromisoformat, help="keadaan pada tanggal ini (YYYY-MM-DD)")
    figures.add_argument(
        "--rebuild", action="store_true", help="tulis ulang mart dan hitung ulang semua angka"
    )
    figures.set_defaults(run=run_figures)
    explain = verbs.add_parser("explain", help="jelaskan mengapa sebuah angka bergerak")
    explain.add_argument("indicator", metavar="INDIKATOR", help="nama indikator, misalnya population")
    explain.add_argument("area", metavar="WILAYAH", help="kode wilayah, misalnya 33.09.03")
    explain.add_argument("start", metavar="DARI", type=date.fromisoformat, help="tanggal awal (YYYY-MM-DD)")
    explain.add_argument("end", metavar="SAMPAI", type=date.fromisoformat, help="tanggal akhir (YYYY-MM-DD)")
    explain.set_defaults(run=run_explain)
    publish = verbs.add_parser("publish", help="terbitkan angka sebuah tanggal; setelah terbit tidak berubah")
    publish.add_argument(
        "on",
        metavar="TANGGAL",
        type=date.fromisoformat,
        help="hari terakhir bulan yang menunggu terbit (YYYY-MM-DD)",
    )
    publish.set_defaults(run=run_publish)
    worker = verbs.add_parser(
        "worker", help="(dipanggil oleh run) menyalin, menghitung, dan menyegel terus-menerus"
    )
    worker.set_defaults(run=run_worker)


def run_figures(args: argparse.Namespace) -> int:
    from . import catalogue, queries

    if args.rebuild:
        if not _rebuild():
            console.print(
                "Natapraja sedang menyala dan menjaga angkanya. Hentikan dulu (Ctrl-C), lalu ulangi."
            )
            return 1
        if not (args.area or args.indicator or args.on):
            return 0
    area = _area(args.area) if args.area else _regency()
    names = [args.indicator] if args.indicator else None
    if args.indicator and args.indicator not in catalogue.indicators():
        console.print(f"Indikator {args.indicator!r} tidak ada. Lihat daftarnya dengan: nata figures")
        return 2
    if args.on:
        found = queries.as_of(names or list(catalogue.indicators()), area, on=args.on, known=now()).get(
            area, {}
        )
    else:
        found = queries.figures(area, names)
    if not found:
        console.print(f"Belum ada angka untuk {area}. Muat data dengan: nata load")
        return 1
    table = Table("Indikator", "Nilai", "Satuan", "Pembilang", "Penyebut", "Keadaan", title=area)
    for figure in found.values():
        value = "–" if figure.value is None else number(figure.value, decimals=figure.indicator.decimals)
        parts = [
            "" if part is None else number(part, decimals=0)
            for part in (figure.numerator, figure.denominator)
        ]
        table.add_row(
            figure.indicator.title.id, value, figure.indicator.unit.id, *parts, day(figure.number.on)
        )
    console.print(table)
    return 0


def _rebuild() -> bool:
    """Everything anew, with its progress; False beside a worker, which would write the same files."""
    from . import keeper

    with Progress(console=console) as progress:
        bars: dict[str, TaskID] = {}

        def told(register: str, done: int, total: int) -> None:
            if register not in bars:
                bars[register] = progress.add_task(registers()[register].title.id, total=total)
            progress.update(bars[register], completed=done)

        try:
            keeper.build_all(at=now(), told=told)
        except keeper.Busy:
            return False
    return True


def run_explain(args: argparse.Namespace) -> int:
    from . import bridge, catalogue
    from .rules import Incomparable

    if args.indicator not in catalogue.indicators():
        near = difflib.get_close_matches(args.indicator, catalogue.indicators(), 1)
        meant = f" Maksudnya {near[0]}?" if near else ""
        console.print(f"Indikator {args.indicator!r} tidak ada.{meant} Lihat daftarnya dengan: nata figures")
        return 2
    area = _area(args.area)
    try:
        told = bridge.explain(args.indicator, area, bridge.point_on(args.start), bridge.point_on(args.end))
    except Incomparable as error:
        console.print(str(error))
        return 1
    decimals = catalogue.indicators()[args.indicator].decimals
    table = Table("Bagian", "Angka", title=f"{catalogue.indicators()[args.indicator].title.id}, {area}")
    found = told.bridge
    parts = shared_out(found.start, found.end, (found.correction, found.definition, found.real), decimals)
    for name, value in (
        (f"Keadaan {day(told.start.on)}", found.start),
        *zip(("Koreksi data", "Perubahan definisi", "Perubahan nyata"), parts, strict=True),
        (f"Keadaan {day(told.end.on)}", found.end),
    ):
        table.add_row(name, number(value, decimals=decimals))
    console.print(table)
    for part in told.parts[:10]:
        console.print(
            f"{part.area}: koreksi {part.bridge.correction:+g}, definisi {part.bridge.definition:+g}, "
            f"nyata {part.bridge.real:+g}"
        )
    return 0


def run_publish(args: argparse.Namespace) -> int:
    from . import actions, months

    due = {month.on: month for month in months.missing(now())}
    if args.on not in due:
        waiting = ", ".join(day(each) for each in sorted(due)) or "tidak ada"
        console.print(
            f"{day(args.on)} bukan bulan yang menunggu terbit (publication.toml). Yang menunggu: {waiting}."
        )
        return 1
    publication = actions.publish(on=args.on, known=due[args.on].known, by="system:publication", at=now())
    console.print(f"Terbit: keadaan {day(publication.on)}, entri buku besar ke-{publication.entry}.")
    return 0


def run_worker(_: argparse.Namespace) -> int:
    from natapraja.foundation.ledger.actions import seal

    from . import keeper

    stopping = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopping.set())
    alive = Path(settings.DATA_DIR) / HEARTBEAT
    alive.unlink(missing_ok=True)

    def beat() -> None:
        seal(at=now())
        alive.write_text(now().isoformat())

    keeper.keep(stop=stopping.is_set, beat=beat)
    return 0


def _area(code: str) -> str:
    """The present code of a place; ends with a sentence when there is none."""
    from natapraja.foundation.areas import queries as areas

    try:
        return areas.area(code).code
    except areas.UnknownArea as error:
        sys.exit(f"nata: {error} Misalnya: nata areas Cepogo")


def _regency() -> str:
    from natapraja.foundation.areas.models import Area

    return Area.objects.get(level="regency").code
