"""Asking each answer whether it is possible: its type, its code list, its range. Sentences say what to do."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_noop as _

from natapraja.foundation.kernel.identifiers import FamilyCardNumber, Malformed, Nik

from .catalogue import code_lists, register
from .definition import Field
from .rules import Impossible


def checked_fields(name: str, answers: Mapping[str, object], *, partial: bool) -> dict[str, object]:
    """The answers in the form they are stored; empty ones left out (kept as None when `partial`, to clear a field).

    Raises Impossible naming the field. `partial` allows required fields to be absent, as in a correction.
    """
    definition = register(name)
    known = {field.name: field for field in definition.fields}
    unknown = sorted(set(answers) - set(known))
    if unknown:
        raise Impossible(
            unknown[0], _("Kolom “%(column)s” tidak ada di register %(register)s."),
            column=unknown[0], register=definition.title,
        )  # fmt: skip
    stored: dict[str, object] = {}
    for field in definition.fields:
        answer = answers.get(field.name)
        if answer is None or answer == "":
            if field.required and (not partial or field.name in answers):
                raise Impossible(field.name, _("%(label)s belum diisi."), label=field.label)
            if partial and field.name in answers:
                stored[field.name] = None
            continue
        stored[field.name] = checked(field, answer)
    return stored


def checked(field: Field, answer: object) -> object:
    """One answer in the form it is stored (dates as ISO text, references as unit numbers)."""
    label = field.label
    match field.type:
        case "integer" | "number" | "reference":
            return _number(field, answer)
        case "boolean":
            return _yes_or_no(field, answer)
        case "date":
            try:
                return (answer if isinstance(answer, date) else date.fromisoformat(str(answer))).isoformat()
            except ValueError:
                raise Impossible(
                    field.name, _("%(label)s bukan tanggal. Tulis seperti 2026-11-20."), label=label
                ) from None
        case "code":
            values = code_lists()[field.codes or ""].values
            if str(answer) not in values:
                raise Impossible(
                    field.name,
                    _("%(label)s: pilihan itu tidak ada di daftar. Pilih salah satu dari daftar."),
                    label=label,
                )
            return str(answer)
        case "nik" | "family_card_number":
            try:
                return str((Nik if field.type == "nik" else FamilyCardNumber).parse(str(answer)))
            except Malformed as error:
                raise Impossible(field.name, "%(why)s", why=error) from None
        case _:
            text = " ".join(str(answer).split())
            if len(text) > 200:
                raise Impossible(field.name, _("%(label)s lebih dari 200 huruf. Singkatkan."), label=label)
            return text


def _number(field: Field, answer: object) -> int | float:
    whole = field.type != "number"
    text = str(answer).strip().replace(",", ".")
    try:
        value = int(text) if whole else float(text)
    except ValueError:
        if whole:
            sentence = _("%(label)s harus bilangan bulat, ditulis dengan angka.")
        else:
            sentence = _("%(label)s harus bilangan, ditulis dengan angka.")
        raise Impossible(field.name, sentence, label=field.label) from None
    if field.minimum is not None and value < field.minimum:
        raise Impossible(
            field.name,
            _("%(label)s paling sedikit %(least)s. Periksa lagi angkanya."),
            label=field.label,
            least=f"{field.minimum:g}",
        )
    if field.maximum is not None and value > field.maximum:
        raise Impossible(
            field.name,
            _("%(label)s paling banyak %(most)s. Periksa lagi angkanya."),
            label=field.label,
            most=f"{field.maximum:g}",
        )
    return value


def _yes_or_no(field: Field, answer: object) -> bool:
    text = str(answer).strip().lower()
    if text in ("true", "1", "ya", "y", "yes"):
        return True
    if text in ("false", "0", "tidak", "t", "no"):
        return False
    raise Impossible(field.name, _("%(label)s: jawab ya atau tidak."), label=field.label)
