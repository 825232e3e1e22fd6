"""`nata run` keeps its processes alive together, and stops them together."""

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from rich.console import Console

from natapraja.config import preparation, supervisor
from natapraja.config.children import QUICK_DEATHS, Child, House
from natapraja.config.environment import ROOT

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
DEAF = [sys.executable, "-c", "import signal, time; signal.signal(15, lambda *_: None); time.sleep(60)"]


@pytest.fixture
def said() -> Iterator[Console]:
    with Path(os.devnull).open("w") as nowhere:
        yield Console(file=nowhere, record=True, width=200)


def house_with(console: Console, *commands: list[str]) -> House:
    found = House([Child(f"Anak {number}", command) for number, command in enumerate(commands)], console)
    for child in found.children:
        child.start()
    return found


def test_a_process_that_ends_is_started_again(said: Console) -> None:
    house = house_with(said, SLEEPER)
    first = house.children[0].process
    assert first is not None
    first.kill()
    first.wait()
    watcher = threading.Thread(target=house.watch)
    watcher.start()
    deadline = time.monotonic() + 5
    while house.children[0].process is first and time.monotonic() < deadline:
        time.sleep(0.02)
    house.stopping.set()
    watcher.join()
    house.stop()
    assert house.children[0].process is not first
    assert "Anak 0 berhenti (kode -9) dan dinyalakan lagi." in said.export_text()


def test_only_the_first_start_resumes_what_the_last_stop_interrupted(said: Console) -> None:
    house = House([Child("Anak", SLEEPER, at_first=("--resume",))], said)
    (child,) = house.children
    arguments = []
    for _ in range(2):
        child.start()
        assert child.process is not None
        arguments.append(child.process.args)
        child.process.kill()
        child.process.wait()
    assert arguments == [[*SLEEPER, "--resume"], SLEEPER]


def test_passing_files_lie_in_the_data_folder_and_go_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NATA_DATA", str(tmp_path))
    monkeypatch.setenv("TMPDIR", os.environ.get("TMPDIR", ""))  # put back afterwards
    before = os.umask(0o022)
    preparation.keep_to_data_folder()
    assert os.umask(before) == 0o077
    assert stat.S_IMODE((tmp_path / "passing").stat().st_mode) == 0o700
    assert os.environ["TMPDIR"] == str(tmp_path / "passing")
    half = tmp_path / "uploads" / "half"
    half.parent.mkdir()
    half.touch()
    supervisor._empty(tmp_path / "uploads", tmp_path / "passing")
    assert sorted(tmp_path.rglob("*")) == [tmp_path / "passing", tmp_path / "uploads"]


@pytest.mark.parametrize(("first", "then"), [("1", "0"), ("0", "1")])
def test_a_demonstration_and_real_work_never_share_a_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Console, first: str, then: str
) -> None:
    monkeypatch.setenv("NATA_DATA", str(tmp_path))
    monkeypatch.delenv("NATA_DATABASE", raising=False)
    (tmp_path / "natapraja.sqlite3").touch()
    monkeypatch.setattr(preparation, "STEPS", ())
    monkeypatch.setattr(preparation, "_populate", lambda *_, **__: None)

    def start(demo: str) -> None:
        monkeypatch.setenv("NATA_DEMO", demo)
        preparation.prepare(people=None, seed=None, console=said)

    start(first)
    start(first)
    with pytest.raises(SystemExit, match="Folder data ini"):
        start(then)
    start(first)
    monkeypatch.setenv("NATA_DATABASE", "postgresql://lain")
    start(then)  # another store, another beginning


def test_large_uploads_are_written_into_the_data_folder() -> None:
    assert Path(settings.FILE_UPLOAD_TEMP_DIR).parent == settings.DATA_DIR


def test_a_process_that_never_comes_up_stops_the_house(said: Console) -> None:
    house = house_with(said, [sys.executable, "-c", "raise SystemExit(3)"], SLEEPER)
    assert house.watch() == 1
    house.stop()
    assert all(child.ended for child in house.children)
    assert f"berhenti {QUICK_DEATHS} kali segera setelah dinyalakan (kode 3)" in said.export_text()


def test_stopping_ends_every_process_also_one_that_does_not_listen(
    said: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("natapraja.config.children.PATIENCE", 0.5)
    house = house_with(said, SLEEPER, DEAF)
    time.sleep(0.3)
    begun = time.monotonic()
    house.stop()
    assert [child.ended for child in house.children] == [True, True]
    assert time.monotonic() - begun < 3


def test_a_busy_port_is_said_in_one_sentence_with_the_next_free_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        words = ["run", "--port", str(port), "--data", str(tmp_path)]
        done = subprocess.run(
            [sys.executable, "-m", "natapraja", *words], cwd=ROOT, text=True, capture_output=True
        )
    assert done.returncode == 1
    assert done.stdout.startswith(f"Port {port} sedang dipakai; coba: ./nata run --port ")


def test_two_houses_never_share_a_data_folder(tmp_path: Path) -> None:
    first = supervisor._guard(tmp_path)
    assert first is not None
    assert supervisor._guard(tmp_path) is None
    os.close(first)


def test_the_children_die_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys, time\n"
        "from natapraja.config.children import Child\n"
        f"child = Child('Anak', {SLEEPER!r}); child.start()\n"
        "print(child.process.pid, flush=True); time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        if Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0] == "Z":
            break
        time.sleep(0.02)
    assert time.monotonic() < deadline


def test_a_step_runs_again_only_when_its_sources_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Console
) -> None:
    definitions = tmp_path / "definitions"
    definitions.mkdir()
    (definitions / "roles.toml").write_text("id = 1")
    monkeypatch.setenv("NATA_DATA", str(tmp_path))
    monkeypatch.setenv("NATA_DEFINITIONS", str(definitions))
    monkeypatch.delenv("NATA_DATABASE", raising=False)
    (tmp_path / "natapraja.sqlite3").touch()
    taken: list[str] = []
    step = preparation.Step("roles", "Memuat peran", ("definitions/*",), (), lambda: taken.append("roles"))
    monkeypatch.setattr(preparation, "STEPS", (step,))
    preparation._take([step], said)
    preparation._take([step], said)
    assert taken == ["roles"]
    (definitions / "roles.toml").write_text("id = 12")
    preparation._take([step], said)
    assert taken == ["roles"] * 2
    (tmp_path / "natapraja.sqlite3").unlink()
    preparation._take([step], said)
    assert taken == ["roles"] * 3  # a database taken away begins anew
