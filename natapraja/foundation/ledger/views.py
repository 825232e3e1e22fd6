"""The public page of the ledger: the newest head, and how anyone can check it."""

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from natapraja.foundation.ledger import queries, rules, tree
from natapraja.foundation.ledger.forms import PastForm, ProofForm, asked

RECENT: Final = 10
_API: Final = "/api/v1/ledger"


def page(request: HttpRequest) -> HttpResponse:
    """Heads, keys and proofs only; entries are for inspectors and stand elsewhere."""
    recent = queries.heads(RECENT)
    head = recent[0] if recent else None
    proof_form, past_form = asked(ProofForm, request), asked(PastForm, request)
    shown: dict[str, Any] = {
        "head": head,
        "head_time": rules.moment(head.at) if head else "",
        "recent": recent[1:],
        "unsealed": queries.unsealed(),
        "key": queries.public_key(),
        "proof_form": proof_form,
        "past_form": past_form,
        "commands": _commands(request.build_absolute_uri(_API)),
    }
    if proof_form.is_valid():
        shown |= _proved(proof_form)
    if past_form.is_valid():
        shown |= _compared(past_form)
    return render(request, "ledger/page.html", shown)


def _proved(form: forms.Form) -> dict[str, Any]:
    """The proof of one entry, or why there is none."""
    try:
        proof = queries.inclusion(form.cleaned_data["catatan"])
    except queries.OutsideLedger:
        return {"proof_outside": True}
    holds = tree.verify_inclusion(proof.leaf, proof.seq - 1, proof.size, proof.path, proof.root)
    return {"proof": proof, "proof_holds": holds}


def _compared(form: forms.Form) -> dict[str, Any]:
    """Whether the ledger still begins with the one of an earlier head."""
    try:
        found = queries.consistency(form.cleaned_data["jumlah"])
    except queries.OutsideLedger:
        return {"past_outside": True}
    return {"past": found, "past_holds": found.first_root == form.cleaned_data["akar"]}


def _commands(api: str) -> tuple[str, ...]:
    """What to type to check the signature with tools of one's own."""
    return (
        f"curl -s {api}/head > kepala.json",
        f"curl -s {api}/key | jq -j .pem > kunci.pem",
        "jq -j .text kepala.json > kepala.txt",
        "jq -r .signature kepala.json | base64 -d > kepala.sig",
        "openssl pkeyutl -verify -pubin -inkey kunci.pem -rawin -in kepala.txt -sigfile kepala.sig",
    )


# The decorator of the room of rights stands above this room, so the rule on the door is written here.
page.access_rule = "public"  # type: ignore[attr-defined]
