"""What must stand before the first page opens. Each step runs again only when its sources changed."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from time import perf_counter

from rich.console import Console

from natapraja.config.children import die_with_parent
from natapraja.config.environment import ROOT, data_folder, start_django, value

_REFUSED = 2  # what `load` answers when the register already holds people, who are then served as they are


@dataclass(frozen=True)
class Step:
    name: str
    sentence: str
    sources: tuple[str, ...]  # patterns of the files whose change makes the step due again
    settings: tuple[str, ...]  # variables that do so too
    work: Callable[[], None]


def _schema() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def _look() -> None:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def _definitions() -> None:
    from django.conf import settings

    from natapraja.foundation.areas.actions import load_areas
    from natapraja.foundation.kernel.clock import now

    load_areas(definitions=settings.DEFINITIONS, by="system:definitions", at=now())


def _accounts() -> None:
    from natapraja.foundation.access.actions import ensure_demo_accounts
    from natapraja.foundation.kernel.clock import now

    ensure_demo_accounts(by="system:demo", at=now())


STEPS = (
    Step(
        "schema",
        "Menyiapkan basis data",
        ("natapraja/*/migrations/*.py", "requirements.lock"),
        ("NATA_DATABASE",),
        _schema,
    ),
    Step("look", "Menyiapkan tampilan", ("natapraja/*/static/*", "node_modules/nata.stamp"), (), _look),
    Step(
        "definitions",
        "Memuat definisi",
        ("definitions/*",),
        ("NATA_DATABASE", "NATA_DEFINITIONS"),
        _definitions,
    ),
    Step(
        "accounts",
        "Menyiapkan akun contoh",
        ("natapraja/foundation/access/demo.py", "definitions/*/roles.toml"),
        ("NATA_DATABASE", "NATA_DEMO"),
        _accounts,
    ),
)


def prepare(*, people: int | None, seed: int | None, console: Console) -> None:
    """Everything a site needs. A second call on unchanged sources takes a few hundredths of a second.

    Exits with a sentence where a demonstration would open a register of real people, or real work invented ones.
    """
    demo = value("NATA_DEMO") == "1"
    kind = _kind_of_store(demo=demo)
    done = _take((step for step in STEPS if demo or step.name != "accounts"), console)
    _note(done, kind)
    if demo:
        _populate(done, people=people, seed=seed, console=console)


def _kind_of_store(*, demo: bool) -> dict[str, str]:
    """A store is for demonstration or for real work from its first start on, and what it is stays noted.

    The two differ by whose doors stand open: exits with a sentence where one is about to be opened as the other.
    """
    store = _digest(value("NATA_DATABASE"))
    done, name, kind = _read(data_folder()), f"kind {store}", "demo" if demo else "real"
    before = done.get(name, "demo" if done.get("people-in") == store else kind)
    if before == kind:
        return {name: kind}
    sys.exit(
        "Folder data ini dipakai untuk kerja sungguhan; mode contoh membuka akun dengan sandi yang diketahui umum. "
        "Nyalakan dengan NATA_DEMO=0, atau pilih folder lain untuk contoh dengan --data."
        if demo
        else "Folder data ini berisi contoh: orang rekaan, dan akun dengan sandi yang diketahui umum. "
        "Untuk kerja sungguhan (NATA_DEMO=0) pilih folder baru dengan --data."
    )


def prepare_store(console: Console) -> None:
    """Only what a verb at the command line stands on: tables and definitions."""
    _take([step for step in STEPS if step.name in ("schema", "definitions")], console)


def keep_to_data_folder() -> None:
    """Passing files too lie in the data folder, ours alone: a large upload must not fill the machine's /tmp."""
    os.umask(0o077)  # what is written holds persons: nobody else on the machine may read it
    passing = data_folder() / "passing"
    passing.mkdir(parents=True, exist_ok=True)
    os.environ["TMPDIR"] = str(passing)


def _take(steps: Iterable[Step], console: Console) -> dict[str, str]:
    """Take the steps that are due, and say so; returns what is done now."""
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    done, wanted = _read(folder), _fingerprints()
    due = [step for step in steps if done.get(step.name) != wanted[step.name]]
    if due:
        start_django()
    for step in due:
        begun = perf_counter()
        with console.status(f"{step.sentence} ..."):
            step.work()
        _note(done, {step.name: wanted[step.name]})
        console.print(f"{step.sentence}: selesai, {perf_counter() - begun:.1f} detik", highlight=False)
    return done


def _populate(done: dict[str, str], *, people: int | None, seed: int | None, console: Console) -> None:
    """The synthetic population, once per store. A process of its own gives its memory back."""
    store = _digest(value("NATA_DATABASE"))
    if done.get("people-in") == store:
        if people is not None and done["people"] != str(people):
            console.print(
                "Folder data ini sudah berisi penduduk, jadi --people tidak dipakai; "
                "untuk jumlah lain, pilih folder baru dengan --data."
            )
        return
    interrupted = done.get("people-begun") == store
    _note(done, {"people-begun": store})
    words = [f"--{name}={given}" for name, given in (("people", people), ("seed", seed)) if given is not None]
    command = [sys.executable, "-m", "natapraja", "load", *words]
    code = subprocess.run(command, cwd=ROOT, preexec_fn=die_with_parent()).returncode
    if code not in (0, _REFUSED) or (code == _REFUSED and interrupted):
        sys.exit("Data sintetis belum termuat utuh. Hapus folder data ini, lalu ulangi: ./nata run")
    # Measured before the first page opens, so that nobody meets an empty dashboard.
    figures = [sys.executable, "-m", "natapraja", "figures", "--rebuild"]
    subprocess.run(figures, cwd=ROOT, preexec_fn=die_with_parent(), check=True)
    done.pop("people-begun")
    _note(done, {"people-in": store, "people": str(people or "")})


def _note(done: dict[str, str], more: dict[str, str]) -> None:
    done |= more
    _write(data_folder(), done)


def _fingerprints() -> dict[str, str]:
    """Of each step: which files it reads, how long they are and when they were last written."""
    files = {name: path.stat() for name, path in _files()}
    return {
        step.name: _digest(
            *(
                f"{name}|{stat.st_size}|{stat.st_mtime_ns}"
                for name, stat in sorted(files.items())
                if any(fnmatch(name, pattern) for pattern in step.sources)
            ),
            *(value(name) for name in step.settings),
        )
        for step in STEPS
    }


def _files() -> Iterator[tuple[str, Path]]:
    """Everything a step may read, under the name its patterns use."""
    for single in ("requirements.lock", "node_modules/nata.stamp"):
        if (ROOT / single).exists():
            yield single, ROOT / single
    for name, top in (("natapraja", ROOT / "natapraja"), ("definitions", Path(value("NATA_DEFINITIONS")))):
        for folder, _, names in os.walk(top):
            inside = os.path.relpath(folder, top)
            for file in names:
                if not file.endswith(".pyc"):
                    yield os.path.normpath(f"{name}/{inside}/{file}"), Path(folder, file)


def _digest(*lines: str) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def _read(folder: Path) -> dict[str, str]:
    if not value("NATA_DATABASE") and not (folder / "natapraja.sqlite3").exists():
        return {}  # somebody took the database away to begin anew
    try:
        return dict(json.loads((folder / "prepared.json").read_text()))
    except (FileNotFoundError, ValueError):
        return {}


def _write(folder: Path, done: dict[str, str]) -> None:
    part = folder / "prepared.json.part"
    part.write_text(json.dumps(done, indent=1))
    part.replace(folder / "prepared.json")
