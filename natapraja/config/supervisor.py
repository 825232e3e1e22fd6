"""`nata run`: make the data folder ready, start everything, say where to look, stop cleanly."""

import fcntl
import http.client
import json
import os
import shutil
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any

from rich.console import Console

from natapraja.config import preparation, welcome
from natapraja.config.children import Child, House
from natapraja.config.commands import LAST_PORT
from natapraja.config.environment import data_folder

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PATIENT_GREETING = 10.0  # seconds after which the address is said even if a part still comes up


def run(*, host: str, port: int, people: int | None, seed: int | None) -> int:
    """Prepare the data folder, start everything, wait until told to stop. Returns the exit code."""
    console = Console()
    begun = time.monotonic()
    if not _is_free(host, port):
        free = next(
            (one for one in range(port + 1, min(port + 100, LAST_PORT + 1)) if _is_free(host, one)), None
        )
        hint = f"; coba: ./nata run --port {free}" if free else ""
        console.print(f"Port {port} sedang dipakai{hint}", highlight=False)
        return 1
    preparation.keep_to_data_folder()
    guard = _guard(data_folder())
    if guard is None:
        console.print(f"Natapraja sudah menyala dengan folder data {data_folder()}.", highlight=False)
        return 1
    _answer_to(host)
    _empty(data_folder() / "uploads", data_folder() / "passing")
    preparation.prepare(people=people, seed=seed, console=console)
    house = House(_children(host, port), console)
    signal.signal(signal.SIGTERM, lambda *_: house.stopping.set())
    signal.signal(signal.SIGINT, lambda *_: house.stopping.set())
    for child in house.children:
        child.start()
    greeter = threading.Thread(target=_greet, args=(house, host, port, begun), daemon=True)
    greeter.start()
    try:
        return house.watch()
    finally:
        console.print("\nMenghentikan Natapraja ...")
        house.stop()
        console.print("Natapraja berhenti.")


def _children(host: str, port: int) -> list[Child]:
    python = [sys.executable, "-m"]
    web = ["uvicorn", "natapraja.config.asgi:application", "--host", host, "--port", str(port)]
    web += ["--log-level", "warning", "--no-access-log", "--no-server-header", "--lifespan", "off"]
    return [
        Child("Halaman", [*python, *web, "--timeout-graceful-shutdown", "1"]),
        Child("Pekerja", [*python, "natapraja", "worker"]),
        Child("Tugas latar", [*python, "natapraja", "jobs"], at_first=("--resume",)),
    ]


def _greet(house: House, host: str, port: int, begun: float) -> None:
    """Say where to look as soon as pages answer and the worker is alive."""
    started = time.monotonic()
    with house.console.status("Menyalakan halaman dan pekerja ..."):
        while True:
            answer = health(host, port)
            late = time.monotonic() - started > PATIENT_GREETING
            if answer and (late or answer["ok"]):
                break
            if house.stopping.wait(0.1):
                return
    waiting = [name for name, part in answer.items() if isinstance(part, dict) and not part["ok"]]
    welcome.show(house.console, host=host, port=port, seconds=time.monotonic() - begun, waiting=waiting)


def health(host: str, port: int) -> dict[str, Any] | None:
    """What /healthz says, or nothing while pages do not answer yet."""
    wire = http.client.HTTPConnection(_reachable(host), port, timeout=2)
    try:
        wire.request("GET", "/healthz")
        return dict(json.loads(wire.getresponse().read()))
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        wire.close()


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as wire:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            wire.bind((host, port))
        except OSError:
            return False
    return True


def _guard(folder: Path) -> int | None:
    """One house per data folder: two workers would write the same partitions."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def _empty(*folders: Path) -> None:
    """What an earlier process left there when it was killed; ours alone, since the guard lets nobody else in."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)


def _answer_to(host: str) -> None:
    """Listening beyond this machine, the site answers to the machine's own names unless told which."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "natapraja.config.settings"
    if host in LOOPBACK or "NATA_HOSTS" in os.environ:
        return
    name = socket.gethostname()
    addresses = {str(info[4][0]) for info in socket.getaddrinfo(name, None)}
    os.environ["NATA_HOSTS"] = ",".join(sorted({"localhost", "127.0.0.1", "[::1]", name, host, *addresses}))
