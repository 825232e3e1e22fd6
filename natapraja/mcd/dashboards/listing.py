"""How figures are made: every indicator with its rule, and the lists whose parts must add up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from natapraja.foundation.access.decorators import public
from natapraja.foundation.areas.definition import Confidence
from natapraja.foundation.kernel.clock import today
from natapraja.foundation.kernel.definitions import Text, load
from natapraja.mcd.indicators import catalogue
from natapraja.mcd.indicators.definition import in_force
from natapraja.mcd.indicators.rules import BrokenCascade, CascadeStep, check_cascade

from . import geography, selection, wording
from .agencies import agency


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One number of a list; `printed` where the source printed another than the right one."""

    id: str
    title: Text
    value: int
    origin: Literal["published", "computed"]
    printed: int | None = None
    area: str = ""
    note: str = ""


class Sum(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    total: str
    parts: tuple[str, ...]


class Cascade(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    title: Text
    unit: str
    area: str
    period: str
    publisher: str
    url: str
    confidence: Confidence
    figures: tuple[Part, ...] = msgspec.field(name="figure")
    sums: tuple[Sum, ...] = msgspec.field(name="sum")
    as_of: date | None = None


class Cascades(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    title: Text
    cascades: tuple[Cascade, ...] = msgspec.field(name="cascade")


@dataclass(frozen=True)
class Checked:
    """One step of a list: its whole, its parts, and the faults in what was printed."""

    title: str
    whole: int
    parts: tuple[tuple[str, int], ...]
    broken: str


@require_GET
@public
def indicators(request: HttpRequest) -> HttpResponse:
    """Every indicator by sector: question, rule in force, legal basis, owner."""
    language, day, place = wording.language(), today(), geography.regency()
    groups = []
    for sector in selection.SECTORS[1:]:
        rows = [
            (each, wording.title(each), each.question.of(language), in_force(each.versions, day) or each.versions[-1],
             agency(each.owner), each.unit.of(language))
            for each in catalogue.indicators().values()
            if each.sector == sector.id
        ]  # fmt: skip
        groups.append((sector.slug, _(sector.title), sorted(rows, key=lambda row: row[1])))
    context = {"groups": groups, "whole": place.code if place else "", "total": len(catalogue.indicators())}
    return render(request, "dashboards/catalogue.html", context)


@require_GET
@public
def cascades(request: HttpRequest) -> HttpResponse:
    """Lists that were split into parts, each step added up; what was printed wrong is said."""
    language = wording.language()
    made = [(each, each.title.of(language), checked(each), printed(each)) for each in listed()]
    return render(request, "dashboards/cascades.html", {"cascades": made})


def checked(cascade: Cascade) -> list[Checked]:
    """Every step of the list with the values that are right."""
    values = {figure.id: figure.value for figure in cascade.figures}
    return [_step(cascade, values, each) for each in cascade.sums]


def printed(cascade: Cascade) -> list[tuple[str, int, int, str]]:
    """(name, printed, right, what the check says) of every figure that was announced with a slip."""
    right, language = {figure.id: figure.value for figure in cascade.figures}, wording.language()
    found = []
    for figure in cascade.figures:
        if figure.printed is None:
            continue
        wrong = right | {figure.id: figure.printed}
        broken = [step.broken for each in cascade.sums if (step := _step(cascade, wrong, each)).broken]
        found.append((figure.title.of(language), figure.printed, figure.value, " ".join(broken)))
    return found


def _step(cascade: Cascade, values: Mapping[str, int], each: Sum) -> Checked:
    names = {figure.id: figure.title.of(wording.language()) for figure in cascade.figures}
    parts = {names[part]: values[part] for part in each.parts}
    step = CascadeStep(names[each.total], values[each.total], parts)
    broken = ""
    try:
        check_cascade([step])
    except BrokenCascade as error:
        broken = wording.broken(error)
    return Checked(step.name, step.whole, tuple(parts.items()), broken)


@cache
def listed() -> tuple[Cascade, ...]:
    path = Path(settings.DEFINITIONS) / settings.REGENCY / "comparators" / "cascades.toml"
    return load(path, Cascades).cascades
