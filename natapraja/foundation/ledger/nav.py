"""Links this room offers to the foot of every page."""

from django.utils.translation import gettext_noop as _

NAV = (("foot", 60, _("Buku besar"), "ledger", ""),)
