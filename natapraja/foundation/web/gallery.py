"""What the gallery shows: every part of a page in every state. All figures and people in it are invented."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from natapraja.foundation.web.charts import gallery_samples, sparkline
from natapraja.foundation.web.charts.language import ENGLISH, INDONESIAN, Locale
from natapraja.foundation.web.icons import ICONS
from natapraja.foundation.web.parts import STATUS

_MOMENT = datetime(2026, 11, 20, 7, 5, tzinfo=UTC)
_DAY = date(2026, 11, 20)
# Invented counts: houses unfit to live in, houses.
_HOUSES = (("Juwangi", 260, 10_679), ("Selo", 189, 8_863), ("Cepogo", 302, 17_605), ("Boyolali", 295, 22_166))
_UNFIT = (20.4, 20.1, 20.0, 19.6, 19.2, 18.9, 18.9, 18.5, 18.2, 18.2, 17.9, 17.4)


class Report(forms.Form):
    """A form with everything wrong, to show what an error looks like."""

    number = forms.CharField(
        label=_("Nomor surat"), help_text=_("16 angka, tertera pada surat."), max_length=16
    )
    day = forms.DateField(label=_("Tanggal meninggal"))
    role = forms.ChoiceField(
        label=_("Anda melapor sebagai"),
        widget=forms.RadioSelect,
        choices=[("family", _("Keluarga")), ("rt", _("Ketua RT"))],
    )
    district = forms.ChoiceField(
        label=_("Kecamatan"),
        required=False,
        choices=[("", _("Semua")), ("cepogo", "Cepogo"), ("selo", "Selo")],
    )
    remark = forms.CharField(label=_("Keterangan"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    news = forms.BooleanField(label=_("Kirim kabar lewat SMS"), required=False)

    def clean_number(self) -> str:
        raise forms.ValidationError(
            gettext("Nomor ini baru 14 angka. Periksa lagi, dua angka terakhir belum tertulis.")
        )

    def clean_day(self) -> date:
        raise forms.ValidationError(gettext("Tanggal ini masih akan datang. Tulis hari ini atau sebelumnya."))


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything the page needs; the charts speak English when the page does."""
    locale = ENGLISH if (get_language() or "").startswith("en") else INDONESIAN
    bound = Report({"g-number": "33091200000001", "g-day": "2026-11-30", "g-role": "family"}, prefix="g")
    pages = Paginator(range(1, 1201), 50)
    return {
        "moment": _MOMENT,
        "colours": _colours(),
        "statuses": _statuses(),
        "form": bound,
        "blank_form": Report(prefix="b"),
        "icons": sorted(ICONS),
        "houses": [(name, count, houses, Decimal(count * 1000) / houses) for name, count, houses in _HOUSES],
        "page_first": pages.page(1),
        "page_middle": pages.page(3),
        "seg": _options("Kabupaten", "Kecamatan", "Desa"),
        "tabs": _options(gettext("Ringkasan"), gettext("Per desa"), gettext("Riwayat"), gettext("Unduhan")),
        "trail": [
            (gettext("Kabupaten"), "#remah"),
            (gettext("Perumahan"), "#remah"),
            (gettext("Paspor angka"), ""),
        ],
        "downloads": [
            ("CSV", "#unduhan", gettext("semua baris tabel ini")),
            ("XLSX", "#unduhan", gettext("semua baris tabel ini")),
        ],
        "facts": _facts(),
        "spark": sparkline.draw(
            sparkline.Sparkline(gettext("Rumah tidak layak huni"), _UNFIT, decimals=1),
            id="g-kartu-1",
            locale=locale,
        ),
        "formats": _formats(),
        "charts": _charts(locale),
    }


def _options(*words: str) -> list[tuple[str, str, bool]]:
    return [(word, "#pilihan", place == 0) for place, word in enumerate(words)]


def _colours() -> list[tuple[str, str, str]]:
    ordered = [
        (f"q{step}", f"{gettext('Urut')} {step}", gettext("peta, rendah ke tinggi")) for step in range(1, 6)
    ]
    sided = [(f"d{step}", f"{gettext('Dua sisi')} {step}", gettext("di bawah acuan")) for step in range(1, 4)]
    named = [("f-nila", "Nila", gettext("tindakan")), ("f-soga", "Soga", gettext("satu aksen"))]
    return [*named, *ordered, *sided]


def _statuses() -> list[tuple[str, str]]:
    words = {
        "info": gettext("Terbit"),
        "new": gettext("Baru diterima"),
        "run": gettext("Sedang dikerjakan"),
        "you": gettext("Menunggu Anda"),
        "late": gettext("Terlambat 2 hari"),
        "done": gettext("Selesai"),
        "partly": gettext("Dikabulkan sebagian"),
        "refused": gettext("Ditolak, ada alasannya"),
    }
    return [(kind, words[kind]) for kind in STATUS]


def _facts() -> list[tuple[str, str]]:
    return [
        (gettext("Satuan"), gettext("rumah per 1.000 rumah. Bukan keluarga, bukan jiwa.")),
        (gettext("Pembilang"), gettext("5.615 rumah tidak layak huni")),
        (gettext("Penyebut"), gettext("322.906 rumah dihuni")),
    ]


def _formats() -> dict[str, Any]:
    return {
        "people": 1_096_612,
        "rate": Decimal("17.44"),
        "share": Decimal("8.4"),
        "change": Decimal("-0.2"),
        "unfit": 5_615,
        "all": 322_906,
        "moved": 96,
        "money": 412_000_000,
        "small_money": 15_000,
        "day": _DAY,
        "before": date(2026, 11, 9),
    }


def _charts(locale: Locale) -> list[tuple[str, list[gallery_samples.Sample]]]:
    found = gallery_samples.samples(locale)
    return [(name, list(cases)) for name, cases in groupby(found, key=lambda sample: sample.chart)]
