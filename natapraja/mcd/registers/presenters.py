"""Ledger entries of this room as sentences. A person is in none of them: {subject} is the number of the report."""

from django.utils.translation import gettext_noop as _

from .catalogue import registers


def _register(code: str) -> str:
    found = registers().get(code)
    return f"“{found.title.of('id')}”" if found else code


WORDS = {"register": _register}
GROUPS = {"register.": _("Register"), "report.": _("Laporan yang dibatalkan")}
SENTENCES = {
    "register.history_loaded": "{actor} memuat {versions} catatan lama ke register {register}.",
    "register.unchanged": "{actor} melaporkan bahwa tidak ada yang berubah ({subject}).",
    "register.born": "{actor} mencatat satu kelahiran ({subject}).",
    "register.claimed": "{actor} melaporkan satu orang yang tidak lagi ada; menunggu orang kedua ({subject}).",
    "register.claim_confirmed": "{actor} membenarkan laporan orang lain; satu orang keluar dari daftar ({subject}).",
    "register.claim_refused": "{actor} menolak laporan orang lain; tidak ada yang keluar dari daftar ({subject}).",
    "register.moved_in": "{actor} mencatat satu pendatang ({subject}).",
    "register.moved_out": "{actor} mencatat satu kepindahan keluar ({subject}).",
    "register.changed": "{actor} mencatat perubahan keadaan di register {register} ({subject}).",
    "register.corrected": "{actor} membetulkan catatan di register {register} ({subject}).",
    "register.measured": "{actor} mencatat satu pengukuran di register {register} ({subject}).",
    "report.withdrawn": "{actor} membatalkan laporan {subject}, yang tidak mengubah catatan apa pun.",
    "register.withdrawn": "{actor} membatalkan laporan {subject}; yang digantikan berlaku lagi.",
}
