"""Shapes of places: a schematic map from one point per village, and real polygons made small for a page.

Everything is drawn in the frame, north up. Wakes numpy and shapely: what only shows a shape needs `frame` alone.
"""

import gzip
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from .frame import HEIGHT, MARGIN, WIDTH, Ring, svg_path

HULL_RATIO = 0.1  # follows the outline of a long regency without cutting it in two
HULL_MARGIN = 0.5  # of the usual distance between two villages
BESIDE = 0.0001  # degrees between places whose points are one
SMALLEST = 4.0  # square units; a crumb of a polygon below this is not drawn
LIMIT = 8_500  # bytes: all village outlines, compressed, so that page and map stay within 18 kB
STEP, COARSEST = 0.25, 12.0  # tolerances tried, in units of the frame

Outline: TypeAlias = Polygon | MultiPolygon
Point = tuple[float, float]  # longitude, latitude in degrees


@dataclass(frozen=True)
class Projection:
    """Equirectangular, true to scale at the middle latitude: enough for a regency (Snyder 1987, ch. 12)."""

    lon: float
    lat: float
    scale: float  # units of the frame per degree of latitude

    @classmethod
    def fit(cls, bounds: tuple[float, float, float, float]) -> Self:
        """The projection that centres (west, south, east, north) in the frame and leaves MARGIN around it."""
        west, south, east, north = bounds
        lat = (south + north) / 2
        wide = max((east - west) * math.cos(math.radians(lat)), 1e-9)
        high = max(north - south, 1e-9)
        scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
        return cls((west + east) / 2, lat, scale)

    def project(self, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 2) longitude and latitude to (n, 2) x and y of the frame."""
        x = (degrees[:, 0] - self.lon) * math.cos(math.radians(self.lat)) * self.scale + WIDTH / 2
        y = (self.lat - degrees[:, 1]) * self.scale + HEIGHT / 2
        return np.column_stack([x, y])


def schematic(points: Mapping[str, Point]) -> dict[str, Outline]:
    """One cell per code: the part of the regency's hull that is nearer to this point than to any other.

    Cells are in the frame's whole numbers and share their edges. Places with one and the same point share its cell from
    west to east, in the order of their codes.
    """
    codes = sorted(points)
    if not codes:
        return {}
    degrees = _side_by_side(np.array([points[code] for code in codes], dtype=float))
    # Twice: the margin around the hull is known only in the plane, and it has to fit into the frame as well.
    first = Projection.fit(_bounds(degrees)).project(degrees)
    hull = _hull(first)
    plane = _into_frame(hull.bounds).project(first)
    hull = _hull(plane)
    if len(codes) == 1:
        return {codes[0]: hull}
    diagram = shapely.voronoi_polygons(shapely.MultiPoint(plane), extend_to=hull.envelope, ordered=True)
    cells = shapely.intersection(np.array(shapely.get_parts(diagram)), hull)
    return dict(zip(codes, _whole(cells), strict=True))


def simplified(polygons: Mapping[str, Outline], limit: int = LIMIT) -> dict[str, Outline]:
    """Polygons in degrees, drawn in the frame with as much detail as `limit` compressed bytes of paths allow.

    Edges shared by two polygons stay shared (coverage simplification: Visvalingam and Whyatt 1993).
    """
    codes = sorted(polygons)
    degrees = np.array([polygons[code] for code in codes], dtype=object)
    projection = Projection.fit(tuple(shapely.total_bounds(degrees)))
    plane = shapely.transform(degrees, projection.project)
    tolerance = 0.0
    drawn = dict(zip(codes, _whole(plane), strict=True))
    while weight(drawn.values()) > limit and tolerance < COARSEST:
        tolerance += STEP
        drawn = dict(zip(codes, _whole(shapely.coverage_simplify(plane, tolerance)), strict=True))
    return drawn


def dissolved(polygons: Iterable[Outline]) -> Outline:
    """The outline of several neighbouring polygons, without the crumbs that rounding leaves between them."""
    merged = shapely.union_all(list(polygons), grid_size=1.0)
    parts = [_without_crumbs(part) for part in shapely.get_parts(merged) if part.area >= SMALLEST]
    return cast(Outline, parts[0] if len(parts) == 1 else MultiPolygon(parts))


def rings(area: Outline) -> tuple[Ring, ...]:
    """Every ring of an area, outer and inner, open (the last point is not repeated), in whole numbers."""
    found: list[Ring] = []
    for part in shapely.get_parts(shapely.normalize(area)):
        for ring in (part.exterior, *part.interiors):
            points = [(round(x), round(y)) for x, y in ring.coords[:-1]]
            found.append(tuple(points))
    return tuple(found)


def outline(shape: Sequence[Sequence[Sequence[int]]]) -> Outline:
    """The area that rings enclose, fill-rule evenodd: the way back from `rings`."""
    found = Polygon()
    for ring in shape:
        found = found.symmetric_difference(Polygon(ring))
    return cast(Outline, found)


def weight(areas: Iterable[Outline]) -> int:
    """Compressed bytes of all paths together, as they travel in a page."""
    return len(gzip.compress("\n".join(svg_path(rings(area)) for area in areas).encode(), mtime=0))


def _bounds(xy: NDArray[np.float64]) -> tuple[float, float, float, float]:
    return float(xy[:, 0].min()), float(xy[:, 1].min()), float(xy[:, 0].max()), float(xy[:, 1].max())


@dataclass(frozen=True)
class _Frame:
    """Moves and stretches a plane that has grown by its margin back into the frame."""

    x: float
    y: float
    scale: float

    def project(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(
            [(xy[:, 0] - self.x) * self.scale + WIDTH / 2, (xy[:, 1] - self.y) * self.scale + HEIGHT / 2]
        )


def _into_frame(bounds: tuple[float, float, float, float]) -> _Frame:
    left, top, right, bottom = bounds
    scale = min((WIDTH - 2 * MARGIN) / (right - left), (HEIGHT - 2 * MARGIN) / (bottom - top))
    return _Frame((left + right) / 2, (top + bottom) / 2, scale)


def _side_by_side(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    """Moves each further place at a point that is taken a little to the east: about ten metres."""
    moved, seen = degrees.copy(), dict[tuple[float, float], int]()
    for row, (lon, lat) in enumerate(degrees):
        times = seen[lon, lat] = seen.get((lon, lat), -1) + 1
        moved[row, 0] += times * BESIDE
    return moved


def _hull(plane: NDArray[np.float64]) -> Polygon:
    cloud = shapely.MultiPoint(plane)
    left, top, right, bottom = cloud.bounds
    # Along a line there is no area to speak of, but a usual distance; around one point, the frame.
    spread = max(right - left, bottom - top) / len(plane)
    usual = max(math.sqrt(cloud.convex_hull.area / len(plane)), spread) or WIDTH - 2 * MARGIN
    hull = shapely.concave_hull(cloud, ratio=HULL_RATIO)
    return shapely.buffer(hull, HULL_MARGIN * usual, cap_style="square", join_style="mitre", mitre_limit=1.5)


def _whole(areas: NDArray[np.object_]) -> list[Outline]:
    """Rounds every corner to whole numbers; equal corners stay equal, so shared edges stay shared."""
    rounded = shapely.transform(areas, np.rint)
    return [_polygonal(area) for area in rounded]


def _polygonal(area: Outline) -> Outline:
    """What is left of an area after rounding: doubled points and crumbs go, the largest piece stays."""
    whole = shapely.make_valid(shapely.remove_repeated_points(area))
    parts = [part for part in _polygons(whole) if part.area > 0]
    kept = [_without_crumbs(part) for part in parts if part.area >= SMALLEST] or parts[:1]
    return cast(Outline, kept[0] if len(kept) == 1 else MultiPolygon(kept))


def _polygons(geometry: shapely.Geometry) -> list[Polygon]:
    parts: list[Polygon] = []
    for part in shapely.get_parts(geometry):
        if isinstance(part, Polygon):
            parts.append(part)
        elif hasattr(part, "geoms"):
            parts.extend(_polygons(part))
    return sorted(parts, key=lambda part: -part.area)


def _without_crumbs(part: Polygon) -> Polygon:
    return Polygon(part.exterior, [ring for ring in part.interiors if Polygon(ring).area >= SMALLEST])
