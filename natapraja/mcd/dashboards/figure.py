"""The passport of a figure: what is counted, by which rule, from what, known since when, and the proof."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from natapraja.foundation.access.decorators import public
from natapraja.foundation.access.reader import Reader, reader_of
from natapraja.foundation.areas import queries as areas
from natapraja.foundation.kernel.clock import WIB, now, today
from natapraja.foundation.ledger import queries as ledger
from natapraja.foundation.web import formats
from natapraja.foundation.web.charts import trend
from natapraja.mcd.indicators import comparators, queries, shown
from natapraja.mcd.indicators.definition import Indicator, IndicatorVersion, in_force, parse_table
from natapraja.mcd.indicators.queries import Figure
from natapraja.mcd.indicators.slow import SUMMARIES

from . import area as area_pages
from . import drawing, explanation, headline, selection, wording
from .agencies import agency


@dataclass(frozen=True)
class Rule:
    """A version of the definition, until when it held, and what it would give today."""

    number: int
    version: IndicatorVersion
    until: date | None
    words: str
    today: str
    current: bool


@require_GET
@public
def passport(request: HttpRequest, indicator: str, area: str) -> HttpResponse:
    """One figure of one area, with everything one needs to quote or to doubt it."""
    reader, place, chosen = reader_of(request), area_pages.fact(area), indicator_or_404(indicator)
    shown.check_open(reader, place.code)
    found = shown.figures(reader, place.code, [chosen.id]).get(chosen.id)
    figure = found.figure if found else None
    months = shown.trends(reader, [chosen.id], place.code)[chosen.id]
    move = None
    if len(months) > 1:
        move = wording.moved(months[-2], figure)
    version = figure.version if figure else in_force(chosen.versions, today()) or chosen.versions[-1]
    context: dict[str, Any] = {
        "place": place, "indicator": chosen, "title": wording.title(chosen), "found": found, "figure": figure,
        "value": wording.value(chosen, figure.value) if figure else "–", "unit": wording.unit(chosen),
        "hidden": wording.hidden(found), "move": move, "before": months[-2] if len(months) > 1 else None,
        "version": version, "question": chosen.question.of(wording.language()), "owner": agency(chosen.owner),
        "note": chosen.note.of(wording.language()) if chosen.note else "",
        "crumbs": area_pages.crumbs(place, _("Paspor angka")),
        "live": reverse("live", args=[place.code]), "inside": reader.may("figures.read_small", place.code),
        "sector": selection.sector_of(chosen.sector), "coverage": _coverage(figure), "counted": wording.counted(chosen),
    }  # fmt: skip
    context |= _definition(chosen, version) | _history(chosen, months, place)
    context |= _asked(request, reader, chosen, place.code)
    context["rules"] = rules(chosen, figure, reader)
    context["beside"] = [
        (each, wording.as_printed(each.value), _differs(chosen, figure, each))
        for each in comparators.beside(chosen, place.code)
    ]
    context["refused"] = [
        (each, wording.as_printed(each.official.value)) for each in comparators.refused(chosen, place.code)
    ]
    context |= _provenance(reader, place, chosen) | _proof(months) | _citation(chosen, place, figure)
    return render(request, "dashboards/passport.html", context)


def indicator_or_404(name: str) -> Indicator:
    found = headline.known(name)
    if found is None:
        raise Http404(_("Indikator ini tidak ada. Lihat daftarnya di halaman Bagaimana angka dibuat."))
    return found


def splits(indicator: Indicator) -> bool:
    """Whether a movement of this figure is the sum of what moved in its parts: no median, Gini or index is."""
    return indicator.kind not in SUMMARIES and not any(each.expr for each in indicator.versions)


def _coverage(figure: Figure | None) -> float | None:
    share = getattr(figure.number, "coverage", None) if figure else None
    return None if share is None else 100 * share


def _definition(indicator: Indicator, version: IndicatorVersion) -> dict[str, Any]:
    register = indicator.register
    said = []
    for name, text in explanation.parts(version):
        plain = explanation.words(text, register) if indicator.kind != "formula" else text
        said.append((name, plain, text.strip()))
    tables = {name: parse_table(text) for name, text in indicator.example.rows.items()}
    language = wording.language()
    inputs = [
        (each.label.of(language), each.value, each.source or "", each.indicator or "")
        for each in version.inputs.values()
    ]
    return {
        "parts": said,
        "terms": explanation.terms(version, register, today()),
        "inputs": inputs,
        "example": indicator.example,
        "example_tables": [
            (name, list(rows[0]), [list(row.values()) for row in rows])
            for name, rows in tables.items()
            if rows
        ],
    }


def rules(indicator: Indicator, figure: Figure | None, reader: Reader) -> list[Rule]:
    """Every version, the newest first, and what each would give today."""
    made = []
    day = figure.number.on if figure else today()
    for index, version in enumerate(indicator.versions):
        after = indicator.versions[index + 1].since if index + 1 < len(indicator.versions) else version.until
        current = figure is not None and figure.version == version
        given = "–"
        if current and figure is not None:
            given = wording.value(indicator, figure.value)
        elif figure is not None and len(indicator.versions) > 1 and _may_restate(reader, figure):
            value = _under(indicator.id, figure.area, version.since, day, figure.number.known_at)
            given = wording.value(indicator, value)
        first = next(iter(explanation.parts(version)), ("", ""))[1]
        plain = (
            explanation.words(first, indicator.register) if first and indicator.kind != "formula" else first
        )
        made.append(Rule(index + 1, version, after, plain, given, current))
    return made[::-1]


def _may_restate(reader: Reader, figure: Figure) -> bool:
    """Another rule's count of a village could betray what this rule's count hides."""
    return len(figure.area) <= 8 or reader.may("figures.read_small", figure.area)


@lru_cache(maxsize=512)
def _under(name: str, area: str, since: date, on: date, known: datetime) -> float | None:
    """The figure as the rules of another day would give it; measured once for each state of the figure."""
    found = queries.as_of([name], area, on=on, known=known, rules_on=since).get(area, {}).get(name)
    return found.value if found else None


def _history(indicator: Indicator, months: list[Figure], place: areas.AreaFact) -> dict[str, Any]:
    if len(months) < 2:
        return {"trend": ""}
    chart = drawing.of_trend(indicator, months, "")
    return {
        "trend": trend.draw(chart, id="riwayat", locale=wording.locale()),
        "months": _months(indicator, months),
    }


def _months(indicator: Indicator, months: list[Figure]) -> list[tuple[Figure, str, bool]]:
    return [(each, wording.value(indicator, each.value), each.published) for each in reversed(months)]


def _asked(request: HttpRequest, reader: Reader, indicator: Indicator, area: str) -> dict[str, Any]:
    """The figure for another day, as known at another moment: for those whose role covers the area."""
    on, known = _day(request.GET.get("pada")), _day(request.GET.get("diketahui"))
    if not (on or known) or not reader.may("figures.read_small", area):
        return {}
    on, moment = on or today(), _end_of(known) if known and known < today() else now()
    found = queries.as_of([indicator.id], area, on=on, known=moment).get(area, {}).get(indicator.id)
    return {
        "asked_on": on,
        "asked_known": moment,
        "asked": found,
        "asked_value": wording.value(indicator, found.value) if found else _("belum dapat dihitung"),
    }


def _end_of(day: date) -> datetime:
    """The last moment of a day in the regency."""
    return datetime.combine(day, time.max, tzinfo=WIB)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _differs(indicator: Indicator, figure: Figure | None, official: comparators.Official) -> str:
    """Our figure less theirs, when both count the same thing."""
    theirs = comparators.COUNTED_AS.get(official.unit.of, official.unit.of)
    comparable = official.unit.kind in ("share", "index", "mean", "count")
    if figure is None or figure.value is None or not comparable or theirs not in (indicator.count_as, ""):
        return ""
    return wording.difference(indicator, figure.value - official.value, signed=True)


def _provenance(reader: Reader, place: areas.AreaFact, indicator: Indicator) -> dict[str, Any]:
    """The way down: areas inside, and for the RT the reports that moved it."""
    may = reader.may("register.read", place.code)
    parts = (
        areas.children(place.code)
        if len(place.code) < 13 or reader.may("figures.read_small", place.code)
        else ()
    )
    return {
        "parts_below": [(each, reverse("passport", args=[indicator.id, each.code])) for each in parts],
        "origins": reverse("origins", args=[indicator.id, place.code])
        if may and len(place.code) == 21
        else "",
        "may_read": may,
    }


def _proof(months: list[Figure]) -> dict[str, Any]:
    """The newest sealed head, the ledger's entry of each published month, and whether one of the newest is protected."""
    published = {each.on: each for each in queries.publications()}
    seen = {each.number.on for each in months}
    entries = [
        published[each.number.on]
        for each in reversed(months)
        if each.published and each.number.on in published
    ]
    newest = list(published)[:2]  # what the bridge of this figure stands on
    return {
        "head": ledger.head(),
        "entries": entries[:13],
        "months_hidden": any(day not in seen for day in newest),
    }


def _citation(indicator: Indicator, place: areas.AreaFact, figure: Figure | None) -> dict[str, str]:
    """The line one copies, and the one a machine reads."""
    if figure is None or figure.value is None:
        return {}
    number = indicator.versions.index(figure.version) + 1
    values = {
        "title": wording.title(indicator), "place": place.label, "day": wording.long(figure.number.on),
        "value": wording.value(indicator, figure.value), "unit": wording.unit(indicator), "version": number,
        "known": formats.moment(figure.number.known_at, wording.language()),
    }  # fmt: skip
    counts = (
        f"{figure.numerator:.0f}/{figure.denominator:.0f}" if figure.denominator else f"{figure.value:.6g}"
    )
    line = f"{indicator.id.upper()}<{place.code}<{figure.number.on:%Y%m%d}<V{number}<{counts}"
    said = _(
        "Natapraja, %(title)s, %(place)s: %(value)s %(unit)s, keadaan %(day)s, diketahui %(known)s, "
        "aturan versi %(version)s."
    )
    return {"cite": " ".join((said % values).split()), "line": line}
