"""The only hands that write places. Each action is one transaction with its ledger entries inside."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat

from natapraja.foundation.kernel.clock import local_date
from natapraja.foundation.kernel.definitions import DefinitionError, shown_name
from natapraja.foundation.kernel.identifiers import AreaCode
from natapraja.foundation.ledger.actions import record

from . import definition, geometry, rules
from .boundaries import Boundaries, check
from .definition import Place
from .geometry import Outline
from .models import LEVELS, OPEN_END, OPEN_START, Area, AreaAlias, AreaPeriod
from .rules import Period
from .witness import DESCRIBED, DESCRIPTION, DRAWN, NAMED, description_digest, drawing_digest, period_of

_ABOVE_RW = LEVELS[:3]
_CURRENT = ("code", "level", "name", "hamlet", "parent", "valid_from", "valid_to")


class NeighbourhoodRow(NamedTuple):
    """An RT or RW to add. Without a name it is called after its code, "RT 007"; its RW is added with it."""

    code: str
    name: str = ""
    hamlet: str = ""
    valid_from: date = OPEN_START


@dataclass(frozen=True)
class Loaded:
    """What an action did, in numbers of places."""

    places: int = 0  # looked at
    added: int = 0
    renamed: int = 0  # other code, name, hamlet or dates than before
    described: int = 0  # other point, postcode or BPS code than before
    aliases: int = 0
    drawn: int = 0

    @property
    def changed(self) -> bool:
        return bool(self.added or self.renamed or self.described or self.aliases or self.drawn)


class _Move(NamedTuple):
    """A place went from the code `old` to `new`; what lies below it goes along."""

    old: str
    new: str
    on: date
    basis: str


@dataclass(frozen=True)
class _Target:
    """A place, the periods held of it, and those it should have."""

    area: Area
    held: Sequence[AreaPeriod]
    wanted: tuple[Period, ...]

    @property
    def is_new(self) -> bool:
        return not self.held

    @property
    def changes(self) -> rules.Changes:
        return rules.changes([period_of(row) for row in self.held], self.wanted)


@transaction.atomic
def load_areas(*, definitions: Path, by: str, at: datetime) -> Loaded:
    """Brings the places of `definitions`/<regency>/areas into the tables; loading twice changes nothing.

    A changed name begins today and the old one stays findable; a changed code needs a row in recodings.csv.
    Raises DefinitionError when a file is wrong or a standing place is missing from it: none is ever removed.
    """
    folder = Path(definitions) / settings.REGENCY / "areas"
    files = definition.read(folder)
    before = _ground()
    moves = _recode(files.places)
    codes = [place.code for place in files.places]
    known = {area.code: area for area in Area.objects.filter(level__in=_ABOVE_RW)}
    _refuse_missing(folder, known, set(codes))
    below = Area.objects.filter(level__in=("rw", "rt"))
    known |= {area.code: area for area in below.filter(code__in=codes)}
    known |= {area.code: area for area in below.filter(pk__in=moves)}
    targets = _targets(files.places, known, moves, local_date(at))
    described = _describe(files.places, targets)
    older = [area for area in described if area.pk]
    aliases = _new_aliases(files.aliases, targets)
    done = _write(targets, aliases, subject=files.header.code, by=by, at=at)
    if described:
        Area.objects.bulk_update(older, DESCRIPTION)
        digest = description_digest()
        detail = {"places": len(described)}
        record(kind=DESCRIBED, subject=files.header.code, digest=digest, by=by, at=at, detail=detail)
    drawn = _redraw(by=by, at=at) if _ground() != before else 0
    return Loaded(
        places=len(codes),
        added=done.added,
        renamed=done.renamed,
        described=len(older),
        aliases=len(aliases),
        drawn=drawn,
    )


@transaction.atomic
def add_neighbourhoods(
    *, rows: Iterable[NeighbourhoodRow | tuple[str, str, str, date]], by: str, at: datetime
) -> Loaded:
    """Adds RT and RW below standing villages, thousands at once; what is held as given stays as it is.

    Rows are (code, name, hamlet, valid_from). A known code with another name or hamlet has it from today on;
    its first day stays, and an empty name or hamlet says nothing. Raises Malformed for a bad code and
    ValueError for a code outside the villages that are loaded.
    """
    known = {area.code: area for area in Area.objects.exclude(level__in=_ABOVE_RW[:2])}
    places = _neighbourhoods([NeighbourhoodRow(*row) for row in rows], known)
    if not places:
        return Loaded()
    for place in places:
        village = known.get(place.code[:13])
        if village is None or village.valid_to != OPEN_END:
            raise ValueError(f"Desa {place.code[:13]} tidak dikenal. Muat wilayahnya dulu: nata areas load.")
    targets = _targets(places, known, {}, local_date(at))
    done = _write(targets, [], subject=places[0].code[:5], by=by, at=at)
    return Loaded(places=len(places), added=done.added, renamed=done.renamed)


@transaction.atomic
def draw_schematic(*, by: str, at: datetime) -> int:
    """Draws every standing village as a cell around its point, and the outlines above; returns how many."""
    villages = Area.objects.standing().filter(level="village").exclude(lon=None).exclude(lat=None)
    points = {area.code: (area.lon or 0.0, area.lat or 0.0) for area in villages}
    return _draw(geometry.schematic(points), rules.SCHEMATIC, by=by, at=at)


@transaction.atomic
def load_boundaries(*, file: Path, by: str, at: datetime) -> Boundaries:
    """Replaces the schematic map by the polygons of a GeoJSON file, unless something essential is wrong.

    Returns what was found; `Boundaries.accepted` is False when nothing was changed.
    """
    villages = {area.code: area for area in Area.objects.standing().filter(level="village")}
    earlier = AreaPeriod.objects.filter(area__in=villages.values(), valid_from__lt=F("valid_to"))
    present = dict(earlier.values_list("code", "area__code"))
    points = {code: (area.lon, area.lat) for code, area in villages.items() if area.lon and area.lat}
    names = {code: rules.label(area.kind, area.name) for code, area in villages.items()}
    found = check(Path(file).read_bytes(), names=names, present=present, points=points)
    if found.accepted:
        _draw(geometry.simplified(found.polygons), Path(file).name[:80], by=by, at=at)
    return found


def _draw(villages: Mapping[str, Outline], source: str, *, by: str, at: datetime) -> int:
    outlines = dict(villages)
    for length in (8, 5):
        parts: dict[str, list[Outline]] = {}
        for code, outline in villages.items():
            parts.setdefault(code[:length], []).append(outline)
        outlines |= {code: geometry.dissolved(inside) for code, inside in parts.items()}
    areas = list(Area.objects.filter(code__in=outlines))
    blank = Area.objects.exclude(code__in=outlines).exclude(shape=None)
    drawn = outlines or set(blank.values_list("code", flat=True))
    if not drawn:
        return 0  # nothing to draw, and nothing that was drawn before
    for area in areas:
        area.shape = json.dumps(geometry.rings(outlines[area.code]), separators=(",", ":"))
        area.shape_source = source
    Area.objects.bulk_update(areas, ("shape", "shape_source"))
    blank.update(shape=None, shape_source="")
    detail = {"places": len(areas), "schematic": int(source == rules.SCHEMATIC)}
    record(kind=DRAWN, subject=min(drawn), digest=drawing_digest(), by=by, at=at, detail=detail)
    return len(areas)


def _ground() -> set[tuple[str, float | None, float | None]]:
    """What the map stands on: the villages with their codes, and the points of those drawn from points."""
    villages = Area.objects.standing().filter(level="village")
    real = ~Q(shape_source__in=("", rules.SCHEMATIC))
    drawn = {(code, None, None) for code in villages.filter(real).values_list("code", flat=True)}
    return drawn | set(villages.exclude(real).values_list("code", "lon", "lat"))


def _redraw(*, by: str, at: datetime) -> int:
    """The schematic map anew; or the outlines of kecamatan and regency, when the villages have real ones."""
    villages = Area.objects.standing().filter(level="village").exclude(shape=None)
    real = villages.exclude(shape_source=rules.SCHEMATIC)
    if not real.exists():
        return draw_schematic(by=by, at=at)
    outlines = {area.code: geometry.outline(json.loads(area.shape or "[]")) for area in real}
    return _draw(outlines, real[0].shape_source, by=by, at=at)


def _recode(places: Iterable[Place]) -> dict[int, _Move]:
    """Gives recoded places, and the RW and RT below them, their present code; returns who moved how."""
    known = {area.code: area for area in Area.objects.filter(level__in=_ABOVE_RW)}
    present = {place.code for place in places}
    moves: dict[int, _Move] = {}
    for place in places:
        if place.code in known:
            continue
        old = next((p for p in reversed(place.past) if p.code in known and p.code not in present), None)
        if old is not None:
            move = _Move(old.code, place.code, old.valid_to, old.basis)
            below = Area.objects.filter(code__startswith=f"{old.code}.", level__in=("rw", "rt"))
            moves |= dict.fromkeys((known[old.code].pk, *below.values_list("pk", flat=True)), move)
    if moves:
        moving = list(Area.objects.filter(pk__in=moves))
        # Two steps, because a code may pass from one place to another and no two may hold it at once.
        Area.objects.filter(pk__in=moves).update(
            code=Concat(Value("~"), Cast("pk", CharField(max_length=20)))
        )
        for area in moving:
            area.code = moves[area.pk].new + area.code.removeprefix(moves[area.pk].old)
        Area.objects.bulk_update(moving, ("code",))
    return moves


def _refuse_missing(folder: Path, known: Mapping[str, Area], codes: set[str]) -> None:
    for code, area in sorted(known.items()):
        if code not in codes and area.valid_to == OPEN_END:
            raise DefinitionError(
                shown_name(folder / "areas.csv"),
                code,
                f"{rules.label(area.kind, area.name)} ada di basis data tetapi barisnya hilang",
                "Kembalikan barisnya: tempat yang bubar diberi tanggal pada kolom until, yang berganti kode "
                "ditulis di recodings.csv",
            )


def _targets(
    places: Iterable[Place], known: Mapping[str, Area], moves: Mapping[int, _Move], today: date
) -> list[_Target]:
    """What every place should have been called since when; a parent always before its parts."""
    wished = {place.code: place for place in places}
    followers = {area.code: area for area in known.values() if area.pk in moves}
    areas = dict(known)
    held = _held([areas[code] for code in wished.keys() | followers.keys() if code in areas])
    targets = []
    for code in sorted(wished.keys() | followers.keys()):
        area = areas.setdefault(code, Area())
        rows = held.get(area.pk or 0, ())
        wanted = _wanted(wished.get(code), [period_of(row) for row in rows], moves.get(area.pk or 0), today)
        place = AreaCode.parse(code)
        area.code, area.level, area.name, area.hamlet = code, place.level, wanted[-1].name, wanted[-1].hamlet
        area.valid_from, area.valid_to = wanted[0].valid_from, wanted[-1].valid_to
        area.parent = areas[str(place.parent)] if place.parent else None
        area.kind = area.kind or place.level
        targets.append(_Target(area, rows, wanted))
    return targets


def _wanted(
    place: Place | None, held: Sequence[Period], move: _Move | None, today: date
) -> tuple[Period, ...]:
    periods = [period for period in held if period.valid_from < period.valid_to]
    if move and (place is None or not place.past):
        periods = list(rules.recoded(periods, move.old, move.new, move.on, move.basis))
    if place is None:
        return tuple(periods)
    past = place.past
    if place.level in ("rw", "rt"):  # the files do not list the earlier codes of an RT; the tables know them
        past = tuple(period for period in periods if period.code != place.code)
    return rules.reconciled(past, place.now, periods, today)


def _describe(places: Iterable[Place], targets: Iterable[_Target]) -> list[Area]:
    """Puts kind, point, postcode and BPS code of the files on the rows; returns those that differ."""
    areas = {target.area.code: target.area for target in targets}
    changed = []
    for place in places:
        area = areas[place.code]
        if area.pk is None or any(getattr(area, name) != getattr(place, name) for name in DESCRIPTION):
            for name in DESCRIPTION:
                setattr(area, name, getattr(place, name))
            changed.append(area)
    return changed


def _neighbourhoods(rows: Iterable[NeighbourhoodRow], known: Mapping[str, Area]) -> list[Place]:
    """Rows as places, with the RW above each RT, which began with its first RT."""
    found: dict[str, Place] = {}
    begun: dict[str, date] = {}
    for row in rows:
        code = AreaCode.parse(row.code)
        if code.level not in ("rw", "rt"):
            raise ValueError(f"{code} bukan kode RT atau RW. Tulis seperti 33.09.03.2004.001.007.")
        text, held = str(code), known.get(str(code))
        if held is None:
            now = Period(text, row.name or _usual_name(text), row.hamlet, row.valid_from)
            above = text[:17]
            begun[above] = min(row.valid_from, begun.get(above, OPEN_END))
        else:
            name, hamlet = row.name or held.name, row.hamlet or held.hamlet
            now = Period(text, name, hamlet, held.valid_from, held.valid_to)
        found[text] = Place(now=now, level=code.level, kind=code.level)
    for text, since in begun.items():
        if text not in found and text not in known:
            found[text] = Place(Period(text, _usual_name(text), "", since), "rw", "rw")
    return [found[text] for text in sorted(found)]


def _usual_name(code: str) -> str:
    return f"{'RW' if len(code) == 17 else 'RT'} {code[-3:]}"


def _new_aliases(aliases: Iterable[definition.Alias], targets: Iterable[_Target]) -> list[AreaAlias]:
    areas = {target.area.code: target.area for target in targets}
    held = set(AreaAlias.objects.values_list("area_id", "name"))
    return [
        AreaAlias(area=areas[alias.code], name=alias.name, source=alias.source)
        for alias in aliases
        if (areas[alias.code].pk, alias.name) not in held
    ]


def _write(
    targets: Sequence[_Target], aliases: Sequence[AreaAlias], *, subject: str, by: str, at: datetime
) -> Loaded:
    """Saves places and their periods under one ledger entry; nothing at all when nothing differs."""
    differing = [(target, changes) for target in targets if (changes := target.changes)]
    if not differing and not aliases:
        return Loaded()
    fresh = [target.area for target, _ in differing if target.is_new]
    for level in LEVELS:
        Area.objects.bulk_create([area for area in fresh if area.level == level])
    Area.objects.bulk_update([target.area for target, _ in differing if not target.is_new], _CURRENT)
    opened = [(target.area, period) for target, changes in differing for period in changes.open]
    closed = [(target.held[n], end) for target, changes in differing for n, end in changes.close]
    lines = [rules.opened_line(area.pk, period) for area, period in opened]
    lines += [rules.closed_line(area.pk, p, p.valid_to) for area, p in opened if p.valid_to != OPEN_END]
    lines += [rules.closed_line(row.area_id, period_of(row), end) for row, end in closed]
    lines += [rules.alias_line(alias.area.pk, alias.name, alias.source) for alias in aliases]
    detail = {"opened": len(opened), "closed": len(closed), "aliases": len(aliases)}
    entry = record(kind=NAMED, subject=subject, digest=rules.digest(lines), by=by, at=at, detail=detail)
    AreaPeriod.objects.bulk_create([_row(area, period, entry) for area, period in opened])
    for row, end in closed:
        row.valid_to, row.closed_by = end, entry
    AreaPeriod.objects.bulk_update([row for row, _ in closed], ("valid_to", "closed_by"))
    for alias in aliases:
        alias.entry = entry
    AreaAlias.objects.bulk_create(aliases)
    return Loaded(added=len(fresh), renamed=len(differing) - len(fresh))


def _held(areas: Sequence[Area]) -> dict[int, list[AreaPeriod]]:
    found: dict[int, list[AreaPeriod]] = {}
    for start in range(0, len(areas), 500):  # databases limit how many values a question may hold
        for row in AreaPeriod.objects.filter(area__in=areas[start : start + 500]).order_by("pk"):
            found.setdefault(row.area_id, []).append(row)
    return found


def _row(area: Area, period: Period, entry: int) -> AreaPeriod:
    return AreaPeriod(
        area=area,
        code=period.code,
        parent_code=period.code.rpartition(".")[0] if len(period.code) > 5 else "",
        name=period.name,
        hamlet=period.hamlet,
        valid_from=period.valid_from,
        valid_to=period.valid_to,
        basis=period.basis,
        confidence=period.confidence,
        entry=entry,
        closed_by=entry if period.valid_to != OPEN_END else None,
    )
