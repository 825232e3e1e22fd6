"""Names of areas for the sentences of this room."""

from natapraja.foundation.areas import models


def title(code: str) -> str:
    """The area as people say it, "Desa Sumbung"; the code itself when the area is not known."""
    area = models.Area.objects.filter(code=code).first()
    return area.name if area else code
