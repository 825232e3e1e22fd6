"""How far long work is and how long it still takes, as people say it."""

from django.utils.translation import get_language, gettext, ngettext

from natapraja.foundation.web.formats import number

from . import rules


def rest(done: int, total: int, seconds: float) -> str:
    """ "kira-kira 2 menit lagi"; empty before anything can be said."""
    left = rules.seconds_left(done, total, seconds)
    if left is None or done >= total:
        return ""
    if left < 60:
        tens = max(10, round(left, -1))
        return ngettext("kira-kira %(n)d detik lagi", "kira-kira %(n)d detik lagi", tens) % {"n": tens}
    minutes = max(1, round(left / 60))
    return ngettext("kira-kira %(n)d menit lagi", "kira-kira %(n)d menit lagi", minutes) % {"n": minutes}


def rows(done: int, total: int, seconds: float) -> str:
    """ "38.400 dari 60.742 baris, kira-kira 2 menit lagi"."""
    language = get_language() or "id"
    counted = {"done": number(done, language), "total": number(total, language)}
    said = gettext("%(done)s dari %(total)s baris") % counted
    left = rest(done, total, seconds)
    return f"{said}, {left}" if left else said
