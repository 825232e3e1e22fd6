"""Figures as a reader may see them: everything inside the areas of their role, protected counts for everybody else."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from natapraja.foundation.access.reader import Reader

from . import protection, queries
from .definition import Indicator
from .measure import LENGTHS, PUBLIC_LEVELS
from .models import Publication
from .queries import Figure
from .sums import of_one_moment


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


def check_open(reader: Reader, area: str) -> None:
    """Raises Refused for an RW or RT to those who may only see what is public: down to the village."""
    if len(area) > LENGTHS["village"]:
        reader.check("figures.read_small", area)


@of_one_moment
def figures(reader: Reader, area: str, names: Collection[str] | None = None) -> dict[str, Shown]:
    """The current figures of one area; refuses RT and RW to those who may only see what is public."""
    check_open(reader, area)
    return _shown(reader, {area: queries.figures(area, names)}).get(area, {})


@of_one_moment
def below(reader: Reader, parent: str, level: str, names: Collection[str]) -> dict[str, dict[str, Shown]]:
    """The figures of a level inside `parent`: area -> indicator -> figure."""
    if level not in PUBLIC_LEVELS:
        reader.check("figures.read_small", parent)
    return _shown(reader, queries.below(parent, level, names))


@of_one_moment
def published(
    reader: Reader, publication: Publication, parent: str, level: str, names: Collection[str]
) -> dict[str, dict[str, Figure]]:
    """What was published for a level inside `parent`; cells protected today or small then are left out."""
    found = queries.published(publication, parent, level, names)
    if sees_small_counts(reader, parent):
        return found
    unseen = protection.areas(names)
    return {
        area: {
            name: figure
            for name, figure in figures.items()
            if sees_small_counts(reader, area) or (area not in unseen[name] and protection.is_public(figure))
        }
        for area, figures in found.items()
    }


@of_one_moment
def groups(reader: Reader, name: str, area: str) -> dict[str, dict[str, Figure | None]]:
    """An indicator by group and split; for the public, all cells of a table that could point at a person are None."""
    check_open(reader, area)
    found = queries.groups(name, area)
    withheld = not sees_small_counts(reader, area) and area in protection.tables(name)
    return {
        group: {split: None if withheld else figure for split, figure in splits.items()}
        for group, splits in found.items()
    }


@of_one_moment
def trends(reader: Reader, names: Collection[str], area: str) -> dict[str, list[Figure]]:
    """The trends of several indicators; for the public without protected ones and without protected months."""
    if sees_small_counts(reader, area):
        return queries.trends(names, area)
    if len(area) > LENGTHS["village"]:
        return {name: [] for name in names}
    unseen = protection.areas(names)
    shown = queries.trends([name for name in names if area not in unseen[name]], area)
    return {name: [each for each in shown.get(name, ()) if protection.is_public(each)] for name in names}


def _shown(reader: Reader, found: Mapping[str, Mapping[str, Figure]]) -> dict[str, dict[str, Shown]]:
    """What this reader may see of figures by area and indicator."""
    outside = {area for area in found if not sees_small_counts(reader, area)}
    unseen = protection.areas({name for area in outside for name in found[area]})
    return {
        area: {
            name: Shown(figure.indicator, area, None if area in outside and area in unseen[name] else figure)
            for name, figure in figures.items()
        }
        for area, figures in found.items()
    }
