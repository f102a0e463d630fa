"""The headers of protection.md stand on every response: pages, refusals, static files, errors."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from posada.accounts.acts import Role
from posada.accounts.http import SEEN_AT, SIGNED_IN_AT
from posada.accounts.models import Site, User
from posada.ground import clock
from tests import cast
from tests.permissions.matrix import ROWS
from tests.permissions.scoring import score
from tests.permissions.world import build

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


HOLD = 125
TLS = {
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
}


def _lower(answer: Any) -> dict[str, str]:
    """The headers, and the cookies as the scorer reads them."""
    found = {name.lower(): value for name, value in answer.items()}
    return found | {"set-cookie": "\n".join(cookie.OutputString() for cookie in answer.cookies.values())}


def test_every_response_scores_by_the_rules_of_the_observatory(
    site: Site, staff: dict[Role, User], capsys: pytest.CaptureFixture[str]
) -> None:
    cases = build(site, cast.make_site(code="otra"), staff)
    scores: Counter[int] = Counter()
    with override_settings(**TLS):
        for role in (None, Role.DESK, Role.CASEWORKER, Role.SITE_MANAGER):
            client = Client()
            if role is not None:
                client.force_login(staff[role])
                session = client.session
                session[SIGNED_IN_AT] = session[SEEN_AT] = clock.real_seconds()
                session.save()
            for name, row in ROWS.items():
                answer = client.get(reverse(name, kwargs=row.args(cases["assigned"])), secure=True)
                reached, marks = score(_lower(answer))
                scores[reached] += 1
                assert reached >= HOLD, f"{name}: {reached}, {[mark for mark in marks if mark.points < 0]}"
    with capsys.disabled():
        print(f"\nheaders: {scores.total()} responses, scores {dict(sorted(scores.items()))}, to hold {HOLD}")


def test_the_scorer_takes_points_for_what_is_missing() -> None:
    """A control: without its headers a page falls far below."""
    good = {
        "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; frame-ancestors 'none'",
        "strict-transport-security": "max-age=31536000",
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "set-cookie": "posada_session=1; Secure; HttpOnly; SameSite=Strict",
    }
    assert score(good)[0] == 135
    assert score({})[0] == 30
    for name in good:
        assert score({key: value for key, value in good.items() if key != name})[0] < 135, name
    unsafe = good["content-security-policy"].replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    assert score(good | {"content-security-policy": unsafe})[0] == 80
    assert score(good | {"set-cookie": "posada_session=1"})[0] == 60


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
