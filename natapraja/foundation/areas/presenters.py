"""Ledger entries of this room as sentences."""

from django.utils.translation import gettext_noop as _

from natapraja.foundation.kernel.identifiers import Malformed

from . import queries
from .witness import DESCRIBED, DRAWN, NAMED


def _place(code: str) -> str:
    try:
        return queries.area(code).label
    except (queries.UnknownArea, Malformed):
        return code


WORDS = {NAMED: _place, DRAWN: _place}
GROUPS = {"areas.": _("Wilayah")}
SENTENCES = {
    NAMED: "{actor} memuat nama dan kode wilayah di bawah {subject}: {opened} masuk, {closed} berakhir, "
    "{aliases} ejaan lain.",
    DESCRIBED: "{actor} memperbarui titik, kode pos atau kode BPS {places} wilayah.",
    DRAWN: "{actor} menggambar ulang peta {subject}: {places} bentuk.",
}
