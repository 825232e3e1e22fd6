"""The administrator's pages and verbs: accounts, dated roles, the demonstration."""

import re
from argparse import Namespace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from natapraja.config.cli import main
from natapraja.foundation.access import actions, commands, demo, queries
from natapraja.foundation.access.models import Assignment, User
from natapraja.foundation.areas.actions import load_areas
from natapraja.foundation.kernel.clock import today
from tests.integration.access.conftest import Enter, Make

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
NEW = {"username": "Camat.Selo", "full_name": "Contoh Camat Selo", "role": "camat", "area": "33.09.01"}


def roles_on(user: User, day: date) -> list[str]:
    return [row.role for row in queries.assignments_on(user.pk, day)]


def test_a_role_holds_from_its_first_day_until_before_its_last(make: Make) -> None:
    user = make()
    first, last = date(2026, 3, 1), date(2026, 7, 1)
    actions.give_role(
        user=user, role="camat", area="33.09.03", valid_from=first, valid_to=last, by="system:test", at=NOW
    )
    day = timedelta(days=1)
    assert [roles_on(user, on) for on in (first - day, first, last - day, last)] == [
        [],
        ["camat"],
        ["camat"],
        [],
    ]


def test_a_role_that_is_ended_is_not_held_from_that_day(make: Make) -> None:
    user = make("camat", "33.09.03")
    held = Assignment.objects.get(user=user)
    actions.end_role(assignment=held, on=date(2026, 6, 1), by="system:test", at=NOW)
    assert roles_on(user, date(2026, 5, 31)) == ["camat"]
    assert roles_on(user, date(2026, 6, 1)) == []
    actions.end_role(assignment=held, on=date(2026, 9, 1), by="system:test", at=NOW)
    assert Assignment.objects.get(user=user).ended_on == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"role": "raja", "area": "33.09"}, "role"),
        ({"role": "publik", "area": "33.09"}, "role"),
        ({"role": "camat", "area": "33.09"}, "area"),
        ({"role": "ketua_rt", "area": "33.09.03.2004"}, "area"),
        ({"role": "staf_opd", "area": "33.09"}, "agency"),
        ({"role": "camat", "area": "33.09.03", "valid_to": date(2026, 11, 20)}, "valid_to"),
    ],
)
def test_a_role_that_makes_no_sense_is_refused_where_it_is_wrong(
    make: Make, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(actions.AccountError) as refusal:
        actions.give_role(user=make(), by="system:test", at=NOW, **given)
    assert refusal.value.field == field


def test_nobody_gives_a_role_to_their_own_account_or_closes_it(make: Make) -> None:
    user = make("pengelola")
    with pytest.raises(actions.AccountError, match="pengelola lain"):
        actions.give_role(user=user, role="inspektur", area="33.09", by=user.actor, at=NOW)
    with pytest.raises(actions.AccountError, match="pengelola lain"):
        actions.set_active(user=user, active=False, by=user.actor, at=NOW)


def test_the_administrator_makes_an_account_and_sees_its_password_once(enter: Enter) -> None:
    browser = enter("pengelola")
    answer = browser.post("/akun/baru/", NEW)
    assert answer.status_code == 200
    password = re.search(r"<b class=\"mono\">([a-z0-9-]{14})</b>", answer.content.decode())
    user = User.objects.get(username="camat.selo")
    assert password is not None
    assert user.check_password(password[1])
    assert user.must_change
    assert roles_on(user, today()) == ["camat"]
    assert password[1] not in browser.get(f"/akun/{user.pk}/").content.decode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": ""}, "Nama akun belum diisi."),
        ({"username": "33 09"}, "Pakai huruf, angka, titik"),
        ({"username": "uji.pengelola"}, "sudah dipakai"),
        ({"area": "Selo"}, "tidak mengikuti susunan"),
        ({"area": "33.09"}, "tingkat wilayah itu"),
        ({"role": ""}, "Pilih peran."),
    ],
)
def test_a_wrong_form_makes_no_account(enter: Enter, change: dict[str, str], words: str) -> None:
    answer = enter("pengelola").post("/akun/baru/", {**NEW, **change})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not User.objects.filter(username="camat.selo").exists()


def test_the_administrator_gives_ends_closes_and_takes_back(enter: Enter, make: Make) -> None:
    browser, user = enter("pengelola"), make("camat", "33.09.03")
    browser.post(f"/akun/{user.pk}/", {"role": "staf_opd", "area": "33.09", "agency": "dinkes"})
    assert roles_on(user, today()) == ["camat", "staf_opd"]
    held = Assignment.objects.get(user=user, role="staf_opd")
    browser.post(f"/akun/{user.pk}/peran/{held.pk}/akhiri/")
    assert roles_on(user, today()) == ["camat"]
    page = browser.post(f"/akun/{user.pk}/buka-tutup/", follow=True).content.decode()
    assert "Akun ditutup" in page
    assert f'action="/akun/{user.pk}/buka-tutup/"' in page[page.index("dock") :]
    assert not User.objects.get(pk=user.pk).is_active
    browser.post(f"/akun/{user.pk}/buka-tutup/")
    assert User.objects.get(pk=user.pk).is_active
    history = [change.kind for change in queries.changes(user.pk)]
    assert history == ["dibuka lagi", "ditutup", "dibuat"]


def test_the_list_is_searched_and_leaves_closed_accounts_out(enter: Enter, make: Make) -> None:
    browser, user = enter("pengelola"), make("camat", "33.09.03")
    assert "uji.camat" in browser.get("/akun/?cari=camat").content.decode()
    assert "Tidak ada akun yang cocok" in browser.get("/akun/?cari=zzz").content.decode()
    actions.set_active(user=user, active=False, by="system:test", at=NOW)
    assert "uji.camat" not in browser.get("/akun/").content.decode()
    assert "uji.camat" in browser.get("/akun/?tutup=on").content.decode()


def test_the_lists_of_accounts_ask_as_often_for_many_as_for_one(
    enter: Enter, make: Make, settings: Any
) -> None:
    load_areas(definitions=settings.DEFINITIONS, by="system:test", at=NOW)
    browser = enter("pengelola")

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as page:
            assert browser.get("/akun/").status_code == 200
        with CaptureQueriesContext(connection) as listed:
            assert commands.run_list(Namespace(text="", closed=False)) == 0
        return len(page), len(listed)

    asked()  # what is read once per process
    few = asked()
    for number in (1, 2, 3, 4, 5):
        user = make("camat", f"33.09.0{number}", username=f"uji.camat.{number}")
        actions.give_role(user=user, role="inspektur", area="33.09", by="system:test", at=NOW)
    assert asked() == few
    shown = browser.get("/akun/").content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert (shown.count("Kecamatan "), shown.count("Kabupaten Boyolali")) == (5, 5 + 1)


@pytest.mark.parametrize("role", ["bupati", "inspektur", "operator_desa"])
def test_the_pages_of_accounts_are_for_administrators_only(enter: Enter, role: str) -> None:
    browser = enter(role, "33.09.03.2004" if role == "operator_desa" else "33.09")
    user = User.objects.get()
    for path in ("/akun/", "/akun/baru/", f"/akun/{user.pk}/"):
        assert browser.get(path).status_code == 403
    for path in (
        f"/akun/{user.pk}/sandi/",
        f"/akun/{user.pk}/buka-tutup/",
        f"/akun/{user.pk}/peran/1/akhiri/",
    ):
        assert browser.post(path).status_code == 403


def test_my_page_says_in_plain_words_what_i_may_and_whom_to_ask_for_the_rest(enter: Enter) -> None:
    page = enter("camat", "33.09.03").get("/saya/").content.decode()
    assert "Membuka daftar orang" in page
    assert "belum ada batasnya" in page
    assert page.index("Yang boleh saya lakukan") < page.index("mencatat dan membetulkan baris register")
    assert "kepala desa atau lurah" in page
    assert "Masuk" in page[page.index("Jejak saya") :]


@pytest.mark.django_db
def test_the_demonstration_has_its_people_and_making_them_twice_changes_nothing() -> None:
    assert actions.ensure_demo_accounts(by="system:demo", at=NOW) == len(demo.ACCOUNTS)
    assert actions.ensure_demo_accounts(by="system:demo", at=NOW) == 0
    assert User.objects.count() == Assignment.objects.count() == len(demo.ACCOUNTS)
    head = User.objects.get(username="rt.sumbung.007")
    assert head.check_password("natapraja-demo")
    assert queries.reader_for(head, today()).may("register.write", "33.09.03.2004.001.007")


@pytest.mark.django_db
def test_the_demonstration_puts_a_changed_account_right_again() -> None:
    actions.ensure_demo_accounts(by="system:demo", at=NOW)
    user = User.objects.get(username="bupati")
    actions.change_password(user=user, password="sandi lain sama sekali", by=user.actor, at=NOW)
    actions.set_active(user=user, active=False, by="system:test", at=NOW)
    actions.ensure_demo_accounts(by="system:demo", at=NOW)
    user.refresh_from_db()
    assert user.is_active
    assert user.check_password("natapraja-demo")


@pytest.mark.django_db
def test_real_work_has_no_demonstration_accounts(settings: Any, client: Any) -> None:
    settings.DEMO = False
    assert actions.ensure_demo_accounts(by="system:demo", at=NOW) == 0
    page = client.get("/masuk/").content.decode()
    assert "natapraja-demo" not in page
    assert "DATA SINTETIS" not in page


@pytest.mark.django_db
def test_the_first_administrator_comes_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "account",
        "add",
        "admin.satu",
        "--name",
        "Uji Pengelola",
        "--role",
        "pengelola",
        "--area",
        "33.09",
    ]
    assert main(words) == 0
    password = re.search(r"sandi pertama: (\S+)", capsys.readouterr().out)
    assert password is not None
    assert User.objects.get(username="admin.satu").check_password(password[1])
    assert main(words) == 2
    assert "sudah dipakai" in capsys.readouterr().out
    assert main(["account", "reset", "admin.satu"]) == 0
    assert password[1] not in capsys.readouterr().out
    assert main(["account", "list", "admin"]) == 0
    assert "admin.satu" in capsys.readouterr().out
    assert main(["account", "reset", "tidak.ada"]) == 1
