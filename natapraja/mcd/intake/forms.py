"""What is asked of who sends a file."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from natapraja.foundation.kernel.clock import local_date, now
from natapraja.mcd.registers.catalogue import registers

from . import rules

# Others refer to those before them, so this is the order in which a whole population goes in.
ORDER = ("neighbourhoods", "houses", "families", "households", "people", "growth", "events")
_EARLY = _("Ini sebelum tahun 1900. Periksa tahunnya; tulis empat angka.")


class SendFile(forms.Form):
    register = forms.ChoiceField(label=_("Register"), error_messages={"required": _("Pilih registernya.")})
    file = forms.FileField(
        label=_("Berkas"),
        error_messages={
            "required": _("Pilih berkasnya."),
            "empty": _("Berkas ini kosong. Periksa berkasnya, lalu kirim lagi."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.parquet"}),
    )
    valid_on = forms.DateField(
        label=_("Keadaan sejak tanggal"),
        required=False,
        help_text=_(
            "Isi bila dunia berubah pada tanggal itu: keadaan sebelumnya tetap tercatat. "
            "Kosongkan bila berkas ini membetulkan baris yang sudah ada di register. Baris baru tanpa tanggal dianggap "
            "berlaku sejak hari ini, atau sejak isi berkas diketahui, sehingga dihitung sebagai perubahan nyata. Untuk "
            "baris yang dulu terlewat, tulis sejak kapan keadaannya benar: di sini bila semua baris sama, atau di "
            "kolom valid_from tiap baris."
        ),
        error_messages={"invalid": _("Tulis tanggalnya seperti 2026-11-20.")},
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    known_at = forms.DateTimeField(
        label=_("Isi berkas diketahui sejak"),
        required=False,
        help_text=_("Isi bila berkas ini sudah lama: catatan yang diubah sesudah waktu itu tidak ditimpa."),
        error_messages={"invalid": _("Tulis tanggal dan jamnya seperti 2026-11-20 08:00.")},
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    dry_run = forms.BooleanField(label=_("Hanya periksa, jangan masukkan"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["register"].choices = [("", _("Pilih register")), *choices()]  # type: ignore[attr-defined]

    def clean_valid_on(self) -> Any:
        day = self.cleaned_data.get("valid_on")
        if day is not None and day.year < rules.OLDEST_YEAR:
            raise forms.ValidationError(_EARLY)
        if day is not None and day > local_date(now()):
            raise forms.ValidationError(_("Tanggal ini belum tiba. Pilih hari ini atau yang sudah lewat."))
        return day

    def clean_known_at(self) -> Any:
        moment, day = self.cleaned_data.get("known_at"), self.cleaned_data.get("valid_on")
        if moment is not None and moment.year < rules.OLDEST_YEAR:
            raise forms.ValidationError(_EARLY)
        if moment is not None and moment > now():
            raise forms.ValidationError(_("Waktu ini belum tiba. Pilih sekarang atau yang sudah lewat."))
        if moment is not None and day is not None and day > local_date(moment):
            raise forms.ValidationError(
                _(
                    "Waktu ini sebelum tanggal keadaannya. Periksa keduanya; yang belum terjadi belum diketahui."
                )
            )
        return moment


def choices() -> list[tuple[str, str]]:
    """Registers by their titles in the reader's language, in the order in which they go in."""
    known = registers()
    names = [name for name in ORDER if name in known] + sorted(set(known) - set(ORDER))
    return [(name, known[name].title.of(get_language() or "id")) for name in names]
