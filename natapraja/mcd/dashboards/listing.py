"""How figures are made: every indicator with its rule, and the lists whose parts must add up."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from natapraja.foundation.access.decorators import public
from natapraja.foundation.kernel.clock import today
from natapraja.mcd.indicators import catalogue
from natapraja.mcd.indicators.definition import in_force
from natapraja.mcd.indicators.rules import BrokenCascade, CascadeStep, check_cascade

from . import geography, selection, wording
from .agencies import agency


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
    made = [(cascade, _said(cascade["title"]), checked(cascade), printed(cascade)) for cascade in _cascades()]
    return render(request, "dashboards/cascades.html", {"cascades": made})


def checked(cascade: dict[str, Any]) -> list[Checked]:
    """Every step of the list with the values that are right."""
    names = {figure["id"]: _said(figure["title"]) for figure in cascade["figure"]}
    values = {figure["id"]: int(figure["value"]) for figure in cascade["figure"]}
    return [_step(names, values, each) for each in cascade.get("sum", ())]


def printed(cascade: dict[str, Any]) -> list[tuple[str, int, int, str]]:
    """(name, printed, right, what the check says) of every figure that was announced with a slip."""
    names = {figure["id"]: _said(figure["title"]) for figure in cascade["figure"]}
    right = {figure["id"]: int(figure["value"]) for figure in cascade["figure"]}
    found = []
    for figure in cascade["figure"]:
        if "printed" not in figure:
            continue
        wrong = right | {figure["id"]: int(figure["printed"])}
        broken = [
            step.broken for each in cascade.get("sum", ()) if (step := _step(names, wrong, each)).broken
        ]
        found.append((names[figure["id"]], int(figure["printed"]), int(figure["value"]), " ".join(broken)))
    return found


def _step(names: dict[str, str], values: dict[str, int], each: dict[str, Any]) -> Checked:
    parts = {names[part]: values[part] for part in each["parts"]}
    step = CascadeStep(names[each["total"]], values[each["total"]], parts)
    broken = ""
    try:
        check_cascade([step])
    except BrokenCascade as error:
        broken = wording.broken(error)
    return Checked(step.name, step.whole, tuple(parts.items()), broken)


def _said(text: dict[str, str]) -> str:
    return text.get(wording.language()[:2]) or text["id"]


@cache
def _cascades() -> list[dict[str, Any]]:
    path = Path(settings.DEFINITIONS) / settings.REGENCY / "comparators" / "cascades.toml"
    with path.open("rb") as file:
        return tomllib.load(file)["cascade"]
