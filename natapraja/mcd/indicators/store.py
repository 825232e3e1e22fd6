"""Keeping figures: packing vectors, replacing an area's sums, summing villages into kecamatan and regency."""

import hashlib
import zlib
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache

import msgspec
import numpy as np
from django.db import transaction

from .measure import LEVELS, Cell, Matrix, rolled_up
from .models import CurrentFigures, Layout, Publication, PublishedFigures, SlowFigure

_CellRow = tuple[str, str, str]


def layout_of(matrix: Matrix) -> Layout:
    """The layout row of a matrix, made on first sight."""
    cells = msgspec.json.encode([(cell.indicator, cell.group, cell.part) for cell in matrix.cells]).decode()
    splits = msgspec.json.encode(matrix.splits).decode()
    name = hashlib.sha256(f"{matrix.register}\n{cells}\n{splits}".encode()).hexdigest()[:32]
    layout, _ = Layout.objects.get_or_create(
        id=name, defaults={"register": matrix.register, "cells": cells, "splits": splits}
    )
    return layout


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


@transaction.atomic
def replace_villages(
    matrices: Iterable[Matrix], villages: Collection[str] | None, *, on: date, known_at: datetime
) -> None:
    """Replace the sums of these villages and all below them (None: of every village), then those above."""
    for matrix in matrices:
        layout = layout_of(matrix)
        if villages is None:
            CurrentFigures.objects.filter(register=matrix.register).delete()
            _insert(rolled_up(matrix), layout, on=on, known_at=known_at)
            continue
        below = rolled_up(matrix, lengths=(21, 17, 13))
        _forget_emptied(matrix.register, villages, below.areas)
        _upsert(below, layout, on=on, known_at=known_at)
        _sum_above(matrix, layout, villages, on=on, known_at=known_at)


def publish(matrices: Iterable[Matrix], publication: Publication) -> None:
    """Keep a month's sums for village, kecamatan and regency."""
    for matrix in matrices:
        layout = layout_of(matrix)
        above = rolled_up(matrix, lengths=(13, 8, 5))
        PublishedFigures.objects.bulk_create(
            (
                PublishedFigures(
                    publication=publication, area=area, register=matrix.register, layout=layout,
                    values=zlib.compress(vector.astype("<f8").tobytes(), 1),
                )
                for area, vector in zip(above.areas, above.values, strict=True)
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


def _rows(matrix: Matrix, layout: Layout, on: date, known_at: datetime) -> Iterator[CurrentFigures]:
    for area, vector in zip(matrix.areas, matrix.values.astype("<f8"), strict=True):
        yield CurrentFigures(
            area=area, level=LEVELS[len(area)], register=matrix.register, layout=layout, on=on, known_at=known_at,
            values=vector.tobytes(),
        )  # fmt: skip


def _insert(matrix: Matrix, layout: Layout, *, on: date, known_at: datetime) -> None:
    CurrentFigures.objects.bulk_create(_rows(matrix, layout, on, known_at), batch_size=1000)


def _upsert(matrix: Matrix, layout: Layout, *, on: date, known_at: datetime) -> None:
    CurrentFigures.objects.bulk_create(
        _rows(matrix, layout, on, known_at),
        update_conflicts=True,
        unique_fields=["area", "register"],
        update_fields=["layout", "on", "known_at", "values"],
        batch_size=1000,
    )


def _forget_emptied(register: str, villages: Collection[str], present: Collection[str]) -> None:
    """An RT that has no rows left has no figures either."""
    kept = set(present)
    for village in villages:
        stored = CurrentFigures.objects.filter(register=register, area__startswith=village)
        gone = [area for area in stored.values_list("area", flat=True) if area not in kept]
        if gone:
            CurrentFigures.objects.filter(register=register, area__in=gone).delete()


def _sum_above(
    matrix: Matrix, layout: Layout, villages: Collection[str], *, on: date, known_at: datetime
) -> None:
    """Kecamatan as the sum of their villages, the regency as the sum of its kecamatan: no drift, whatever happened."""
    districts = sorted({village[:8] for village in villages})
    regencies = sorted({village[:5] for village in villages})
    for level, parents in (("village", districts), ("district", regencies)):
        areas, vectors = [], []
        for parent in parents:
            stored = CurrentFigures.objects.filter(
                level=level, register=matrix.register, layout=layout, area__startswith=parent
            ).values_list("values", flat=True)
            blocks = [np.frombuffer(values, dtype="<f8") for values in stored]
            if not blocks:  # nobody below has rows: no figure, as after measuring everything, and not a zero
                CurrentFigures.objects.filter(area=parent, register=matrix.register).delete()
                continue
            areas.append(parent)
            vectors.append(np.sum(blocks, axis=0))
        above = Matrix(matrix.register, matrix.cells, matrix.splits, tuple(areas), np.array(vectors))
        _upsert(above, layout, on=on, known_at=known_at)
