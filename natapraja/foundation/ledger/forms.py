"""What a visitor may ask the ledger's page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ProofForm(forms.Form):
    """The number of an entry, as the notebook of an RT and the passport of a figure print it."""

    catatan = forms.IntegerField(
        label=_("Nomor catatan"),
        min_value=1,
        help_text=_("Nomor ini tertulis pada kiriman di Buku RT, dan pada bukti tiap bulan di paspor angka."),
        error_messages={
            "invalid": _("Tulis nomornya dengan angka saja."),
            "min_value": _("Nomor catatan dimulai dari 1."),
        },
    )


class PastForm(forms.Form):
    """A head someone wrote down earlier."""

    jumlah = forms.IntegerField(
        label=_("Jumlah catatan waktu itu"),
        min_value=1,
        error_messages={
            "invalid": _("Tulis jumlahnya dengan angka saja."),
            "min_value": _("Jumlah catatan paling sedikit 1."),
        },
    )
    akar = forms.RegexField(
        label=_("Akar waktu itu"),
        regex=r"^[0-9a-fA-F]{64}$",
        help_text=_("64 huruf dan angka, seperti akar di atas."),
        error_messages={"invalid": _("Akar terdiri dari 64 huruf a–f dan angka. Periksa lagi salinan Anda.")},
    )

    def clean_akar(self) -> bytes:
        return bytes.fromhex(self.cleaned_data["akar"])


def asked(form: type[forms.Form], request: Any) -> forms.Form:
    """The form as filled in the address, or empty when nothing was asked."""
    answered = any(name in request.GET for name in form.base_fields)
    return form(request.GET if answered else None)
