"""A page that stays open renews its figures by itself, gently."""

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("live_page.py")


def test_an_open_page_renews_itself_and_leaves_the_reader_alone() -> None:
    done = subprocess.run([sys.executable, str(SCRIPT)], text=True, capture_output=True, timeout=90)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "renewed": True,
        "focus": "Paspor 2",
        "said": "1 berubah",
        "typed": "ketikan",
        "same node": True,
        "far fewer readings than events": True,
        "caught up after the line broke": True,
        "hidden": "4",
        "caught up when shown again": True,
        "errors": [],
    }
