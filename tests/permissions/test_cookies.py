"""What a browser keeps: no cookie outlives it, so that a phone taken tomorrow does not say where it was used."""

from collections.abc import Callable

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from posada.accounts.acts import Role

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def _kept(client: Client) -> dict[str, str]:
    given = dict(client.get(reverse("people:register")).cookies)
    given |= dict(client.post(reverse("set_language"), {"language": "en"}).cookies)
    given |= dict(client.post(reverse("accounts:lock")).cookies)
    return {name: str(cookie["max-age"] or cookie["expires"]) for name, cookie in given.items() if cookie.value}


def test_no_cookie_outlives_the_browser(browse: Callable[[Role], Client]) -> None:
    kept = _kept(browse(Role.DESK))
    assert len(kept) >= 2
    assert not any(kept.values()), kept


@override_settings(CSRF_COOKIE_AGE=31_449_600)
def test_the_same_look_finds_one_that_does(browse: Callable[[Role], Client]) -> None:
    assert any(_kept(browse(Role.DESK)).values())
