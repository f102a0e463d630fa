"""Serve a site with granian: one worker that holds the keys, threads that answer, a new sealed worker if it ends."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import click
from django.core.management import call_command
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from posada.config import tls
from posada.vault import occupied, site, stores
from posada.vault.errors import CannotWrite, VaultError

THREADS = 4


class NotRunning(VaultError):
    """No process holds the keys of this site."""

    def __str__(self) -> str:
        return _("No running process holds the keys of this site: it is sealed, or not started.")


class NoAnswer(VaultError):
    """Nothing listens at this port."""

    def __str__(self) -> str:
        return _("Nothing answers at this port. Start the site first with: posada run")


class AlreadyOpen(VaultError):
    """The house is open: no phrase was looked at."""

    def __str__(self) -> str:
        return _("The house is open already. No phrase was looked at.")


class NotOpened(VaultError):
    """The unlock page took the phrase and did not open."""

    def __str__(self) -> str:
        return _("The house did not open. Look at the unlock page in the browser: it says why.")


def serve(
    *, address: str, port: int, certificate: Path | None = None, key: Path | None = None, quiet: bool = False
) -> None:
    """Serve until stopped by Ctrl-C or TERM; beyond this machine only over TLS."""
    folder = site.current_folder()
    folder.settings()
    if address not in tls.LOOPBACK and not (certificate and key):
        certificate, key = tls.own_certificate(folder)
    if not site.keys_are_away(folder):
        site.read_keys(folder)
    occupied.serve(folder)
    stores.check_place(folder)
    call_command("check", fail_level="ERROR", verbosity=0)
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
    except OSError as error:
        raise CannotWrite from error
    if not quiet:
        scheme = "https" if certificate else "http"
        place = {"address": f"{scheme}://{address}:{port}/"}
        click.echo(_("Sealed, at %(address)s (stop with Ctrl-C).") % place)
    server = Granian(
        target="posada.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        log_level=LogLevels.warning,
        websockets=False,
        ssl_cert=certificate,
        ssl_key=key,
    )
    server.serve()


def say_sealed(*, ended: bool) -> None:
    """What `posada seal` did."""
    if not ended:
        raise NotRunning
    click.echo(_("Sealed: the process that held the keys has ended."))


def unlock_running(*, port: int, words: str) -> None:
    """Send the phrase to the unlock page over loopback."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    address = f"http://127.0.0.1:{port}/unlock/"
    try:
        first = opener.open(address, timeout=20)
        page = first.read().decode()
        if "/unlock/" not in first.url:
            raise AlreadyOpen
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        if token is None or 'name="phrase"' not in page:
            raise NotOpened
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], "phrase": words}).encode()
        answer = opener.open(urllib.request.Request(address, data=body, headers={"Referer": address}), timeout=60)
    except urllib.error.HTTPError as error:
        raise NotOpened from error
    except OSError as error:
        raise NoAnswer from error
    if answer.url == address:
        raise NotOpened
    click.echo(_("The phrase was right. The house is opening."))
