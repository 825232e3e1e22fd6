"""The schema of a code list: the answers a code field may hold."""

import msgspec

from natapraja.foundation.kernel.definitions import Text


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    value: str
    label: Text


class CodeList(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    title: Text
    source: str
    codes: tuple[Code, ...] = msgspec.field(name="code")
    note: str | None = None

    @property
    def values(self) -> tuple[str, ...]:
        return tuple(code.value for code in self.codes)

    def label(self, value: str, language: str = "id") -> str:
        """The words for a code; the code itself when the list does not know it."""
        for code in self.codes:
            if code.value == value:
                return str(getattr(code.label, language, code.label.id) or code.label.id)
        return value
