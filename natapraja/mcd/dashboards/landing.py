"""Where somebody begins after signing in: at the work of their role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from natapraja.foundation.access.decorators import signed_in
from natapraja.foundation.access.reader import Grant, Reader, reader_of

from . import geography

# The first role of this list that somebody holds decides.
WORK = {
    "ketua_rt": "my-notebook",
    "operator_desa": "my-village",
    "bupati": "regent",
    "inspektur": "reads",
    "pengelola": "accounts",
}


@require_GET
@signed_in
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """The page of the reader's work; the dashboard of their area for everybody else."""
    grants = {grant.role: grant for grant in reader_of(request).roles}
    for role, page in WORK.items():
        if role in grants:
            return redirect(page)
    area = _own_area(reader_of(request))
    return redirect("area", area=area) if area else redirect("today")


def _own_area(reader: Reader) -> str:
    """The outermost area whose small counts this reader may see, else that of any role."""
    inside = reader.areas("figures.read_small")
    if inside:
        return inside[0]
    own: list[Grant] = [grant for grant in reader.roles if grant.role != "publik"]
    regency = geography.regency()
    return own[0].area_code if own else (regency.code if regency else "")
