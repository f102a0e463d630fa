"""A visitor of the real server: one signed-in session, pages and forms over HTTP."""

import http.client
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django_otp.oath import totp

SESSION = re.compile(r"posada_session=(\w+)")
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|once)" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody whose session is known, at a port of this machine."""

    port: int
    session: str

    def _ask(
        self, method: str, address: str, body: bytes = b"", kind: str = "", cookies: str = ""
    ) -> tuple[int, str, str]:
        headers = {"Cookie": f"posada_session={self.session}{cookies}"} | ({"Content-Type": kind} if kind else {})
        held = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            held.request(method, address, body=body or None, headers=headers)
            answer = held.getresponse()
            told = "; ".join(value.split(";")[0] for value in answer.headers.get_all("Set-Cookie") or [])
            return answer.status, answer.read().decode("utf-8", "replace"), told
        finally:
            held.close()

    @classmethod
    def signed_in(cls, port: int, name: str, password: str, secret: str) -> "Visitor":
        """Somebody who signs in with name, password and the code of their authenticator (its key in hex)."""
        fields = {"name": name, "password": password, "code": f"{totp(bytes.fromhex(secret)):06d}"}
        status, page, told = cls(port, "")._send("/account/sign-in/", fields)
        found = SESSION.search(told)
        if status != 302 or found is None:
            raise RuntimeError(f"not signed in: {status} {page}")
        return cls(port, found[1])

    def get(self, address: str) -> tuple[int, str]:
        """The status and the text of a page."""
        status, text, _told = self._ask("GET", address)
        return status, text

    def send(
        self, address: str, fields: Mapping[str, str], file: tuple[str, bytes] | None = None, *, form: str = ""
    ) -> tuple[int, str]:
        """Fill in the form of a page (`form`, or the same address) and send it; a file goes as its field `file`."""
        status, text, _told = self._send(address, fields, file, form=form)
        return status, text

    def _send(
        self, address: str, fields: Mapping[str, str], file: tuple[str, bytes] | None = None, *, form: str = ""
    ) -> tuple[int, str, str]:
        status, page, told = self._ask("GET", form or address)
        hidden = dict(HIDDEN.findall(page))
        if status != 200 or "csrfmiddlewaretoken" not in hidden:
            raise RuntimeError(f"no form at {form or address}: {status}")
        values = {"once": str(uuid.uuid4())} | hidden | dict(fields)
        kind, body = "application/x-www-form-urlencoded", urlencode(values).encode()
        if file is not None:
            kind, body = _parts(values, file)
        return self._ask("POST", address, body, kind, f"; {told}")


def _parts(values: Mapping[str, str], file: tuple[str, bytes]) -> tuple[str, bytes]:
    mark, (name, content) = uuid.uuid4().hex, file
    head = "".join(
        f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n' for key, value in values.items()
    )
    head += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    head += "Content-Type: application/octet-stream\r\n\r\n"
    return f"multipart/form-data; boundary={mark}", head.encode() + content + f"\r\n--{mark}--\r\n".encode()
