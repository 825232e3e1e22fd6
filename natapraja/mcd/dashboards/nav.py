"""Links this room offers to the head of every page."""

from django.utils.translation import gettext_noop as _

NAV = (
    ("head", 20, _("Buku RT"), "my-notebook", "register.write"),
    ("head", 21, _("Meja desa"), "my-village", "claims.decide"),
)
