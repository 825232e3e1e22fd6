"""Pages of sign-in and rights."""

from django.http import HttpRequest, HttpResponse

from natapraja.foundation.access.decorators import public


@public
def sign_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("masuk")
