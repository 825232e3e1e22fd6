"""`nata areas` as an officer types it."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from natapraja.foundation.areas import commands
from natapraja.foundation.areas.actions import Loaded

Typed = Callable[..., tuple[int, str]]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Exit code and output of `nata areas WORDS`, on a wide screen."""
    monkeypatch.setenv("COLUMNS", "200")
    parser = argparse.ArgumentParser()
    commands.register(parser.add_subparsers())

    def run(*words: str) -> tuple[int, str]:
        args = parser.parse_args(["areas", *words])
        return args.run(args), capsys.readouterr().out

    return run


@pytest.mark.django_db
def test_before_anything_is_loaded_the_next_step_is_said(typed: Typed) -> None:
    assert typed() == (1, "Wilayah belum dimuat. Jalankan: nata areas load.\n")


@pytest.mark.django_db
def test_loading_tells_what_came_in_and_then_that_nothing_differs(typed: Typed) -> None:
    first, second = typed("load"), typed("load")
    assert first[0] == second[0] == 0
    assert "309 wilayah dibaca: 309 baru" in first[1]
    assert second[1] == "309 wilayah sudah sama dengan berkasnya.\n"


@pytest.mark.django_db
def test_the_tree_shows_every_kecamatan(boyolali: Callable[[], Loaded], typed: Typed) -> None:
    boyolali()
    code, shown = typed()
    assert code == 0
    assert shown.count("Kecamatan ") == 22
    assert "Kecamatan Boyolali 33.09.05  BPS 3309050 · 6 desa, 3 kelurahan" in shown
    assert "22 kecamatan, 267 desa dan kelurahan" in shown


@pytest.mark.django_db
def test_a_village_is_shown_with_its_rt(boyolali: Callable[[], Loaded], typed: Typed) -> None:
    boyolali()
    code, shown = typed("desa", "Sumbung")
    assert code == 0
    assert "Desa Sumbung 33.09.03.2004  57362  Kecamatan Cepogo" in shown
    assert shown.count("RT ") == 17


@pytest.mark.django_db
def test_the_past_is_shown_with_its_codes(boyolali: Callable[[], Loaded], typed: Typed) -> None:
    boyolali()
    assert "33.09.02.2012" in typed("Kaligentong", "--on", "2018-12-31")[1]
    assert "33.09.20.2002" in typed("Kaligentong")[1]


@pytest.mark.django_db
def test_what_is_not_found_is_said_with_what_to_try(boyolali: Callable[[], Loaded], typed: Typed) -> None:
    boyolali()
    code, shown = typed("zzzz")
    assert code == 1
    assert "Coba sebagian namanya" in shown


@pytest.mark.django_db
def test_boundaries_that_are_incomplete_are_refused(
    boyolali: Callable[[], Loaded], typed: Typed, tmp_path: Path
) -> None:
    boyolali()
    path = tmp_path / "desa.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    code, shown = typed("boundaries", str(path))
    assert code == 1
    assert "267 dari 267 desa belum ada" in shown
    assert "peta lama tetap dipakai" in shown


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_said(typed: Typed) -> None:
    assert typed("boundaries", "tiada.geojson")[0] == 2
    assert typed("boundaries")[1].startswith("Sebutkan satu berkas GeoJSON")
