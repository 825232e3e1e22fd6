"""Ledger entries of this room as sentences."""

from datetime import date

from django.utils.translation import gettext_noop as _

from natapraja.foundation.web import formats


def _day(text: str) -> str:
    try:
        return formats.day(date.fromisoformat(text))
    except ValueError:
        return text


WORDS = {"figures.published": _day}
GROUPS = {"figures.": _("Penerbitan angka")}
SENTENCES = {
    "figures.published": "{actor} menerbitkan angka keadaan {subject}; sejak itu tidak berubah lagi.",
}
