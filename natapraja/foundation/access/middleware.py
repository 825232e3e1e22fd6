"""Gives every request its reader, read from the database only when somebody asks."""

from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import SimpleLazyObject

from natapraja.foundation.access.reader import Reader


class ReaderMiddleware(MiddlewareMixin):
    def process_request(self, request: HttpRequest) -> None:
        request.reader = SimpleLazyObject(lambda: Reader(None, ""))  # type: ignore[attr-defined]
