"""Laporan yang terlambat dan jawaban yang keliru."""

import re
from datetime import date

import pytest

from natapraja.mcd.registers import rules
from tests.builders.times import Unit

title = "Laporan yang terlambat dan jawaban yang keliru"
text = (
    "Sebuah kejadian berlaku sejak tanggalnya sampai perubahan berikutnya pada isian yang sama. Catatan sesudahnya "
    "mempertahankan yang diubahnya sendiri dan ikut berubah pada isian yang hanya diteruskannya. Sebuah perbaikan "
    "mengganti jawaban yang keliru pada catatan hari itu dan pada catatan sesudahnya yang hanya meneruskannya. "
    "Yang pernah diketahui pada suatu saat tetap dapat dibaca."
)

# Each line is one unit: from which day of 2026 (month.day) which answers hold; "-" is a time it was not there.
CHANGES = [
    # what is held                                          said                       what is held then
    ("1.1 work=tani",                                       "3.1 work=guru",           "1.1 work=tani | 3.1 work=guru"),
    ("1.1 work=tani",                                       "1.1 work=guru",           "1.1 work=guru"),
    # a later version that changed something else takes the answer over
    ("1.1 work=tani phone=1 | 5.1 work=tani phone=2",       "3.1 work=guru",
     "1.1 work=tani phone=1 | 3.1 work=guru phone=1 | 5.1 work=guru phone=2"),
    ("1.1 work=tani phone=1 | 5.1 work=tani phone=2 | 7.1 work=tani phone=1 | 9.1 work=dagang phone=1", "3.1 work=guru",
     "1.1 work=tani phone=1 | 3.1 work=guru phone=1 | 5.1 work=guru phone=2 | 7.1 work=guru phone=1 "
     "| 9.1 work=dagang phone=1"),
    # one that changed the same field keeps its own, and ends it for all that come after
    ("1.1 work=tani | 5.1 work=dagang",                     "3.1 work=guru",
     "1.1 work=tani | 3.1 work=guru | 5.1 work=dagang"),
    ("1.1 work=tani | 5.1 work=dagang | 7.1 work=tani",     "3.1 work=guru",
     "1.1 work=tani | 3.1 work=guru | 5.1 work=dagang | 7.1 work=tani"),
    # field by field
    ("1.1 work=tani phone=1 | 5.1 work=dagang phone=1",     "3.1 work=guru phone=3",
     "1.1 work=tani phone=1 | 3.1 work=guru phone=3 | 5.1 work=dagang phone=3"),
    # what was not known until then is carried on, too; what is taken away is gone until it is said again
    ("1.1 work=tani | 5.1 work=tani phone=2",               "3.1 married=1",
     "1.1 work=tani | 3.1 work=tani married=1 | 5.1 work=tani phone=2 married=1"),
    ("1.1 work=tani phone=1 | 5.1 work=dagang phone=1 | 7.1 work=dagang phone=2", "3.1 phone=",
     "1.1 work=tani phone=1 | 3.1 work=tani | 5.1 work=dagang | 7.1 work=dagang phone=2"),
    # who was away and came back was asked anew
    ("1.1 work=tani | 4.1 - | 5.1 work=tani",               "3.1 work=guru",
     "1.1 work=tani | 3.1 work=guru | 4.1 - | 5.1 work=tani"),
    # a move is carried on like an answer
    ("1.1 area=1 phone=1 | 5.1 area=1 phone=2 | 7.1 area=3 phone=2", "3.1 area=2",
     "1.1 area=1 phone=1 | 3.1 area=2 phone=1 | 5.1 area=2 phone=2 | 7.1 area=3 phone=2"),
]  # fmt: skip
CORRECTIONS = [
    ("1.1 work=tani",                                       "3.1 work=guru",           "1.1 work=guru"),
    ("1.1 work=tani phone=1 | 5.1 work=tani phone=2",       "3.1 work=guru",
     "1.1 work=guru phone=1 | 5.1 work=guru phone=2"),
    ("1.1 work=tani | 5.1 work=dagang",                     "3.1 work=guru",           "1.1 work=guru | 5.1 work=dagang"),
    ("1.1 work=tani | 5.1 work=dagang | 7.1 work=tani",     "3.1 work=guru",
     "1.1 work=guru | 5.1 work=dagang | 7.1 work=tani"),
    # whoever names a later day says nothing of the days before its version
    ("1.1 work=tani phone=1 | 5.1 work=tani phone=2",       "6.1 work=guru",
     "1.1 work=tani phone=1 | 5.1 work=guru phone=2"),
    ("1.1 work=tani phone=1 | 5.1 work=tani phone=2",       "3.1 work=",               "1.1 phone=1 | 5.1 phone=2"),
    ("1.1 work=tani | 4.1 - | 5.1 work=tani",               "3.1 work=guru",
     "1.1 work=guru | 4.1 - | 5.1 work=tani"),
]  # fmt: skip


def day(written: str) -> date:
    month, number = map(int, written.split("."))
    return date(2026, month, number)


def answers(written: str) -> dict[str, object]:
    return {name: value or None for name, value in re.findall(r"(\w+)=(\w*)", written)}


def unit(written: str) -> Unit:
    """The unit of one line of the table; its place is written like an answer."""
    pieces = [piece.split(maxsplit=1) for piece in written.split(" | ")]
    ends = [day(start) for start, _ in pieces[1:]] + [rules.OPEN_DATE]
    rows = []
    for (start, said), stop in zip(pieces, ends, strict=True):
        found = answers(said)
        area = int(str(found.pop("area", 1)))
        if said != "-":
            rows.append(rules.Row(area, day(start), stop, rules.IMPORT, "", found))
    made = Unit()
    made.apply(rules.Change(rows=tuple(rows)))
    return made


def told(made: Unit) -> list[tuple[object, ...]]:
    return [(held.valid_from, held.valid_to, held.area, dict(held.data)) for held in made.held()]


@pytest.mark.parametrize(("before", "said", "after"), CHANGES)
def test_an_answer_holds_until_the_next_change_of_the_same_field(before: str, said: str, after: str) -> None:
    made, found = unit(before), answers(said)
    area = found.pop("area", None)
    place = None if area is None else int(str(area))
    moment = made.apply(rules.change(made.held(), on=day(said.split()[0]), data=found, area=place))
    assert told(made) == told(unit(after))
    made.withdraw(moment)
    assert told(made) == told(unit(before))


@pytest.mark.parametrize(("before", "said", "after"), CORRECTIONS)
def test_a_wrong_answer_is_mended_wherever_it_was_carried_on(before: str, said: str, after: str) -> None:
    made = unit(before)
    moment = made.apply(rules.correct(made.held(), on=day(said.split()[0]), data=answers(said)))
    assert told(made) == told(unit(after))
    made.withdraw(moment)
    assert told(made) == told(unit(before))


def test_a_measurement_carries_nothing_on() -> None:
    """Two children's heights may be the same on two days, and each is a finding of its own."""
    before = "1.1 height=75 weight=9 | 5.1 height=75 weight=10"
    made = unit(before)
    made.apply(rules.change(made.held(), on=day("3.1"), data={"height": "76"}, onward=False))
    assert told(made) == told(
        unit("1.1 height=75 weight=9 | 3.1 height=76 weight=9 | 5.1 height=75 weight=10")
    )
    made = unit(before)
    made.apply(rules.correct(made.held(), on=day("3.1"), data={"height": "74"}, onward=False))
    assert told(made) == told(unit("1.1 height=74 weight=9 | 5.1 height=75 weight=10"))


@pytest.mark.parametrize("act", [rules.change, rules.correct])
def test_how_somebody_went_is_not_forgotten_over_a_mended_answer(act) -> None:
    held = [
        rules.Held(1, 1, day("1.1"), day("5.1"), {"work": "tani"}),
        rules.Held(2, 1, day("5.1"), day("7.1"), {"work": "tani", "phone": "2"}, rules.DIED),
    ]
    written = act(held, on=day("3.1"), data={"work": "guru"})
    assert written.supersedes == (1, 2)
    last = written.rows[-1]
    assert (last.event, last.valid_to, last.data) == (rules.DIED, day("7.1"), {"work": "guru", "phone": "2"})
    assert rules.DIED not in {row.event for row in written.rows[:-1]}
    again = rules.restore([held[1]], [])
    assert [row.event for row in again.rows] == [rules.DIED]
