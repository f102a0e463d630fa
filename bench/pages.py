"""A signed-in browser without a screen, over TLS: pages, forms and cookies on one connection that is kept."""

import http.client
import re
import ssl
import time
import urllib.parse

from django_otp.oath import totp

HERE = "127.0.0.1"
KEPT_SECONDS = 10.0
_HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|once)"[^>]* value="([^"]+)"')
_NUMBER = re.compile(r'class="last__number">(\d+)<')


class Browser:
    """One user at a port of this machine, who trusts the house's own authority."""

    def __init__(self, port: int, authority: str) -> None:
        context = ssl.create_default_context(cafile=authority)
        self._connection = http.client.HTTPSConnection(HERE, port, timeout=60, context=context)
        self._origin = f"https://{HERE}:{port}"
        self._cookies: dict[str, str] = {}
        self._asked = time.monotonic()
        self.place = ""

    def page(
        self, method: str, address: str, form: dict[str, str] | None = None, *, quiet: bool = False
    ) -> tuple[int, str]:
        """One request, and where it leads; `quiet` as the page's script asks."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = None
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": self._origin}
        if quiet:
            headers["HX-Request"] = "true"
        if time.monotonic() - self._asked > KEPT_SECONDS:
            self._connection.close()  # the server has ended it by now; a new one is made by the request
        self._asked = time.monotonic()
        try:
            self._connection.request(method, address, body=body, headers=headers)
            answer = self._connection.getresponse()
            text = answer.read().decode()
        except http.client.HTTPException as error:
            raise OSError(str(error)) from error
        except OSError:
            self._connection.close()
            raise
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.split(";")[0].partition("=")
            self._cookies[name] = value
        self.place = address
        leads = answer.headers.get("Location")
        return self.page("GET", leads) if leads and answer.status == http.HTTPStatus.FOUND else (answer.status, text)

    def hidden(self, page: str) -> dict[str, str]:
        """The hidden fields of a page's form."""
        return dict(_HIDDEN.findall(page))

    def last_number(self, page: str) -> int | None:
        """The number of whom this desk registered last."""
        found = _NUMBER.search(page)
        return int(found[1]) if found else None

    def sign_in(self, user: dict[str, str]) -> None:
        """Name, password and code; raises RuntimeError when refused."""
        page = self.page("GET", "/account/sign-in/")[1]
        form = {**self.hidden(page), "name": user["name"], "password": user["password"]}
        self.page("POST", "/account/sign-in/", {**form, "code": f"{totp(bytes.fromhex(user['key'])):06d}"})
        if self.place == "/account/sign-in/":
            raise RuntimeError("not signed in")
