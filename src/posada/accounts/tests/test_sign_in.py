"""Signing in, being locked out, and what a demonstration's shortcuts cannot do on a real site."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests import cast

from posada.accounts import http, services
from posada.accounts.acts import Role
from posada.accounts.models import Membership, Site, User
from posada.audit.models import AuditEntry
from posada.ground import clock

Browse = Callable[[Role], Client]
pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def _code(user: User, *, drift: int = 0) -> str:
    device = TOTPDevice.objects.get(user=user)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = clock.real_seconds() + drift * device.step
    return f"{totp.token():06d}"


@pytest.fixture
def amaru(staff: dict[Role, User]) -> User:
    user: User = staff[Role.DESK]
    services.add_authenticator(user)
    return user


def _try(client: Client, *, name: str = "Amaru", password: str = cast.PASSWORD, code: str = "") -> Any:
    return client.post("/account/sign-in/", {"name": name, "password": password, "code": code})


def test_it_lets_in_by_name_password_and_code(amaru: User) -> None:
    client = Client()
    answer = _try(client, name=" amaru ", code=_code(amaru))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_every_refusal_reads_the_same(amaru: User) -> None:
    client = Client()
    wrong = [
        _try(client, name="nobody", code=_code(amaru)),
        _try(client, password="x", code=_code(amaru)),
        _try(client, code="000000"),
    ]
    texts = {page.content.decode().split("<main")[1].split("csrfmiddlewaretoken")[0] for page in wrong}
    assert len(texts) == 1
    assert all(page.status_code == 200 for page in wrong)
    assert client.get("/")["Location"].startswith("/account/sign-in/")


def test_a_code_works_once(amaru: User) -> None:
    code = _code(amaru)
    assert _try(Client(), code=code).status_code == 302
    assert _try(Client(), code=code).status_code == 200


def test_five_wrong_tries_lock_the_name_and_the_lock_survives_a_restart(amaru: User) -> None:
    for _try_number in range(5):
        _try(Client(), password="x", code="1")
    amaru.refresh_from_db()
    assert amaru.is_locked(clock.now())
    assert _try(Client(), code=_code(amaru)).status_code == 200
    User.objects.filter(pk=amaru.pk).update(locked_until=clock.now() - timedelta(seconds=1))
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert _try(Client(), code=_code(amaru)).status_code == 302


def test_signing_in_and_failing_are_written_down(amaru: User) -> None:
    _try(Client(), password="x", code="1")
    assert AuditEntry.objects.filter(act="accounts.sign_in", actor=amaru.pk, result="refused").count() == 1


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
