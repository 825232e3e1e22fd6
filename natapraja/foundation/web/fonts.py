"""The typeface, brought by npm and served from our own host. Without it the pages use the fallback."""

import os
import shutil
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

FOLDER = "fonts"
SHEET = "fonts.css"
PACKAGE = Path(__file__).resolve().parents[3] / "node_modules/@fontsource/plus-jakarta-sans/files"
# File's weight → the weights it draws: three files of 12 kB serve every weight of the look.
WEIGHTS = {400: "400", 700: "600 700", 800: "800"}
_LATIN = "U+0000-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2212"


def file_name(weight: int) -> str:
    return f"plus-jakarta-sans-latin-{weight}-normal.woff2"


def _face(weight: int, covers: str) -> str:
    return (
        f'@font-face {{\n  font-family: "Plus Jakarta Sans"; font-weight: {covers}; font-display: swap;\n'
        f'  src: url("{file_name(weight)}") format("woff2"); unicode-range: {_LATIN};\n}}\n'
    )


def folder() -> Path:
    return Path(settings.DATA_DIR) / FOLDER


@cache
def stylesheet() -> str:
    """Address of the sheet, or nothing when the files, or the static files of this start, lack it."""
    if not (folder() / SHEET).is_file():
        return ""
    try:
        return static(f"{FOLDER}/{SHEET}")
    except ValueError:  # the manifest was made before the fonts came
        return ""


def ensure_fonts(source: Path = PACKAGE) -> bool:
    """Copy the files and write their sheet; False when npm has not brought them. Safe at any start."""
    if not all((source / file_name(weight)).is_file() for weight in WEIGHTS):
        return False
    target = folder()
    target.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        copy = target / file_name(weight)
        if not copy.is_file() or copy.stat().st_size != (source / file_name(weight)).stat().st_size:
            aside = copy.with_suffix(f".{os.getpid()}")
            shutil.copyfile(source / file_name(weight), aside)
            aside.replace(copy)
    sheet = "".join(_face(weight, covers) for weight, covers in WEIGHTS.items())
    if not (target / SHEET).is_file() or (target / SHEET).read_text() != sheet:
        (target / SHEET).write_text(sheet)
    stylesheet.cache_clear()
    return True
