"""What a browser and the console get from a house: cookies, methods, letters, errors, the hour of a line."""

import json
import logging
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from logging.config import BaseConfigurator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client, override_settings
from django.urls import reverse

from posada.accounts import http, services
from posada.accounts.acts import Role
from posada.accounts.models import Site, User
from posada.accounts.tests.signing import code_of, knock
from posada.config import settings as real
from posada.config.console import Plain
from tests import cast
from tests.permissions.matrix import ROWS
from tests.permissions.world import build

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

Browse = Callable[[Role], Client]
COOKIES = ("SESSION", "CSRF", "LANGUAGE")
ASK = """
import json
from django.conf import settings
of = lambda end: {name: getattr(settings, f"{name}_COOKIE_{end}") for name in ("SESSION", "CSRF", "LANGUAGE")}
print(json.dumps([of(end) for end in ("NAME", "SECURE", "HTTPONLY", "SAMESITE", "PATH", "DOMAIN")]))
"""


def _said(tmp_path: Path, *, tls: str) -> list[dict[str, object]]:
    """The settings of the three cookies, as a server of its own would have them."""
    said = {"POSADA_TLS": tls, "POSADA_SITE": str(tmp_path), "DJANGO_SETTINGS_MODULE": "posada.config.settings"}
    plain = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    command = [sys.executable, "-c", ASK]
    answer = subprocess.run(command, env={**plain, **said}, check=True, capture_output=True, text=True)
    found: list[dict[str, object]] = json.loads(answer.stdout)
    return found


def test_over_tls_every_cookie_is_bound_to_this_host_and_to_tls(tmp_path: Path) -> None:
    names, secure, closed, same_site, paths, domains = _said(tmp_path, tls="1")
    assert {name: str(value).startswith("__Host-posada_") for name, value in names.items()} == dict.fromkeys(
        COOKIES, True
    )
    assert secure == closed == dict.fromkeys(COOKIES, True)
    assert same_site == dict.fromkeys(COOKIES, "Strict")
    assert paths == dict.fromkeys(COOKIES, "/")
    assert domains == dict.fromkeys(COOKIES)


def test_without_tls_no_cookie_claims_what_a_browser_would_refuse(tmp_path: Path) -> None:
    names, secure, *_others = _said(tmp_path, tls="0")
    assert not any(str(name).startswith("__") for name in names.values())
    assert secure == dict.fromkeys(COOKIES, False)


@override_settings(LANGUAGE_COOKIE_SECURE=True)
def test_the_cookie_of_the_language_is_kept_from_scripts_and_networks_in_clear() -> None:
    cookie = Client().post("/language/", {"language": "en"}).cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Strict")


def test_no_plugin_and_no_other_base_is_let_in(browse: Browse) -> None:
    policy = browse(Role.DESK).get("/")["Content-Security-Policy"]
    assert {"object-src 'none'", "base-uri 'none'"} <= {part.strip() for part in policy.split(";")}


def test_every_text_says_its_letters_and_no_address_answers_trace(
    site: Site, staff: dict[Role, User], browse: Browse
) -> None:
    case = build(site, cast.make_site(code="otra"), staff)["assigned"]
    client = browse(Role.SITE_MANAGER)
    seen: Counter[str] = Counter()
    for name, row in ROWS.items():
        address = reverse(name, kwargs=row.args(case))
        answer = client.get(address)
        kind = answer.headers.get("Content-Type", "")
        seen["pages"] += answer.status_code == 200 and kind.startswith("text/html")
        assert not kind.startswith("text/") or re.search(r"charset=\"?utf-8", kind), (name, kind)
        traced = client.trace(address).status_code
        seen["refused"] += traced == 405
        assert traced in {403, 404, 405}, (name, traced)
    assert min(seen["pages"], seen["refused"]) > 20, seen


def test_an_error_nobody_foresaw_says_nothing_of_itself(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_given: object) -> object:
        raise RuntimeError("canary-of-an-error")

    client = browse(Role.DESK)
    assert client.get("/").status_code == 200  # every view is imported: none may take the broken one with it
    client.raise_request_exception = False
    monkeypatch.setattr(http, "require_act", breaks)
    answer = client.get("/")
    assert answer.status_code == 500
    shown = answer.content.decode()
    assert "canary-of-an-error" not in shown
    assert "Traceback" not in shown
    assert "<h1" in shown


def _console() -> logging.Formatter:
    """The formatter of the console, as the settings make it."""
    logged: Any = settings.LOGGING
    made = BaseConfigurator(logged).convert(dict(logged["formatters"]["plain"]))
    plain = Plain(made["format"], made["datefmt"])
    assert made["()"] == f"{Plain.__module__}.{Plain.__qualname__}"
    return plain


def test_a_line_of_the_console_says_its_hour_with_the_offset() -> None:
    record = logging.LogRecord("posada", logging.WARNING, "", 0, "words", None, None)
    line = _console().format(record)
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} WARNING posada: words", line)


TYPED = "Canary Quispe"


def _fails(typed: str) -> None:
    try:
        int(typed)
    except ValueError as error:
        raise RuntimeError(typed) from error


def test_what_somebody_typed_is_not_in_the_words_of_an_error_on_the_console() -> None:
    """A control: Python's own formatter writes it twice."""
    try:
        _fails(TYPED)
    except RuntimeError:
        record = logging.LogRecord("posada", logging.ERROR, "", 0, "Internal Server Error", None, sys.exc_info())
    line = _console().format(record)
    assert "Canary" not in line
    assert line.index("builtins.ValueError") < line.index("builtins.RuntimeError")
    assert "in _fails" in line
    record.exc_text = None
    assert logging.Formatter().format(record).count("Canary") == 2


def test_no_address_makes_a_second_line_on_the_console(browse: Browse, caplog: pytest.LogCaptureFixture) -> None:
    browse(Role.DESK).get("/nowhere%0aERROR%20forged/")
    lines = [record.getMessage() for record in caplog.records]
    assert any("nowhere" in line for line in lines)
    assert not any("\n" in line for line in lines)


def test_a_number_beyond_every_number_is_not_found(site: Site, staff: dict[Role, User], browse: Browse) -> None:
    case = build(site, cast.make_site(code="otra"), staff)["assigned"]
    asked = 0
    for name, row in ROWS.items():
        given = row.args(case)
        huge = {key: 10**30 if isinstance(value, int) else value for key, value in given.items()}
        if huge != given:
            asked += 1
            assert browse(Role.CASEWORKER).get(reverse(name, kwargs=huge)).status_code in {403, 404, 405}, name
    assert asked > 10


def test_a_real_site_keeps_passwords_by_argon2id_and_shows_no_debugging() -> None:
    """The tests themselves use a quick hash: what a site uses is asked of its own settings."""
    assert real.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    variety, memory, passes = Argon2PasswordHasher.algorithm, Argon2PasswordHasher.memory_cost, 2
    assert Argon2PasswordHasher().encode("canela ventana siete", "a salt of its own").startswith("argon2$argon2id$")
    assert (variety, memory >= 19 * 1024, Argon2PasswordHasher.time_cost >= passes) == ("argon2", True, True)
    assert real.DEBUG is False


def test_a_password_counts_to_its_last_letter_just_as_it_was_typed(staff: dict[Role, User]) -> None:
    user, typed = staff[Role.DESK], " Canela Ventana " * 5
    services.add_authenticator(user)
    user.set_password(typed)
    user.save()
    for other in (typed.strip(), typed.lower(), typed[:72]):
        assert knock(Client(), password=other, code=code_of(user)).status_code == 200
        User.objects.update(failures=0)
    assert knock(Client(), password=typed, code=code_of(user)).status_code == 302
