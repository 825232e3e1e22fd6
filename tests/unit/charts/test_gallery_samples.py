"""The gallery shows every chart in its awkward states, and all of them keep the rules."""

import re
from pathlib import Path

import pytest

from natapraja.foundation.web.charts import gallery_samples
from natapraja.foundation.web.charts.gallery_samples import Sample, samples
from natapraja.foundation.web.charts.language import ENGLISH
from tests.unit.charts.reading import collisions, described, drawings, faults

ALL = samples()
ENLARGED = {"choropleth": 34.0, "funnel": 26.0}
CHARTS = Path(gallery_samples.__file__).parent
CSS = CHARTS.parent / "static" / "web" / "css" / "charts.css"


def test_every_chart_is_shown_and_shown_empty() -> None:
    kinds = {sample.chart for sample in ALL}
    assert kinds == {
        "sparkline", "trend", "choropleth", "funnel", "pyramid", "waterfall", "ranking", "ladder", "stack",
    }  # fmt: skip
    empty = {sample.chart for sample in ALL if sample.id.endswith(("-kosong", "-samar"))}
    assert empty == kinds


def test_all_samples_stand_on_one_page() -> None:
    assert faults("".join(sample.drawing + sample.legend for sample in ALL)) == []


@pytest.mark.parametrize("sample", ALL, ids=lambda sample: sample.id)
def test_a_sample_is_named_described_and_legible(sample: Sample) -> None:
    for drawing in drawings(sample.drawing):
        title, desc = described(drawing)
        assert title
        assert desc
        assert collisions(drawing) == []
        if sample.chart in ENLARGED and drawing.get("class") != "blank":
            assert collisions(drawing, enlarged=ENLARGED[sample.chart]) == []


def test_the_enlarged_letters_are_those_of_the_style_sheet() -> None:
    css = CSS.read_text(encoding="utf-8")
    assert re.findall(r"\.map\.(\w+) text \{ font-size: (\d+)px", css) == [("cho", "34"), ("funnel", "26")]


def test_samples_speak_english_too() -> None:
    spoken = "".join(sample.drawing + sample.legend for sample in samples(ENGLISH))
    assert "Schematic map" in spoken
    assert "Peta skematik" not in spoken


def test_charts_are_pure() -> None:
    for module in CHARTS.glob("*.py"):
        source = module.read_text(encoding="utf-8")
        for foreign in ("django", "datetime", "os.environ", "import random", "settings"):
            assert not re.search(
                rf"^\s*(from|import) {foreign}|{re.escape('os.environ')}", source, re.MULTILINE
            ), module
