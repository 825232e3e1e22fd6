"""The public page of the ledger: the newest head, and how anyone can check it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from natapraja.foundation.ledger import queries

RECENT = 10


def page(request: HttpRequest) -> HttpResponse:
    """Heads and keys only; entries are for inspectors and stand elsewhere."""
    recent = queries.heads(RECENT)
    head = recent[0] if recent else None
    shown: dict[str, Any] = {
        "head": head,
        "signature": queries.signature_text(head) if head else "",
        "recent": recent[1:],
        "unsealed": queries.unsealed(),
        "key": queries.public_key(),
    }
    return render(request, "ledger/page.html", shown)


# The decorator of the room of rights stands above this room, so the rule on the door is written here.
page.access_rule = "public"  # type: ignore[attr-defined]
