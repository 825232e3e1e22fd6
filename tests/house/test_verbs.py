"""`./nata` lists exactly the verbs that exist, without starting anything."""

import runpy
import subprocess
import sys

from natapraja.config.cli import full_parser
from tests.house.sources import ROOT, report

# Started by `run`, not by people.
INTERNAL = {"worker"}


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


def test_the_one_command_stays_small() -> None:
    assert (ROOT / "nata").read_text().count("\n") <= 200
