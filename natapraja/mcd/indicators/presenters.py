"""Ledger entries of this room as sentences."""

SENTENCES = {
    "figures.published": "{actor} menerbitkan angka keadaan {subject}; sejak itu tidak berubah lagi.",
}
