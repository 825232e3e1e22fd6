"""The catalogue of findings: everything that can be wrong or odd in a row, why, and what to do about it.

Sentences are Indonesian msgids with places {label}, {minimum}, {maximum}, {other}, {choices}; none ever holds a value
of the row.
"""

from typing import Final, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from natapraja.foundation.web.formats import number

from . import layout, rules
from .layout import Column


class Finding(NamedTuple):
    """`refused` rows do not enter the register; the others are believed and the sender is warned."""

    refused: bool
    reason: str
    remedy: str


REFUSED, WARNING = True, False

CATALOGUE: Final[dict[str, Finding]] = {
    # the row as a whole
    "too_many_cells": Finding(
        REFUSED,
        _("Baris ini punya lebih banyak sel daripada judul kolom."),
        _("Apit isian yang memuat tanda pemisah dengan tanda kutip, atau hapus sel yang berlebih."),
    ),
    "torn": Finding(
        REFUSED,
        _("Tanda kutip di baris ini tidak ditutup, atau satu isian ditulis di lebih dari satu baris."),
        _(
            "Perbaiki tanda kutipnya dan tulis seluruh baris di satu baris, lalu kirim lagi. "
            "Di unduhan baris yang ditolak, baris ini utuh dalam satu sel."
        ),
    ),
    "key_empty": Finding(REFUSED, _("{label} belum diisi."), _("Isi nomor register baris ini.")),
    "key_twice": Finding(
        REFUSED,
        _("{label} ini dipakai lebih dari satu baris di berkas."),
        _("Beri setiap baris nomornya sendiri, atau hapus baris yang berulang, lalu kirim lagi."),
    ),
    "key_long": Finding(
        REFUSED, _("{label} lebih dari 64 huruf."), _("Pakai nomor register yang lebih pendek.")
    ),
    "key_civil": Finding(
        REFUSED,
        _("{label} berisi 16 angka seperti NIK atau nomor KK."),
        _("Pakai nomor urut register sendiri; NIK dan nomor KK punya kolomnya sendiri."),
    ),
    # where
    "area_empty": Finding(
        REFUSED, _("Kode RT belum diisi."), _("Isi kode RT, misalnya 33.09.03.2004.001.007.")
    ),
    "area_unknown": Finding(
        REFUSED,
        _("Kode RT ini tidak ada dalam daftar wilayah."),
        _(
            "Periksa kode desa, RW, dan RT-nya, ditulis seperti 33.09.03.2004.001.007. "
            "RT yang memang belum terdaftar ditambahkan oleh pengelola."
        ),
    ),
    "area_not_rt": Finding(
        REFUSED,
        _("Kode ini bukan kode RT."),
        _("Tulis sampai RT-nya, misalnya 33.09.03.2004.001.007; kode desa atau RW saja tidak cukup."),
    ),
    "area_gone": Finding(
        REFUSED, _("RT ini sudah tidak ada."), _("Tulis kode RT yang sekarang menaungi tempat itu.")
    ),
    "area_outside": Finding(
        REFUSED,
        _("RT ini di luar wilayah tugas Anda."),
        _("Kirim baris ini lewat petugas wilayahnya, atau minta hak impor untuk wilayah itu."),
    ),
    "area_former": Finding(
        WARNING,
        _("Kode RT ini kode lama."),
        _("Baris dicatat dengan kode yang berlaku; perbarui kode di berkas Anda."),
    ),
    # answers
    "empty": Finding(
        REFUSED, _("{label} belum diisi."), _("Isi kolom ini; register tidak menerima baris tanpanya.")
    ),
    "not_integer": Finding(
        REFUSED,
        _("{label} bukan bilangan bulat."),
        _("Tulis dengan angka saja, tanpa koma dan tanpa satuan."),
    ),
    "not_number": Finding(
        REFUSED, _("{label} bukan bilangan."), _("Tulis dengan angka, misalnya 12,5 atau 12.5, tanpa satuan.")
    ),
    "too_small": Finding(
        REFUSED, _("{label} kurang dari {minimum}."), _("Periksa lagi angkanya; paling sedikit {minimum}.")
    ),
    "too_large": Finding(
        REFUSED, _("{label} lebih dari {maximum}."), _("Periksa lagi angkanya; paling banyak {maximum}.")
    ),
    "not_date": Finding(
        REFUSED,
        _("{label} bukan tanggal."),
        _("Tulis seperti 2026-11-20 atau 20/11/2026, tahunnya empat angka."),
    ),
    "no_such_day": Finding(
        REFUSED,
        _("{label} tidak ada di kalender."),
        _("Periksa tanggal dan bulannya; urutannya tanggal, bulan, tahun."),
    ),
    "date_future": Finding(
        REFUSED, _("{label} belum tiba."), _("Periksa tahunnya; tanggal tidak boleh di masa depan.")
    ),
    "date_early": Finding(
        REFUSED, _("{label} sebelum tahun 1900."), _("Periksa tahunnya; tulis empat angka.")
    ),
    "not_yes_no": Finding(REFUSED, _("{label} bukan ya atau tidak."), _("Tulis ya atau tidak.")),
    "not_in_list": Finding(
        REFUSED,
        _("{label}: pilihan itu tidak ada di daftar."),
        _("Pakai salah satu kode atau katanya; yang diterima: {choices}."),
    ),
    "no_such_unit": Finding(
        REFUSED,
        _("{label}: nomor itu tidak ada di register {other}."),
        _("Masukkan dulu berkas {other}, atau perbaiki nomornya, lalu kirim lagi baris ini."),
    ),
    "text_long": Finding(REFUSED, _("{label} lebih dari 200 huruf."), _("Singkatkan isinya.")),
    "formula": Finding(
        REFUSED,
        _("{label} tampak seperti rumus atau galat lembar kerja, bukan isian."),
        _("Ketik ulang isinya sebagai teks biasa."),
    ),
    # NIK and nomor KK
    "civil_scientific": Finding(
        REFUSED,
        _("{label} rusak menjadi notasi ilmiah."),
        _("Ubah format kolom menjadi teks, lalu ketik ulang angkanya dari kartu."),
    ),
    "civil_decimal": Finding(
        REFUSED,
        _("{label} tersimpan sebagai angka, sehingga digit terakhirnya tidak dapat dipercaya."),
        _("Ubah format kolom menjadi teks, lalu ketik ulang angkanya dari kartu."),
    ),
    "civil_signs": Finding(REFUSED, _("{label} memuat tanda selain angka."), _("Tulis 16 angka saja.")),
    "civil_length": Finding(
        REFUSED, _("{label} tidak terdiri dari 16 angka."), _("Periksa kartunya; nomor ini selalu 16 angka.")
    ),
    "civil_zero": Finding(
        REFUSED, _("{label} hanya berisi angka nol."), _("Kosongkan bila memang belum ada.")
    ),
    "civil_day": Finding(
        REFUSED,
        _("Tanggal pada {label} tidak ada di kalender."),
        _("Periksa angka ke-7 sampai ke-12 pada kartu; pada NIK perempuan tanggal ditambah 40."),
    ),
    "civil_serial": Finding(
        WARNING,
        _("Nomor urut pada {label} 0000."),
        _("Cocokkan dengan kartunya; nomor urut dimulai dari 0001."),
    ),
    "nik_birth": Finding(
        WARNING,
        _("Tanggal lahir pada {label} berbeda dengan tanggal lahir di baris ini."),
        _("Cocokkan dengan kartu keluarga; bila NIK-nya memang begitu, biarkan."),
    ),
    "nik_sex": Finding(
        WARNING,
        _("Jenis kelamin menurut {label} berbeda dengan yang ada di baris ini."),
        _("Cocokkan dengan kartu keluarga; bila NIK-nya memang begitu, biarkan."),
    ),
    "civil_twice": Finding(
        WARNING, _("{label} ini dipakai lebih dari satu baris di berkas."), _("Periksa mana yang benar.")
    ),
    "civil_held": Finding(
        WARNING,
        _("{label} ini sudah dipakai catatan lain di register."),
        _("Periksa apakah orang atau keluarga yang sama tercatat dua kali."),
    ),
    # against what the register holds
    "newer": Finding(
        REFUSED,
        _("Catatan ini sudah diubah sesudah isi berkas ini diketahui."),
        _("Bila isi berkas memang lebih benar, kirim baris ini saja dalam berkas baru."),
    ),
    "gone": Finding(
        REFUSED,
        _("Catatan ini sudah keluar dari register karena meninggal, ganda, atau tidak dikenal."),
        _("Bila itu keliru, batalkan laporannya dulu di desa; berkas tidak menghidupkan catatan lagi."),
    ),
    "left": Finding(
        REFUSED,
        _("Catatan ini sudah pindah keluar pada tanggal berkas."),
        _("Bila sudah kembali, isi kolom valid_from dengan tanggal kembalinya."),
    ),
    "elsewhere": Finding(
        REFUSED,
        _("{label} ini milik catatan di luar wilayah tugas Anda."),
        _("Periksa nomornya; perpindahan dicatat oleh petugas wilayah asalnya."),
    ),
    "meanwhile": Finding(
        REFUSED,
        _("Catatan ini diubah orang lain selagi berkas ini dimasukkan."),
        _("Lihat catatannya; bila isi berkas masih benar, kirim lagi baris ini."),
    ),
}


def where(name: str, column: Column) -> str:
    """The column a finding is said of, as people call it and as the file does; the row, where it is of no column."""
    return f"{column.label()} ({name})" if name else gettext("seluruh baris")


def reason(code: str, column: Column) -> str:
    """Why, in the reader's language."""
    return _said(CATALOGUE[code].reason, column)


def remedy(code: str, column: Column) -> str:
    """What to do, in the reader's language."""
    if code == "not_in_list" and len(layout.codes_of(column)) > rules.CHOICES:
        return _said(_LONG_LIST, column)
    return _said(CATALOGUE[code].remedy, column)


_LONG_LIST: Final = _(
    "Pakai kode atau kata dari daftarnya: di halaman Impor, unduh berkas kosong XLSX register ini dan buka lembar "
    "keduanya. Daftar itu berlaku juga untuk CSV."
)


def _said(sentence: str, column: Column) -> str:
    return gettext(sentence).format(
        label=column.label(),
        minimum=number(column.minimum, decimals=None) if column.minimum is not None else "",
        maximum=number(column.maximum, decimals=None) if column.maximum is not None else "",
        other=column.other(),
        choices="; ".join(f"{code} = {word}" for code, word in layout.codes_of(column)),
    )
