"""Where the house tests look: every source file of the repository, parsed once."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "natapraja"
WINGS = ("foundation", "mcd")
TEXT_ENDINGS = {
    ".py",
    ".toml",
    ".md",
    ".html",
    ".css",
    ".js",
    ".po",
    ".txt",
    ".svg",
    ".json",
    ".service",
    ".sh",
    "",
}
LEFT_OUT = {".git", ".venv", "var", "node_modules", "__pycache__", ".hypothesis"}


@dataclass(frozen=True)
class Source:
    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    def __str__(self) -> str:
        return self.name


@cache
def read(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path, text, ast.parse(text, filename=str(path)))


def sources(*folders: str) -> list[Source]:
    """Python files below the folders, migrations left out: Django writes those."""
    paths = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [read(path) for path in paths if not {"migrations", "__pycache__"} & set(path.parts)]


def product() -> list[Source]:
    return sources("natapraja")


def everything() -> list[Source]:
    return [*sources("natapraja", "tests", "bench"), read(ROOT / "nata")]


def text_files() -> Iterator[Path]:
    """Every readable file that belongs to the repository, whatever its kind."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        if (
            not LEFT_OUT & set(inside)
            and not inside[0].endswith("_cache")
            and path.suffix in TEXT_ENDINGS
            and path.is_file()
        ):
            yield path


def rooms() -> list[Path]:
    return sorted(
        folder for wing in WINGS for folder in (PACKAGE / wing).iterdir() if (folder / "__init__.py").exists()
    )


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def called(node: ast.Call) -> str:
    """The dotted name of what is called, as written: `Entry.objects.create`, `date.today`."""
    return ast.unparse(node.func)


def report(problems: list[str], remedy: str) -> str:
    return "\n  " + "\n  ".join(problems) + f"\nWhat to do: {remedy}"
