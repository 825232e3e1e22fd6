"""`nata areas`: find a place, load the definition files, exchange the schematic map for real boundaries."""

import argparse
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from natapraja.foundation.kernel.clock import now
from natapraja.foundation.kernel.definitions import DefinitionError

from . import actions, queries
from .boundaries import Boundaries, Finding
from .queries import AreaFact

BY = "system:areas"
LISTED = 12  # more matches than this are shown without what lies below them
DESCRIPTION = """Mencari dan mengurus wilayah.
  nata areas                        pohon kabupaten dan kecamatan
  nata areas Sumbung                mencari menurut nama, kode, ejaan lain, atau kode lama
  nata areas load                   memuat berkas definitions/<kabupaten>/areas
  nata areas boundaries BERKAS      mengganti peta skematik dengan batas dari GeoJSON
  nata areas boundaries --schematic kembali ke peta skematik"""


def register(verbs: Any) -> None:
    """Adds the verb. One parser for all, because a name of a place may stand where a part would."""
    areas = verbs.add_parser(
        "areas",
        help="mencari wilayah, memuat wilayah, dan mengganti peta",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    areas.add_argument(
        "words", nargs="*", metavar="KATA", help="nama atau kode; atau load; atau boundaries BERKAS"
    )
    areas.add_argument(
        "--on", type=date.fromisoformat, metavar="TANGGAL", help="keadaan pada tanggal, 2018-12-31"
    )
    areas.add_argument(
        "--schematic", action="store_true", help="bersama boundaries: gambar ulang peta skematik"
    )
    areas.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 when done, 1 when nothing was found or something was refused, 2 when a file cannot be used."""
    console = Console(highlight=False)
    match args.words:
        case ["load"]:
            return _load(console)
        case ["boundaries", *files]:
            return _boundaries(console, files, schematic=args.schematic)
        case []:
            return _show_all(console, args.on)
        case words:
            return _find(console, " ".join(words), args.on)


def _show_all(console: Console, on: date | None) -> int:
    try:
        top = queries.tree(on)
    except queries.UnknownArea as error:
        console.print(str(error), markup=False)
        return 1
    shown = Tree(_line(top.fact))
    for district in top.parts:
        kinds = [part.fact.kind for part in district.parts]
        counts = [f"{kinds.count(kind)} {kind}" for kind in ("desa", "kelurahan") if kind in kinds]
        shown.add(f"{_line(district.fact)} · {', '.join(counts)}")
    console.print(shown)
    villages = [part.fact for district in top.parts for part in district.parts]
    console.print(f"{len(top.parts)} kecamatan, {len(villages)} desa dan kelurahan", markup=False)
    return 0


def _find(console: Console, text: str, on: date | None) -> int:
    places = queries.find(text, on)
    if not places:
        day = f" pada {on:%d-%m-%Y}" if on else ""
        console.print(
            f"Tidak ada wilayah yang cocok dengan “{text}”{day}. Coba sebagian namanya, atau kodenya.",
            markup=False,
        )
        return 1
    for fact in places:
        above = " › ".join(one.label for one in queries.ancestors(fact.code, on)[1:])
        shown = Tree(_line(fact) + (f"  [dim]{escape(above)}[/]" if above else ""))
        if len(places) <= LISTED:
            _hang(shown, fact, on, levels=2 if fact.level == "village" else 1)
        console.print(shown)
    return 0


def _line(fact: AreaFact) -> str:
    more = [fact.postcode, f"BPS {fact.bps_code}" if fact.bps_code else ""]
    told = " · ".join(part for part in more if part)
    return f"[bold]{escape(fact.label)}[/] {fact.code}" + (f"  [dim]{told}[/]" if told else "")


def _hang(shown: Tree, fact: AreaFact, on: date | None, levels: int) -> None:
    for part in queries.children(fact.code, on) if levels else ():
        _hang(shown.add(_line(part)), part, on, levels - 1)


def _load(console: Console) -> int:
    try:
        with console.status("Memuat wilayah ..."):
            done = actions.load_areas(definitions=settings.DEFINITIONS, by=BY, at=now())
    except DefinitionError as error:
        console.print(str(error), markup=False)
        return 2
    if not done.changed:
        console.print(f"{done.places} wilayah sudah sama dengan berkasnya.")
        return 0
    parts = {
        "baru": done.added,
        "berganti nama, kode atau tanggal": done.renamed,
        "berganti titik atau kode pos": done.described,
        "ejaan lain": done.aliases,
        "bentuk digambar": done.drawn,
    }
    told = ", ".join(f"{count} {what}" for what, count in parts.items() if count)
    console.print(f"{done.places} wilayah dibaca: {told}.", markup=False)
    return 0


def _boundaries(console: Console, files: list[str], *, schematic: bool) -> int:
    if schematic:
        drawn = actions.draw_schematic(by=BY, at=now())
        console.print(f"Peta skematik digambar ulang: {drawn} bentuk.")
        return 0
    if len(files) != 1 or not Path(files[0]).is_file():
        what = "Sebutkan satu berkas GeoJSON" if len(files) != 1 else f"Berkas {files[0]} tidak ada"
        console.print(f"{what}. Contoh: nata areas boundaries desa.geojson", markup=False)
        return 2
    with console.status("Memeriksa dan menyederhanakan batas ..."):
        found = actions.load_boundaries(file=Path(files[0]), by=BY, at=now())
    _tell(console, found)
    return 0 if found.accepted else 1


def _tell(console: Console, found: Boundaries) -> None:
    marks = {"error": "[red]✗[/]", "warning": "[yellow]![/]"}
    for finding in _errors_first(found):
        console.print(f"{marks[finding.weight]} {escape(str(finding))}")
    if found.elsewhere:
        console.print(f"· {found.elsewhere} fitur bukan desa kabupaten ini, dilewati.")
    if found.accepted:
        console.print(f"[green]✓[/] Batas {len(found.polygons)} desa dan kelurahan dipakai di peta.")
    else:
        console.print("Tidak ada yang diubah: peta lama tetap dipakai.")


def _errors_first(found: Boundaries) -> Iterable[Finding]:
    return sorted(found.findings, key=lambda finding: finding.weight)
