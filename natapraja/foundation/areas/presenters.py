"""Ledger entries of this room as sentences."""

from .witness import DESCRIBED, DRAWN, NAMED

SENTENCES = {
    NAMED: "{actor} memuat nama dan kode wilayah di bawah {subject}: {opened} masuk, {closed} berakhir, "
    "{aliases} ejaan lain.",
    DESCRIBED: "{actor} memperbarui titik, kode pos atau kode BPS {places} wilayah.",
    DRAWN: "{actor} menggambar ulang peta {subject}: {places} bentuk.",
}
