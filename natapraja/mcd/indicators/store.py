"""Keeping figures: packing vectors, replacing an area's sums, summing villages into kecamatan and regency."""

import hashlib
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter

import msgspec
import numpy as np
from django.db import connection, transaction
from django.db.models import Q

from .measure import LENGTHS, LEVELS, Cell, Matrix, Plan, rolled_up, summed
from .models import CurrentFigures, Layout, Publication, PublishedFigures, SlowFigure

_CellRow = tuple[str, str, str]
_Place = tuple[str, str]  # register, area


def layout_of(matrix: Matrix) -> Layout:
    """The layout row of a matrix, made on first sight."""
    cells, splits = _written(matrix)
    layout, _ = Layout.objects.get_or_create(
        id=layout_id(matrix), defaults={"register": matrix.register, "cells": cells, "splits": splits}
    )
    return layout


def layout_id(of: Matrix | Plan) -> str:
    """The same for the same cells by the same rules, and for nothing else."""
    return hashlib.sha256("\n".join((of.register, *_written(of), of.rules)).encode()).hexdigest()[:32]


def _written(of: Matrix | Plan) -> tuple[str, str]:
    cells = msgspec.json.encode([(cell.indicator, cell.group, cell.part) for cell in of.cells]).decode()
    return cells, msgspec.json.encode(of.splits).decode()


@lru_cache(maxsize=256)
def read_layout(name: str) -> tuple[tuple[Cell, ...], tuple[str, ...]]:
    """(cells, splits) of a layout; layouts never change, so they are read once per process."""
    layout = Layout.objects.get(pk=name)
    cells = tuple(Cell(*row) for row in msgspec.json.decode(layout.cells, type=list[_CellRow]))
    return cells, tuple(msgspec.json.decode(layout.splits, type=list[str]))


def unpack(values: bytes, layout: str) -> np.ndarray:
    """A stored vector as an array of shape (splits, cells)."""
    cells, splits = read_layout(layout)
    return np.frombuffer(values, dtype="<f8").reshape(len(splits), len(cells))


class OtherRules(Exception):
    """Figures by other rules stand beside: everything must be measured anew before a part can be replaced."""


@transaction.atomic
def replace_all(matrices: Iterable[Matrix], *, on: date, known_at: datetime) -> None:
    """Replace the sums of every area."""
    for matrix in matrices:
        CurrentFigures.objects.filter(register=matrix.register).delete()
        whole, layouts = rolled_up(matrix), {matrix.register: layout_of(matrix).pk}
        rows = zip(whole.areas, whole.values, strict=True)
        _keep((((matrix.register, area), vector) for area, vector in rows), layouts, on, known_at)


@transaction.atomic
def replace_within(
    matrices: Sequence[Matrix], areas: Collection[str], *, on: date, known_at: datetime
) -> None:
    """Replace the sums of these areas and all below them, then of those above: sums anew, so that nothing drifts."""
    layouts = {matrix.register: layout_of(matrix).pk for matrix in matrices}
    moved: dict[_Place, np.ndarray | None] = dict.fromkeys(_stored(layouts, "rt", areas, whole=True))
    for matrix in matrices:
        rows = zip(matrix.areas, matrix.values, strict=True)
        moved |= {(matrix.register, area): vector.ravel() for area, vector in rows}
    changed = dict(moved)
    for below, above in pairwise(LENGTHS):
        moved = _summed(moved, layouts, below, above)
        changed |= moved
    with connection.cursor() as cursor:
        cursor.executemany(_DROP, list(changed))
    kept = ((place, vector) for place, vector in changed.items() if vector is not None)
    _keep(kept, layouts, on, known_at)


def publish(month: Matrix, publication: Publication, withheld: Mapping[str, Collection[str]]) -> None:
    """Keep a month's sums, and by area the indicators of which the public may not see them."""
    layout = layout_of(month)
    PublishedFigures.objects.bulk_create(
        (
            PublishedFigures(
                publication=publication, area=area, register=month.register, layout=layout,
                values=zlib.compress(vector.astype("<f8").tobytes(), 1), withheld=" ".join(withheld.get(area, ())),
            )
            for area, vector in zip(month.areas, month.values, strict=True)
        ),
        batch_size=500,
    )  # fmt: skip


def read_published(values: bytes, layout: str) -> np.ndarray:
    return unpack(zlib.decompress(values), layout)


def replace_slow(rows: Iterable[tuple[str, str, float | None, int]], *, on: date, known_at: datetime) -> None:
    """Keep figures that are no sums: (indicator, area, value, rows)."""
    SlowFigure.objects.bulk_create(
        (
            SlowFigure(indicator=indicator, area=area, value=value, rows=count, on=on, known_at=known_at)
            for indicator, area, value, count in rows
        ),
        update_conflicts=True,
        unique_fields=["indicator", "area", "on"],
        update_fields=["value", "rows", "known_at"],
        batch_size=1000,
    )


_DROP = "DELETE FROM indicators_currentfigures WHERE register = %s AND area = %s"
_KEEP = """
    INSERT INTO indicators_currentfigures (register, area, level, layout_id, "on", known_at, "values")
    VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


def _keep(
    rows: Iterable[tuple[_Place, np.ndarray]], layouts: Mapping[str, str], on: date, known_at: datetime
) -> None:
    """Write vectors where none stand. In plain SQL: sixty thousand model objects took four seconds, upserts fourteen."""
    day = connection.ops.adapt_datefield_value(on)
    moment = connection.ops.adapt_datetimefield_value(known_at)
    with connection.cursor() as cursor:
        cursor.executemany(
            _KEEP,
            (
                (
                    register,
                    area,
                    LEVELS[len(area)],
                    layouts[register],
                    day,
                    moment,
                    vector.astype("<f8").tobytes(),
                )
                for (register, area), vector in rows
            ),
        )


def _summed(
    moved: Mapping[_Place, np.ndarray | None], layouts: Mapping[str, str], level: str, above: str
) -> dict[_Place, np.ndarray | None]:
    """The areas one level above those that moved; None where nobody is left, for no figure is not a zero."""
    length = LENGTHS[above]
    sums: dict[_Place, np.ndarray | None] = {(register, area[:length]): None for register, area in moved}
    parts = _stored(layouts, level, {area for _, area in sums}) | moved
    there = sorted(
        place
        for place, vector in parts.items()
        if vector is not None and (place[0], place[1][:length]) in sums
    )
    for register, places in groupby(there, key=itemgetter(0)):
        areas = [area for _, area in places]
        names, vectors = summed(areas, np.stack([parts[register, area] for area in areas]), length)
        sums |= {(register, area): vector for area, vector in zip(names, vectors, strict=True)}
    return sums


def _stored(
    layouts: Mapping[str, str], level: str, areas: Collection[str], *, whole: bool = False
) -> dict[_Place, np.ndarray]:
    """What is kept of one level in and below these areas; raises OtherRules at another layout (not when `whole`)."""
    inside = Q(area__in=areas)
    for area in areas:
        if LEVELS[len(area)] != level:
            inside |= Q(area__gt=f"{area}.", area__lt=f"{area}/")  # '.' + 1 = '/'
    chosen = CurrentFigures.objects.filter(inside, level=level, register__in=list(layouts))
    found: dict[_Place, np.ndarray] = {}
    for register, area, values, layout in chosen.values_list("register", "area", "values", "layout_id"):
        if layout != layouts[register] and not whole:
            raise OtherRules(f"{register} {area}")
        found[register, area] = np.frombuffer(values, dtype="<f8")
    return found
