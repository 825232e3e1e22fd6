"""What people fill in: sign-in, a new password, a purpose, an account, a role. Messages say what to do."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from natapraja.foundation.access import catalogue, queries
from natapraja.foundation.access.models import User
from natapraja.foundation.access.reader import Reader

_DATE = {"type": "date"}


class SignIn(forms.Form):
    username = forms.CharField(
        label=_("Nama akun"),
        max_length=60,
        help_text=_("Misalnya operator.sumbung. Bukan NIK."),
        error_messages={"required": _("Nama akun belum diisi. Tulis seperti pada surat pembuatan akun.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Kata sandi"),
        max_length=200,
        error_messages={"required": _("Kata sandi belum diisi.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPassword(forms.Form):
    old = forms.CharField(
        label=_("Kata sandi sekarang"),
        error_messages={"required": _("Tulis kata sandi yang sekarang.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    first = forms.CharField(
        label=_("Kata sandi baru"),
        help_text=_("Paling sedikit 12 huruf atau angka. Beberapa kata yang hanya Anda ingat sudah baik."),
        error_messages={"required": _("Tulis kata sandi yang baru.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    second = forms.CharField(
        label=_("Kata sandi baru, sekali lagi"),
        error_messages={"required": _("Tulis kata sandi yang baru sekali lagi.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        if not self.user.check_password(self.cleaned_data["old"]):
            raise forms.ValidationError(
                gettext("Kata sandi sekarang tidak cocok. Periksa huruf besar dan kecilnya.")
            )
        return str(self.cleaned_data["old"])

    def clean_first(self) -> str:
        password = str(self.cleaned_data["first"])
        if len(password) < 12:
            raise forms.ValidationError(
                gettext("Kata sandi ini kurang dari 12 huruf. Tambahkan satu atau dua kata.")
            )
        try:
            validate_password(password, self.user)
        except forms.ValidationError as error:
            said = gettext("Kata sandi ini terlalu umum sehingga mudah ditebak. Pilih yang lain.")
            raise forms.ValidationError(said) from error
        return password

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("first") and found.get("second") and found["first"] != found["second"]:
            self.add_error("second", gettext("Kedua kata sandi baru tidak sama. Tulis ulang yang kedua."))
        if found.get("first") and found.get("first") == found.get("old"):
            self.add_error("first", gettext("Kata sandi baru sama dengan yang lama. Pilih yang lain."))
        return found


class ChoosePurpose(forms.Form):
    area = forms.CharField(label=_("Kode wilayah"), max_length=21, help_text=_("Misalnya 33.09.03.2004."))
    purpose = forms.ChoiceField(
        label=_("Untuk apa Anda membuka data orang?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu tujuan.")},
    )
    note = forms.CharField(
        label=_("Nomor surat tugas, program, atau perkara"),
        max_length=80,
        required=False,
        help_text=_("Bukan nama orang dan bukan NIK."),
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = queries.language()
        offered = queries.offered_purposes(reader)
        choices = [(code, one.name.of(said)) for code, one in offered.items()]
        self.fields["purpose"] = forms.ChoiceField(
            label=self.fields["purpose"].label,
            widget=forms.RadioSelect,
            choices=choices,
            error_messages=self.fields["purpose"].error_messages,
        )
        self._ask_for_a_note({code: one.note for code, one in offered.items()}, dict(choices))

    def _ask_for_a_note(self, notes: dict[str, str], names: dict[str, str]) -> None:
        """Whether the note must be given follows from the purpose; before one is chosen the hint says which."""
        field, chosen = self.fields["note"], str(self.data.get("purpose", ""))
        field.error_messages["required"] = gettext(
            "Tujuan ini perlu nomor surat tugas, program, atau perkara."
        )
        needing = [code for code, note in notes.items() if note == "required"]
        field.required = chosen in needing if chosen in notes else bool(notes) and len(needing) == len(notes)
        if needing and len(needing) < len(notes):
            field.sometimes = True  # type: ignore[attr-defined]
            listed = ", ".join(f"“{names[code]}”" for code in needing)
            said = gettext("Wajib untuk tujuan %(purposes)s; untuk yang lain boleh dikosongkan.")
            field.help_text = f"{said % {'purposes': listed}} {field.help_text}"


class Account(forms.Form):
    username = forms.RegexField(
        r"^[A-Za-z0-9]+([.-][A-Za-z0-9]+)*$",
        label=_("Nama akun"),
        max_length=60,
        help_text=_("Nama jabatan dan tempatnya, misalnya operator.sumbung. Bukan NIK, bukan nama orang."),
        error_messages={
            "required": _("Nama akun belum diisi."),
            "invalid": _("Pakai huruf, angka, titik dan tanda hubung saja, misalnya camat.cepogo."),
        },
    )
    full_name = forms.CharField(
        label=_("Nama pemegang akun"),
        max_length=120,
        error_messages={"required": _("Nama pemegang belum diisi.")},
    )


class GiveRole(forms.Form):
    role = forms.ChoiceField(label=_("Peran"), error_messages={"required": _("Pilih peran.")})
    area = forms.CharField(
        label=_("Kode wilayah"),
        max_length=21,
        help_text=_("33.09 kabupaten, 33.09.03 kecamatan, 33.09.03.2004 desa, dan seterusnya sampai RT."),
        error_messages={"required": _("Kode wilayah belum diisi.")},
    )
    agency = forms.CharField(
        label=_("Perangkat daerah"),
        max_length=60,
        required=False,
        help_text=_("Misalnya dinkes, bila perannya perlu."),
    )
    valid_from = forms.DateField(
        label=_("Berlaku sejak"), required=False, widget=forms.DateInput(attrs=_DATE)
    )
    valid_to = forms.DateField(
        label=_("Berlaku sebelum"),
        required=False,
        help_text=_("Kosongkan bila belum ada batasnya."),
        widget=forms.DateInput(attrs=_DATE),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said, everyone = queries.language(), catalogue.roles().everyone.role
        roles = [
            (code, role.name.of(said)) for code, role in catalogue.roles().roles.items() if code != everyone
        ]
        self.fields["role"].choices = [("", "–"), *roles]  # type: ignore[attr-defined]


class Trail(forms.Form):
    kind = forms.ChoiceField(label=_("Yang dilakukan"), required=False)
    who = forms.CharField(label=_("Siapa"), max_length=60, required=False)
    purpose = forms.ChoiceField(label=_("Tujuan"), required=False)
    area = forms.CharField(label=_("Kode wilayah"), max_length=21, required=False)
    first = forms.DateField(label=_("Sejak"), required=False, widget=forms.DateInput(attrs=_DATE))
    last = forms.DateField(label=_("Sampai"), required=False, widget=forms.DateInput(attrs=_DATE))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", gettext("Semua"))
        said = queries.language()
        purposes = [(code, one.name.of(said)) for code, one in catalogue.purposes().purposes.items()]
        self.fields["purpose"].choices = [every, *purposes]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [every, *queries.kind_names().items()]  # type: ignore[attr-defined]

    def question(self) -> queries.Question:
        found = self.cleaned_data if self.is_valid() else {}
        return queries.Question(**{name: found.get(name) or default for name, default in _NOTHING.items()})


_NOTHING: dict[str, Any] = {"kind": "", "who": "", "purpose": "", "area": "", "first": None, "last": None}
