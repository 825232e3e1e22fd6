"""Every sentence on a screen is translated; nothing in a page escapes the content security policy."""

import ast
import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType
from django.template.loader import get_template

from natapraja.foundation.web import i18n
from tests.house.sources import PACKAGE, ROOT, Source, product, report

TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*") if path.is_file())
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
ASSETS = sorted(path for path in PACKAGE.rglob("static/**/*") if path.suffix in (".css", ".js", ".svg"))

# Proper names, abbreviations of the law and names of formats are the same in every language.
SAME_EVERYWHERE = {
    "Natapraja", "Boyolali", "Kabupaten Boyolali", "NIK", "KK", "RT", "RW", "MCD", "BPS", "JKN",
    "RTLH", "CSV", "XLSX", "Parquet", "PNG", "SVG", "PDF", "API", "JSON", "OpenAPI", "RFC", "Ed25519", "SHA",
    "AGPL", "ID", "EN", "JV", "id", "en", "jv", "Bahasa Indonesia", "English", "Basa Jawa",
}  # fmt: skip
SPOKEN_ATTRIBUTES = {
    "alt",
    "title",
    "placeholder",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "label",
}
WORD = re.compile(r"[^\W\d_]{2,}")
ENTITY = re.compile(r"&\w+;|&#\d+;")
DIGEST = re.compile(r"\b[0-9a-f]{8,}\b")
INVENTED = re.compile(r"\b(?:Pak|Bu|Mbah) Contoh \w+")  # the invented people of the gallery
TRANSLATED = "\x00"
HIDING = ("blocktranslate", "blocktrans", "comment")
TYPED = ("code", "kbd", "samp")  # what one types or reads letter by letter is the same in every language


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def written_out(source: str) -> str:
    """The template without its tags; what is translated or computed stays as a mark, lines as they were."""
    out: list[str] = []
    until = ""  # the tag that ends what is translated, commented out, or the name of a class
    for token in Lexer(source).tokenize():
        lines = "\n" * token.contents.count("\n")
        if token.token_type is TokenType.BLOCK:
            word, *rest = token.contents.split()
            if not until and (word in HIDING or (word == "block" and rest[0].endswith("class"))):
                until = f"end{word}"
            elif word == until:
                until = ""
            out.append((TRANSLATED if word in ("translate", "trans", "blocktranslate") else "") + lines)
        elif token.token_type is TokenType.TEXT and not until:
            out.append(token.contents)
        else:
            out.append((TRANSLATED if token.token_type is TokenType.VAR else "") + lines)
    return re.sub(rf"<(/?){TRANSLATED}", r"<\1x", "".join(out))  # a tag whose name is computed


class Page(HTMLParser):
    """Collects what a person reads and what the policy forbids, each with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.spoken: list[tuple[int, str]] = []
        self.forbidden: list[tuple[int, str]] = []
        self.inside: list[str] = []
        self.typed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, given = self.getpos()[0], dict(attrs)
        letter_by_letter = tag in TYPED or "mono" in (given.get("class") or "").split()
        if letter_by_letter or tag in self.typed[-1:]:
            self.typed.append(tag)
        if tag in ("script", "style"):
            self.inside.append(tag)
            if tag == "style" or ("src" not in given and given.get("type") != "application/json"):
                self.forbidden.append((line, f"<{tag}> in the page"))
        for attribute, value in attrs:
            if attribute == "style" or re.fullmatch(r"on[a-z]+", attribute):
                self.forbidden.append((line, f"{attribute}= on <{tag}>"))
            submit = attribute == "value" and given.get("type") in ("submit", "button", "reset")
            if value and (attribute in SPOKEN_ATTRIBUTES or submit):
                self.spoken.append((line, value))

    def handle_endtag(self, tag: str) -> None:
        for open_tags in (self.inside, self.typed):
            if tag in open_tags[-1:]:
                open_tags.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside and not self.typed:
            self.spoken.append((self.getpos()[0], data))


def page_of(source: str) -> Page:
    page = Page()
    page.feed(written_out(source))
    page.close()
    return page


@cache
def parsed(path: Path) -> Page:
    return page_of(path.read_text(encoding="utf-8"))


def untranslated(text: str) -> str | None:
    bare = text.replace(TRANSLATED, " ")
    for pattern in (ENTITY, DIGEST, INVENTED):
        bare = pattern.sub(" ", bare)
    for word in sorted(SAME_EVERYWHERE, key=len, reverse=True):
        bare = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", bare)
    return " ".join(text.replace(TRANSLATED, "…").split()) if WORD.search(bare) else None


def test_no_template_holds_an_untranslated_sentence() -> None:
    problems = [
        f"{name(path)}:{line} {sentence!r}"
        for path in PAGES
        for line, text in parsed(path).spoken
        if (sentence := untranslated(text))
    ]
    assert not problems, report(
        problems, 'wrap it: {% translate "..." %} or {% blocktranslate %}...{% endblocktranslate %}.'
    )


def test_no_template_holds_inline_script_or_style() -> None:
    problems = [f"{name(path)}:{line} {what}" for path in PAGES for line, what in parsed(path).forbidden]
    assert not problems, report(problems, "use a class of the style sheet, or a file under static/web/js.")


def said(source: Source) -> set[int]:
    """Docstrings: they speak about markup, they do not write any."""
    return {id(node.value) for node in ast.walk(source.tree) if isinstance(node, ast.Expr)}


def test_no_python_writes_inline_style_or_script() -> None:
    pattern = re.compile(
        r"""[\s"']style=["'{]|[\s"']on(?:click|load|change|input|submit)=["'{]|<script|<style"""
    )
    problems = [
        f"{source}:{node.lineno}"
        for source in product()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and pattern.search(str(node.value)) and id(node) not in said(source)
    ]
    assert not problems, report(
        problems, "SVG and HTML made in Python carry classes and presentation attributes only."
    )


def test_nothing_comes_from_another_host() -> None:
    link = re.compile(
        r"""(?:\bsrc|<link[^>]*\bhref|@import|url)\s*[=(]?\s*\(?["']?(?:https?:)?//""", re.IGNORECASE
    )
    problems = [
        f"{name(path)}:{number}"
        for path in [*TEMPLATES, *ASSETS]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if link.search(line)
    ]
    assert not problems, report(problems, "serve it from our own host (static/), installed by lock file.")


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_every_template_compiles(path: Path) -> None:
    short = path.relative_to(next(parent for parent in path.parents if parent.name == "templates"))
    assert get_template(str(short)).template.nodelist is not None


def test_every_sentence_has_an_english_translation() -> None:
    problems = [f"{room}: {text!r}" for room, texts in i18n.missing("en").items() for text in texts]
    assert not problems, report(problems, "add it to locale/en/LC_MESSAGES/django.po of the room.")


def test_translations_keep_the_places_for_values() -> None:
    places = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
    problems = [
        f"{language} {entry.msgid!r}"
        for language in i18n.LANGUAGES
        for entry in i18n.merged(language)
        if entry.msgstr and sorted(places.findall(entry.msgid)) != sorted(places.findall(entry.msgstr))
    ]
    assert not problems, report(
        problems, "a translation names the same %(values)s as the sentence it translates."
    )
