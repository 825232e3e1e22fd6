"""What `nata run` says once everything is up: the address, and who can sign in on a demo installation."""

from rich.console import Console
from rich.table import Table

from natapraja.config.environment import start_django, value


def show(console: Console, *, host: str, port: int, seconds: float, waiting: list[str]) -> None:
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else host  # noqa: S104 - compared only
    console.print(
        f"\n[bold]Natapraja menyala:[/] http://{shown}:{port}/  ({seconds:.1f} detik)", highlight=False
    )
    if waiting == ["worker"]:
        console.print("Angka masih dihitung; dasbor terisi sendiri sebentar lagi.")
    elif waiting:
        console.print(f"Belum siap: {', '.join(waiting)}; rinciannya di /healthz.", highlight=False)
    if value("NATA_DEMO") == "1":
        _accounts(console)
    elif not _somebody():
        console.print(
            "Belum ada akun. Buat pengelola pertama dari server, dengan --data yang sama: "
            'nata account add AKUN --name "NAMA" --role pengelola --area 33.09',
            highlight=False,
            soft_wrap=True,
        )
    console.print("Berhenti: Ctrl-C", highlight=False)


def _accounts(console: Console) -> None:
    from natapraja.foundation.access.demo import ACCOUNTS, PASSWORD

    table = Table("Akun contoh", "Siapa", box=None, pad_edge=False)
    for account in ACCOUNTS:
        table.add_row(account.username, account.title)
    console.print(table)
    console.print(f"Sandi semua akun contoh: {PASSWORD}. Semua orang di dalamnya rekaan.")


def _somebody() -> bool:
    """Whether anybody can sign in."""
    start_django()
    from natapraja.foundation.access.models import User

    return User.objects.filter(is_active=True).exists()
