"""Ledger entries of this room as sentences."""

from django.utils.translation import gettext_noop as _

from . import catalogue, places


def _purpose(code: str) -> str:
    found = catalogue.purposes().purposes.get(code)
    return f"“{found.name.of('id')}”" if found else code


def _role(code: str) -> str:
    found = catalogue.roles().roles.get(code)
    return found.name.of("id") if found else code


def _account(code: str) -> str:
    return "Sebuah nama akun yang tidak ada" if code == "unknown" else code


WORDS = {"purpose": _purpose, "area": places.title, "role": _role, "account": _account}
GROUPS = {
    "account.": _("Akun"),
    "role.": _("Peran"),
    "purpose.": _("Tujuan membuka data orang"),
    "persons.": _("Pembacaan data orang"),
    "session.": _("Masuk dan keluar"),
}
SENTENCES = {
    "account.created": "{actor} membuat akun {subject}.",
    "account.password": "{actor} mengganti sandi akun {subject}.",
    "account.closed": "{actor} menutup akun {subject}.",
    "account.opened": "{actor} membuka lagi akun {subject}.",
    "role.given": "{actor} memberi peran {role} di {area} kepada {subject}.",
    "role.ended": "{actor} mengakhiri peran {role} di {area} milik {subject}.",
    "purpose.chosen": "{actor} memilih tujuan {purpose} untuk membuka data orang di {area}.",
    "persons.read": "{actor} membaca data {count} orang di {area} dengan tujuan {purpose}.",
    "session.opened": "{actor} masuk.",
    "session.closed": "{actor} keluar.",
    "session.locked": "{subject} dikunci sementara karena terlalu banyak sandi yang tidak cocok.",
}
