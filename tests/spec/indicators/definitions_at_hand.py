"""The definitions of this repository, read as the product reads them."""

from functools import cache
from pathlib import Path

from natapraja.foundation.kernel.definitions import load_folder
from natapraja.mcd.indicators.definition import Concept, Indicator
from natapraja.mcd.registers.definition import Register
from tests.formulas import growth_standard

from .plain import Rules

DEFINITIONS = Path(__file__).parents[3] / "definitions"
HOMES = (DEFINITIONS / "national", DEFINITIONS / "boyolali")


@cache
def indicators() -> dict[str, Indicator]:
    return {
        name: indicator
        for home in HOMES
        for name, indicator in load_folder(home / "indicators", Indicator, "**/*.toml").items()
    }


@cache
def concepts() -> dict[str, Concept]:
    return {
        name: concept for home in HOMES for name, concept in load_folder(home / "concepts", Concept).items()
    }


@cache
def rules() -> Rules:
    table = DEFINITIONS / "national" / "growth" / "who_lms_under5.csv"
    return Rules(
        registers=load_folder(DEFINITIONS / "boyolali" / "registers", Register),
        concepts=concepts(),
        growth=growth_standard(table.read_text(encoding="utf-8").splitlines()),
    )
