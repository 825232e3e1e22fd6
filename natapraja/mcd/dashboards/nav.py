"""Links this room offers to the head and the foot of every page."""

from django.utils.translation import gettext_noop as _

NAV = (
    ("head", 4, _("Halaman Bupati"), "regent", "brief.read"),
    ("head", 5, _("Kabupaten hari ini"), "today", ""),
    ("head", 6, _("Cari"), "search", ""),
    ("head", 7, _("Cara menghitung"), "catalogue", ""),
    ("head", 10, _("Ruang kerja"), "start", "*"),
    ("head", -2, _("Buku RT"), "my-notebook", "register.write"),
    ("head", -1, _("Meja desa"), "my-village", "claims.decide"),
    ("foot", 10, _("Cara menghitung"), "catalogue", ""),
    ("foot", 20, _("Daftar yang harus berjumlah"), "cascades", ""),
)
