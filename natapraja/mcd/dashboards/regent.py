"""The Bupati's page: what moved this month and why, what stands out beyond chance, what was put right in silence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from natapraja.foundation.access.decorators import requires
from natapraja.foundation.access.reader import Reader, reader_of
from natapraja.foundation.kernel.clock import month_start, now, today
from natapraja.foundation.web import formats
from natapraja.foundation.web.charts import funnel, waterfall
from natapraja.mcd.indicators import catalogue
from natapraja.mcd.indicators import queries as figures
from natapraja.mcd.indicators.bridge import Explained
from natapraja.mcd.indicators.definition import Indicator

from . import comparison, drawing, geography, movements, queries, selection, wording

_LONG_AGO = timedelta(days=370)
_LEAST = 5  # a correction of fewer is everyday care, not a story
_SHARE = 0.25
_MOST = 8


@dataclass(frozen=True)
class Movement:
    """One line of "what moved": the figure, its change and the three parts, as printed."""

    indicator: Indicator
    title: str
    before: str
    after: str
    move: wording.Move
    correction: str
    definition: str
    real: str
    url: str
    weight: float


@dataclass(frozen=True)
class Standing:
    """Villages beyond chance on the worse side of an indicator."""

    title: str
    url: str
    worse: tuple[funnel.Area, ...]
    better: int

    @property
    def named(self) -> tuple[funnel.Area, ...]:
        return self.worse[:3]


@dataclass(frozen=True)
class Correction:
    """A village whose figure was put right by much, with little or nothing that happened."""

    title: str
    village: str
    district: str
    url: str
    before: int
    correction: int
    real: int
    share: float


@require_GET
@requires("brief.read")
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Five minutes of reading; prints on two sheets."""
    reader, place = reader_of(request), geography.regency()
    if place is None:
        return render(request, "dashboards/no_areas.html", {})
    reader.check("brief.read", place.code)
    published = [each.on for each in figures.publications() if each.on < today()]
    context: dict[str, Any] = {
        "place": place, "live": reverse("live", args=[place.code]), "width": "wide", "at": now(),
        "work": queries.work(place.code, month_start(now())), "standing": standing(reader, place.code),
    }  # fmt: skip
    if published:
        context |= _moved(place.code, published)
    return render(request, "dashboards/regent.html", context)


def _moved(area: str, published: list[date]) -> dict[str, Any]:
    """Movements since the last publication, and corrections since about a year ago."""
    since, end = published[0], today()
    first = movements.explained_all(selection.HEADLINES, area, since, end)
    told = first.found
    made = sorted((_movement(each) for each in told.values()), key=lambda each: -each.weight)
    long_ago = min((day for day in published if day >= end - _LONG_AGO), default=since)
    whole = movements.explained_all(selection.HEADLINES, area, long_ago, end, "village")
    largest = next((each for each in made if each.move.arrow != "same"), None)
    context: dict[str, Any] = {
        "since": since, "told_at": first.at, "long_ago": long_ago, "movements": made,
        "sentence": _sentence(made, since), "corrections": corrections(whole.found),
        "corrected_at": whole.at,
    }  # fmt: skip
    if largest is not None:
        chart = drawing.of_bridge(told[largest.indicator.id], largest.title)
        context["largest"] = largest
        context["waterfall"] = waterfall.draw(chart, id="jembatan", locale=wording.locale())
    return context


def _movement(told: Explained) -> Movement:
    indicator = told.before.indicator
    texts = waterfall.shown_parts(drawing.of_bridge(told, indicator.id))
    move = wording.move(indicator, told.bridge.start, told.bridge.end, real=texts[2])
    assert move is not None
    correction, definition, real = (
        formats.number(text, wording.language(), indicator.decimals if text else 0, signed=True)
        for text in texts
    )
    query = f"?dari={told.start.on.isoformat()}&sampai={told.end.on.isoformat()}"
    return Movement(
        indicator, wording.title(indicator), wording.value(indicator, told.bridge.start),
        wording.value(indicator, told.bridge.end), move, correction, definition, real,
        reverse("movement", args=[indicator.id, told.area]) + query,
        abs(told.bridge.difference) / max(abs(told.bridge.start), 1e-9),
    )  # fmt: skip


def _sentence(made: list[Movement], since: date) -> str:
    good = sum(each.move.verdict == "good" for each in made)
    poor = sum(each.move.verdict == "poor" for each in made)
    return _("%(good)s angka membaik dan %(poor)s memburuk sejak %(since)s, dari %(all)s angka utama.") % {
        "since": wording.long(since), "good": good, "poor": poor, "all": len(made),
    }  # fmt: skip


def standing(reader: Reader, area: str) -> list[Standing]:
    """For each headline rate, the villages beyond the 99.8 % limits; the most first."""
    atlas, known = geography.atlas(), catalogue.indicators()
    chosen = [known[name] for name in selection.HEADLINES if known[name].direction != "none"]
    made = []
    for found in comparison.beside(reader, chosen, area, "village"):
        if not found.share:
            continue
        indicator = found.indicator
        verdict = funnel.judge(drawing.of_funnel(found, atlas, _address(indicator), ""))
        worse, better = (
            (verdict.above, verdict.below)
            if indicator.direction == "down"
            else (verdict.below, verdict.above)
        )
        url = f"{reverse('area', args=[area])}?angka={indicator.id}&tingkat=village#h-banding"
        made.append(Standing(wording.title(indicator), url, worse, len(better)))
    return sorted((each for each in made if each.worse), key=lambda each: -len(each.worse))


def _address(indicator: Indicator) -> drawing.Address:
    return lambda code: drawing.page_of("passport", indicator.id, code)


def corrections(told: Mapping[str, Explained]) -> list[Correction]:
    """Villages whose numerator was corrected by a quarter or more, the largest share first."""
    atlas = geography.atlas()
    found = []
    for each in told.values():
        query = f"?dari={each.start.on.isoformat()}&sampai={each.end.on.isoformat()}"
        for part in each.parts:
            moved, start = part.bridge.correction, part.bridge.start
            share = abs(moved) / start if start else 0.0
            if abs(moved) < _LEAST or share < _SHARE:
                continue
            found.append(Correction(
                wording.title(each.before.indicator), atlas.label(part.area), atlas.name(part.area[:8]),
                reverse("movement", args=[each.indicator, part.area]) + query,
                round(start), round(moved), round(part.bridge.real), 100 * share,
            ))  # fmt: skip
    return sorted(found, key=lambda one: (-one.share, -abs(one.correction)))[:_MOST]
