"""An import that is killed half-way goes on where it stopped; nothing is lost, nothing is written twice."""

import signal
import time
from pathlib import Path

import pytest

from tests.builders.installation import Installation

ROWS, BATCH = 3_000, 500

PREPARE = """
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
from tests.builders import regency
regency.build()
"""
# Each batch takes a moment, so that the kill surely falls between two of them.
SLOWLY = f"""
import time
from datetime import UTC, datetime
from pathlib import Path
from natapraja.mcd.intake import actions, rules
rules.BATCH = {BATCH}
def told(step):
    time.sleep(0.3 if step.state == "believing" else 0)
actions.import_file(register="people", path=Path("penduduk.csv"), by="user:1", at=datetime.now(UTC), told=told)
"""
RESUME = f"""
from datetime import UTC, datetime
from natapraja.mcd.intake import actions, rules
rules.BATCH = {BATCH}
for report in actions.resume_interrupted(by="system:import", at=datetime.now(UTC)):
    print(report.state, report.rows, report.new, report.changed, report.same, report.refused)
"""
VERIFY = """
from datetime import UTC, datetime
from natapraja.foundation.ledger.actions import seal
from natapraja.foundation.ledger.verify import verify
seal(at=datetime.now(UTC))
print([str(fault) for fault in verify().faults])
"""


@pytest.fixture
def house(tmp_path: Path) -> Installation:
    found = Installation(tmp_path)
    found.do(PREPARE)
    lines = [f"w{n},33.09.01.2001.001.00{1 + n % 2},Contoh {n},1990-03-02,L" for n in range(ROWS)]
    (tmp_path / "penduduk.csv").write_text("\n".join(["person_no,area,name,birth_date,sex", *lines]) + "\n")
    return found


def kill_after_two_batches(house: Installation) -> int:
    """Start the import, kill it while it believes, and tell how many rows were durable."""
    process = house.begin(SLOWLY)
    deadline = time.monotonic() + 60
    done = 0
    while done < 2 * BATCH and time.monotonic() < deadline:
        time.sleep(0.05)
        row = house.ask("SELECT coalesce(max(place), 0) FROM intake_import")
        done = int(str(row[0]))
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    return done


def test_a_killed_import_is_resumed_to_the_same_end(house: Installation) -> None:
    done = kill_after_two_batches(house)
    state, place, new = house.ask("SELECT state, place, new FROM intake_import")
    assert (state, place, new) == ("believing", done, done)
    assert 2 * BATCH <= done < ROWS
    assert house.do(RESUME) == f"done {ROWS} {ROWS} 0 0 0"
    assert house.ask("SELECT count(*), count(DISTINCT unit_id), count(closed_by) FROM registers_version") == (
        ROWS, ROWS, 0,
    )  # fmt: skip
    assert house.ask("SELECT count(*) FROM ledger_entry WHERE kind = 'register.imported'") == (ROWS / BATCH,)
    assert house.do(VERIFY) == "[]"
    assert house.do(RESUME) == ""


def test_sending_the_file_again_after_a_kill_goes_on_with_the_same_import(house: Installation) -> None:
    kill_after_two_batches(house)
    house.do(SLOWLY.replace("0.3", "0"))
    assert house.ask("SELECT count(*), max(state), max(new), max(same) FROM intake_import") == (
        1,
        "done",
        ROWS,
        0,
    )
    assert house.ask("SELECT count(*) FROM registers_version") == (ROWS,)


def test_an_import_whose_file_is_gone_says_what_to_do(house: Installation) -> None:
    done = kill_after_two_batches(house)
    (house.folder / "penduduk.csv").unlink()
    assert house.do(RESUME).startswith("failed")
    (message,) = house.ask("SELECT message FROM intake_import")
    assert str(message).startswith(
        f"Berkas penduduk.csv sudah tidak ada di tempatnya. {done} baris sudah masuk"
    )


def test_an_import_whose_file_has_changed_is_not_resumed_with_other_content(house: Installation) -> None:
    kill_after_two_batches(house)
    with (house.folder / "penduduk.csv").open("a") as file:
        file.write("wz,33.09.01.2001.001.001,Contoh,1990-03-02,L\n")
    assert house.do(RESUME).startswith("failed")
    (message,) = house.ask("SELECT message FROM intake_import")
    assert str(message).startswith("Berkas penduduk.csv berubah sejak impornya dimulai.")
