"""Words the dashboards' templates use: ages, names of places, the id of a new report, the way to an explanation."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext, gettext_noop, ngettext

from natapraja.foundation.access import places
from natapraja.foundation.access.reader import Reader
from natapraja.foundation.areas.queries import AreaFact
from natapraja.foundation.kernel.clock import local_date, now
from natapraja.mcd.dashboards import figure
from natapraja.mcd.indicators.definition import Indicator

register = template.Library()


@register.simple_tag
def fresh_id() -> str:
    """An id for a report that may be sent twice and counts once."""
    return str(uuid.uuid4())


@register.filter
def lookup(table: Mapping[str, Any], key: str) -> Any:
    return table.get(key, key)


@register.filter
def translated(msgid: str) -> str:
    """A word kept as a msgid in a table of the code."""
    return gettext(msgid) if msgid else ""


@register.filter
def place(code: str) -> str:
    """The name of an area from its code."""
    return places.title(code)


@register.filter
def age(birth_date: str | None) -> str:
    """How old somebody is today, in years, or in months below two."""
    if not birth_date:
        return gettext("umur belum dicatat")
    born, today = date.fromisoformat(birth_date), local_date(now())
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    if months < 24:
        return ngettext("%(n)s bulan", "%(n)s bulan", months) % {"n": max(months, 0)}
    return ngettext("%(n)s tahun", "%(n)s tahun", months // 12) % {"n": months // 12}


CAUSES = {
    "event": gettext_noop("kejadian"),
    "correction": gettext_noop("pembetulan"),
    "import": gettext_noop("impor"),
    "definition": gettext_noop("perubahan definisi"),
}


@register.filter
def cause(code: str) -> str:
    """Why a version came, in a word."""
    return gettext(CAUSES[code]) if code in CAUSES else code


@register.inclusion_tag("dashboards/why_moved.html", takes_context=True)
def why_moved(
    context: dict[str, Any], indicator: Indicator, place: AreaFact, text: str, *, hidden: bool = False
) -> dict[str, Any]:
    """The link `text` to the bridge of a figure, for those who may open it; or why there is no bridge.

    `hidden`: the figure, or a month the bridge stands on, is protected from this reader.
    """
    reader: Reader = context["reader"]
    inside = reader.may("figures.read_small", place.code)
    splits = figure.splits(indicator)
    return {
        "indicator": indicator, "place": place, "text": text, "splits": splits, "inside": inside,
        "opens": splits and (inside or (place.level in ("regency", "district") and not hidden)),
    }  # fmt: skip
