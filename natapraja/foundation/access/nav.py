"""Links this room offers to the head."""

from django.utils.translation import gettext_noop as _

NAV = (
    ("head", 80, _("Akun"), "accounts", "accounts.write"),
    ("head", 85, _("Siapa membaca"), "reads", "reads.inspect"),
    ("head", 86, _("Isi buku besar"), "ledger-entries", "ledger.read"),
)
