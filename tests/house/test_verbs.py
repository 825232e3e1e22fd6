"""`./nata` lists exactly the verbs that exist, without starting anything."""

import argparse
import runpy
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from natapraja.config import habits
from natapraja.config.cli import full_parser
from tests.house.sources import ROOT, report

# Started by `run`, not by people.
INTERNAL = {"worker", "jobs"}


def listed() -> dict[str, str]:
    return runpy.run_path(str(ROOT / "nata"), run_name="listed")["VERBS"]


def test_nata_alone_lists_every_verb_with_one_line() -> None:
    shown = subprocess.run([sys.executable, ROOT / "nata"], capture_output=True, text=True, check=True).stdout
    missing = [verb for verb in listed() if f"\n  {verb} " not in shown]
    assert not missing, report(missing, "list_verbs() in ./nata prints each verb on a line of its own.")


def test_every_listed_verb_exists_and_every_verb_is_listed() -> None:
    offered = set(full_parser()[1].choices) - INTERNAL
    unknown = sorted(set(listed()) - offered)
    assert not unknown, report(
        unknown, "offer it in commands.py of the room, or take it out of VERBS in ./nata."
    )
    unlisted = sorted(offered - set(listed()))
    assert not unlisted, report(unlisted, "give it a line in VERBS of ./nata.")


def test_every_room_declares_the_verbs_it_offers() -> None:
    """`nata` wakes only the room of the verb that was asked for, and finds it by what `apps.py` says."""
    problems = []
    for app in apps.get_app_configs():
        if app.name.startswith("natapraja.") and Path(app.path, "commands.py").exists():
            verbs = argparse.ArgumentParser().add_subparsers()
            import_module(f"{app.name}.commands").register(verbs)
            declared = getattr(app, "verbs", ())
            problems += [] if set(declared) == set(verbs.choices) else [f"{app.name}: {list(verbs.choices)}"]
            problems += [
                f"{app.name}: {verb}" for verb in declared if verb not in full_parser(verb)[1].choices
            ]
    assert not problems, report(problems, "name exactly these in `verbs` of the room's apps.py.")
    assert {"load", "areas"} & set(full_parser("ledger")[1].choices) == set()


def test_a_verb_without_figures_wakes_no_engine() -> None:
    said = (
        "import sys; from natapraja.config.cli import main\n"
        "try: main(['ledger', '--help'])\n"
        "except SystemExit: print([name for name in ('numpy', 'shapely', 'duckdb') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_one_command_stays_small() -> None:
    assert (ROOT / "nata").read_text().count("\n") <= 220


def test_an_old_python_is_named_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    room = runpy.run_path(str(ROOT / "nata"), run_name="listed")
    room["use_a_python_that_is_new_enough"].__globals__.update(NEEDED=(99, 0))
    with pytest.raises(SystemExit):
        room["use_a_python_that_is_new_enough"]()
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "pasang dengan: sudo apt install python3.11 python3.11-venv" in said


def test_a_missing_package_is_named_in_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = runpy.run_path(str(ROOT / "nata"), run_name="listed")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(SystemExit):
        room["provide"]("chromium", "Peramban Chromium untuk uji perjalanan belum ada")
    said = capsys.readouterr().err
    assert (
        said == "Peramban Chromium untuk uji perjalanan belum ada; pasang dengan: sudo apt install chromium\n"
    )


def test_nothing_is_installed_while_the_lock_stands(tmp_path: Path) -> None:
    room = runpy.run_path(str(ROOT / "nata"), run_name="listed")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    lock = ROOT / "requirements-test.lock"
    (tmp_path / "nata.stamp").write_text(room["fingerprint"](str(lock)))
    calls: list[str] = []
    python = str(tmp_path / "bin" / "python")
    room["install"].__globals__.update(VENV=str(tmp_path), PYTHON=python, pip_install=calls.append)
    room["install"]("test")
    assert calls == []
    (tmp_path / "nata.stamp").write_text("an older lock")
    room["install"]("test")
    assert calls == [str(lock)]
    room["install"]("run")
    assert calls == [str(lock)]  # the test lock holds everything the run lock holds


def test_the_bootstrap_knows_every_kind_of_test() -> None:
    room = runpy.run_path(str(ROOT / "nata"), run_name="listed")
    assert {*room["OTHER_TESTS"], *room["PROGRAMS"]} == set(habits.CATEGORIES)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["test"], ["chromium", "libatomic1"]),
        (["test", "-k", "passport"], ["chromium", "libatomic1"]),
        (["test", "unit"], []),
        (["test", "tests/journeys/test_publik.py"], ["chromium", "libatomic1"]),
        (["test", "postgres"], ["postgresql"]),
        (["test", "spark"], ["openjdk-17-jre-headless", "requirements-spark.lock"]),
        (["run"], []),
    ],
)
def test_each_kind_of_test_gets_the_program_it_drives(
    words: list[str], asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = runpy.run_path(str(ROOT / "nata"), run_name="listed")
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("glob.glob", lambda pattern: [])
    monkeypatch.delenv("NATA_ENGINE", raising=False)
    found: list[str] = []
    room["provide_programs"].__globals__.update(
        provide=lambda package, missing: found.append(package),
        install_by=lambda lock, stamp: found.append(Path(lock).name),
    )
    room["provide_programs"](words[0], words[1:])
    assert found == asked


def test_an_installation_that_measures_with_spark_gets_it_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    room = runpy.run_path(str(ROOT / "nata"), run_name="listed")
    monkeypatch.setenv("NATA_ENGINE", "spark")
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    found: list[str] = []
    room["provide_programs"].__globals__.update(install_by=lambda lock, stamp: found.append(Path(lock).name))
    room["provide_programs"]("run", [])
    assert found == ["requirements-spark.lock"]


def test_two_locks_can_be_installed_by_one_call(tmp_path: Path) -> None:
    room = runpy.run_path(str(ROOT / "nata"), run_name="listed")
    calls: list[str] = []
    room["install_by"].__globals__.update(
        VENV=str(tmp_path), PYTHON=sys.executable, pip_install=calls.append, ROOT=str(tmp_path)
    )
    for name in ("one.lock", "other.lock"):
        (tmp_path / name).write_text(name)
        room["install_by"](str(tmp_path / name), f"{name}.stamp")
    assert calls == [str(tmp_path / "one.lock"), str(tmp_path / "other.lock")]
