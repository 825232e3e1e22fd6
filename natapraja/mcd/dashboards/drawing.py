"""From figures to charts: which dataclass of the charts a comparison, a trend or a bridge becomes."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext

from natapraja.foundation.web.charts import bars, choropleth, funnel, pyramid, trend, waterfall
from natapraja.foundation.web.charts.language import Locale
from natapraja.foundation.web.charts.markup import Markup
from natapraja.mcd.indicators.bridge import Explained
from natapraja.mcd.indicators.definition import Indicator
from natapraja.mcd.indicators.queries import Figure
from natapraja.mcd.indicators.shown import Shown

from . import comparison, wording
from .comparison import Comparison, Row
from .geography import Atlas

Address = Callable[[str], str]


def noun(level: str) -> str:
    """What is counted in legends, in the reader's language."""
    words = {
        "district": gettext("kecamatan"), "village": gettext("desa"), "rw": gettext("RW"), "rt": gettext("RT"),
    }  # fmt: skip
    return words[level]


def base_of(indicator: Indicator) -> str:
    """What the denominator counts, for the axis of a funnel."""
    return gettext("%(noun)s di penyebut") % {"noun": wording.counted(indicator)}


def of_map(found: Comparison, atlas: Atlas, address: Address) -> choropleth.Map:
    """The areas of a comparison in at most five classes; kecamatan are drawn over villages."""
    cells = tuple(_cell(row, atlas, address) for row in found.rows if row.area in atlas.shapes)
    outlines: tuple[choropleth.Outline, ...] = ()
    if found.level == "village" and len(found.area) == 5:
        outlines = tuple(
            choropleth.Outline(place.name, atlas.shapes[place.code].rings)
            for place in atlas.inside(found.area, "district")
            if place.code in atlas.shapes
        )
    note = gettext("cakupan di bawah %(least)s%%, belum disimpulkan") % {
        "least": round(100 * comparison.LEAST_COVERAGE)
    }
    return choropleth.Map(
        title=wording.title(found.indicator),
        cells=cells,
        outlines=outlines,
        decimals=min(found.indicator.decimals, 1),
        noun=noun(found.level),
        schematic=any(atlas.shapes[cell.code].is_schematic for cell in cells),
        low_coverage_note=note,
    )


def _cell(row: Row, atlas: Atlas, address: Address) -> choropleth.Cell:
    state: choropleth.State = (
        "suppressed" if row.shown.hidden else "low_coverage" if row.doubtful else "shown"
    )
    return choropleth.Cell(
        code=row.area,
        name=atlas.name(row.area),
        rings=atlas.shapes[row.area].rings,
        value=row.figure.value if row.figure else None,
        state=state,
        href=address(row.area),
    )


@lru_cache(maxsize=20_000)
def page_of(name: str, *codes: str) -> str:
    """The address of a page about a place: every village's stands on every map, so each is made once."""
    return reverse(name, args=codes)


@lru_cache(maxsize=64)
def draw_map(chart: choropleth.Map, locale: Locale, own: str = "peta") -> tuple[Markup, Markup]:
    """(drawing, legend). The same figures are drawn once per process."""
    drawn = choropleth.draw(chart, id=own, locale=locale)
    return drawn, choropleth.legend(chart, id=own, locale=locale)


def of_funnel(found: Comparison, atlas: Atlas, address: Address, base: str) -> funnel.Funnel:
    """Each area against its size; the whole is the area's own rate."""
    areas = tuple(
        funnel.Area(
            atlas.name(row.area) if len(row.area) <= 13 else row.area[14:], *row.counts, address(row.area)
        )
        if row.counts
        else funnel.Area(atlas.name(row.area), None, 0)
        for row in found.rows
    )
    figure = found.whole.figure if found.whole else None
    rate = None
    if figure and figure.value is not None:
        rate = min(max(figure.value / found.indicator.per, 0.0), 1.0)
    return funnel.Funnel(
        title=wording.title(found.indicator),
        areas=areas,
        per=found.indicator.per,
        decimals=1,
        unit=found.indicator.unit.of(wording.language()),
        base_label=base,
        noun=noun(found.level),
        whole_name=gettext("keseluruhan"),
        rate=rate,
        inflation=found.design_effect,
    )


@lru_cache(maxsize=64)
def draw_funnel(chart: funnel.Funnel, locale: Locale, own: str = "corong") -> tuple[Markup, Markup]:
    """(drawing, legend)."""
    return funnel.draw(chart, id=own, locale=locale), funnel.legend(chart, locale=locale)


def of_trend(indicator: Indicator, months: Sequence[Figure], name: str) -> trend.Trend:
    """The published months and today, with the target where there is one."""
    points = tuple(
        trend.TrendPoint(
            wording.long(each.number.on),
            each.value,
            tick=_tick(each),
            new_rules=each.version != before.version,
        )
        for before, each in zip([*months[:1], *months], months, strict=False)
    )
    target = max(indicator.targets, key=lambda each: each.year, default=None)
    line = None
    if target is not None:
        line = trend.Target(gettext("target %(year)s") % {"year": target.year}, target.value)
    return trend.Trend(
        title=gettext("%(title)s, bulan demi bulan") % {"title": wording.title(indicator)},
        points=points, name=name, unit=indicator.unit.of(wording.language()), decimals=indicator.decimals,
        target=line,
    )  # fmt: skip


def _tick(figure: Figure) -> str:
    return wording.short(figure.number.on).split(" ")[1]


def of_pyramid(groups: Mapping[str, Mapping[str, Figure | None]], title: str) -> pyramid.Pyramid:
    """Age groups of five years from an indicator grouped by age and split by sex."""
    found = {
        int(name.partition("=")[2]): splits
        for name, splits in groups.items()
        if name.startswith("age_group=")
    }
    ages = sorted(found)
    made = tuple(
        pyramid.AgeGroup(
            f"{age}–{age + 4}" if age != ages[-1] else f"{age}+",
            _number(found[age], "L"),
            _number(found[age], "P"),
        )
        for age in ages
    )
    return pyramid.Pyramid(title, made)


def _number(splits: Mapping[str, Figure | None], code: str) -> float | None:
    figure = splits.get(code)
    return figure.value if figure else (None if code in splits else 0.0)


def of_ladder(
    found: Mapping[str, Shown],
    names: Sequence[str],
    title: str,
    beside: Mapping[str, Shown],
    beside_name: str,
) -> bars.Ladder:
    """Rungs from best to worst; `beside` is the same for the whole regency."""
    rungs = tuple(
        bars.Rung(
            wording.title(found[name].indicator),
            found[name].value,
            beside[name].value if name in beside else None,
        )
        for name in names
        if name in found
    )
    return bars.Ladder(title, rungs, decimals=1, beside_name=beside_name)


def of_bridge(told: Explained, title: str) -> waterfall.Bridge:
    """The three parts between two published figures."""
    indicator = told.before.indicator
    return waterfall.Bridge(
        waterfall.Level(gettext("Semula"), wording.short(told.start.on), told.bridge.start),
        waterfall.Level(gettext("Menjadi"), wording.short(told.end.on), told.bridge.end),
        told.bridge.correction, told.bridge.definition, told.bridge.real,
        title=title, decimals=indicator.decimals,
    )  # fmt: skip
