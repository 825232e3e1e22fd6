"""A PostgreSQL of its own for one run of pytest: `pytest -p tests.postgres tests/integration/registers`.

Started in a temporary folder on the loopback address, told to the settings as an operator would (NATA_DATABASE), and
stopped by its number at the end. What is kept safe on disk in earnest is not here: the cluster lives for one run.
"""

import atexit
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from typing import IO, Any

import pytest

from natapraja.config.children import die_with_parent

LEAST = 15
PATIENCE = 30.0  # seconds the server gets to come up, or to stop
INSTALLED = Path("/usr/lib/postgresql")  # where Debian and Ubuntu keep one folder per version
_HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class Cluster:
    """A server with one database folder, one user and one password."""

    def __init__(self) -> None:
        self.programs = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="natapraja-postgres-"))
        self.password = secrets.token_urlsafe(18)
        self.port = _free_port()
        self.process: subprocess.Popen[bytes] | None = None
        # The server refuses to run as root; then the account of its package lends its name.
        self.account = _account() if os.geteuid() == 0 else None

    @property
    def url(self) -> str:
        return f"postgresql://uji:{self.password}@127.0.0.1:{self.port}/natapraja"

    def start(self) -> None:
        """Make the folder and the database; returns when the server answers."""
        secret = self.folder / "password"
        secret.write_text(self.password)
        if self.account:
            for path in (self.folder, secret):
                os.chown(path, self.account.pw_uid, self.account.pw_gid)
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "uji", "-A", "scram-sha-256", f"--pwfile={secret}", "-N",
                  "-E", "UTF8", "--locale=C.UTF-8")  # fmt: skip
        settings = (*_HASTE, "listen_addresses=127.0.0.1", "unix_socket_directories=", f"port={self.port}")
        words = [word for setting in settings for word in ("-c", setting)]
        self.process = subprocess.Popen(
            [self.programs / "postgres", "-D", data, *words],
            **self._as_account(),
            stderr=self._log(),
            preexec_fn=die_with_parent(),
        )
        self._wait_until_it_answers()
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "uji", "natapraja")

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # fast: open sessions are ended, not waited for
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _wait_until_it_answers(self) -> None:
        assert self.process
        deadline = time.monotonic() + PATIENCE
        ready = [str(self.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ready).returncode:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise pytest.UsageError(f"PostgreSQL did not come up: {self._said()}")
            time.sleep(0.05)

    def _run(self, program: str, *words: str) -> None:
        with self._log() as log:
            done = subprocess.run(
                [self.programs / program, *words], **self._as_account(), stdout=log, stderr=log
            )
        if done.returncode:
            raise pytest.UsageError(f"{program} failed: {self._said()}")

    def _as_account(self) -> dict[str, Any]:
        common: dict[str, Any] = {
            "cwd": self.folder,
            "env": {**os.environ, "PGPASSWORD": self.password, "LC_ALL": "C.UTF-8"},
        }
        if self.account is None:
            return common
        return {**common, "user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def _log(self) -> IO[bytes]:
        return (self.folder / "log").open("ab")

    def _said(self) -> str:
        return (self.folder / "log").read_text(errors="replace")[-2000:]


def programs() -> Path:
    """The folder of the newest PostgreSQL on this machine."""
    found = sorted(
        (int(folder.parent.name), folder)
        for folder in INSTALLED.glob("*/bin")
        if folder.parent.name.isdigit() and (folder / "initdb").exists()
    )
    if found and found[-1][0] >= LEAST:
        return found[-1][1]
    if elsewhere := shutil.which("initdb"):
        return Path(elsewhere).resolve().parent
    raise pytest.UsageError(f"PostgreSQL {LEAST} or newer is not installed: sudo apt install postgresql")


def _account() -> pwd.struct_passwd:
    names = {each.pw_name: each for each in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _free_port() -> int:
    with socket.socket() as wire:
        wire.bind(("127.0.0.1", 0))
        return int(wire.getsockname()[1])


_running: list[Cluster] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Before anything reads the settings."""
    cluster = Cluster()
    _running.append(cluster)
    atexit.register(cluster.stop)  # also when it did not come up, and pytest never began
    cluster.start()
    os.environ["NATA_DATABASE"] = cluster.url
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """A test that ends its transactions is cleared away by TRUNCATE, which our own triggers refuse: there they rest."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    clear = DatabaseOperations.execute_sql_flush

    def clear_all_the_same(self: DatabaseOperations, sql_list: list[str]) -> None:
        clear(self, ["SET LOCAL session_replication_role = replica", *sql_list])

    DatabaseOperations.execute_sql_flush = clear_all_the_same  # type: ignore[assignment, method-assign]


def pytest_report_header() -> str:
    return f"database: PostgreSQL {_running[0].programs.parent.name}"


def pytest_unconfigure() -> None:
    while _running:
        _running.pop().stop()
