"""Links this room offers to the head."""

from django.utils.translation import gettext_noop as _

NAV = (("head", 70, _("Impor"), "imports", "import.write"),)
