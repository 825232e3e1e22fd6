"""Random small populations: any value a definition allows, and often none, so that every rule meets the unknown."""

from datetime import date, timedelta
from random import Random

from natapraja.mcd.registers.catalogue import code_lists, registers
from natapraja.mcd.registers.definition import Field, Register

Tables = dict[str, str]
SIZES = {
    "neighbourhoods": 3, "houses": 8, "families": 6, "households": 9, "people": 30, "growth": 10, "events": 8,
}  # fmt: skip
_RANGES = {
    "grade": (1, 8),
    "age_months": (0, 1200),
    "hours_per_week": (0, 60),
    "monthly_income": (0, 9_000_000),
}
_DAYS = {
    "birth_date": (date(1940, 1, 1), date(2026, 8, 1)),
    "measured_on": (date(2025, 6, 1), date(2026, 9, 1)),
}
_RECENT = (date(2025, 1, 1), date(2026, 9, 1))


def tables(seed: int, unknown: float = 0.2) -> Tables:
    """Text tables of one village; the same seed gives the same people."""
    chance = Random(seed)
    return {name: _table(definition, chance, unknown) for name, definition in registers().items()}


def _table(definition: Register, chance: Random, unknown: float) -> str:
    names = [field.name for field in definition.mart_fields]
    lines = [" | ".join(["key", "area", *names])]
    for number in range(SIZES[definition.id]):
        cells = [_cell(definition, field, chance, unknown) for field in definition.mart_fields]
        lines.append(" | ".join([f"{definition.id}{number}", str(chance.randint(1, 3)), *cells]))
    return "\n".join(lines)


def _cell(definition: Register, field: Field, chance: Random, unknown: float) -> str:
    if not field.required and chance.random() < unknown:
        return ""
    return _value(definition, field, chance)


def _value(definition: Register, field: Field, chance: Random) -> str:
    match field.type:
        case "boolean":
            return chance.choice(["ya", "tidak"])
        case "code":
            return chance.choice(code_lists()[str(field.codes)].values)
        case "reference":
            return f"{field.register}{chance.randrange(SIZES[str(field.register)])}"
        case "date":
            return _day(field.name, definition, chance)
        case "integer":
            low, high = _RANGES.get(
                field.name, (int(field.minimum or 0), int(min(field.maximum or 20, 2026)))
            )
            return str(chance.randint(low, high))
        case "number":
            low, high = _RANGES.get(field.name, (field.minimum or 0, field.maximum or 100))
            return f"{chance.uniform(low, high):.1f}"
        case _:
            return "contoh"


def _day(name: str, definition: Register, chance: Random) -> str:
    first, last = _DAYS.get(name, _RECENT)
    if name == "birth_date" and chance.random() < 0.4:  # many young children, whom most rules are about
        first = date(2018, 1, 1)
    return str(first + timedelta(days=chance.randrange((last - first).days)))
