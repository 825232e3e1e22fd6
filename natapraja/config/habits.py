"""The verbs a developer types all day: test, check, fix. They call the tools and hide none of their words."""

import os
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

from rich.console import Console
from rich.table import Table

from natapraja.config.environment import ROOT

CATEGORIES = ("unit", "spec", "integration", "generative", "house", "journeys", "real", "spark", "postgres")
BY_NAME = ("real", "spark", "postgres")  # need what a fresh machine lacks: sources, Java, a server
# `postgres` has no folder: it runs those integration tests once more that write and read back what was written.
ON_POSTGRES = [
    "access",
    "areas",
    "dashboards/test_reading.py",
    "indicators/test_bridge.py",
    "indicators/test_living_figures.py",
    "intake",
    "jobs",
    "ledger/test_this_database.py",
    "registers",
    "synthetic",
]
STYLED = ["natapraja", "tests", "bench", "nata"]


def pure_modules() -> list[str]:
    """What must be strict in its types: rules, the kernel, the ledger's tree, the charts."""
    package = ROOT / "natapraja"
    found = [
        *package.glob("foundation/kernel/*.py"),
        *package.glob("foundation/web/charts/*.py"),
        *package.glob("**/rules.py"),
        *package.glob("**/rules/*.py"),
        *package.glob("foundation/ledger/tree.py"),
    ]
    return sorted(str(path.relative_to(ROOT)) for path in found)


def _python(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]


def test(what: list[str], rest: list[str]) -> int:
    """Run pytest over categories or files; its exit code is ours. Without a word: all except those by name."""
    chosen = what or [name for name in CATEGORIES if name not in BY_NAME]
    code = _test_on_postgres(rest) if "postgres" in chosen else 0
    chosen = [name for name in chosen if name != "postgres"]
    empty = [
        name
        for name in chosen
        if name in CATEGORIES and not any((ROOT / "tests" / name).glob("**/test_*.py"))
    ]
    if len(empty) == len(chosen):
        if empty:
            print(f"Belum ada uji dalam kelompok {', '.join(empty)}.")
        return code
    targets = [f"tests/{name}" if name in CATEGORIES else name for name in chosen]
    return subprocess.run(_python("pytest", "-ra", *targets, *rest), cwd=ROOT).returncode or code


def _test_on_postgres(rest: list[str]) -> int:
    """The plugin starts a server for the run, and stops it."""
    targets = [f"tests/integration/{name}" for name in ON_POSTGRES]
    return subprocess.run(
        _python("pytest", "-ra", "-p", "tests.postgres", *targets, *rest), cwd=ROOT
    ).returncode


def _steps() -> list[tuple[str, list[str]]]:
    return [
        ("gaya (ruff check)", _python("ruff", "check", "--quiet", *STYLED)),
        ("bentuk (ruff format)", _python("ruff", "format", "--check", "--quiet", *STYLED)),
        (
            "tipe, ketat pada bagian murni (mypy)",
            _python("mypy", "--strict", "--no-error-summary", *pure_modules()),
        ),
        (
            "lantai rumah (import-linter)",
            [str(Path(sys.executable).with_name("lint-imports")), "--no-logo"],
        ),
        ("halaman acuan mutakhir (docs --check)", _python("natapraja", "docs", "--check")),
        ("aturan rumah (tests/house)", _python("pytest", "tests/house")),
    ]


def check() -> int:
    """Run every check, change nothing, return how many failed."""
    console = Console()
    table = Table("Pemeriksaan", "Hasil", "Detik", box=None, pad_edge=False)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="natapraja-check-") as folder:
        env = {**os.environ, "NATA_DATA": folder}
        for title, command in _steps():
            begun = time.monotonic()
            with console.status(f"Memeriksa {title} ..."):
                done = subprocess.run(command, cwd=ROOT, env=env, text=True, capture_output=True)
            seconds = time.monotonic() - begun
            table.add_row(
                title, "[green]baik[/]" if done.returncode == 0 else "[red]gagal[/]", f"{seconds:.1f}"
            )
            if done.returncode:
                failed += 1
                console.rule(title, align="left")
                console.print(done.stdout + done.stderr, markup=False, highlight=False)
    console.print(table)
    if failed:
        console.print(f"{failed} pemeriksaan gagal. Coba: ./nata fix, lalu perbaiki yang tersisa.")
    return failed


def fix(*, lock: bool) -> int:
    if lock and (code := _compile_locks()):
        return code
    steps = [
        _python("ruff", "check", "--fix", "--quiet", *STYLED),
        _python("ruff", "format", "--quiet", *STYLED),
        _python("natapraja", "docs"),
    ]
    return sum(subprocess.run(command, cwd=ROOT).returncode != 0 for command in steps)


def _compile_locks() -> int:
    """Versions and hashes for every platform, without an address of any registry in the files."""
    with tempfile.TemporaryDirectory(prefix="natapraja-uv-") as folder:
        print("Menyiapkan uv ...")
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([f"{folder}/bin/python", "-m", "pip", "install", "--quiet", "uv"], check=True)
        common = [f"{folder}/bin/uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
        common += [
            "--generate-hashes",
            "--no-annotate",
            "--no-header",
            "--no-emit-index-url",
            "--no-emit-find-links",
        ]
        whole = ["pyproject.toml", "--extra", "postgres"]
        spark = Path(folder, "spark.in")
        extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
        spark.write_text("\n".join(extras["spark"]))
        for name, asked in (
            ("requirements.lock", whole),
            ("requirements-test.lock", [*whole, "--extra", "test"]),
            # What comes on top of either of them.
            ("requirements-spark.lock", [str(spark), "--constraint", "requirements-test.lock"]),
        ):
            print(f"Menyusun {name} ...")
            if code := subprocess.run([*common, *asked, "-o", name], cwd=ROOT).returncode:
                return code
    return 0
