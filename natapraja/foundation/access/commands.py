"""`nata account`: accounts and their roles from the server, above all the first administrator."""

import argparse
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from natapraja.foundation.access import actions, catalogue, queries
from natapraja.foundation.access.models import OPEN_END, User
from natapraja.foundation.kernel.clock import WIB, local_date, now
from natapraja.foundation.kernel.identifiers import Malformed

BY = "system:account"


def register(verbs: Any) -> None:
    """Adds the verb and its parts."""
    account = verbs.add_parser("account", help="mengurus akun dan perannya", description="Mengurus akun.")
    parts = account.add_subparsers(metavar="BAGIAN", required=True)
    shown = parts.add_parser("list", help="menampilkan akun dan perannya")
    shown.add_argument("text", nargs="?", default="", metavar="KATA", help="bagian nama akun atau pemegang")
    shown.add_argument("--closed", action="store_true", help="juga yang sudah ditutup")
    shown.set_defaults(run=run_list)
    add = parts.add_parser("add", help="membuat akun dengan peran pertamanya; sandi pertama ditampilkan")
    add.add_argument("username", metavar="AKUN", help="misalnya camat.cepogo; bukan NIK")
    add.add_argument("--name", required=True, metavar="NAMA", help="nama pemegang akun")
    add.add_argument("--role", required=True, metavar="PERAN", help="salah satu dari roles.toml")
    add.add_argument("--area", required=True, metavar="KODE", help="kode wilayah, misalnya 33.09.03")
    add.add_argument("--agency", default="", metavar="INSTANSI", help="perangkat daerah, misalnya dinkes")
    until = {"type": date.fromisoformat, "default": OPEN_END, "metavar": "TANGGAL"}
    add.add_argument("--until", **until, help="hari pertama peran tidak berlaku lagi, 2027-01-01")
    add.set_defaults(run=run_add)
    reset = parts.add_parser("reset", help="membuat sandi baru dan membuka kunci sebuah akun")
    reset.add_argument("username", metavar="AKUN")
    reset.set_defaults(run=run_reset)


def run_list(args: argparse.Namespace) -> int:
    """0 when something matched, 1 when nothing did."""
    table = Table("Akun", "Pemegang", "Peran dan wilayah", "Masuk terakhir", "", box=None, pad_edge=False)
    for user, held in queries.holders(queries.accounts(args.text, args.closed), local_date(now())):
        roles = [f"{one.name}, {one.place}" for one in held]
        state = "" if user.is_active else "ditutup"
        last = user.last_login.astimezone(WIB).strftime("%Y-%m-%d %H.%M") if user.last_login else "–"
        table.add_row(user.username, user.full_name, "\n".join(roles), last, state)
    console = Console(highlight=False)
    console.print(table if table.row_count else "Tidak ada akun yang cocok. Lihat semua: nata account list")
    return 0 if table.row_count else 1


def run_add(args: argparse.Namespace) -> int:
    """0 when the account stands, 2 when something in the arguments has to be mended."""
    console = Console(highlight=False)
    role = {"role": args.role, "area": args.area, "agency": args.agency, "valid_to": args.until}
    try:
        user, password = actions.open_account(
            username=args.username, full_name=args.name, role=role, by=BY, at=now()
        )
    except (actions.AccountError, Malformed) as error:
        console.print(str(error), markup=False)
        if getattr(error, "field", "") == "role":
            console.print("Peran: " + ", ".join(_roles()), markup=False)
        return 2
    _tell(console, user, password)
    return 0


def run_reset(args: argparse.Namespace) -> int:
    """0 when a new password is shown, 1 when there is no such account."""
    console = Console(highlight=False)
    user = User.objects.filter(username=args.username.strip().lower()).first()
    if user is None:
        console.print("Tidak ada akun dengan nama itu. Lihat: nata account list")
        return 1
    _tell(console, user, actions.reset_password(user=user, by=BY, at=now()))
    return 0


def _roles() -> list[str]:
    found = catalogue.roles()
    return [code for code in found.roles if code != found.everyone.role]


def _tell(console: Console, user: User, password: str) -> None:
    console.print(f"Akun {user.username}, sandi pertama: {password}", markup=False)
    console.print("Sampaikan langsung kepada pemegangnya; sandi ini harus diganti saat masuk pertama kali.")
