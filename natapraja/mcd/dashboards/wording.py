"""How figures are said: value and unit, which way they moved, and whether that is good."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import get_language, gettext

from natapraja.foundation.kernel.spoken import Spoken
from natapraja.foundation.web import formats
from natapraja.foundation.web.charts.language import ENGLISH, INDONESIAN, Locale
from natapraja.foundation.web.charts.rounding import units
from natapraja.mcd.indicators.definition import Indicator
from natapraja.mcd.indicators.queries import Figure
from natapraja.mcd.indicators.rules import BrokenCascade, Incomparable
from natapraja.mcd.indicators.shown import Shown

PERCENT = {"id": "persen", "en": "percent"}


def language() -> str:
    return get_language() or "id"


def locale() -> Locale:
    """How charts speak on this page."""
    return ENGLISH if language().startswith("en") else INDONESIAN


def title(indicator: Indicator) -> str:
    return indicator.title.of(language())


def is_percent(indicator: Indicator) -> bool:
    return indicator.unit.id.split(" ")[0] == PERCENT["id"]


def value(indicator: Indicator, number: float | None) -> str:
    """The figure as people write it: `6,61%`, `54.403`."""
    said = formats.number(number, language(), indicator.decimals)
    return said + "%" if number is not None and is_percent(indicator) else said


def unit(indicator: Indicator) -> str:
    """What stands behind the value; the word for per cent is already in it."""
    said = indicator.unit.of(language())
    for word in PERCENT.values():
        if said.startswith(word):
            return said.removeprefix(word).strip()
    return said


def counted(indicator: Indicator) -> str:
    """What the base of a figure is made of: jiwa, rumah, rumah tangga …"""
    words = {
        "person": gettext("jiwa"), "house": gettext("rumah"), "household": gettext("rumah tangga"),
        "family": gettext("KK"), "neighbourhood": gettext("RT"), "child": gettext("anak"),
        "metre": gettext("meter"),
    }  # fmt: skip
    return words.get(indicator.count_as, gettext("kejadian"))


def as_printed(number: float) -> str:
    """A number with as many decimals as its source gave."""
    part = f"{number:.10f}".rstrip("0").partition(".")[2]
    return formats.number(number, language(), len(part))


def difference(indicator: Indicator, number: float, *, signed: bool = False) -> str:
    """A difference between two figures: points between percentages, else in the figure's own unit."""
    if is_percent(indicator):
        said = formats.number(number, language(), indicator.decimals, signed=signed)
        return gettext("%(number)s poin") % {"number": said}
    return formats.number(number, language(), indicator.decimals, signed=signed)


@dataclass(frozen=True)
class Move:
    """Which way a figure went since an earlier one, in words and for the arrow beside them."""

    arrow: Literal["up", "down", "same"]
    verdict: Literal["good", "poor", ""]
    text: str


_LEAST_JUDGED = 0.1  # points: a rate that moves by less is told, and neither praised nor blamed


def move(
    indicator: Indicator, before: float | None, after: float | None, *, real: float | None = None
) -> Move | None:
    """None when one side is not known. The difference of the two as they are printed, so that readers who subtract
    find it; a change too small to be printed is none.

    `real` is the part of it that the world moved, where that is known: only that is better or worse.
    """
    if before is None or after is None:
        return None
    steps = units(after, indicator.decimals) - units(before, indicator.decimals)
    change = steps / 10**indicator.decimals
    if change == 0:
        return Move("same", "", gettext("tetap"))
    arrow: Literal["up", "down"] = "up" if change > 0 else "down"
    amount = {"amount": difference(indicator, abs(change))}
    verdict = _verdict(indicator, change if real is None else real)
    if verdict and (real is None or units(real, indicator.decimals) == steps):
        said = gettext("membaik %(amount)s") if verdict == "good" else gettext("memburuk %(amount)s")
    else:
        said = gettext("naik %(amount)s") if change > 0 else gettext("turun %(amount)s")
    return Move(arrow, verdict, said % amount)


def moved(before: Figure | None, after: Figure | None) -> Move | None:
    """The move between two figures; not judged where their rules differ, for then nobody knows what the world did."""
    if before is None or after is None:
        return None
    same_rules = before.version == after.version
    return move(after.indicator, before.value, after.value, real=None if same_rules else 0.0)


def _verdict(indicator: Indicator, change: float) -> Literal["good", "poor", ""]:
    if indicator.direction == "none" or not change or (indicator.per > 1 and abs(change) < _LEAST_JUDGED):
        return ""
    return "good" if (change > 0) == (indicator.direction == "up") else "poor"


def incomparable(error: Incomparable) -> str:
    """Why two figures have no difference."""
    return gettext(error.sentence) % {name: gettext(value) for name, value in error.values.items()}


def broken(error: BrokenCascade) -> str:
    """Which list does not add up, and by how much."""
    numbers = {name: formats.number(value, language()) for name, value in error.numbers.items()}
    return gettext(error.sentence) % {"name": error.name, **numbers}


def refused(error: Spoken) -> str:
    """Why it cannot be, and what to do, in the reader's language."""
    return error.said(gettext, language())


def why_withheld() -> str:
    """Which figures are withheld: the small ones, and those that would give a small one away."""
    said = locale().why_withheld
    return f"{said[0].upper()}{said[1:]}."


def hidden(shown: Shown | None) -> str:
    """Why there is no figure, in a word or two."""
    if shown is not None and shown.hidden:
        return gettext("disamarkan")
    return gettext("belum ada angka")


def short(day: date) -> str:
    return formats.day(day, language(), "pendek")


def long(day: date) -> str:
    return formats.day(day, language())


def listed(words: list[str]) -> str:
    """ "a", "a dan b", "a, b, dan c"."""
    if len(words) < 2:
        return "".join(words)
    if len(words) == 2:
        return gettext("%(first)s dan %(last)s") % {"first": words[0], "last": words[1]}
    return gettext("%(first)s, dan %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
