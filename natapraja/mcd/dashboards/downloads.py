"""Downloads of what the pages show, under the same rights and the same protection of small counts."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from natapraja.foundation.access.decorators import public
from natapraja.foundation.access.reader import Reader, reader_of
from natapraja.foundation.areas.queries import AreaFact
from natapraja.foundation.web.charts import choropleth, funnel
from natapraja.mcd.indicators import catalogue, shown
from natapraja.mcd.indicators.definition import Indicator, IndicatorVersion

from . import area as area_pages
from . import comparison, drawing, figure, files, geography, headline, selection, wording
from .comparison import Comparison
from .files import Cell


@require_GET
@public
def area_file(request: HttpRequest, area: str, kind: str) -> HttpResponse:
    """The table of the areas inside an area (csv, xlsx), or its map or funnel (png, svg)."""
    reader, place = reader_of(request), area_pages.fact(area)
    chosen = headline.known(request.GET.get("angka")) or catalogue.indicators()[selection.SECTORS[0].first]
    levels = area_pages.levels_below(place.code)
    if kind not in files.KINDS or not levels:
        raise Http404(_("Berkas ini tidak ada. Kembali ke halaman wilayahnya."))
    wanted = request.GET.get("tingkat", "")
    level = wanted if wanted in levels and kind in ("csv", "xlsx") else levels[-1]
    found = comparison.compare(reader, chosen, place.code, level, area_pages.last_publication())
    name = f"{chosen.id}-{place.code}-{level}"
    if kind in ("csv", "xlsx"):
        return files.table(kind, name, _passport(found, place), *_table(found))
    return _drawn(kind, request.GET.get("gambar", ""), found, place, name)


@require_GET
@public
def passport_file(request: HttpRequest, indicator: str, area: str, kind: str) -> HttpResponse:
    """The months of one figure, with its passport."""
    reader, place, chosen = reader_of(request), area_pages.fact(area), figure.indicator_or_404(indicator)
    if kind not in ("csv", "xlsx"):
        raise Http404(_("Berkas ini tidak ada. Kembali ke halaman wilayahnya."))
    shown.check_open(reader, place.code)
    months = shown.trends(reader, [chosen.id], place.code)[chosen.id] or _now(reader, chosen, place.code)
    rows: list[Sequence[Cell]] = [
        [each.number.on.isoformat(), each.value, each.numerator, each.denominator,
         each.number.known_at.isoformat(timespec="seconds"), each.version.since.isoformat(),
         _("ya") if each.published else _("belum")]
        for each in months
    ]  # fmt: skip
    head = [
        _("keadaan"),
        _("angka"),
        _("pembilang"),
        _("penyebut"),
        _("diketahui"),
        _("aturan sejak"),
        _("terbit"),
    ]
    version = months[-1].version if months else chosen.versions[-1]
    on = months[-1].number.on if months else None
    return files.table(kind, f"{chosen.id}-{place.code}", _of(chosen, place, version, on), head, rows)


def _now(reader: Reader, indicator: Indicator, area: str) -> list[figure.Figure]:
    found = shown.figures(reader, area, [indicator.id]).get(indicator.id)
    return [found.figure] if found and found.figure else []


def _passport(found: Comparison, place: AreaFact) -> list[tuple[str, Cell]]:
    whole = found.whole.figure if found.whole else None
    version = whole.version if whole else found.indicator.versions[-1]
    return _of(found.indicator, place, version, whole.number.on if whole else None)


def _of(
    indicator: Indicator, place: AreaFact, version: IndicatorVersion, on: date | None
) -> list[tuple[str, Cell]]:
    """The lines of the passport that travel with every file."""
    language = wording.language()
    lines: list[tuple[str, Cell]] = [
        (_("Angka"), wording.title(indicator)), (_("Wilayah"), f"{place.label} ({place.code})"),
        (_("Satuan"), indicator.unit.of(language)), (_("Keadaan pada"), on.isoformat() if on else "–"),
        (_("Aturan"), _("versi sejak %(day)s: %(basis)s") % {"day": version.since.isoformat(), "basis": version.basis}),
        (_("Status aturan"), version.status),
        (_("Sumber"), _("Natapraja, register penduduk; hitungan di bawah %(least)s, "
                          "dan sel yang dapat membukanya, disamarkan untuk umum")
         % {"least": indicator.small}),
    ]  # fmt: skip
    said = _("Orang dan hitungan register di sini contoh buatan; angka resmi yang dikutip tetap asli.")
    return [(_("DATA SINTETIS"), said), *lines] if settings.DEMO else lines


def _table(found: Comparison) -> tuple[list[str], list[Sequence[Cell]]]:
    atlas = geography.atlas()
    head = [
        _("kode"), _("wilayah"), _("angka"), _("pembilang"), _("penyebut"), _("batas bawah 95%"),
        _("batas atas 95%"), _("peringkat terbaik"), _("peringkat terburuk"), _("cakupan"), _("keterangan"),
    ]  # fmt: skip
    rows: list[Sequence[Cell]] = []
    for row in found.rows:
        seen = row.figure
        remark = _("disamarkan") if row.shown.hidden else _("cakupan terlalu rendah") if row.doubtful else ""
        rows.append([
            row.area, atlas.label(row.area), seen.value if seen else None, seen.numerator if seen else None,
            seen.denominator if seen else None, row.low, row.high, row.best, row.worst, row.coverage, remark,
        ])  # fmt: skip
    return head, rows


def _drawn(kind: str, what: str, found: Comparison, place: AreaFact, name: str) -> HttpResponse:
    atlas, locale = geography.atlas(), wording.locale()

    def nowhere(_code: str) -> str:
        return ""

    if what == "corong" and found.share:
        chart = drawing.of_funnel(found, atlas, nowhere, drawing.base_of(found.indicator))
        svg = funnel.draw(chart, id="corong", locale=locale)
    elif found.level == "village" and found.indicator.kind != "count":
        svg = choropleth.draw(
            drawing.of_map(found, atlas, nowhere), id="peta", locale=locale, with_legend=True
        )
    else:
        raise Http404(_("Gambar ini tidak ada untuk angka itu. Pilih angka lain di halaman wilayahnya."))
    notes = [f"{term}: {text}" for term, text in _passport(found, place)]
    heading = f"{wording.title(found.indicator)}, {place.label}"
    return files.drawing(
        kind, f"{name}-{what or 'peta'}", svg, heading, [notes[0], " · ".join(notes[3:5]), *notes[-2:]]
    )
