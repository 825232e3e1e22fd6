"""The two times of a register in small: one unit whose versions are kept in a list, as the tables keep them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from natapraja.mcd.registers import rules

START = date(2026, 1, 1)


def day(number: int) -> date:
    """The day so many days after the start."""
    return START + timedelta(days=number)


@dataclass(frozen=True)
class Kept:
    """A version with the moments, counted in actions, between which it was believed."""

    held: rules.Held
    known_from: int
    known_to: float = float("inf")
    written_by: int = 0
    closed_by: int | None = None


@dataclass
class Unit:
    """Applies changes as the room does: rows are added, versions are closed, nothing is edited."""

    versions: list[Kept] = field(default_factory=list)
    clock: int = 0

    def held(self, known: float = float("inf")) -> list[rules.Held]:
        """The versions believed at a moment (now when none is given), in the order of their days."""
        moment = self.clock if known == float("inf") else known
        found = [kept.held for kept in self.versions if kept.known_from <= moment < kept.known_to]
        return sorted(found, key=lambda held: held.valid_from)

    def apply(self, change: rules.Change) -> int:
        """Believe a change from the next moment on; gives that moment."""
        self.clock += 1
        for index, kept in enumerate(self.versions):
            if kept.held.id in change.supersedes:
                assert kept.known_to == float("inf"), "a version is closed once"
                self.versions[index] = replace(kept, known_to=self.clock, closed_by=self.clock)
        for row in change.rows:
            number = len(self.versions) + 1
            held = rules.Held(number, row.area, row.valid_from, row.valid_to, row.data)
            self.versions.append(Kept(held, self.clock, written_by=self.clock))
        return self.clock

    def withdraw(self, moment: int) -> int:
        """Take back what was believed at a moment."""
        superseded = [kept.held for kept in self.versions if kept.closed_by == moment]
        written = [kept.held for kept in self.versions if kept.written_by == moment]
        return self.apply(rules.restore(superseded, written))

    def as_of(self, on: date, known: float = float("inf")) -> tuple[int, Mapping[str, object]] | None:
        """Where and how the unit was on a day, as believed at a moment; None when it was not there."""
        found = [held for held in self.held(known) if held.covers(on)]
        assert len(found) <= 1, f"two versions hold on {on}"
        return (found[0].area, dict(found[0].data)) if found else None
