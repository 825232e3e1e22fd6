"""Translations without system gettext: what must be translated, what still lacks English, the compiled files.

The msgids are the Indonesian sentences themselves. Each room keeps `locale/<language>/LC_MESSAGES/django.po`;
`compile_all` joins them into one file per language under DATA_DIR, where Django looks.
"""

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split

LANGUAGES = ("en", "jv")
PACKAGE = Path(__file__).resolve().parents[2]
_PLURALS = {"en": "nplurals=2; plural=(n != 1);", "jv": "nplurals=1; plural=0;"}
_CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
_INLINE = re.compile(r"""\b_\((?:"([^"]*)"|'([^']*)')\)""")

Message = tuple[str, str]  # msgid, plural ("" when there is none)


def of_template(source: str) -> set[Message]:
    """The msgids of one template: translate, blocktranslate (with its plural) and _("…") inside tags."""
    found: set[Message] = set()
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        words = list(smart_split(token.contents)) if token.token_type == TokenType.BLOCK else []
        if words and words[0] in ("translate", "trans") and words[1][0] in "\"'":
            found.add((_escaped(words[1].split(words[1][0])[1]), ""))
        elif words and words[0] in ("blocktranslate", "blocktrans"):
            found.add(_of_block(tokens, trimmed="trimmed" in words))
        if token.token_type in (TokenType.BLOCK, TokenType.VAR):
            found |= {(_escaped(a or b), "") for a, b in _INLINE.findall(token.contents)}
    return found


def _escaped(text: str) -> str:
    """Django looks a literal up with its per cent signs doubled."""
    return text.replace("%", "%%")


def _of_block(tokens: Iterator[Token], trimmed: bool) -> Message:
    forms = [""]
    for token in tokens:
        if token.token_type == TokenType.VAR:
            forms[-1] += f"%({token.contents})s"
        elif token.token_type == TokenType.TEXT:
            forms[-1] += _escaped(token.contents)
        elif token.contents.split()[0] == "plural":
            forms.append("")
        else:
            break
    if trimmed:
        forms = [" ".join(line.strip() for line in form.splitlines() if line.strip()) for form in forms]
    return (forms[0], forms[1] if len(forms) > 1 else "")


def of_module(source: str) -> set[Message]:
    """The msgids of one Python module: literal arguments of gettext and its relatives."""
    found: set[Message] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
            words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            texts = [word for word in words if isinstance(word, str)]
            if texts:
                found.add((texts[0], texts[1] if len(texts) > 1 else ""))
    return found


def rooms() -> list[Path]:
    """Every folder that may hold templates and translations: the rooms and the wiring."""
    return sorted(path.parent for path in PACKAGE.glob("**/__init__.py") if "migrations" not in path.parts)


def of_room(room: Path) -> set[Message]:
    """All msgids of one room: its templates and its own modules (not those of rooms below it)."""
    found: set[Message] = set()
    for path in room.glob("templates/**/*.html"):
        found |= of_template(path.read_text())
    for path in [*room.glob("*.py"), *room.glob("templatetags/*.py")]:
        found |= of_module(path.read_text())
    return found


def missing(language: str = "en") -> dict[str, list[str]]:
    """Room → msgids that no room translates into `language`; empty when the translation is whole."""
    known = {entry.msgid for entry in merged(language) if entry.translated()}
    lacking = {
        str(room.relative_to(PACKAGE)): sorted({text for text, _ in of_room(room)} - known - {""})
        for room in rooms()
    }
    return {room: texts for room, texts in lacking.items() if texts}


def sources(language: str) -> list[Path]:
    return sorted(PACKAGE.glob(f"**/locale/{language}/LC_MESSAGES/django.po"))


def merged(language: str) -> polib.POFile:
    """All rooms' translations into one language; the first room to translate a sentence decides."""
    book = polib.POFile(check_for_duplicates=False)
    book.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": language,
        "Plural-Forms": _PLURALS[language],
    }
    seen: set[str] = set()
    for path in sources(language):
        for entry in polib.pofile(str(path)):
            if entry.msgid not in seen and not entry.obsolete:
                seen.add(entry.msgid)
                book.append(entry)
    return book


def compile_all() -> list[Path]:
    """Write DATA_DIR/locale/<language>/LC_MESSAGES/django.mo where a .po is newer; returns what it wrote."""
    written = []
    for language in LANGUAGES:
        target = Path(settings.DATA_DIR) / "locale" / language / "LC_MESSAGES" / "django.mo"
        files = sources(language)
        stamp = max((path.stat().st_mtime for path in files), default=0.0)
        if target.is_file() and target.stat().st_mtime >= stamp:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_suffix(f".{os.getpid()}")
        merged(language).save_as_mofile(str(aside))
        aside.replace(target)
        written.append(target)
    return written
