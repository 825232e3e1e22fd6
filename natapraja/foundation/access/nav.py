"""Links this room offers to the head."""

from django.utils.translation import gettext_noop as _

NAV = (
    ("head", 80, _("Akun"), "accounts", "accounts.write"),
    ("head", 85, _("Pengawasan"), "reads", "reads.inspect"),
)
