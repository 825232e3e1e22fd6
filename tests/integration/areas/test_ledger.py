"""Every entry about places can be proven again from the tables, and a touched row cannot."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model

from natapraja.foundation.areas import actions, witness
from natapraja.foundation.areas.actions import NeighbourhoodRow
from natapraja.foundation.areas.models import Area, AreaAlias, AreaPeriod
from natapraja.foundation.ledger.models import Entry
from natapraja.foundation.ledger.presenters import sentence
from tests.integration.areas.conftest import AT, BY, Regency


@pytest.fixture(autouse=True)
def _history(regency: Regency) -> None:
    (regency.folder / "aliases.csv").write_text("code,name,source\n33.09.01,Kulon,karangan untuk uji\n")
    regency.load()
    regency.edit("areas.csv", "Uji Dua", "Uji Dua Baru")
    regency.edit("areas.csv", "110.58,-7.51", "110.59,-7.51")
    regency.recode("33.09.01.2003", "33.09.02.2003", "Uji Tiga")
    regency.load()
    row = NeighbourhoodRow("33.09.01.2001.001.001", "", "Contoh")
    actions.add_neighbourhoods(rows=[row], by=BY, at=AT)


def unproven() -> list[int]:
    found = dict(witness.digests(1, 1_000))
    return [
        entry.seq for entry in Entry.objects.order_by("seq") if found.get(entry.seq) != bytes(entry.digest)
    ]


def test_every_naming_and_the_latest_picture_can_be_proven() -> None:
    replaced = Entry.objects.filter(kind__in=(witness.DESCRIBED, witness.DRAWN)).order_by("seq")
    latest = {entry.kind: entry.seq for entry in replaced}
    assert unproven() == [entry.seq for entry in replaced if entry.seq not in latest.values()]


def test_a_part_of_the_ledger_can_be_asked_alone() -> None:
    whole = dict(witness.digests(1, 1_000))
    last = max(whole)
    assert dict(witness.digests(last, last)) == {last: whole[last]}


@pytest.mark.parametrize(
    ("model", "rows", "change"),
    [
        (AreaPeriod, {"code": "33.09.01.2001"}, {"name": "Uji Lain"}),
        (AreaPeriod, {"code": "33.09.01.2003"}, {"valid_to": "2020-01-01"}),
        (AreaPeriod, {"code": "33.09.01.2001.001.001"}, {"valid_from": "2020-01-01"}),
        (AreaPeriod, {"code": "33.09.02"}, {"confidence": "known"}),
        (Area, {"code": "33.09.01.2001"}, {"name": "Uji Lain"}),
        (Area, {"code": "33.09.01.2001.001.001"}, {"hamlet": "Lain"}),
        (Area, {"code": "33.09.01.2001"}, {"lon": 110.0}),
        (Area, {"code": "33.09.01.2001"}, {"shape": "[]"}),
        (AreaAlias, {"name": "Kulon"}, {"name": "Kidul"}),
    ],
)
def test_a_row_touched_by_hand_no_longer_fits(
    model: type[Model], rows: dict[str, Any], change: dict[str, Any]
) -> None:
    before = unproven()
    assert model._default_manager.filter(**rows).update(**change) >= 1
    assert len(unproven()) > len(before)


def test_a_row_added_or_removed_by_hand_no_longer_fits() -> None:
    before = unproven()
    AreaPeriod.objects.filter(code="33.09.01.2001.001.001").delete()
    assert len(unproven()) > len(before)


def test_every_kind_of_entry_is_a_sentence() -> None:
    for entry in Entry.objects.all():
        told = sentence(entry.kind, entry.actor, entry.subject, json.loads(entry.detail))
        assert "…" not in told
        assert entry.kind not in told


def test_boundaries_of_another_file_are_another_entry(tmp_path: Path, regency: Regency) -> None:
    entries: Callable[[], int] = Entry.objects.filter(kind=witness.DRAWN).count
    before = entries()
    actions.draw_schematic(by=BY, at=AT)
    assert entries() == before + 1
