"""Style sheets, script and fonts keep their promises: small, layered, in both themes, from our own host."""

import gzip
import re
from pathlib import Path

import pytest

from natapraja.foundation.web import finders, fonts

STATIC = Path(fonts.__file__).parent / "static" / "web"
LAYERS = ("base", "layout", "parts", "wings", "helpers", "print")


def sheet(name: str) -> str:
    return (STATIC / "css" / f"{name}.css").read_text()


def rules(css: str) -> list[str]:
    return re.findall(r"^([^@\s/][^{}]*?) \{", re.sub(r"/\*.*?\*/", "", css, flags=re.S), re.M)


def test_the_sheets_are_small_enough_for_a_slow_line() -> None:
    every = "".join(path.read_text() for path in sorted((STATIC / "css").glob("*.css")))
    assert sum(len(sheet(name).encode()) for name in LAYERS) < 26 * 1024
    assert len(gzip.compress(every.encode(), 9)) < 8 * 1024


def test_paper_carries_nothing_that_only_a_screen_can_do() -> None:
    hidden = sheet("print").split("{\n  display: none !important")[0].rsplit("*/", 1)[1]
    for part in (
        ".nav",
        ".tabs a:not([aria-current])",
        ".btn",
        ".acts",
        ".door",
        ".filters",
        ".find",
        ".dock",
    ):
        assert part in [one.strip() for one in re.split(r",(?![^(]*\))", hidden)], part
    assert "details:not(.card, [open])" in hidden


def test_parts_beside_each_other_keep_their_distance_on_paper() -> None:
    assert ".split { display: block }" in sheet("print")
    assert re.search(r"\.split > \* \+ \* \{ margin-top: var\(--s\d\) \}", sheet("print"))


def test_every_class_of_the_sheets_is_worn_by_a_page_or_a_chart() -> None:
    """The gallery shows parts; it is no reason to keep one that no page uses."""
    web = STATIC.parents[1]
    pages = [page for page in web.parents[1].glob("**/templates/**/*.html") if "gallery" not in str(page)]
    worn = " ".join(re.sub(r"\{[%{].*?[%}]\}", " ", page.read_text()) for page in pages)
    said = " ".join(re.findall(r'class="([^"]*)"', worn))
    tags = " ".join(re.findall(r"\{% (?:block body_class %\}[\w ]+|sheet .*?%|note .*?%)", _all(pages)))
    modules = [*web.glob("charts/*.py"), web / "parts.py"]
    drawn = " ".join(re.findall(r'"([^"\n]*)"', _all(modules))).replace("q{", "q1 q2 q3 q4 q5 {")
    known = set(re.findall(r"[\w-]+", f"{said} {tags} {drawn}"))
    every = "".join(path.read_text() for path in sorted((STATIC / "css").glob("*.css")))
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", "", every, flags=re.S)
    assert sorted(set(re.findall(r"\.([a-zA-Z][\w-]*)", selectors)) - known) == []


def _all(files: list[Path]) -> str:
    return "".join(file.read_text() for file in files)


def test_every_sheet_is_one_layer_and_the_order_is_said_first() -> None:
    assert "@layer base, layout, parts, wings, helpers, print;" in sheet("base")
    for name in LAYERS:
        assert re.findall(r"^@layer (\w+) \{", sheet(name), re.M) == [name]
        assert sheet(name).count("{") == sheet(name).count("}")


@pytest.mark.parametrize("name", LAYERS)
def test_no_selector_is_written_twice(name: str) -> None:
    outside = re.sub(r"@(media|container)[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", sheet(name))
    found = rules(outside)
    assert sorted({one for one in found if found.count(one) > 1}) == []


def test_whatever_scrolls_sideways_shows_at_which_side_more_is_hidden() -> None:
    parts = re.sub(r"/\*.*?\*/", "", sheet("parts"), flags=re.S)
    found = re.findall(r"([^{}]*)\{([^{}]*)\}", parts)
    scroll = {one.strip() for one, body in found if re.search(r"overflow(-x)?: auto", body)}
    shaded = [(one, body) for one, body in found if body.count(") local") == 2 and "var(--shade)" in body]
    assert len(shaded) == 1
    selectors, body = shaded[0]
    assert scroll - {".tabs"} == {
        one.strip() for one in selectors.split(",")
    }  # a tab cut in two shows it itself
    assert set(re.findall(r"var\((--[\w-]+)\)", body)) <= {"--shade", "--kain", "--nila"}
    assert ".sheet, .nav ul { background: Canvas }" in sheet("helpers")  # a gradient is never forced
    assert "background: none" in sheet("print").split(".sheet {")[1].split("}")[0]


def test_the_dark_theme_names_every_colour_the_light_one_does() -> None:
    light, dark = sheet("base").split("prefers-color-scheme: dark")
    colours = set(re.findall(r"(--[\w-]+): #", light)) | {"--sh1", "--sh2"}
    assert colours - set(re.findall(r"(--[\w-]+):", dark)) == set()


def test_every_token_that_is_used_is_defined() -> None:
    every = "".join(sheet(name) for name in LAYERS)
    defined = set(re.findall(r"(--[\w-]+):", every))
    assert set(re.findall(r"var\((--[\w-]+)", every)) - defined == set()


def test_every_token_that_is_defined_is_used() -> None:
    every = "".join(path.read_text() for path in sorted((STATIC / "css").glob("*.css")))
    defined = set(re.findall(r"(--[\w-]+):", every))
    assert defined - set(re.findall(r"var\((--[\w-]+)", every)) == set()


def luminance(colour: str) -> float:
    full = "".join(two * 2 for two in colour) if len(colour) == 3 else colour
    parts = [int(full[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_stands_out_from_every_ground_it_is_written_on(theme: int) -> None:
    tokens = dict(
        re.findall(r"--([\w-]+): #([0-9a-f]+)", sheet("base").split("prefers-color-scheme: dark")[theme])
    )
    grounds = ("mori", "kain", "dasar")
    pairs = [(text, ground) for text in ("ink", "ink2", "nila", "soga") for ground in grounds]
    pairs += [(status, f"{status}2") for status in ("ok", "warn", "bad")]
    pairs += [("nila0", "nila"), ("head0", "head"), ("soga", "soga3"), ("nila", "nila2")]
    weak = [f"{a} on {b}" for a, b in pairs if contrast(tokens[a], tokens[b]) < 4.5]
    assert weak == []
    assert [ground for ground in grounds if contrast(tokens["edge"], tokens[ground]) < 3] == []


def test_the_script_is_small_and_speaks_to_nobody_else() -> None:
    script = (STATIC / "js" / "live.js").read_text()
    assert len(script.encode()) < 4 * 1024
    assert "http" not in script
    assert not re.search(r"innerHTML|eval\(|\.style\b", script)


def test_the_fonts_are_copied_and_found(tmp_path: Path, settings: object) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    source = tmp_path / "npm"
    source.mkdir()
    for weight in fonts.WEIGHTS:
        (source / fonts.file_name(weight)).write_bytes(b"wOF2" + bytes(weight))
    fonts.stylesheet.cache_clear()
    try:
        assert fonts.stylesheet() == ""
        assert fonts.ensure_fonts(source)
        assert fonts.stylesheet() == "/static/fonts/fonts.css"
        found = {path for path, _ in finders.FontFinder().list([])}
        assert found == {"fonts.css", *(fonts.file_name(weight) for weight in fonts.WEIGHTS)}
        assert finders.FontFinder().find("fonts/fonts.css") == str(tmp_path / "fonts" / "fonts.css")
        assert finders.FontFinder().find("web/css/base.css") == []
        css = (tmp_path / "fonts" / "fonts.css").read_text()
        assert css.count("font-display: swap") == 3
        assert set(re.findall(r'url\("([^"]+)"', css)) == found - {"fonts.css"}
    finally:
        fonts.stylesheet.cache_clear()


def test_without_fonts_the_pages_use_the_fallback(tmp_path: Path, settings: object) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    fonts.stylesheet.cache_clear()
    try:
        assert not fonts.ensure_fonts(tmp_path / "nothing")
        assert fonts.stylesheet() == ""
        assert list(finders.FontFinder().list([])) == []
    finally:
        fonts.stylesheet.cache_clear()
