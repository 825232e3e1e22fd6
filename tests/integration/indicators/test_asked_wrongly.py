"""A verb that was asked wrongly answers in one sentence, as an officer at the server reads it."""

import pytest

from natapraja.config import cli, preparation

DAYS = ("2026-01-01", "2026-02-01")
NO_CODE = "nata: Kode wilayah: "
NOWHERE = "nata: Wilayah 33.09.99 tidak dikenal. Periksa kodenya, atau cari menurut namanya."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("figures", "zzz"), NO_CODE),
        (("figures", "33.09.99"), NOWHERE),
        (("explain", "stunting", "xx", *DAYS), NO_CODE),
        (("explain", "stunting", "33.09.99", *DAYS), NOWHERE),
    ],
)
def test_a_place_that_is_none_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    for step in ("keep_to_data_folder", "prepare_store"):
        monkeypatch.setattr(preparation, step, lambda *_: None)
    try:
        answer: object = cli.main(list(words))
        sentence = capsys.readouterr().err.rstrip("\n")
    except SystemExit as ended:  # Python prints the sentence and ends with 1
        answer, sentence = 1, str(ended)
    assert answer == 1
    assert sentence.startswith(said)
    assert "\n" not in sentence


@pytest.mark.parametrize("port", ["99999999", "65536", "0", "-1", "delapan"])
def test_a_port_that_is_none_is_refused_before_anything_starts(
    capsys: pytest.CaptureFixture[str], port: str
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["run", f"--port={port}"])
    err = capsys.readouterr().err
    assert f"{port} bukan port; tulis bilangan 1 sampai 65535" in err
    assert err.count("\n") == 1
