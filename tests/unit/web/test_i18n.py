"""What must be translated is found, and what is translated is compiled."""

import gettext
from pathlib import Path

import pytest

from natapraja.foundation.web import i18n


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('{% translate "Masuk" %}', {("Masuk", "")}),
        ("{% translate 'Masuk' as label %}", {("Masuk", "")}),
        ("{% translate label %}", set()),
        ('{% translate "95% desa" %}', {("95%% desa", "")}),
        ("{% blocktranslate %}Halo {{ name }}{% endblocktranslate %}", {("Halo %(name)s", "")}),
        (
            "{% blocktranslate count n=total %}satu{% plural %}{{ n }} hal{% endblocktranslate %}",
            {("satu", "%(n)s hal")},
        ),
        ("{% blocktranslate trimmed %}\n  dua\n  baris\n{% endblocktranslate %}", {("dua baris", "")}),
        ('{% sheet _("Daftar akun") %}{% endsheet %}', {("Daftar akun", "")}),
        ('{{ value|default:_("tidak ada") }}', {("tidak ada", "")}),
        ('{# {% translate "tersembunyi" %} #}', set()),
    ],
)
def test_the_sentences_of_a_template_are_found(source: str, expected: set[tuple[str, str]]) -> None:
    assert i18n.of_template(source) == expected


def test_the_sentences_of_a_module_are_found() -> None:
    source = 'x = gettext("Satu")\ny = ngettext("satu", "banyak", n)\nz = _(name)\nw = other("bukan")\n'
    assert i18n.of_module(source) == {("Satu", ""), ("satu", "banyak")}


def test_every_sentence_of_sign_in_and_look_is_in_english() -> None:
    lacking = i18n.missing("en")
    assert {room: lacking.get(room, []) for room in ("foundation/access", "foundation/web")} == {
        "foundation/access": [],
        "foundation/web": [],
    }


def test_the_frame_of_every_page_is_in_javanese() -> None:
    known = {entry.msgid for entry in i18n.merged("jv") if entry.translated()}
    parts = i18n.PACKAGE / "foundation/web/templates/web"
    frame = [
        parts / "base.html",
        *(parts / "parts" / f"{name}.html" for name in ("bar", "brand", "nav", "foot")),
    ]
    wanted = {text for path in frame for text, _ in i18n.of_template(path.read_text())}
    assert wanted - known == set()


def test_the_compiled_file_holds_what_the_rooms_wrote(tmp_path: Path, settings: object) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    written = i18n.compile_all()
    assert sorted(path.relative_to(tmp_path).parts[1] for path in written) == ["en", "jv"]
    english = gettext.translation("django", tmp_path / "locale", ["en"])
    assert english.gettext("Langsung ke isi") == "Skip to content"
    assert english.ngettext("%(n)s akun", "%(n)s akun", 2) == "%(n)s accounts"
    assert i18n.compile_all() == []  # nothing changed, nothing written
