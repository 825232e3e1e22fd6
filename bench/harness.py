"""Finds the benches, runs them at each size, prints one table. A slow machine never fails a build: it prints.

A bench is a module `bench/bench_<name>.py` with `measure(desk: Desk) -> Iterable[Measurement]`.
"""

import json
import math
import os
import pkgutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Measurement:
    """One promise, kept or not. `seconds` is its whole cost; how that grows with the people is reckoned."""

    promise: str
    measured: float
    unit: str
    bar: float | None = None
    better: Literal["lower", "higher"] = "lower"
    yardstick: str = "–"
    yardstick_value: float | None = None
    seconds: float | None = None

    @property
    def kept(self) -> bool | None:
        if self.bar is None:
            return None
        return self.measured <= self.bar if self.better == "lower" else self.measured >= self.bar

    @property
    def ratio(self) -> float | None:
        """How many times better than the yardstick; without a yardstick, than the bar."""
        against = self.yardstick_value if self.yardstick_value is not None else self.bar
        if not against or not self.measured:
            return None
        return against / self.measured if self.better == "lower" else self.measured / against


@dataclass
class Desk:
    """What a bench works with: a number of people, a folder, the verbs, and a filled installation."""

    people: int
    console: Console
    home: Path
    port: int = 0  # of the installation that is running

    @property
    def data(self) -> Path:
        """The data folder of the filled installation of this size; kept between runs."""
        return self.home / f"people-{self.people}"

    def filled(self) -> Path:
        """The data folder with `people` synthetic people, made at most once."""
        ready = self.data / "bench.ready"
        if not ready.exists():
            self.console.print(f"Menyiapkan {self.people:,} penduduk sintetis ...".replace(",", "."))
            with self.running(self.data):
                self.inside("published")
                ready.write_text("")
        return self.data

    def nata(self, *words: str, data: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run a verb to its end; raises CalledProcessError with its words when it fails."""
        command = [sys.executable, "-m", "natapraja", *words, "--data", str(data or self.data)]
        return subprocess.run(
            command, cwd=ROOT, env=_environment(), text=True, capture_output=True, check=True
        )

    def inside(self, name: str) -> dict[str, float]:
        """A measurement of bench/inside.py over the filled installation."""
        done = subprocess.run(
            [sys.executable, "-m", "bench.inside", name],
            cwd=ROOT, env=_environment() | {"NATA_DATA": str(self.data)}, text=True, capture_output=True, check=True,
        )  # fmt: skip
        return json.loads(done.stdout.splitlines()[-1])

    @contextmanager
    def running(self, data: Path) -> Iterator[float]:
        """The whole installation; yields the seconds until /healthz was well, stops it afterwards."""
        from natapraja.config.supervisor import health

        with socket.create_server(("127.0.0.1", 0)) as server:
            port = self.port = int(server.getsockname()[1])
        words = ["run", "--port", str(port), "--people", str(self.people), "--data", str(data)]
        data.mkdir(parents=True, exist_ok=True)
        begun = time.perf_counter()
        with (data / "bench.log").open("w") as log:
            house = subprocess.Popen(
                [sys.executable, "-m", "natapraja", *words],
                cwd=ROOT,
                env=_environment(),
                stdout=log,
                stderr=log,
            )
            try:
                while not ((answer := health("127.0.0.1", port)) and answer["ok"]):
                    if house.poll() is not None:
                        raise RuntimeError((data / "bench.log").read_text())
                    time.sleep(0.05)
                yield time.perf_counter() - begun
            finally:
                house.terminate()
                house.wait(30)


def _environment() -> dict[str, str]:
    return {name: text for name, text in os.environ.items() if name != "NATA_DATA"}


def names() -> list[str]:
    return sorted(
        module.name.removeprefix("bench_")
        for module in pkgutil.iter_modules([str(ROOT / "bench")])
        if module.name.startswith("bench_")
    )


def run(*, only: list[str], people: list[int], json_file: str | None) -> int:
    """Measure, print the table, and write it as JSON when asked. Returns 0: a timed test fails no build."""
    console = Console()
    unknown = sorted(set(only) - set(names()))
    if unknown:
        console.print(f"Ukuran {', '.join(unknown)} tidak ada; yang ada: {', '.join(names())}.")
        return 2
    home = Path(os.environ.get("NATA_DATA", ROOT / "var")) / "bench"
    found: list[tuple[int, Measurement]] = []
    for size in people:
        desk = Desk(size, console, home)
        for name in only or names():
            with console.status(f"Mengukur {name}, {size:,} penduduk ...".replace(",", ".")):
                found += [(size, one) for one in import_module(f"bench.bench_{name}").measure(desk)]
    console.print(_table(found))
    if json_file:
        rows = [{"people": size, **asdict(one), "kept": one.kept, "ratio": one.ratio} for size, one in found]
        Path(json_file).write_text(json.dumps(rows, indent=1, ensure_ascii=False))
    return 0


def _table(found: list[tuple[int, Measurement]]) -> Table:
    table = Table(
        "Penduduk", "Janji", "Batas", "Terukur", "Pembanding", "Rasio", "Tumbuh", box=None, pad_edge=False
    )
    for size, one in found:
        mark = {True: "[green]✓[/]", False: "[red]✗[/]", None: " "}[one.kept]
        sign = "≤" if one.better == "lower" else "≥"
        table.add_row(
            f"{size:,}".replace(",", "."),
            one.promise,
            f"{sign} {one.bar:g} {one.unit}" if one.bar is not None else "–",
            f"{mark} {one.measured:.4g} {one.unit}",
            one.yardstick if one.yardstick_value is not None else "batas",
            f"{one.ratio:.1f}×" if one.ratio is not None else "–",
            _growth(one, size, found),
        )
    return table


def _growth(one: Measurement, size: int, found: list[tuple[int, Measurement]]) -> str:
    """The exponent with which the cost grew since the smaller size: 1 is in step with the people."""
    smaller = [
        (other, before)
        for other, before in found
        if before.promise == one.promise and other < size and before.seconds and one.seconds
    ]
    if not smaller:
        return "–"
    other, before = smaller[-1]
    exponent = math.log((one.seconds or 0.0) / (before.seconds or 1.0)) / math.log(size / other)
    return f"n^{exponent:.2f}"
