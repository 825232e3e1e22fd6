"""The processes of one installation, kept alive together and stopped together."""

import ctypes
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from rich.console import Console

from natapraja.config.environment import ROOT

QUICK_DEATH = 10.0  # seconds: a process that ends sooner did not come up
QUICK_DEATHS = 3
PATIENCE = 5.0  # seconds a process gets to finish what it is doing
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process: its title for people, its command, and how often it ended right after it began.

    `at_first` are words of the command that only the first start gets.
    """

    title: str
    command: list[str]
    at_first: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    begun: float = 0.0
    quick_deaths: int = 0

    def start(self) -> None:
        command = [*self.command, *(() if self.process else self.at_first)]
        self.begun = time.monotonic()
        # A session of its own: Ctrl-C reaches the supervisor alone, which then stops each child in turn.
        self.process = subprocess.Popen(
            command, cwd=ROOT, start_new_session=True, preexec_fn=die_with_parent()
        )

    @property
    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None


def die_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel stops the children when the supervisor itself is killed."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class House:
    """The children and the wish to stop."""

    children: list[Child]
    console: Console
    stopping: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> int:
        """Until somebody asks to stop: start again what ended; give up when it never comes up."""
        while not self.stopping.wait(0.2):
            for child in self.children:
                if child.ended and not self.stopping.is_set() and not self._revive(child):
                    return 1
        return 0

    def _revive(self, child: Child) -> bool:
        code = child.process.returncode if child.process else 0
        quick = time.monotonic() - child.begun < QUICK_DEATH
        child.quick_deaths = child.quick_deaths + 1 if quick else 0
        if child.quick_deaths >= QUICK_DEATHS:
            self.console.print(
                f"{child.title} berhenti {QUICK_DEATHS} kali segera setelah dinyalakan (kode {code}); "
                "semua dihentikan. Penyebabnya ada pada baris-baris di atas."
            )
            return False
        self.console.print(f"{child.title} berhenti (kode {code}) dan dinyalakan lagi.")
        child.start()
        return True

    def stop(self) -> None:
        """Ask every process to finish, wait `PATIENCE` seconds for all of them, then end what remains."""
        alive = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in alive:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in alive:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
