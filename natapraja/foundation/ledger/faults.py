"""Everything that can be wrong with a ledger, each in its own sentence: where, what, what it means. Pure."""

from typing import Final, NamedTuple

MATTERS: Final[dict[str, tuple[str, str]]] = {
    "protection.missing": (
        "pengaman {name} tidak terpasang",
        "Basis data tidak lagi menolak perubahan pada buku besar; pasang kembali sebelum sistem dipakai",
    ),
    "key.exposed": (
        "dapat dibaca akun lain di mesin ini",
        "Orang lain dapat menandatangani kepala palsu; ubah izin berkas menjadi 600",
    ),
    "key.absent": (
        "tidak ada",
        "Tanda tangan kepala tidak dapat diperiksa; kembalikan kunci publik dari salinannya",
    ),
    "entry.missing": (
        "tidak ada",
        "Nomor tidak pernah terlompat, jadi catatan ini dihapus setelah ditulis",
    ),
    "entry.truncated": (
        "hilang dari ujung buku besar",
        "Kepala yang ditandatangani membuktikan buku besar pernah berisi {size} catatan; ujungnya dipotong",
    ),
    "entry.number": (
        "bernomor di bawah 1",
        "Nomor dimulai dari 1, jadi catatan ini disisipkan di luar sistem",
    ),
    "entry.changed.at": (
        "waktunya diubah",
        "Peristiwa dipindahkan ke waktu lain daripada saat dicatat",
    ),
    "entry.changed.kind": ("jenisnya diubah", "Peristiwa disamarkan sebagai peristiwa lain"),
    "entry.changed.actor": ("pelakunya diubah", "Perbuatan dialihkan kepada orang lain"),
    "entry.changed.subject": ("subjeknya diubah", "Perbuatan dialihkan ke data lain"),
    "entry.changed.digest": (
        "sidik isinya diubah",
        "Bukti isi data diganti, mungkin agar data yang diubah tampak cocok",
    ),
    "entry.changed.nonce": (
        "bilangan acaknya (nonce) diubah",
        "Isinya tidak dapat lagi dibuktikan terhadap sidik daunnya",
    ),
    "entry.changed.detail": ("rinciannya diubah", "Keterangan peristiwa tidak sama dengan saat dicatat"),
    "entry.changed.all": (
        "isinya diubah berikut tanda bantunya",
        "Catatan tidak sama dengan yang ditulis; kolom mana yang diubah tidak dapat dibaca lagi",
    ),
    "entry.forged": (
        "hampir seluruh isinya bukan yang ditulis pada nomor ini",
        "Catatan palsu ditaruh di tempat catatan asli",
    ),
    "entry.leaf": (
        "sidik daunnya diubah, isinya utuh",
        "Bukti keberadaan catatan ini akan ditolak pemeriksa",
    ),
    "entry.marks": (
        "tanda bantu kolomnya diubah, isi dan sidik daunnya utuh",
        "Tidak mengubah bukti, tetapi seseorang menulis langsung ke basis data",
    ),
    "entry.inserted": (
        "aslinya bernomor {origin}",
        "Catatan palsu disisipkan sebelum catatan {first}, lalu nomor sesudahnya digeser",
    ),
    "entry.renumbered": (
        "aslinya bernomor {origin}",
        "Catatan sebelum catatan {first} dihapus, lalu nomornya dirapatkan untuk menutupi celahnya",
    ),
    "entry.swapped": ("saling tertukar", "Urutan peristiwa dibalik setelah dicatat"),
    "tree.replaced": (
        "paling sedikit satu diganti seluruhnya, lengkap dengan sidik daunnya",
        "Kepala yang sudah ditandatangani membuktikan isi yang lain",
    ),
    "node.changed": (
        "nilainya diubah, catatan di bawahnya utuh",
        "Bukti yang disusun darinya akan ditolak pemeriksa",
    ),
    "node.missing": ("tidak ada", "Simpul pohon dihapus; bukti tidak dapat disusun"),
    "node.foreign": (
        "ada, padahal catatannya belum tersegel",
        "Kepala sesudah catatan {sealed} dihapus, atau simpul ini palsu",
    ),
    "head.root": (
        "akarnya diubah",
        "Akar tidak cocok dengan tanda tangannya; kepala ini bukan yang diterbitkan",
    ),
    "head.time": (
        "waktunya diubah",
        "Waktu penyegelan tidak sama dengan yang ditandatangani dan diterbitkan",
    ),
    "head.signature": (
        "tanda tangannya palsu atau rusak",
        "Akarnya cocok dengan isi buku besar, tetapi tidak ditandatangani kunci sistem ini",
    ),
    "head.key": (
        "ditandatangani kunci yang tidak dikenal",
        "Kepala ini tidak dibuat sistem ini, atau kunci publiknya hilang",
    ),
    "head.missing": (
        "dihapus dari basis data",
        "Kepala ini pernah diterbitkan: salinannya yang sah ada di luar basis data",
    ),
    "head.forged": (
        "menyegel lebih banyak catatan daripada yang ada, tanpa tanda tangan yang sah",
        "Kepala palsu ditambahkan di luar sistem",
    ),
    "head.forked": (
        "ada dua kepala sah yang berbeda",
        "Pemegang kunci menerbitkan dua sejarah; bandingkan dengan salinan yang disimpan pihak lain",
    ),
    "copy.absent": (
        "tidak ada",
        "Penghapusan kepala atau pemotongan ujung buku besar tidak dapat diketahui tanpa salinan ini",
    ),
    "copy.unreadable": ("tidak dapat dibaca sebagai kepala", "Salinan di luar basis data diubah atau rusak"),
    "copy.disorder": ("tidak berurutan", "Baris salinan dipindahkan atau digandakan"),
    "copy.forged": ("tanda tangannya tidak sah", "Salinan di luar basis data diubah"),
    "copy.missing": (
        "tidak ada dalam salinan di luar basis data",
        "Baris salinan dihapus, atau kepala ini tidak pernah diterbitkan",
    ),
    "state.changed": (
        "baris data yang dijaga {room} tidak sama lagi dengan yang dicatat",
        "Data itu diubah langsung di basis data setelah dicatat",
    ),
    "state.missing": (
        "baris data yang dijaga {room} tidak ada lagi",
        "Data itu dihapus langsung di basis data setelah dicatat",
    ),
    "state.unrecorded": (
        "dirujuk baris data {room}, padahal catatannya tidak ada",
        "Data itu dimasukkan langsung ke basis data tanpa dicatat",
    ),
    "state.failed": (
        "data yang dijaga {room} tidak dapat dihitung ulang ({error})",
        "Baris datanya rusak; kesesuaiannya dengan catatan belum terbukti",
    ),
    "walk.stopped": (
        "lebih dari {limit} catatan tidak cocok, pemeriksaan dihentikan",
        "Basis data diubah besar-besaran; kembalikan dari cadangan lalu bandingkan",
    ),
}


class Fault(NamedTuple):
    """One thing found wrong. `code` is for programs, the rest is for people."""

    code: str
    where: str
    what: str
    meaning: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.meaning}."


def fault(code: str, where: str, **places: object) -> Fault:
    """The fault with its sentence; raises KeyError for a code that has none."""
    what, meaning = MATTERS[code]
    return Fault(code, where, what.format(**places), meaning.format(**places))


def entries(first: int, last: int) -> str:
    """ "Catatan 17" or "Catatan 17–20"."""
    return f"Catatan {numbers(first, last)}"


def numbers(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}–{last}"


def head(size: int) -> str:
    return f"Kepala pada {size} catatan"


def node(level: int, index: int) -> str:
    return f"Simpul tingkat {level} atas catatan {numbers((index << level) + 1, (index + 1) << level)}"
