"""Links this room offers to the head and the foot."""

from django.utils.translation import gettext_noop as _

NAV = (
    ("head", 0, _("Beranda"), "home", ""),
    ("foot", 90, _("Bahan tampilan"), "gallery", "accounts.write"),
)
