"""What templates may say without loading anything: numbers, dates, and the parts of a page.

Filters follow the language of the page. Parts are documented where they are made, in `web/parts.py`.
"""

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.translation import get_language

from natapraja.foundation.web import formats, parts

register = template.Library()


def _lang() -> str:
    return get_language() or "id"


def _known(value: Any) -> Any:
    """A name the template does not know arrives as empty text: it is shown like a missing figure."""
    return None if value == "" else value


@register.filter
def number(value: formats.Number | None, decimals: int | None = None) -> str:
    """{{ 1096612|number }} → 1.096.612 · {{ 17.44|number:1 }} → 17,4"""
    return formats.number(_known(value), _lang(), decimals)


@register.filter
def signed(value: formats.Number | None, decimals: int | None = None) -> str:
    """{{ 96|signed }} → +96 · {{ -143|signed }} → −143"""
    return formats.number(_known(value), _lang(), decimals, signed=True)


@register.filter
def percent(value: formats.Number | None, decimals: int = 1) -> str:
    """{{ 8.4|percent }} → 8,4% (the value is already per hundred)"""
    return formats.percent(_known(value), _lang(), decimals)


@register.filter
def points(value: formats.Number | None, decimals: int = 1) -> str:
    """{{ 0.2|points }} → 0,2 poin"""
    return formats.points(_known(value), _lang(), decimals)


@register.filter
def rupiah(value: formats.Number | None, style: str = "") -> str:
    """{{ 412000000|rupiah }} → Rp412 juta · {{ 412000000|rupiah:"penuh" }} → Rp412.000.000"""
    return formats.rupiah(_known(value), _lang(), full=style == "penuh")


@register.filter
def tanggal(value: date | datetime | None, style: str = "panjang") -> str:
    """{{ day|tanggal }} → 20 November 2026; styles panjang, pendek, hari, bulan"""
    return formats.day(_known(value), _lang(), style)


@register.filter
def waktu(value: datetime | None) -> str:
    """{{ moment|waktu }} → 14.05 WIB"""
    return formats.clock(_known(value), _lang())


@register.filter
def saat(value: datetime | None) -> str:
    """{{ moment|saat }} → 20 Nov 2026, 14.05"""
    return formats.moment(_known(value), _lang())


@register.filter
def rentang(first: date, last: date) -> str:
    """{{ first|rentang:last }} → 9–17 November 2026"""
    return formats.span(first, last, _lang())


for _part in parts.INCLUSIONS:
    register.inclusion_tag(f"web/parts/{_part.__name__}.html", name=_part.__name__)(_part)
for _part in parts.WITH_CONTEXT:
    register.inclusion_tag(f"web/parts/{_part.__name__}.html", name=_part.__name__, takes_context=True)(_part)
for _block in parts.BLOCKS:
    register.simple_block_tag(_block, name=_block.__name__)
