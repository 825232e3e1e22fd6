"""The only eyes on places. Every query answers as of a date (`on`); without one, as it stands now."""

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_noop as _

from natapraja.foundation.kernel.identifiers import AreaCode, Malformed
from natapraja.foundation.kernel.spoken import Spoken

from . import rules
from .frame import svg_path
from .models import LEVELS, Area, AreaAlias, AreaPeriod


class UnknownArea(Spoken, LookupError):
    """No such place, or not on that day. The text is an Indonesian sentence with what to do."""


@dataclass(frozen=True)
class AreaFact:
    """A place as it was called on the day asked for; `valid_from` and `valid_to` are the place's own."""

    id: int
    code: str
    level: str
    name: str
    kind: str
    parent: str | None
    valid_from: date
    valid_to: date
    hamlet: str = ""
    lon: float | None = None
    lat: float | None = None
    postcode: str = ""
    bps_code: str = ""
    shape_source: str = ""

    @property
    def label(self) -> str:
        """ "Kecamatan Cepogo", "Desa Sumbung", "RT 007 Sambirejo"."""
        return rules.label(self.kind, self.name, self.hamlet)

    @property
    def village(self) -> str | None:
        """Code of the village it is or lies in."""
        return self.code[:13] if len(self.code) >= 13 else None


@dataclass(frozen=True)
class AreaNode:
    fact: AreaFact
    parts: tuple["AreaNode", ...] = ()


@dataclass(frozen=True)
class Shape:
    """Outline of a place in the frame: rings of whole numbers, fill-rule evenodd."""

    code: str
    rings: tuple[tuple[tuple[int, int], ...], ...]
    source: str

    @property
    def path(self) -> str:
        """The `d` attribute of an SVG path."""
        return svg_path(self.rings)

    @property
    def is_schematic(self) -> bool:
        return self.source == rules.SCHEMATIC


def area(code: AreaCode | str, on: date | None = None) -> AreaFact:
    """The place that carries or ever carried `code`, called as on `on`.

    Raises Malformed for text that is no code, UnknownArea when there is no such place on that day.
    """
    text = str(AreaCode.parse(str(code)))
    place = _holder(text, on)
    if place is None:
        raise UnknownArea(
            _("Wilayah %(code)s tidak dikenal. Periksa kodenya, atau cari menurut namanya."), code=text
        )
    if on is None:
        return _facts([place])[0]
    period = _holding(on).filter(area=place).first()
    if period is None:
        raise UnknownArea(
            _("Wilayah %(code)s tidak ada pada %(day)s. Pilih tanggal lain."), code=text, day=f"{on:%d-%m-%Y}"
        )
    return _past_fact(period)


def children(code: AreaCode | str, on: date | None = None) -> tuple[AreaFact, ...]:
    """The places directly below, in the order of their codes; none for an RT. Raises as `area`."""
    above = area(code, on)
    if on is None:
        return _facts(Area.objects.standing().filter(parent=above.id))
    found = _holding(on).filter(parent_code=above.code).order_by("code")
    return tuple(_past_fact(period) for period in found)


def ancestors(code: AreaCode | str, on: date | None = None) -> tuple[AreaFact, ...]:
    """The places above, regency first. Raises as `area`."""
    codes = [str(above) for above in AreaCode.parse(area(code, on).code).ancestors()]
    if on is None:
        return _facts(Area.objects.filter(code__in=codes))
    return tuple(_past_fact(period) for period in _holding(on).filter(code__in=codes).order_by("code"))


def find(text: str, on: date | None = None) -> tuple[AreaFact, ...]:
    """Places by code or name, the highest first; former codes and names, other spellings and near misses too.

    "kec. Boyolali" asks for the kecamatan only. Empty when nothing comes near.
    """
    try:
        places = [place] if (place := _holder(str(AreaCode.parse(text)), on)) else []
    except Malformed:
        kind, name = rules.asked(text)
        places = _by_name(kind, name) if name else []
    places.sort(key=lambda place: (LEVELS.index(place.level), place.code))
    if on is None:
        return _facts(places)
    periods = _holding(on).filter(area__in=[place.pk for place in places])
    called = {period.area_id: _past_fact(period) for period in periods}
    return tuple(called[place.pk] for place in places if place.pk in called)


def tree(on: date | None = None) -> AreaNode:
    """The regency with its kecamatan and villages. Raises UnknownArea before any place is loaded."""
    if on is None:
        facts = _facts(Area.objects.standing().filter(level__in=LEVELS[:3]))
    else:
        periods = _holding(on).filter(area__level__in=LEVELS[:3]).order_by("code")
        facts = tuple(_past_fact(period) for period in periods)
    head = next((fact for fact in facts if fact.parent is None), None)
    if head is None:
        raise UnknownArea(_("Wilayah belum dimuat. Jalankan: nata areas load."))
    below: dict[str | None, list[AreaFact]] = {}
    for fact in facts:
        below.setdefault(fact.parent, []).append(fact)
    return _node(head, below)


def shapes(codes: Iterable[AreaCode | str]) -> dict[str, Shape]:
    """Outlines by the codes asked for, former codes included; places without an outline are left out."""
    asked = [str(code) for code in codes]
    found = dict(Area.objects.filter(code__in=asked).exclude(shape=None).values_list("code", "pk"))
    if former := [code for code in asked if code not in found]:
        held = AreaPeriod.objects.filter(code__in=former, valid_from__lt=F("valid_to"))
        found |= dict(held.order_by("valid_to").values_list("code", "area"))
    rows = Area.objects.filter(pk__in=found.values()).exclude(shape=None)
    drawn = {pk: (text, source) for pk, text, source in rows.values_list("pk", "shape", "shape_source")}
    return {
        code: Shape(code, _rings(drawn[found[code]][0]), drawn[found[code]][1])
        for code in asked
        if found.get(code) in drawn
    }


def neighbourhoods(village: AreaCode | str, on: date | None = None) -> tuple[AreaFact, ...]:
    """The RT of a village, in the order of their codes. Raises as `area`."""
    above = area(village, on)
    prefix = f"{above.code}."
    if on is None:
        return _facts(Area.objects.standing().filter(level="rt", code__startswith=prefix).order_by("code"))
    periods = _holding(on).filter(area__level="rt", code__startswith=prefix)
    return tuple(_past_fact(period) for period in periods.order_by("code"))


def named(codes: Iterable[str]) -> dict[str, AreaFact]:
    """The places that carry or ever carried these codes, as they stand now, by code; one query for all of them.

    What is no code, or was never that of a place, is left out.
    """
    asked = {code: text for code in codes if (text := _code(code))}
    held = AreaPeriod.objects.filter(code__in=set(asked.values()), valid_from__lt=F("valid_to"))
    found = {period.code: period.area for period in held.select_related("area").order_by("valid_to")}
    facts = {code: _facts([place])[0] for code, place in found.items()}
    return {code: facts[text] for code, text in asked.items() if text in facts}


def _code(text: str) -> str | None:
    try:
        return str(AreaCode.parse(text))
    except Malformed:
        return None


def _holder(code: str, on: date | None) -> Area | None:
    """Who carries a code: on the day asked for, otherwise now, otherwise last."""
    held = AreaPeriod.objects.filter(code=code, valid_from__lt=F("valid_to")).select_related("area")
    if on is not None and (period := held.filter(valid_from__lte=on, valid_to__gt=on).first()):
        return period.area
    period = held.order_by("-valid_to").first()
    return period.area if period else None


def _holding(on: date) -> QuerySet[AreaPeriod]:
    return AreaPeriod.objects.filter(valid_from__lte=on, valid_to__gt=on).select_related("area")


def _by_name(kind: str, name: str) -> list[Area]:
    """Exact names first, then names that contain the text, then the nearest spellings above RW."""
    squeezed = rules.squeezed(name)
    held = Q(periods__name__iexact=name) | Q(periods__hamlet__iexact=name) | Q(aliases__name__iexact=name)
    part = Q(periods__name__icontains=name) | Q(periods__hamlet__icontains=name)
    wanted = Area.objects.filter(kind=kind) if kind else Area.objects.all()
    for condition in (held, part):
        if places := list(wanted.filter(condition).distinct()):
            return places
    names: dict[str, set[int]] = {}
    above = wanted.filter(level__in=LEVELS[:3])
    spoken = [*above.values_list("periods__name", "pk")]
    spoken += AreaAlias.objects.filter(area__in=above).values_list("name", "area")
    for spelling, number in spoken:
        names.setdefault(rules.squeezed(spelling), set()).add(number)
    near = difflib.get_close_matches(squeezed, names, n=5, cutoff=0.75)
    return list(Area.objects.filter(pk__in={number for spelling in near for number in names[spelling]}))


def _facts(places: Iterable[Area]) -> tuple[AreaFact, ...]:
    return tuple(_fact(place, place.code, place.name, place.hamlet) for place in places)


def _past_fact(period: AreaPeriod) -> AreaFact:
    return _fact(period.area, period.code, period.name, period.hamlet)


def _fact(place: Area, code: str, name: str, hamlet: str) -> AreaFact:
    return AreaFact(
        id=place.pk,
        code=code,
        level=place.level,
        name=name,
        kind=place.kind,
        parent=code.rpartition(".")[0] if len(code) > 5 else None,
        valid_from=place.valid_from,
        valid_to=place.valid_to,
        hamlet=hamlet,
        lon=place.lon,
        lat=place.lat,
        postcode=place.postcode,
        bps_code=place.bps_code,
        shape_source=place.shape_source,
    )


def _node(fact: AreaFact, below: dict[str | None, list[AreaFact]]) -> AreaNode:
    return AreaNode(fact, tuple(_node(part, below) for part in below.get(fact.code, ())))


def _rings(text: str | None) -> tuple[tuple[tuple[int, int], ...], ...]:
    return tuple(tuple((x, y) for x, y in ring) for ring in json.loads(text or "[]"))
