"""The areas inside an area beside each other: figures, how sure they are, and what differs beyond chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from natapraja.foundation.access.reader import Reader
from natapraja.foundation.web.charts import ranking, uncertainty
from natapraja.mcd.indicators import shown
from natapraja.mcd.indicators.definition import Indicator
from natapraja.mcd.indicators.measure import PUBLIC_LEVELS
from natapraja.mcd.indicators.models import Publication
from natapraja.mcd.indicators.queries import Figure
from natapraja.mcd.indicators.shown import Shown

LEAST_COVERAGE = 0.8  # below this nothing is concluded: the unknown fifth could turn the figure around
_DESIGN_EFFECT = 4.0  # persons counted by household answer together: chance varies that many times as much
_RATES_OF_EVENTS = 1000


@dataclass(frozen=True)
class Row:
    """One area of the comparison. `low`, `high` bound the rate by chance; ranks are ranges, 1 the highest."""

    area: str
    shown: Shown
    before: Figure | None
    low: float | None = None
    high: float | None = None
    best: int | None = None
    worst: int | None = None

    @property
    def figure(self) -> Figure | None:
        return self.shown.figure

    @cached_property
    def coverage(self) -> float | None:
        return getattr(self.figure.number, "coverage", None) if self.figure else None

    @property
    def doubtful(self) -> bool:
        """Known of too few to conclude anything."""
        return self.coverage is not None and self.coverage < LEAST_COVERAGE

    @cached_property
    def counts(self) -> tuple[int, int] | None:
        """(events, base) when the figure is a share and may be compared."""
        figure = self.figure
        if figure is None or self.doubtful or figure.numerator is None or not figure.denominator:
            return None
        return round(figure.numerator), round(figure.denominator)


@dataclass(frozen=True)
class Comparison:
    """An indicator over the areas of a level inside an area; `whole` is the area's own figure."""

    indicator: Indicator
    area: str
    level: str
    whole: Shown | None
    rows: tuple[Row, ...]
    share: bool

    @property
    def axis(self) -> ranking.Axis:
        whiskers = (whisker(row) for row in self.rows)
        return ranking.axis(whiskers, self.whole.value if self.whole else None)

    @property
    def design_effect(self) -> float:
        return design_effect(self.indicator)


def whisker(row: Row) -> ranking.Whisker:
    value = row.figure.value if row.figure and not row.doubtful else None
    return ranking.Whisker(value, row.low, row.high)


def design_effect(indicator: Indicator) -> float:
    """How many times chance varies more than for independent units (Kish, "Survey Sampling", 1965, section 8.2)."""
    weighted = indicator.count_as == "person" and indicator.register == "households"
    return _DESIGN_EFFECT if weighted else 1.0


def is_share(indicator: Indicator) -> bool:
    """Whether each unit of the base either counts or not, so that chance can be worked out."""
    if indicator.kind != "ratio" or indicator.count_as == "metre":
        return False
    if any(version.sums for version in indicator.versions):
        return False
    return indicator.per == _RATES_OF_EVENTS or (
        indicator.per == 100 and indicator.unit.id.startswith("persen")
    )


def _can_judge(indicator: Indicator, rows: Sequence[Row]) -> bool:
    """Whether chance can be worked out for these rows: none counts more than its base holds."""
    return is_share(indicator) and all(row.counts is None or row.counts[0] <= row.counts[1] for row in rows)


def compare(
    reader: Reader, indicator: Indicator, area: str, level: str, publication: Publication | None
) -> Comparison:
    """Every area of `level` inside `area`, the highest first; `publication` gives what they moved from."""
    found = shown.below(reader, area, level, [indicator.id])
    whole = shown.figures(reader, area, [indicator.id]).get(indicator.id)
    before: Mapping[str, Mapping[str, Figure]] = {}
    if publication is not None and level in PUBLIC_LEVELS:
        before = shown.published(reader, publication, area, level, [indicator.id])
    rows = [
        Row(code, figures[indicator.id], before.get(code, {}).get(indicator.id))
        for code, figures in found.items()
        if indicator.id in figures
    ]
    share = _can_judge(indicator, rows)
    rows = _ranked(rows, indicator) if share else rows
    return Comparison(indicator, area, level, whole, tuple(sorted(rows, key=_order)), share)


def beside(reader: Reader, chosen: Sequence[Indicator], area: str, level: str) -> list[Comparison]:
    """Comparisons of several indicators from one reading, without ranks: enough for a funnel."""
    names = [indicator.id for indicator in chosen]
    found = shown.below(reader, area, level, names)
    wholes = shown.figures(reader, area, names)
    made = []
    for indicator in chosen:
        rows = tuple(
            Row(code, each[indicator.id], None) for code, each in found.items() if indicator.id in each
        )
        share = _can_judge(indicator, rows)
        made.append(Comparison(indicator, area, level, wholes.get(indicator.id), rows, share))
    return made


def _order(row: Row) -> tuple[bool, float, str]:
    value = row.figure.value if row.figure and not row.doubtful else None
    return value is None, -(value or 0.0), row.area


def _ranked(rows: Sequence[Row], indicator: Indicator) -> list[Row]:
    """Rows with 95 % intervals, and rank ranges that hold for all of them together."""
    counted = [(row, row.counts) for row in rows if row.counts is not None]
    if not counted:
        return list(rows)
    effect = design_effect(indicator)
    events = np.array([counts[0] for _, counts in counted]) / effect
    base = np.array([counts[1] for _, counts in counted]) / effect
    own = uncertainty.wilson(events, base)
    joint = uncertainty.wilson(events, base, uncertainty.joint_level(0.95, len(counted)))
    best, worst = uncertainty.rank_ranges(joint.low, joint.high)
    made = {
        row.area: Row(
            row.area, row.shown, row.before, float(own.low[i]) * indicator.per, float(own.high[i]) * indicator.per,
            int(best[i]), int(worst[i]),
        )
        for i, (row, _) in enumerate(counted)
    }  # fmt: skip
    return [made.get(row.area, row) for row in rows]
