"""Words the dashboards' templates use: ages, names of places, the id of a new report."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext, gettext_noop, ngettext

from natapraja.foundation.access import places
from natapraja.foundation.kernel.clock import local_date, now

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
