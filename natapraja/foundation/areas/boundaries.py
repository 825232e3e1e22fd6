"""Reads real polygons from a GeoJSON file and says, in sentences, what is missing or wrong. Pure."""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import shapely
from shapely.geometry import shape

from natapraja.foundation.kernel.identifiers import AreaCode, Malformed

from .geometry import Outline, Point

# Names under which mapping agencies write the code of a village, in lower case.
CODE_NAMES = (
    "code",
    "kode",
    "kode_desa",
    "kode_kemendagri",
    "kode_wilayah",
    "kdepum",
    "kd_desa",
    "kemendagri",
)
DEGREES = (90.0, -12.0, 142.0, 8.0)  # Indonesia: coordinates outside are metres, or latitude before longitude
KM_PER_DEGREE = 111.32
LOST = 0.01  # share of an area that repairing a polygon may change without being an error
OVERLAP = 0.01  # km² by which neighbours may overlap before it is worth a word
SHOWN = 8  # names listed in one sentence


@dataclass(frozen=True)
class Finding:
    """`error` stops the loading, `warning` does not."""

    weight: Literal["error", "warning"]
    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.remedy}."


@dataclass(frozen=True)
class Boundaries:
    """Polygons in degrees by present village code, and what was noticed about them."""

    polygons: Mapping[str, Outline] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    elsewhere: int = 0  # features of other regencies or other levels, left aside

    @property
    def accepted(self) -> bool:
        return bool(self.polygons) and all(finding.weight != "error" for finding in self.findings)


def check(
    content: bytes, *, names: Mapping[str, str], present: Mapping[str, str], points: Mapping[str, Point]
) -> Boundaries:
    """What a file offers for the villages in `names` (present code to name).

    `present` leads from every code a village ever had to its present one; `points` serve to notice polygons
    that lie somewhere else. Never raises for what is in the file: everything becomes a finding.
    """
    try:
        features = json.loads(content)["features"]
    except (ValueError, KeyError, TypeError):
        return _refused("seluruh berkas", "bukan GeoJSON FeatureCollection", "Simpan ulang sebagai GeoJSON")
    if not isinstance(features, list):
        return _refused("seluruh berkas", "bagian features bukan daftar", "Simpan ulang sebagai GeoJSON")
    polygons: dict[str, Outline] = {}
    findings: list[Finding] = []
    elsewhere = 0
    regency = min(names)[:5]
    for number, feature in enumerate(features, 1):
        written = _code(feature)
        code = present.get(written)
        where = f"fitur {number}"
        if code is None and (len(written) != 13 or not written.startswith(regency)):
            elsewhere += 1
        elif code is None:
            findings.append(_error(where, f"kode {written} tidak dikenal", "Periksa kodenya di nata areas"))
        elif code in polygons:
            findings.append(_error(where, f"{names[code]} muncul dua kali", "Gabungkan menjadi satu fitur"))
        else:
            outline, noticed = _outline(feature, names[code])
            findings += noticed
            if outline is not None:
                polygons[code] = outline
    findings += [
        *_missing(names, polygons, elsewhere),
        *_elsewhere(polygons, points, names),
        *_overlaps(polygons),
    ]
    return Boundaries(polygons, tuple(findings), elsewhere)


def _error(where: str, what: str, remedy: str) -> Finding:
    return Finding("error", where, what, remedy)


def _refused(where: str, what: str, remedy: str) -> Boundaries:
    return Boundaries(findings=(_error(where, what, remedy),))


def _code(feature: Any) -> str:
    """The code of a feature in dotted writing, or "" when it carries none."""
    if not isinstance(feature, dict):
        return ""
    properties = feature.get("properties")
    given = {str(name).lower(): value for name, value in (properties or {}).items()}
    for candidate in (*(given.get(name) for name in CODE_NAMES), feature.get("id")):
        if candidate in (None, ""):
            continue
        try:
            return str(AreaCode.parse(str(candidate)))
        except Malformed:
            continue
    return ""


def _outline(feature: dict[str, Any], name: str) -> tuple[Outline | None, list[Finding]]:
    try:
        outline = shape(feature["geometry"])
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError):
        return None, [_error(name, "geometrinya tidak terbaca", "Buat ulang poligonnya")]
    if outline.geom_type not in ("Polygon", "MultiPolygon") or outline.is_empty:
        return None, [_error(name, f"berisi {outline.geom_type}, bukan poligon", "Buat ulang poligonnya")]
    outline = shapely.force_2d(outline)
    west, south, east, north = outline.bounds
    if not (DEGREES[0] <= west <= east <= DEGREES[2] and DEGREES[1] <= south <= north <= DEGREES[3]):
        remedy = "Ubah ke EPSG:4326, bujur dulu baru lintang"
        return None, [_error(name, "koordinatnya bukan derajat di Indonesia", remedy)]
    if outline.is_valid:
        return outline, []
    reason = shapely.is_valid_reason(outline).partition("[")[0].strip()
    repaired = shapely.make_valid(outline, method="structure", keep_collapsed=False)
    if repaired.geom_type not in ("Polygon", "MultiPolygon") or (
        abs(repaired.area - outline.area) > LOST * max(repaired.area, outline.area)
    ):
        return None, [_error(name, f"poligonnya rusak ({reason})", "Perbaiki garisnya di aplikasi peta")]
    remedy = "Tidak perlu apa-apa; luasnya hampir tidak berubah"
    return repaired, [
        Finding("warning", name, f"garisnya bersilangan ({reason}) dan sudah dirapikan", remedy)
    ]


def _missing(names: Mapping[str, str], polygons: Mapping[str, Outline], elsewhere: int) -> Iterator[Finding]:
    absent = [names[code] for code in sorted(names) if code not in polygons]
    if not absent:
        return
    listed = ", ".join(absent[:SHOWN]) + (f", dan {len(absent) - SHOWN} lagi" if len(absent) > SHOWN else "")
    remedy = "Lengkapi berkasnya; selama belum lengkap, peta skematik tetap dipakai"
    if len(absent) == len(names) and elsewhere:
        remedy = f"Tulis kode desa pada salah satu kolom: {', '.join(CODE_NAMES[:4])}"
    yield _error("kelengkapan", f"{len(absent)} dari {len(names)} desa belum ada: {listed}", remedy)


def _elsewhere(
    polygons: Mapping[str, Outline], points: Mapping[str, Point], names: Mapping[str, str]
) -> Iterator[Finding]:
    """A polygon that does not hold the village's known point may carry the wrong code."""
    for code, outline in sorted(polygons.items()):
        if code not in points:
            continue
        away = shapely.distance(outline, shapely.Point(points[code])) * KM_PER_DEGREE
        if away > 1:
            what = f"titik desanya {away:.1f} km di luar poligon".replace(".", ",")
            yield Finding("warning", names[code], what, "Periksa apakah kodenya tertukar")


def _overlaps(polygons: Mapping[str, Outline]) -> Iterator[Finding]:
    outlines = np.array([polygons[code] for code in sorted(polygons)], dtype=object)
    if len(outlines) < 2:
        return
    left, right = shapely.STRtree(outlines).query(outlines, predicate="intersects")
    pairs = left < right
    shared = shapely.area(shapely.intersection(outlines[left[pairs]], outlines[right[pairs]]))
    middle = math.radians(float(np.mean(shapely.bounds(outlines)[:, [1, 3]])))
    squares = float(shared.sum()) * KM_PER_DEGREE**2 * math.cos(middle)
    if squares > OVERLAP:
        what = f"{int((shared > 0).sum())} pasang desa bertumpang tindih, {squares:.2f} km²".replace(".", ",")
        yield Finding("warning", "tumpang tindih", what, "Peta tetap dipakai; rapikan batasnya bila sempat")
