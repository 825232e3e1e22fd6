"""The manual's pictures are what the journeys saw: none missing, none unused, none heavy."""

import re
from pathlib import Path

from tests.journeys.conftest import ROOT

PICTURES = ROOT / "docs" / "images"
HEAVIEST = 150_000  # bytes


def taken() -> set[str]:
    """Every picture a journey may take: each name at both widths."""
    sources = [path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")]
    names = {name for source in sources for name in re.findall(r"seen\([^()]*, \"([a-z0-9-]+)\"\)", source)}
    single = {name for source in sources for name in re.findall(r"picture\(page, \"([a-z0-9-]+)\"\)", source)}
    return single | {f"{name}-{width}" for name in names for width in (360, 1280)}


def test_every_picture_of_the_manual_is_taken_by_a_journey(shown: frozenset[str]) -> None:
    assert shown - taken() == frozenset()


def test_every_picture_kept_is_shown_and_every_picture_shown_is_kept(shown: frozenset[str]) -> None:
    assert {path.stem for path in PICTURES.glob("*")} == shown


def test_no_picture_is_heavy() -> None:
    heavy = {path.name: path.stat().st_size for path in PICTURES.glob("*") if path.stat().st_size > HEAVIEST}
    assert heavy == {}
