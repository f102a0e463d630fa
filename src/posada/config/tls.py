"""Which certificate the house serves with, beyond its own machine."""

from collections.abc import Sequence
from pathlib import Path

import click
from django.utils.translation import gettext as _

from posada.ground import clock
from posada.vault import certificate as certificates
from posada.vault import site
from posada.vault.backup import diary
from posada.vault.errors import VaultError
from posada.vault.folder import SiteFolder

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class NeedsCertificate(VaultError):
    """Other machines may only reach the house over TLS."""

    def __str__(self) -> str:
        return _(
            "Other machines may reach the house only over TLS: everything would cross the network in clear. "
            "Make its own certificate with: posada certificate (or give --certificate and --key), "
            "or leave --address at 127.0.0.1."
        )


class CertificateOver(VaultError):
    """The site's certificate is no longer valid."""

    def __str__(self) -> str:
        return _("The certificate of this house is past its time. Make it again with: posada certificate")


def names_of(root: Path) -> tuple[str, ...]:
    """The names and addresses in the certificate of this folder's site; none if it has none."""
    try:
        return certificates.read(SiteFolder(root)).names
    except certificates.NoCertificate:
        return ()


def own_certificate(folder: SiteFolder) -> tuple[Path, Path]:
    """The certificate that `posada certificate` made, if it is still valid."""
    if not folder.certificate.exists():
        raise NeedsCertificate
    standing = certificates.read(folder).state_at(clock.now())
    if standing == "over":
        raise CertificateOver
    if standing == "soon":
        click.echo(_("The certificate ends within thirty days. Make it again with: posada certificate"), err=True)
    return folder.certificate, folder.certificate_key


def make_certificate(*, names: Sequence[str]) -> None:
    """Make the site's own certificate for these names and addresses, or for those that this machine has."""
    folder = site.current_folder()
    made = certificates.make(folder, names or certificates.own_addresses(), at=clock.now())
    diary.note_certificate(folder)
    click.echo(_("Made, for: %(names)s") % {"names": ", ".join(made.names)})
    click.echo(_("Valid until %(day)s.") % {"day": f"{made.until:%Y-%m-%d}"})
    click.echo(_("What a phone shows before it trusts this house (SHA-256): %(signs)s") % {"signs": made.fingerprint})
    click.echo(_("Serve with: posada run --address 0.0.0.0, then open the page 'From a phone' on the unlock page."))
