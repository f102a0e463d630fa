"""Eight people at the real server at once: sign in, then open one person after the other."""

import http.client
import json
import random
import re
import threading
import time
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from django_otp.oath import TOTP
from tests.faults import server


@dataclass(slots=True)
class Found:
    """What was measured."""

    times: list[float] = field(default_factory=list)
    errors: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds

    @property
    def p50(self) -> float:
        """The median time, in seconds."""
        return quantiles(self.times, n=100)[49]

    @property
    def p99(self) -> float:
        """What 99 in 100 stay under, in seconds."""
        return quantiles(self.times, n=100)[98]


class Browser:
    """One signed-in user over one connection."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """One request; its status and its page."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body=body, headers=headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.split(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, text

    def sign_in(self, user: dict[str, str]) -> None:
        """Name, password and code; raises RuntimeError when refused."""
        _status, page = self.ask("GET", "/account/sign-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        code = f"{TOTP(bytes.fromhex(user['key'])).token():06}"
        form = {"csrfmiddlewaretoken": token[1] if token else "", "name": user["name"], "password": user["password"]}
        status, _page = self.ask("POST", "/account/sign-in/", {**form, "code": code})
        if status != 302:
            raise RuntimeError(f"sign-in: {status}")


def _open_for(browser: Browser, numbers: list[int], until: float, found: Found, seed: int) -> None:
    chance = random.Random(seed)
    while time.monotonic() < until:
        began = time.monotonic()
        status, page = browser.ask("GET", f"/person/{chance.choice(numbers)}/")
        found.times.append(time.monotonic() - began)
        found.errors += status != 200 or "fact" not in page


def open_persons(root: Path, phrase: str, users_json: str, *, users: int, seconds: float) -> Found:
    """Start the server, open it, and let so many users open persons for so long."""
    people = json.loads(users_json)[:users]
    port = server.free_port()
    address = f"http://127.0.0.1:{port}/"
    found = Found()
    with server.started("posada", "run", "--site", str(root), "--port", str(port)) as process:
        server.wait_for(address + "unlock/", {200}, process)
        server.unlock(root, port, phrase)
        server.wait_for(address, {302}, process)
        browsers = [Browser(port) for _ in people]
        for browser, user in zip(browsers, people, strict=True):
            browser.sign_in(user)
        for browser, user in zip(browsers, people, strict=True):
            browser.ask("GET", f"/person/{user['numbers'][0]}/")
        began = time.monotonic()
        threads = [
            threading.Thread(target=_open_for, args=(browser, user["numbers"], began + seconds, found, place))
            for place, (browser, user) in enumerate(zip(browsers, people, strict=True))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found.seconds = time.monotonic() - began
    return found
