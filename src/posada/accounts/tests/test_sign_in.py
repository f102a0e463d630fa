"""Signing in, being locked out, and what a demonstration's shortcuts cannot do on a real site."""

from base64 import b32decode
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django_otp.oath import totp
from tests import cast

from posada.accounts import http, services
from posada.accounts.acts import Role
from posada.accounts.models import Authenticator, Membership, Site, User
from posada.accounts.tests.signing import code_of
from posada.audit.models import AuditEntry
from posada.ground import clock

Browse = Callable[[Role], Client]
pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def amaru(staff: dict[Role, User]) -> User:
    user: User = staff[Role.DESK]
    services.add_authenticator(user)
    return user


def _try(client: Client, *, name: str = "Amaru", password: str = cast.PASSWORD, code: str = "") -> Any:
    return client.post("/account/sign-in/", {"name": name, "password": password, "code": code})


def test_it_lets_in_by_name_password_and_code(amaru: User) -> None:
    client = Client()
    answer = _try(client, name=" amaru ", code=code_of(amaru))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_every_refusal_reads_the_same(amaru: User) -> None:
    client = Client()
    wrong = [
        _try(client, name="nobody", code=code_of(amaru)),
        _try(client, password="x", code=code_of(amaru)),
        _try(client, code="000000"),
    ]
    texts = {page.content.decode().split("<main")[1].split("csrfmiddlewaretoken")[0] for page in wrong}
    assert len(texts) == 1
    assert all(page.status_code == 200 for page in wrong)
    assert client.get("/")["Location"].startswith("/account/sign-in/")


def test_a_code_works_once(amaru: User) -> None:
    code = code_of(amaru)
    assert _try(Client(), code=code).status_code == 302
    assert _try(Client(), code=code).status_code == 200


def test_five_wrong_tries_lock_the_name_and_the_lock_survives_a_restart(amaru: User) -> None:
    for _try_number in range(5):
        _try(Client(), password="x", code="1")
    amaru.refresh_from_db()
    assert amaru.is_locked(clock.now())
    assert _try(Client(), code=code_of(amaru)).status_code == 200
    User.objects.filter(pk=amaru.pk).update(locked_until=clock.now() - timedelta(seconds=1))
    assert _try(Client(), code=code_of(amaru)).status_code == 302


def test_signing_in_and_failing_are_written_down(amaru: User) -> None:
    _try(Client(), password="x", code="1")
    assert AuditEntry.objects.filter(act="accounts.sign_in", actor=amaru.pk, result="refused").count() == 1


def test_it_is_written_down_with_what_somebody_signed_in(amaru: User) -> None:
    spare = services.new_recovery_codes(amaru)[0]
    for code in (code_of(amaru), spare):
        assert _try(Client(), code=code).status_code == 302
    done = AuditEntry.objects.filter(act="accounts.sign_in", actor=amaru.pk, result="done").order_by("sequence")
    assert list(done.values_list("reason", flat=True)) == ["authenticator", "recovery_code"]


def test_lock_ends_the_session_at_once(amaru: User, browse: Browse) -> None:
    client = browse(Role.DESK)
    assert client.get("/").status_code == 200
    client.post("/account/lock/")
    assert client.get("/")["Location"].startswith("/account/sign-in/")


def test_a_session_ends_after_thirty_idle_minutes_and_after_ten_hours(browse: Browse) -> None:
    for key, age in ((http.SEEN_AT, 31 * 60), (http.SIGNED_IN_AT, 10 * 3600 + 1)):
        client = browse(Role.DESK)
        session = client.session
        session[key] = clock.real_seconds() - age
        session.save()
        assert client.get("/").status_code == 302


def test_a_role_taken_away_is_gone_with_the_next_request(browse: Browse, staff: dict[Role, User]) -> None:
    client = browse(Role.DESK)
    assert client.get("/people/register/").status_code == 200
    Membership.objects.filter(user=staff[Role.DESK]).delete()
    assert client.get("/people/register/").status_code == 302


def test_nobody_enters_a_real_site_by_the_role_picker(staff: dict[Role, User]) -> None:
    assert Client().post("/account/enter-as/", {"role": "desk"}).status_code == 404


def test_the_role_picker_of_a_demonstration_enters_as_a_role(staff: dict[Role, User]) -> None:
    Site.objects.update(demonstration=True)
    client = Client()
    assert client.post("/account/enter-as/", {"role": "caseworker"})["Location"] == "/"
    assert client.get("/").status_code == 200


def test_the_role_picker_never_leads_outside(staff: dict[Role, User]) -> None:
    Site.objects.update(demonstration=True)
    answer = Client().post("/account/enter-as/", {"role": "desk", "next": "https://example.org/"})
    assert answer["Location"] == "/"


def test_no_name_of_staff_stands_in_clear(amaru: User) -> None:
    row = User.objects.filter(pk=amaru.pk).values()[0]
    assert "amaru" not in str(row).casefold()


def test_the_database_holds_nothing_from_which_a_code_could_be_made(amaru: User) -> None:
    """The adversary who copies the server: the row's own bytes, as a secret, give none of the codes."""
    row = Authenticator.objects.filter(user=amaru).values().get()
    assert set(row) == {"id", "user_id", "nonce", "confirmed", "last_step", "drift"}
    secret = services.authenticator_secret(Authenticator.objects.get(user=amaru))
    assert totp(b32decode(secret)) == int(code_of(amaru)), "the control: with the secret a code is made"
    tried = (row["nonce"].bytes, row["nonce"].hex.encode(), sha256(row["nonce"].bytes).digest()[:20])
    assert int(code_of(amaru)) not in {totp(guess) for guess in tried}


def test_a_new_authenticator_ends_the_codes_of_the_old_one(amaru: User) -> None:
    old = code_of(amaru)
    before = Authenticator.objects.get(user=amaru)
    services.add_authenticator(amaru)
    assert services.authenticator_key(before) != services.authenticator_key(Authenticator.objects.get(user=amaru))
    if old != code_of(amaru):  # one in a million shows the same digits
        assert _try(Client(), code=old).status_code == 200


def test_a_copied_row_serves_nobody_else(amaru: User, staff: dict[Role, User]) -> None:
    """Who may write to the database, and gives another name the nonce of their own, gives it no code of theirs."""
    own, other = Authenticator.objects.get(user=amaru), staff[Role.SITE_MANAGER]
    planted = Authenticator.objects.create(user=other, nonce=own.nonce, confirmed=True)
    assert services.authenticator_key(planted) != services.authenticator_key(own)


@pytest.mark.parametrize(("steps", "status"), [(-2, 200), (-1, 302), (0, 302), (1, 302), (2, 200)])
def test_a_phone_may_be_half_a_minute_early_or_late(amaru: User, steps: int, status: int) -> None:
    assert _try(Client(), code=code_of(amaru, steps=steps)).status_code == status


def test_a_code_of_before_the_last_one_is_worth_nothing(amaru: User) -> None:
    earlier, now = code_of(amaru, steps=-1), code_of(amaru)
    assert _try(Client(), code=now).status_code == 302
    assert _try(Client(), code=earlier).status_code == 200


def test_a_session_row_holds_ids_and_numbers_and_no_name(amaru: User) -> None:
    client = Client()
    assert _try(client, code=code_of(amaru)).status_code == 302
    client.get("/")
    held = Session.objects.get(pk=client.session.session_key).get_decoded()
    assert held["_auth_user_id"] == str(amaru.pk), "the control: the row was read"
    assert "amaru" not in str(held).casefold()
    assert cast.PASSWORD not in str(held)
    words = {"_auth_user_backend", "_auth_user_hash"}  # Django's own: a class, an HMAC
    assert all(str(value).replace(".", "").isdigit() for key, value in held.items() if key not in words)
