"""Why a figure moved between two dates: correction of data, change of definition, real change."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET

from natapraja.foundation.access.decorators import public
from natapraja.foundation.access.reader import Reader, Refused, reader_of
from natapraja.foundation.areas.queries import AreaFact
from natapraja.foundation.kernel.clock import today
from natapraja.foundation.web import formats
from natapraja.foundation.web.charts import waterfall
from natapraja.mcd.indicators import protection, queries, shown
from natapraja.mcd.indicators.bridge import Explained, PartOf
from natapraja.mcd.indicators.definition import Indicator
from natapraja.mcd.indicators.rules import Incomparable

from . import area as area_pages
from . import drawing, figure, geography, movements, wording

MOST = 40
_SMALL = gettext_noop(
    "Sebab pergerakan angka kecil hanya untuk petugas wilayah ini. "
    "Untuk umum ada di tingkat kecamatan dan kabupaten."
)


@dataclass(frozen=True)
class Moved:
    """An area inside, and what it contributed to each part; a dash where a small number is protected."""

    name: str
    url: str
    correction: str
    definition: str
    real: str


@require_GET
@public
def movement(request: HttpRequest, indicator: str, area: str) -> HttpResponse:
    """The bridge of one figure; published months for everybody, any other day for those whose role covers it."""
    reader, place, chosen = reader_of(request), area_pages.fact(area), figure.indicator_or_404(indicator)
    inside = reader.may("figures.read_small", place.code)
    days = _days(inside)
    refuse_unless_public(reader, place, chosen, inside)
    start, end = _chosen(request, days)
    context: dict[str, Any] = {
        "place": place, "indicator": chosen, "title": wording.title(chosen), "days": days, "start": start,
        "end": end, "crumbs": area_pages.crumbs(place, _("Mengapa bergerak")), "inside": inside,
        "live": reverse("live", args=[place.code]), "unit": chosen.unit.of(wording.language()),
    }  # fmt: skip
    if start is None or end is None:
        return render(request, "dashboards/movement.html", context)
    try:
        told, at = movements.explained(chosen.id, place.code, start, end)
    except Incomparable as error:
        context["incomparable"] = wording.incomparable(error)
        return render(request, "dashboards/movement.html", context)
    if not inside and not (protection.is_public(told.before) and protection.is_public(told.after)):
        raise Refused(_(_SMALL))
    context |= _told(told, place, chosen, inside) | {"told_at": at}
    return render(request, "dashboards/movement.html", context)


def refuse_unless_public(reader: Reader, place: AreaFact, indicator: Indicator, inside: bool) -> None:
    """Raises Refused for what only officers may see: below the kecamatan, and where the figure is protected."""
    if inside:
        return
    found = shown.figures(reader, place.code, [indicator.id]).get(indicator.id)
    if len(place.code) > 8 or (found is not None and found.hidden):
        raise Refused(_(_SMALL))


def _days(inside: bool) -> list[date]:
    """The days one may choose, newest first."""
    published = [each.on for each in queries.publications()]
    now = [today()] if inside and today() not in published else []
    return [*now, *published]


def _chosen(request: HttpRequest, days: list[date]) -> tuple[date | None, date | None]:
    """The two days asked for, in order; without them the newest two."""
    asked = []
    for name, place in (("dari", 1), ("sampai", 0)):
        text = request.GET.get(name, "")
        found = next((day for day in days if day.isoformat() == text), None)
        asked.append(found or (days[place] if len(days) > place else None))
    start, end = asked
    if start and end and start > end:
        start, end = end, start
    return start, end


def _told(told: Explained, place: AreaFact, indicator: Indicator, inside: bool) -> dict[str, Any]:
    chart = drawing.of_bridge(told, _("Mengapa angka ini bergerak"))
    texts = waterfall.shown_parts(chart)
    return {
        "told": told,
        "waterfall": waterfall.draw(chart, id="jembatan", locale=wording.locale()),
        "correction": wording.difference(indicator, texts[0], signed=True),
        "definition": wording.difference(indicator, texts[1], signed=True),
        "real": wording.difference(indicator, texts[2], signed=True),
        "sentence": sentence(told, texts),
        "moved": _parts(told, indicator, inside),
        "left": max(len(told.parts) - MOST, 0),
        "version_before": told.before.version,
        "version_after": told.after.version,
    }


def sentence(told: Explained, texts: tuple[float, float, float]) -> str:
    """The movement in one plain sentence: by how much, and how much of it the world moved."""
    indicator = told.before.indicator
    move = wording.move(indicator, told.bridge.start, told.bridge.end, real=texts[2])
    values = {
        "start": wording.value(indicator, told.bridge.start), "end": wording.value(indicator, told.bridge.end),
        "from": wording.long(told.start.on), "to": wording.long(told.end.on),
        "real": wording.difference(indicator, texts[2], signed=True), "move": move.text if move else "",
    }  # fmt: skip
    if not any(texts):
        return _("Dari %(from)s ke %(to)s angka ini tetap %(end)s.") % values
    if not texts[0] and not texts[1]:
        return (
            _("Dari %(start)s (%(from)s) menjadi %(end)s (%(to)s): %(move)s, seluruhnya perubahan nyata.")
            % values
        )
    return (
        _(
            "Dari %(start)s (%(from)s) menjadi %(end)s (%(to)s): %(move)s. Perubahan nyatanya %(real)s; "
            "selebihnya pembetulan catatan atau perubahan aturan."
        )
        % values
    )


def _parts(told: Explained, indicator: Indicator, inside: bool) -> list[Moved]:
    """The areas that moved it, largest first; for the public without parts that could point at a person."""
    unseen = frozenset() if inside else protection.of_movement(told)
    atlas, language = geography.atlas(), wording.language()

    def said(part: PartOf, name: str) -> str:
        if part.area in unseen:
            return "–"
        return formats.number(getattr(part.bridge, name), language, 0, signed=True)

    query = f"?dari={told.start.on.isoformat()}&sampai={told.end.on.isoformat()}"
    return [
        Moved(
            atlas.name(part.area) if len(part.area) <= 13 else atlas.label(part.area),
            reverse("movement", args=[indicator.id, part.area]) + query if inside or len(part.area) <= 8 else "",
            said(part, "correction"), said(part, "definition"), said(part, "real"),
        )
        for part in told.parts[:MOST]
    ]  # fmt: skip
