"""The headers of protection.md stand on every response: pages, refusals, static files, errors."""

from collections.abc import Callable

import pytest
from django.test import Client

from posada.accounts.acts import Role

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

ADDRESSES = ["/", "/people/register/", "/people/find/", "/nowhere/", "/files/", "/account/sign-in/", "/ui/specimen/"]


@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_response_carries_them(browse: Callable[[Role], Client], address: str, signed_in: bool) -> None:
    answer = (browse(Role.DESK) if signed_in else Client()).get(address)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_cookies_are_kept_from_scripts_and_other_sites(browse: Callable[[Role], Client]) -> None:
    client = browse(Role.DESK)
    answer = client.get("/people/register/")
    csrf = answer.cookies["posada_csrf"]
    assert csrf["httponly"]
    assert csrf["samesite"] == "Strict"


def test_a_form_without_its_token_is_refused_calmly() -> None:
    answer = Client(enforce_csrf_checks=True).post("/account/sign-in/", {"name": "x"})
    assert answer.status_code == 403
    assert "<h1" in answer.content.decode()
