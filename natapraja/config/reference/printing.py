"""Writes every reference page, or says which one no longer agrees with the code."""

import sys
from collections.abc import Callable

from natapraja.config.environment import ROOT
from natapraja.config.reference import government, machine

FOLDER = ROOT / "docs" / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "verbs.md": machine.verbs,
    "settings.md": machine.settings,
    "addresses.md": machine.addresses,
    "registers.md": government.registers,
    "codes.md": government.codes,
    "indicators.md": government.indicators,
    "roles.md": government.roles,
    "personal-data.md": government.personal_data,
}
MARK = "<!-- Printed from code and definitions by `./nata docs`; do not edit. -->\n\n"


def write(*, check: bool) -> int:
    """Print the pages into docs/reference/. With `check` nothing is written; returns how many are stale."""
    printed = {name: MARK + page().rstrip() + "\n" for name, page in PAGES.items()}
    FOLDER.mkdir(parents=True, exist_ok=True)
    standing = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    stale = sorted(
        name for name in printed.keys() | standing.keys() if printed.get(name) != standing.get(name)
    )
    if check:
        for name in stale:
            print(
                f"docs/reference/{name} tidak lagi sesuai dengan kode; jalankan: ./nata docs", file=sys.stderr
            )
        return len(stale)
    for name in stale:
        if name in printed:
            (FOLDER / name).write_text(printed[name], encoding="utf-8")
        else:
            (FOLDER / name).unlink()
    print(f"{len(printed)} halaman acuan di docs/reference/, {len(stale)} berubah.")
    return 0
