"""The public page: the newest head, an old copy compared, one entry proved."""

import pytest
from django.test import Client
from django.utils import translation

from natapraja.foundation.ledger import queries


@pytest.fixture
def client(ledger):
    ledger.write(50, seal_every=10)
    return Client()


def page_of(client, **asked) -> str:
    answer = client.get("/buku-besar/", asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_anyone_sees_the_newest_head_and_those_before(client):
    page = page_of(client)
    for head in queries.heads(10):
        assert head.root.hex() in page
    assert "50 catatan, disegel" in page


def test_nobody_sees_what_the_entries_say(client):
    page = page_of(client, catatan=7)
    for secret in ("user:7", "unit:7", "test.made"):
        assert secret not in page


def test_an_old_copy_that_fits_is_confirmed(client):
    old = queries.heads(10)[-1]
    page = page_of(client, jumlah=old.size, akar=old.root.hex())
    assert "10 catatan pertama masih sama seperti pada salinan Anda" in page


def test_an_old_copy_that_does_not_fit_is_said_plainly(client):
    assert "Buku besar ini tidak berawal dari yang ada pada salinan Anda." in page_of(
        client, jumlah=10, akar="ab" * 32
    )


def test_a_copy_with_more_entries_than_there_are_is_said_plainly(client):
    assert "baru berisi 50 catatan, lebih sedikit daripada salinan Anda" in page_of(
        client, jumlah=60, akar="ab" * 32
    )


def test_an_entry_is_proved_step_by_step(client):
    page = page_of(client, catatan=7)
    assert "Catatan 7 terbukti ada di antara 50 catatan yang disegel." in page
    for step in queries.inclusion(7).path:
        assert step.hex() in page


def test_an_entry_that_is_not_sealed_is_said_plainly(client):
    assert "Yang tersegel saat ini: catatan 1 sampai 50." in page_of(client, catatan=51)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"catatan": "tujuh"}, "Tulis nomornya dengan angka saja."),
        ({"catatan": "0"}, "Nomor catatan dimulai dari 1."),
        (
            {"jumlah": "10", "akar": "zz"},
            "Akar terdiri dari 64 huruf a–f dan angka. Periksa lagi salinan Anda.",
        ),
    ],
)
def test_a_mistake_in_the_form_is_explained(client, asked, sentence):
    assert sentence in page_of(client, **asked)


def test_before_anything_is_sealed_the_page_says_what_will_be_here(ledger):
    assert "Kepala pertama muncul beberapa saat setelah" in page_of(Client())


def test_the_page_speaks_english(client):
    client.cookies["django_language"] = "en"
    assert "Compare with an earlier copy" in page_of(client)
    translation.activate("id")


def test_the_api_stands_under_its_address(client):
    head = client.get("/api/v1/ledger/head").json()
    assert head["size"] == 50
    assert client.get("/api/v1/ledger/inclusion/7").json()["root"] == head["root"]
    assert client.get("/api/v1/ledger/consistency?first=10").json()["second_root"] == head["root"]
    assert client.get("/api/v1/ledger/key").json()["key"] == head["key"]
    answer = client.get("/api/v1/ledger/inclusion/51")
    assert answer.status_code == 404
    assert "catatan 1 sampai 50" in answer.json()["detail"]
