"""Figures as a reader may see them: everything inside the areas of their role, protected counts for everybody else."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from natapraja.foundation.access.reader import Reader

from . import catalogue, disclosure, queries
from .definition import Indicator
from .models import Pulse
from .queries import Figure

PUBLIC_LEVELS = ("regency", "district", "village")


@dataclass(frozen=True)
class Shown:
    """A figure, or the sentence why it is not shown."""

    indicator: Indicator
    area: str
    figure: Figure | None

    @property
    def hidden(self) -> bool:
        return self.figure is None

    @property
    def value(self) -> float | None:
        return self.figure.value if self.figure else None


def sees_small_counts(reader: Reader, area: str) -> bool:
    """Whether this reader's role covers counts of a few persons in `area`."""
    return reader.may("figures.read_small", area)


def figures(reader: Reader, area: str, names: Collection[str] | None = None) -> dict[str, Shown]:
    """The current figures of one area; refuses RT and RW to those who may only see what is public."""
    inside = sees_small_counts(reader, area)
    if not inside and len(area) > 13:
        reader.check("figures.read_small", area)
    found = queries.figures(area, names)
    return {name: _shown(figure, inside) for name, figure in found.items()}


def below(
    reader: Reader, parent: str, level: str, names: Collection[str]
) -> dict[str, dict[str, Shown]]:
    """The figures of a level inside `parent`: area -> indicator -> figure."""
    if level not in PUBLIC_LEVELS and not sees_small_counts(reader, parent):
        reader.check("figures.read_small", parent)
    found = queries.below(parent, level, names)
    return {
        area: {name: _shown(figure, sees_small_counts(reader, area)) for name, figure in figures.items()}
        for area, figures in found.items()
    }


def groups(reader: Reader, name: str, area: str) -> dict[str, dict[str, Figure | None]]:
    """An indicator by group and split; for the public, cells that could point at a person are None."""
    found = queries.groups(name, area)
    if sees_small_counts(reader, area):
        return {group: dict(splits) for group, splits in found.items()}
    if len(area) > 13:
        reader.check("figures.read_small", area)
    counts = {
        (group, split): (float(figure.numerator or 0),)
        for group, splits in found.items()
        for split, figure in splits.items()
    }
    unseen = disclosure.hidden(_with_total(counts), [[*counts, ("", "")]], catalogue.indicators()[name].small)
    return {
        group: {split: None if (group, split) in unseen else figure for split, figure in splits.items()}
        for group, splits in found.items()
    }


def trend(reader: Reader, name: str, area: str) -> list[Figure]:
    """The published months of an area; nothing where today's figure is protected."""
    if not sees_small_counts(reader, area) and (len(area) > 13 or area in _hidden(name, _pulse())):
        return []
    return queries.trend(name, area)


def _shown(figure: Figure, inside: bool) -> Shown:
    visible = inside or figure.area not in _hidden(figure.indicator.id, _pulse())
    return Shown(figure.indicator, figure.area, figure if visible else None)


def _pulse() -> int:
    return Pulse.objects.order_by("-id").values_list("id", flat=True).first() or 0


@lru_cache(maxsize=512)
def _hidden(name: str, pulse: int) -> frozenset[str]:
    """The areas whose figure of this indicator is protected, worked out over the whole regency at once.

    One answer for every page and file, so that no two tables can be played against each other.
    """
    counts: dict[str, Sequence[float]] = {}
    for level in PUBLIC_LEVELS:
        for area, figures in queries.below("", level, [name]).items():
            if name in figures:
                counts[area] = _betrayed(figures[name])
    lines: dict[str, list[str]] = {}
    for area in counts:
        if len(area) > 5:
            lines.setdefault(area.rpartition(".")[0], []).append(area)
    tied = [[*parts, parent] for parent, parts in lines.items() if parent in counts]
    return disclosure.hidden(counts, tied, catalogue.indicators()[name].small)


def _betrayed(figure: Figure) -> Sequence[float]:
    """What a shown figure lets one compute: the count, and for a share those of the base not counted."""
    top, bottom = figure.numerator, figure.denominator
    if top is None:
        return (float("inf"),)
    if bottom is None or figure.indicator.kind != "ratio":
        return (top,)
    return (top, bottom - top)


def _with_total(counts: Mapping[tuple[str, str], Sequence[float]]) -> dict[tuple[str, str], Sequence[float]]:
    return {**counts, ("", ""): (sum(numbers[0] for numbers in counts.values()),)}
