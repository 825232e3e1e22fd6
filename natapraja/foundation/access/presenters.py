"""Ledger entries of this room as sentences."""

SENTENCES = {
    "account.created": "{actor} membuat akun {subject}.",
    "account.password": "{actor} mengganti sandi akun {subject}.",
    "account.closed": "{actor} menutup akun {subject}.",
    "account.opened": "{actor} membuka lagi akun {subject}.",
    "role.given": "{actor} memberi peran {role} di {area} kepada {subject}.",
    "role.ended": "{actor} mengakhiri peran {role} di {area} milik {subject}.",
    "purpose.chosen": "{actor} memilih tujuan {purpose} untuk membuka data orang di {area}.",
    "persons.read": "{actor} membaca data {count} orang di {area} untuk {purpose}.",
    "session.opened": "{actor} masuk.",
    "session.closed": "{actor} keluar.",
    "session.locked": "{subject} dikunci sementara karena terlalu banyak sandi yang tidak cocok.",
}
