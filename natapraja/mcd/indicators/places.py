"""Which villages there are: the partitions a measurement reads."""

from natapraja.foundation.areas.models import Area


def village_codes(inside: str = "") -> tuple[str, ...]:
    """Codes of the standing villages whose code begins with `inside`, in order."""
    standing = Area.objects.standing().filter(level="village", code__startswith=inside)
    return tuple(standing.order_by("code").values_list("code", flat=True))
