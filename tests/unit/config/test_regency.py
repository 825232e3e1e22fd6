"""Another regency takes the system by replacing one folder of definitions: the one beside `national`."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from natapraja.config.environment import ROOT, regency
from natapraja.foundation.kernel.definitions import DefinitionError


def definitions(home: Path, *folders: str) -> Path:
    for name in ("national", *folders):
        (home / name).mkdir()
    return home


def test_the_folder_beside_national_is_the_regency(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Contoh")
    assert regency(definitions(tmp_path, "contoh", ".git", "__pycache__")) == "contoh"
    assert regency(settings.DEFINITIONS) == settings.REGENCY


def test_no_folder_of_a_regency_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"belum ada folder kabupaten\. Simpan tepat satu folder"):
        regency(definitions(tmp_path))
    with pytest.raises(DefinitionError, match="belum ada folder kabupaten"):
        regency(tmp_path / "tidak-ada")


def test_two_regencies_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"ada beberapa folder kabupaten \(contoh, uji\)"):
        regency(definitions(tmp_path, "uji", "contoh"))


def test_the_command_line_says_so_in_one_sentence(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "natapraja", "areas"], cwd=ROOT, capture_output=True, text=True, check=False,
        env=os.environ | {"NATA_DEFINITIONS": str(definitions(tmp_path)), "NATA_DATA": str(tmp_path / "var")},
    )  # fmt: skip
    assert ran.returncode == 1
    assert ran.stderr == (
        f"nata: {tmp_path.name}, kabupaten: belum ada folder kabupaten. "
        "Simpan tepat satu folder kabupaten di samping national, misalnya boyolali.\n"
    )
