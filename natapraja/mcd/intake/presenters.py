"""Ledger entries of this room as sentences."""

from django.utils.translation import gettext_noop as _

from .models import Import


def _state(word: str) -> str:
    return Import.STATES.get(word, word).lower()


WORDS = {"state": _state}
GROUPS = {"import.": _("Impor berkas")}
SENTENCES = {
    "import.received": "{actor} mengirim berkas untuk register {register} ({subject}).",
    "register.imported": "{actor} memasukkan {versions} catatan ke register {register} dari berkas ({subject}).",
    "import.finished": "Berkas untuk register {register} ({subject}) berakhir: {state}, {rows} baris.",
    "import.forgotten": "Masa simpan {count} baris yang ditolak dari berkas register {register} ({subject}) habis.",
    "import.returned": "{actor} mengambil {count} baris yang ditolak dari berkas untuk register {register} ({subject}).",
}
