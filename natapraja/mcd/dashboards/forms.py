"""What an RT head or a village operator fills in: as few fields as the event needs."""

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from natapraja.mcd.registers import rules
from natapraja.mcd.registers.catalogue import code_lists, register

TODAY, YESTERDAY, OTHER = "today", "yesterday", "other"


class EventForm(forms.Form):
    """Which day, under an id made when the page was opened: sending twice is harmless.

    A date that was typed is the day, whatever the choice above it says: a page without a script cannot move that choice.
    """

    id = forms.UUIDField(widget=forms.HiddenInput)
    when = forms.ChoiceField(
        label=_("Kapan?"),
        choices=[(TODAY, _("Hari ini")), (YESTERDAY, _("Kemarin")), (OTHER, _("Tanggal lain"))],
        widget=forms.RadioSelect,
        initial=TODAY,
    )
    on = forms.DateField(
        label=_("Tanggal lain"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Bila diisi, tanggal ini yang dicatat, apa pun pilihan di atas."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["id"].initial = uuid.uuid4()
        self.fields["on"].widget.attrs["max"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("when") == OTHER and not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", _("Pilih tanggalnya, atau pilih “Hari ini”."))
        return cleaned

    @property
    def day(self) -> date:
        """The day of the event."""
        typed: date | None = self.cleaned_data["on"]
        if typed is not None:
            return typed
        return self.today - timedelta(days=1 if self.cleaned_data["when"] == YESTERDAY else 0)

    @property
    def fields_for_register(self) -> dict[str, Any]:
        """The answers that belong to the register, without the date and the id."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("id", "when", "on") and value not in (None, "")
        }


def _choice(register_id: str, field_name: str, *, required: bool = False) -> forms.ChoiceField:
    """A choice from the field's code list; one that may stay open says so in words."""
    field = register(register_id).field(field_name)
    assert field is not None
    language = get_language() or "id"
    choices = [(code.value, code.label.of(language)) for code in code_lists()[field.codes or ""].codes]
    return forms.ChoiceField(
        label=field.label.of(language),
        choices=choices if required else [("", _("Belum tahu")), *choices],
        required=required,
        widget=forms.RadioSelect if len(choices) <= 4 else forms.Select,
    )


class BirthForm(EventForm):
    """A child born: name and sex. Everything else can wait for the certificate."""

    name = forms.CharField(label=_("Nama bayi"), max_length=60, help_text=_("Belum bernama? Tulis: Bayi."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sex"] = _choice("people", "sex", required=True)
        self.fields["birth_certificate"] = forms.BooleanField(
            label=_("Sudah punya akta lahir"), required=False
        )
        self.order_fields(["name", "sex", "when", "on", "birth_certificate"])

    @property
    def fields_for_register(self) -> dict[str, Any]:
        return {**super().fields_for_register, "birth_date": self.day, "relation": "3", "lives_here": True}


class ArrivalForm(EventForm):
    """Somebody comes to live here."""

    name = forms.CharField(label=_("Nama"), max_length=60)
    birth_date = forms.DateField(label=_("Tanggal lahir"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sex"] = _choice("people", "sex", required=True)
        self.fields["relation"] = _choice("people", "relation")
        self.order_fields(["name", "sex", "birth_date", "relation", "when", "on"])

    @property
    def fields_for_register(self) -> dict[str, Any]:
        return {**super().fields_for_register, "lives_here": True}


class DepartureForm(EventForm):
    """Died, moved out, double, unknown: only the day."""


class CorrectionForm(forms.Form):
    """A record that was wrong, or a state that is different now. Only what differs is written."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    why = forms.ChoiceField(
        label=_("Mengapa diubah?"),
        help_text=_("Angka yang bergerak karena keliru dan karena berubah diterangkan sendiri-sendiri."),
        choices=[
            (rules.CORRECTED, _("Catatan yang dulu keliru")),
            (rules.CHANGED, _("Keadaannya sekarang berubah")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Pilih salah satu: catatan yang dulu keliru, atau keadaannya berubah.")
        },
    )

    def __init__(
        self, *args: Any, register_id: str, names: tuple[str, ...], now_is: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["id"].initial = uuid.uuid4()
        self.before = {}
        for name in names:
            self.fields[name] = self._field(register_id, name)
            self.before[name] = self.fields[name].initial = now_is[name]
        self.order_fields([*names, "why"])

    def _field(self, register_id: str, name: str) -> forms.Field:
        field = register(register_id).field(name)
        assert field is not None
        said: dict[str, Any] = {"label": field.label.of(get_language() or "id"), "required": field.required}
        match field.type:
            case "code":
                return _choice(register_id, name, required=field.required)
            case "boolean":
                yes_or_no = [("True", _("Ya")), ("False", _("Tidak"))]
                return forms.TypedChoiceField(
                    choices=yes_or_no if field.required else [("", _("Belum tahu")), *yes_or_no],
                    coerce=lambda text: text == "True",
                    empty_value=None,
                    widget=forms.RadioSelect,
                    **said,
                )
            case "date":
                return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **said)
            case "integer":
                return forms.IntegerField(**said)
            case "number":
                return forms.FloatField(**said)
            case _:
                return forms.CharField(max_length=200, **said)

    @property
    def differences(self) -> dict[str, Any]:
        """What was changed on the form."""
        answers = {name: self.cleaned_data.get(name) for name in self.before}
        return {name: value for name, value in answers.items() if _plain(value) != _plain(self.before[name])}


def _plain(value: object) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


FORMS: dict[str, type[EventForm]] = {
    rules.BORN: BirthForm,
    rules.MOVED_IN: ArrivalForm,
    rules.DIED: DepartureForm,
    rules.MOVED_OUT: DepartureForm,
    rules.DOUBLE: DepartureForm,
    rules.UNKNOWN: DepartureForm,
}
PERSON_FIELDS = (
    "name",
    "sex",
    "birth_date",
    "relation",
    "birth_certificate",
    "school_participation",
    "working",
    "health_insurance",
)
HOUSE_FIELDS = (
    "occupied",
    "roof",
    "wall",
    "floor",
    "roof_damaged",
    "wall_damaged",
    "frame_damaged",
    "floor_area_m2",
)
