"""The checks themselves: each finds what it is made to find, and leaves the innocent alone."""

import ast
from pathlib import Path

import pytest

from tests.house.sources import ROOT, Source, functions, text_files
from tests.house.test_hands import writes
from tests.house.test_templates import page_of, untranslated
from tests.house.test_words import logged, personal


def source_of(text: str) -> Source:
    return Source(Path(ROOT / "natapraja" / "example.py"), text, ast.parse(text))


@pytest.mark.parametrize(
    "html",
    [
        "<p>Belum diterjemahkan</p>",
        '<img src="{{ picture }}" alt="Peta kabupaten">',
        '<input type="submit" value="Kirim">',
        "<p>{{ count }} orang</p>",
        '<{{ heading }} class="name">Judul</{{ heading }}>',
        '<p>{% translate "Baik" %} sekali</p>',
    ],
)
def test_an_untranslated_sentence_is_found(html: str) -> None:
    assert [text for _, text in page_of(html).spoken if untranslated(text)]


@pytest.mark.parametrize(
    "html",
    [
        '<p>{% translate "Sudah diterjemahkan" %} · {{ value }} &middot; 12 %</p>',
        "{% blocktranslate %}ada {{ n }} orang{% endblocktranslate %}",
        "{% blocktranslate count n=n %}satu orang{% plural %}{{ n }} orang{% endblocktranslate %}",
        "{% comment %}untuk pembaca kode{% endcomment %}",
        "{% block body_class %}phone{% endblock %}",
        "<code>nata ledger verify</code>",
        '<script src="x.js"></script><p>NIK, RT 007, CSV</p>',
    ],
)
def test_what_needs_no_translation_is_left_alone(html: str) -> None:
    assert not [text for _, text in page_of(html).spoken if untranslated(text)]


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color: red">x</p>',
        '<a onclick="go()">x</a>',
        "<script>go()</script>",
        "<style>p { color: red }</style>",
    ],
)
def test_inline_script_and_style_are_found(html: str) -> None:
    assert page_of(html).forbidden


def test_data_for_a_script_is_no_inline_script() -> None:
    assert not page_of('<script type="application/json">{"a": 1}</script>').forbidden


@pytest.mark.parametrize(
    "text",
    [
        "Entry.objects.create(at=at)",
        "entry.save()",
        "Entry.objects.filter(pk=1).update(at=at)",
        "from django.db import connection\nSQL = 'DELETE FROM ledger_entry'",
    ],
)
def test_a_writing_call_is_found(text: str) -> None:
    assert list(writes(source_of(text)))


@pytest.mark.parametrize("text", ["digest.update(b'x')", "found.update({'a': 1})", "SQL = 'DELETE FROM x'"])
def test_a_call_that_changes_no_table_is_left_alone(text: str) -> None:
    assert not list(writes(source_of(text)))


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("log.warning('ditolak: %s', person.name)", True),
        ("logger.info('kiriman %s', submission.payload)", True),
        ("logging.error(f'salah: {nik}')", True),
        ("log.warning('register %s', register.name)", False),
        ("log.info('satuan %s', unit.pk)", False),
    ],
)
def test_a_name_in_a_log_line_is_found(text: str, tells: bool) -> None:
    call = ast.parse(text).body[0].value
    assert logged(call)
    assert any(personal(part) for argument in call.args for part in ast.walk(argument)) is tells


def test_the_walk_over_files_sees_code_definitions_and_pages() -> None:
    seen = {str(path.relative_to(ROOT)) for path in text_files()}
    assert {"nata", "README.md", "pyproject.toml", "natapraja/config/urls.py"} <= seen
    assert not [name for name in seen if name.startswith((".venv", "var/", ".git/"))]


def test_the_length_of_a_function_counts_its_nested_ones() -> None:
    lengths = {
        node.name: node.end_lineno - node.lineno + 1
        for node in functions(source_of("def a():\n    def b():\n        pass\n    return b\n"))
    }
    assert lengths == {"a": 4, "b": 2}
