"""Households, people and claims as the notebook and the village desk show them: what a page needs, no more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from natapraja.mcd.registers.queries import Household, OpenClaim, Record, SentReport

from .queries import Newcomer, Receipt


@dataclass(frozen=True)
class Person:
    """`waiting` is the kind of a report about this person that a second person still has to decide."""

    unit: int
    name: str = field(repr=False)
    birth_date: str | None
    waiting: str = ""


@dataclass(frozen=True)
class Home:
    """`number` is the place in the list; `house` the unit of the building, when it is known."""

    number: int
    unit: int
    name: str = field(repr=False)
    people: tuple[Person, ...]
    house: int | None
    looked_at: bool


@dataclass(frozen=True)
class Sent:
    """A report of this month. `title` is a msgid; `about` says whom or which household it is about."""

    report: SentReport
    title: str
    about: str = field(repr=False)
    receipt: Receipt

    @property
    def can_withdraw(self) -> bool:
        """Nobody takes back what the village has decided."""
        return self.report.can_withdraw and not self.receipt.decided


def person(record: Record, waiting: Mapping[int, str] | None = None) -> Person:
    born = record["birth_date"]
    return Person(
        record.unit,
        str(record["name"] or ""),
        str(born) if born else None,
        (waiting or {}).get(record.unit, ""),
    )


def homes(
    found: Iterable[Household], *, looked: frozenset[int], all_looked: bool, claims: Iterable[OpenClaim]
) -> list[Home]:
    """The notebook's list, in the register's order, numbered from 1."""
    waiting = {claim.person.unit: claim.kind for claim in claims if claim.person}
    listed = []
    for number, each in enumerate(found, 1):
        house = each.record["house"]
        listed.append(
            Home(
                number=number,
                unit=each.record.unit,
                name=str(each.head["name"] or "") if each.head else "",
                people=tuple(person(one, waiting) for one in each.people),
                house=int(str(house)) if house else None,
                looked_at=all_looked or each.record.unit in looked,
            )
        )
    return listed


def about(report: SentReport, listed: Sequence[Home], newcomer: Newcomer | None = None) -> str:
    """Whom a report is about: a person by name, also one who came by it; a household or its house by its head.

    Empty when nobody is known.
    """
    if newcomer is not None and newcomer.name:
        return newcomer.name
    if report.unit is None:
        return gettext("semua yang belum diperiksa")
    if report.about is not None and report.about.register == "people":
        return str(report.about["name"] or "")
    home = next((each for each in listed if report.unit in (each.unit, each.house)), None)
    return gettext("rumah tangga %(name)s") % {"name": home.name} if home and home.name else ""
