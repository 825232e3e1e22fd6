"""The schema of a register definition: what is kept about one kind of unit, why, and how private it is."""

from datetime import date
from typing import Literal

import msgspec

from natapraja.foundation.kernel.definitions import Text

Privacy = Literal["open", "internal", "personal", "sensitive"]
FieldType = Literal[
    "text", "integer", "number", "boolean", "date", "code", "reference", "nik", "family_card_number"
]


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing asked. `use` says what for: no field without a use (UU 27/2022, purpose limitation)."""

    name: str
    type: FieldType
    label: Text
    privacy: Privacy
    use: str
    codes: str | None = None
    register: str | None = None
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    since: date | None = None
    group: str | None = None

    @property
    def in_mart(self) -> bool:
        return self.privacy != "personal"


class Derived(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A value computed from others whenever it is asked for, never stored."""

    name: str
    type: FieldType
    label: Text
    expr: str
    codes: str | None = None
    register: str | None = None


class Collection(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The rows of another register that point here, for example the people of a household."""

    name: str
    register: str
    by: str


class Register(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    title: Text
    unit: Text
    count_as: Literal["person", "house", "household", "family", "neighbourhood", "child", "event"]
    key: str
    owner: str
    basis: str
    since: date
    fields: tuple[Field, ...] = msgspec.field(name="field")
    derived: tuple[Derived, ...] = ()
    collections: tuple[Collection, ...] = msgspec.field(name="collection", default=())
    split: str | None = None

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)

    @property
    def mart_fields(self) -> tuple[Field, ...]:
        """Fields that may leave for the mart: everything but what names or places a person."""
        return tuple(field for field in self.fields if field.in_mart)
