"""The dashboard of an area: what happened, the headline figures, and the areas inside it beside each other."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from natapraja.foundation.access.decorators import public
from natapraja.foundation.access.reader import Reader, reader_of
from natapraja.foundation.areas import queries as areas
from natapraja.foundation.kernel.identifiers import Malformed
from natapraja.foundation.web import formats
from natapraja.foundation.web.charts import bars, funnel, pyramid, ranking, trend
from natapraja.mcd.indicators import catalogue, queries, shown
from natapraja.mcd.indicators.definition import Indicator
from natapraja.mcd.indicators.models import Publication

from . import comparison, drawing, geography, headline, selection, wording
from .comparison import Comparison, Row


@dataclass(frozen=True)
class Line:
    """A row of the table, as it is printed."""

    row: Row
    name: str
    url: str
    value: str
    numerator: str
    denominator: str
    interval: str
    rank: str
    whisker: object
    move: wording.Move | None
    remark: str
    live: str


@require_GET
@public
def today(request: HttpRequest) -> HttpResponse:
    """The regency today."""
    place = geography.regency()
    if place is None:
        return render(request, "dashboards/no_areas.html", {})
    return redirect("area", area=place.code)


@require_GET
@public
def dashboard(request: HttpRequest, area: str) -> HttpResponse:
    """One area, for everybody down to the village; RW and RT for those whose role covers them."""
    reader, place = reader_of(request), fact(area)
    shown.check_open(reader, place.code)
    if place.code != area:
        return redirect("area", area=place.code)
    sector = selection.sector(request.GET.get("sektor"))
    cards = headline.cards(reader, place.code, sector.cards)
    context: dict[str, Any] = {
        "place": place,
        "crumbs": crumbs(place),
        "sectors": _tabs(sector, place.code),
        "sector": sector,
        "cards": cards,
        "sentence": headline.sentence(cards),
        "level_name": _level_name(place),
        "live": reverse("live", args=[place.code]),
        "width": "wide",
        "inside": reader.may("figures.read_small", place.code),
        "regent": len(place.code) == 5 and reader.may("brief.read", place.code),
        "notebook": len(place.code) == 21 and reader.may("register.write", place.code),
    }
    chosen = _chosen(request, sector)
    context |= _beside_each_other(reader, place, chosen, request.GET.get("tingkat", ""))
    context |= _of_people(reader, place.code, sector)
    if len(place.code) < 13 or context["inside"]:
        context["inner"] = areas.children(place.code)
    return render(request, "dashboards/area.html", context)


def fact(code: str) -> areas.AreaFact:
    """The place with this code; a page not found for text that names none."""
    try:
        return areas.area(code)
    except (areas.UnknownArea, Malformed) as error:
        raise Http404(wording.refused(error)) from error


def crumbs(place: areas.AreaFact, last: str = "") -> list[tuple[str, str]]:
    """From the regency down; with `last`, the page itself stands at the end."""
    trail = [(above.label, reverse("area", args=[above.code])) for above in areas.ancestors(place.code)]
    if last:
        return [*trail, (place.label, reverse("area", args=[place.code])), (last, "")]
    return [*trail, (place.label, "")]


def levels_below(area: str) -> tuple[str, ...]:
    """The levels one may compare inside an area, the nearest first."""
    return {5: ("district", "village"), 8: ("village",), 13: ("rt",), 17: ("rt",)}.get(len(area), ())


def _chosen(request: HttpRequest, sector: selection.Sector) -> Indicator:
    found = headline.known(request.GET.get("angka"))
    return found or catalogue.indicators()[sector.first]


def _tabs(sector: selection.Sector, area: str) -> list[tuple[str, str, bool]]:
    address = reverse("area", args=[area])
    return [
        (
            _(each.title),
            address if each.slug == selection.WHOLE else f"{address}?sektor={each.slug}",
            each == sector,
        )
        for each in selection.SECTORS
    ]


def _level_name(place: areas.AreaFact) -> str:
    said = {
        "regency": _("Kabupaten hari ini"), "district": _("Kecamatan hari ini"), "village": _("Desa hari ini"),
        "rw": _("RW hari ini"), "rt": _("RT hari ini"),
    }  # fmt: skip
    return said[place.level]


def _beside_each_other(
    reader: Reader, place: areas.AreaFact, chosen: Indicator, level: str
) -> dict[str, Any]:
    """Map, funnel and table of the chosen indicator; nothing for those who may not see the level below."""
    levels = levels_below(place.code)
    if levels and levels[0] == "rt" and not reader.may("figures.read_small", place.code):
        levels = ()
    context: dict[str, Any] = {
        "chosen": chosen, "choices": choices(), "chosen_title": wording.title(chosen),
        "unit": chosen.unit.of(wording.language()), "trend": _trend(reader, chosen, place.code),
    }  # fmt: skip
    if not levels:
        return context
    earlier = last_publication()
    fine = comparison.compare(reader, chosen, place.code, levels[-1], earlier)
    listed_level = level if level in levels else levels[0]
    listed = (
        fine
        if listed_level == levels[-1]
        else comparison.compare(reader, chosen, place.code, listed_level, earlier)
    )
    address = _address(chosen)
    atlas = geography.atlas()
    if levels[-1] == "village" and chosen.kind != "count":
        context["map"], context["map_legend"] = drawing.draw_map(
            drawing.of_map(fine, atlas, address), wording.locale()
        )
    if fine.share:
        context |= _judged(fine, atlas, address)
    return context | {
        "comparison": listed,
        "lines": lines(listed, atlas, address),
        "withheld": wording.why_withheld() if any(row.shown.hidden for row in listed.rows) else "",
        "earlier": earlier,
        "as_of": fine.whole.figure.number.on if fine.whole and fine.whole.figure else None,
        "levels": [
            (_("Per kecamatan") if each == "district" else _("Per desa"), each, each == listed_level)
            for each in levels
            if len(levels) > 1
        ],
        "level": listed_level,
        "download_links": _downloads(place.code, chosen, listed_level, "map" in context, fine.share),
    }


def _trend(reader: Reader, chosen: Indicator, area: str) -> object:
    """The months of the chosen figure; nothing where there is only today."""
    months = shown.trends(reader, [chosen.id], area)[chosen.id]
    if len(months) < 2:
        return ""
    return trend.draw(drawing.of_trend(chosen, months, ""), id="riwayat", locale=wording.locale())


def _downloads(
    area: str, chosen: Indicator, level: str, mapped: bool, judged: bool
) -> list[tuple[str, str, str]]:
    """Files of what the page shows: the table, the map, the funnel."""
    query, title = f"?angka={chosen.id}&tingkat={level}", wording.title(chosen)
    found = [
        (
            kind.upper(),
            reverse("area-file", args=[area, kind]) + query,
            _("tabel %(title)s") % {"title": title},
        )
        for kind in ("csv", "xlsx")
    ]
    for drawn, name, what in (
        (mapped, "peta", _("peta %(title)s")),
        (judged, "corong", _("corong %(title)s")),
    ):
        if drawn:
            found += [
                (kind.upper() if name == "peta" else _("%(kind)s corong") % {"kind": kind.upper()},
                 f"{reverse('area-file', args=[area, kind])}{query}&gambar={name}", what % {"title": title})
                for kind in ("png", "svg")
            ]  # fmt: skip
    return found


def _address(chosen: Indicator) -> drawing.Address:
    query = f"?angka={chosen.id}"
    return lambda code: drawing.page_of("area", code) + query


def _judged(found: Comparison, atlas: geography.Atlas, address: drawing.Address) -> dict[str, Any]:
    """The funnel and its honest reading."""
    chart = drawing.of_funnel(found, atlas, address, drawing.base_of(found.indicator))
    drawn, legend = drawing.draw_funnel(chart, wording.locale())
    verdict = funnel.judge(chart)
    return {
        "funnel": drawn,
        "funnel_legend": legend,
        "verdict": verdict,
        "verdict_noun": drawing.noun(found.level),
    }


def lines(found: Comparison, atlas: geography.Atlas, address: drawing.Address) -> list[Line]:
    """The rows of the table as they are printed."""
    axis = found.axis
    return [_line(found, row, atlas, address, axis) for row in found.rows]


def _line(
    found: Comparison, row: Row, atlas: geography.Atlas, address: drawing.Address, axis: ranking.Axis
) -> Line:
    figure, language = row.figure, wording.language()
    remark = ""
    if row.shown.hidden:
        remark = _("disamarkan")
    elif row.doubtful:
        remark = _("cakupan %(share)s") % {"share": formats.percent(100 * (row.coverage or 0), language, 0)}
    span, rank = "", ""
    if row.low is not None and row.high is not None:
        span = f"{formats.number(row.low, language, 1)}–{formats.number(row.high, language, 1)}"
        rank = ranking.rank_text(row.best, row.worst)
    return Line(
        row=row,
        name=atlas.name(row.area)
        if len(row.area) <= 13
        else atlas.label(row.area).split(", Desa")[0].split(", Kelurahan")[0],
        url=address(row.area),
        value=wording.value(found.indicator, figure.value) if figure else "–",
        numerator=formats.number(figure.numerator, language, 0) if figure else "–",
        denominator=formats.number(figure.denominator, language, 0) if figure else "–",
        interval=span,
        rank=rank,
        whisker=ranking.draw(comparison.whisker(row), axis, decimals=1, locale=wording.locale())
        if found.share
        else "",
        move=wording.move(  # chance moves a small village further than any work: told, not judged
            found.indicator,
            row.before.value if row.before else None,
            figure.value if figure else None,
            real=0.0,
        ),
        remark=remark,
        live=f"b-{row.area.replace('.', '-')}",
    )


def _of_people(reader: Reader, area: str, sector: selection.Sector) -> dict[str, Any]:
    """The age pyramid and the ladders of water and sanitation, in the sectors where they belong."""
    context: dict[str, Any] = {}
    if sector.slug in (selection.WHOLE, "penduduk"):
        groups = shown.groups(reader, "population", area)
        if groups:
            chart = drawing.of_pyramid(groups, _("Penduduk menurut umur dan jenis kelamin"))
            context["pyramid"] = pyramid.draw(chart, id="piramida", locale=wording.locale())
    if sector.slug == "infrastruktur":
        names = [*selection.SANITATION, *selection.WATER]
        own = shown.figures(reader, area, names)
        whole = shown.figures(reader, area[:5], names) if len(area) > 5 else {}
        mark = _("garis tegak: kabupaten")
        for key, rungs, title in (
            ("sanitation", selection.SANITATION, _("Tangga sanitasi rumah tangga")),
            ("water", selection.WATER, _("Tangga air minum rumah tangga")),
        ):
            ladder = drawing.of_ladder(own, rungs, title, whole, mark)
            context[key] = bars.ladder(ladder, id=f"tangga-{key}", locale=wording.locale())
            if any(own[rung].hidden for rung in rungs if rung in own):
                context[f"{key}_withheld"] = wording.why_withheld()
    return context


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every indicator by sector, for the list to choose from."""
    language = wording.language()
    return [
        (
            _(sector.title),
            sorted(
                (each.title.of(language), each.id)
                for each in catalogue.indicators().values()
                if each.sector == sector.id
            ),
        )
        for sector in selection.SECTORS
        if sector.id
    ]


def last_publication() -> Publication | None:
    """The newest month that was published."""
    return next(iter(queries.publications()), None)
