"""An installation of its own, in processes that can be killed: a data folder, and a database of the tests' kind."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import psycopg

ROOT = Path(__file__).resolve().parents[2]


class Installation:
    """Works in `folder`; its database is a file there, or an empty one on the PostgreSQL of this run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._url = _beside(os.environ.get("NATA_DATABASE", ""))
        self.environment = {
            **os.environ, "NATA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "natapraja.config.settings",
            "NATA_DATABASE": self._url, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore",
        }  # fmt: skip

    def begin(self, work: str) -> subprocess.Popen[str]:
        """Start a process that does this work, written in Python with Django set up."""
        command = [sys.executable, "-c", f"import django; django.setup()\n{work}"]
        return subprocess.Popen(
            command, cwd=self.folder, env=self.environment, text=True, stdout=subprocess.PIPE
        )

    def do(self, work: str) -> str:
        """Do this work and tell what it printed."""
        process = self.begin(work)
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        return said.strip()

    def ask(self, question: str) -> tuple[object, ...]:
        """The first row of the answer, asked past the system."""
        if not self._url:
            with sqlite3.connect(self.folder / "natapraja.sqlite3", timeout=30) as file:
                return tuple(file.execute(question).fetchone())
        with psycopg.connect(self._url) as server:
            return tuple(server.execute(question).fetchone() or ())


def _beside(url: str) -> str:
    """A new database on the server of `url`; nothing where there is no server."""
    if not url:
        return ""
    name = f"uji_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return url.rpartition("/")[0] + f"/{name}"
