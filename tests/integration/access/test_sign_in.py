"""Coming in and going out: passwords, locks, sessions, forged forms."""

import re
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from natapraja.config import settings as earnest
from natapraja.foundation.access import actions, catalogue
from natapraja.foundation.access.middleware import OPENED, SEEN
from natapraja.foundation.access.models import FailedSignIn, Trace, User
from natapraja.foundation.kernel.clock import today
from natapraja.foundation.ledger.models import Entry
from tests.integration.access.conftest import PASSWORD, Enter, Make

WRONG = "bukan-sandi-yang-benar"


def attempt(browser: Client, username: str, password: str, address: str = "10.0.0.7") -> str:
    """Tries once; "in" or the words of the refusal."""
    answer = browser.post("/masuk/", {"username": username, "password": password}, REMOTE_ADDR=address)
    if answer.status_code == 302:
        return "in"
    assert answer.status_code == 422
    page = answer.content.decode()
    assert PASSWORD not in page
    return page[page.index('role="alert"') :].split("</ul>")[0]


def test_the_right_password_opens_a_session_and_leaves_a_trace(make: Make) -> None:
    user, browser = make("camat", "33.09.03"), Client()
    answer = browser.post("/masuk/", {"username": " UJI.Camat ", "password": PASSWORD, "ke": "/saya/"})
    assert (answer.status_code, answer["Location"]) == (302, "/saya/")
    trace = Trace.objects.get(kind="session.opened")
    assert (trace.user_id, Entry.objects.get(pk=trace.entry).actor) == (user.pk, f"user:{user.pk}")
    assert "Uji camat" in browser.get("/saya/").content.decode()


def test_passwords_are_kept_as_argon2(make: Make) -> None:
    assert make("camat", "33.09.03").password.startswith("argon2$argon2id$")
    # ... and in earnest at Django's full cost; the tests pay the least of it.
    assert earnest.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.mark.parametrize("target", ["https://contoh.invalid/", "//contoh.invalid/", "javascript:alert(1)"])
def test_sign_in_never_leads_to_another_host(make: Make, target: str) -> None:
    make("camat", "33.09.03")
    answer = Client().post("/masuk/", {"username": "uji.camat", "password": PASSWORD, "ke": target})
    assert answer["Location"] == settings.LOGIN_REDIRECT_URL


def test_a_wrong_password_and_an_unknown_account_get_the_same_words(make: Make) -> None:
    make("camat", "33.09.03")
    known = attempt(Client(), "uji.camat", WRONG)
    unknown = attempt(Client(), "uji.tidak-ada", WRONG)
    assert known == unknown
    assert "tidak cocok" in known


def test_a_closed_account_cannot_sign_in(make: Make) -> None:
    user = make("camat", "33.09.03")
    actions.set_active(user=user, active=False, by="system:test", at=datetime.now(UTC))
    assert "tidak cocok" in attempt(Client(), user.username, PASSWORD)


def test_an_account_put_into_the_table_by_hand_cannot_sign_in(make: Make) -> None:
    password = make("camat", "33.09.03").password
    User.objects.create(
        username="uji.gelap", full_name="Uji", password=password, created_at=datetime.now(UTC)
    )
    assert "tidak cocok" in attempt(Client(), "uji.gelap", PASSWORD)


def test_five_failures_lock_the_account_even_for_the_right_password(make: Make) -> None:
    make("camat", "33.09.03")
    browser = Client()
    said = [attempt(browser, "uji.camat", WRONG) for _ in range(5)]
    assert ["Terlalu banyak" in words for words in said] == [False, False, False, False, True]
    assert "Terlalu banyak" in attempt(browser, "uji.camat", PASSWORD)
    assert "Terlalu banyak" in attempt(Client(), "uji.camat", PASSWORD, address="10.9.9.9")
    assert Trace.objects.filter(kind="session.locked").count() == 1


def test_an_unknown_account_is_locked_with_the_same_words(make: Make) -> None:
    make("camat", "33.09.03")
    known = [attempt(Client(), "uji.camat", WRONG, "10.0.0.1") for _ in range(6)]
    unknown = [attempt(Client(), "uji.tidak-ada", WRONG, "10.0.0.2") for _ in range(6)]
    # The hour of opening may differ by the minute that passed between the two.
    assert [re.sub(r"\d", "#", words) for words in known] == [re.sub(r"\d", "#", words) for words in unknown]


def test_the_lock_opens_after_a_quarter_of_an_hour(make: Make) -> None:
    make("camat", "33.09.03")
    for _ in range(5):
        attempt(Client(), "uji.camat", WRONG)
    FailedSignIn.objects.update(at=datetime.now(UTC) - timedelta(minutes=15, seconds=1))
    assert attempt(Client(), "uji.camat", PASSWORD) == "in"


def test_trying_during_the_lock_does_not_lengthen_it(make: Make) -> None:
    make("camat", "33.09.03")
    for _ in range(9):
        attempt(Client(), "uji.camat", WRONG)
    assert FailedSignIn.objects.count() == 5


def test_success_forgets_the_failures_of_that_account(make: Make) -> None:
    make("camat", "33.09.03")
    for _ in range(4):
        attempt(Client(), "uji.camat", WRONG)
    assert attempt(Client(), "uji.camat", PASSWORD) == "in"
    assert FailedSignIn.objects.count() == 0


def test_one_address_that_tries_many_accounts_is_locked(make: Make) -> None:
    make("camat", "33.09.03")
    for number in range(20):
        attempt(Client(), f"uji.coba{number}", WRONG, "10.0.0.66")
    assert "Terlalu banyak" in attempt(Client(), "uji.camat", PASSWORD, "10.0.0.66")
    assert attempt(Client(), "uji.camat", PASSWORD, "10.0.0.67") == "in"


def test_the_table_of_failures_holds_no_name_and_no_address(make: Make) -> None:
    attempt(Client(), "nama-yang-terketik", WRONG, "10.0.0.7")
    row = FailedSignIn.objects.get()
    assert "nama" not in row.account
    assert "10.0" not in row.address
    assert len(row.account) == len(row.address) == 64


def test_a_new_password_from_the_administrator_opens_the_lock_and_must_be_changed(make: Make) -> None:
    user, browser = make("camat", "33.09.03"), Client()
    for _ in range(5):
        attempt(browser, user.username, WRONG)
    first = actions.reset_password(user=user, by="system:test", at=datetime.now(UTC))
    assert attempt(browser, user.username, first) == "in"
    assert browser.get("/saya/")["Location"] == "/saya/sandi/"
    sent = {"old": first, "first": "kata baru saya sendiri", "second": "kata baru saya sendiri"}
    assert browser.post("/saya/sandi/", sent)["Location"] == "/saya/"
    assert browser.get("/saya/").status_code == 200


@pytest.mark.parametrize(
    ("old", "first", "second", "words"),
    [
        ("salah", "kata baru saya sendiri", "kata baru saya sendiri", "sekarang tidak cocok"),
        (PASSWORD, "pendek", "pendek", "kurang dari 12 huruf"),
        (PASSWORD, "q1w2e3r4t5y6", "q1w2e3r4t5y6", "terlalu umum"),
        (PASSWORD, "kata baru saya sendiri", "kata baru saya sendirj", "tidak sama"),
        (PASSWORD, PASSWORD, PASSWORD, "sama dengan yang lama"),
        ("", "", "", "Tulis kata sandi yang sekarang"),
    ],
)
def test_a_new_password_that_will_not_do_is_explained(
    enter: Enter, old: str, first: str, second: str, words: str
) -> None:
    answer = enter("camat", "33.09.03").post("/saya/sandi/", {"old": old, "first": first, "second": second})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert f'value="{PASSWORD}"' not in page


def test_changing_the_password_ends_the_other_sessions(enter: Enter) -> None:
    here, there = enter("camat", "33.09.03"), Client()
    there.post("/masuk/", {"username": "uji.camat", "password": PASSWORD})
    sent = {"old": PASSWORD, "first": "kata baru saya sendiri", "second": "kata baru saya sendiri"}
    here.post("/saya/sandi/", sent)
    assert here.get("/saya/").status_code == 200
    assert there.get("/saya/").status_code == 302


def age_session(browser: Client, *, opened: timedelta, seen: timedelta) -> None:
    session, now = browser.session, datetime.now(UTC)
    session[OPENED], session[SEEN] = (now - opened).isoformat(), (now - seen).isoformat()
    session.save()


def test_a_session_unused_for_an_hour_is_over_and_says_so(enter: Enter) -> None:
    browser = enter("camat", "33.09.03")
    age_session(browser, opened=timedelta(hours=2), seen=timedelta(minutes=61))
    answer = browser.get("/saya/")
    assert answer["Location"] == "/masuk/?ke=%2Fsaya%2F&habis=1"
    assert "Sesi Anda berakhir" in browser.get(answer["Location"]).content.decode()


def test_a_session_older_than_a_working_day_is_over_though_in_use(enter: Enter) -> None:
    browser = enter("camat", "33.09.03")
    age_session(browser, opened=timedelta(hours=8, minutes=1), seen=timedelta(minutes=1))
    assert browser.get("/saya/").status_code == 302


def test_a_session_lives_as_long_as_the_rule_says_also_beyond_a_working_day(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = msgspec.structs.replace(catalogue.sign_in_rule(today()), session_hours=12)
    monkeypatch.setattr(catalogue, "sign_in_rule", lambda day: rule)
    user, browser = make("camat", "33.09.03"), Client()
    browser.post("/masuk/", {"username": user.username, "password": PASSWORD})
    assert browser.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 12 * 3600
    kept = Session.objects.get(pk=browser.session.session_key)
    assert (
        timedelta(hours=12) - timedelta(minutes=1)
        < kept.expire_date - datetime.now(UTC)
        <= timedelta(hours=12)
    )
    age_session(browser, opened=timedelta(hours=11, minutes=59), seen=timedelta(minutes=1))
    assert browser.get("/saya/").status_code == 200
    age_session(browser, opened=timedelta(hours=12), seen=timedelta(minutes=1))
    assert browser.get("/saya/").status_code == 302


def test_use_keeps_a_session_alive_but_a_page_that_renews_itself_does_not(enter: Enter) -> None:
    browser = enter("camat", "33.09.03")
    age_session(browser, opened=timedelta(hours=2), seen=timedelta(minutes=30))
    before = browser.session[SEEN]
    browser.get("/saya/", headers={"X-Live": "1"})
    assert browser.session[SEEN] == before
    browser.get("/saya/")
    assert browser.session[SEEN] > before


def test_signing_out_takes_a_post_and_ends_the_session(enter: Enter) -> None:
    browser = enter("camat", "33.09.03")
    assert browser.get("/keluar/").status_code == 405
    assert browser.get("/saya/").status_code == 200
    assert browser.post("/keluar/").status_code == 302
    assert browser.get("/saya/").status_code == 302
    assert Trace.objects.filter(kind="session.closed").count() == 1


def test_the_session_changes_its_name_at_sign_in(make: Make) -> None:
    make("camat", "33.09.03")
    browser = Client()
    session = browser.session
    session["x"] = 1
    session.save()
    before = session.session_key
    browser.cookies[settings.SESSION_COOKIE_NAME] = before
    browser.post("/masuk/", {"username": "uji.camat", "password": PASSWORD})
    assert browser.session.session_key != before


def test_a_form_without_its_token_is_refused(make: Make) -> None:
    make("camat", "33.09.03")
    browser = Client(enforce_csrf_checks=True)
    for path in ("/masuk/", "/keluar/", "/saya/sandi/", "/tujuan/", "/akun/baru/"):
        answer = browser.post(path, {"username": "uji.camat", "password": PASSWORD})
        assert answer.status_code == 403
        assert "Isian ini sudah kedaluwarsa" in answer.content.decode()


def test_the_cookies_are_out_of_reach_of_scripts_and_of_other_sites(enter: Enter) -> None:
    cookie = enter("camat", "33.09.03").cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
