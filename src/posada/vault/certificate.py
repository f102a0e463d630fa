"""The site's own certificate for its local network: an authority that can vouch for private addresses only, and one
certificate of its own.

The authority's key is sealed under the site's master key; it is needed again when the address changes. Its name
constraints (RFC 5280, 4.2.1.10) bind it: a phone that trusts it trusts it for nothing on the internet.
"""

import ipaddress
import os
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.utils.translation import gettext as _

from posada.vault import ciphers, state
from posada.vault.errors import CannotWrite, Unreadable, VaultError
from posada.vault.folder import SiteFolder

# Phones refuse a server's certificate that is valid for longer than 398 days.
DAYS, AUTHORITY_DAYS = 397, 3650
SOON = timedelta(days=30)
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "::1/128")
SUFFIX = "local"
_SEALED_AS = b"certificate|authority"


class NotPrivate(VaultError):
    """A name or address that is not one of a local network."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word

    def __str__(self) -> str:
        return _(
            "%(word)s is not an address of a local network. Give one like 192.168.1.10, or a name that ends in .local."
        ) % {"word": self.word}


class NoCertificate(VaultError):
    """The certificate files cannot be read."""

    def __str__(self) -> str:
        return _("The certificate in the folder tls cannot be read. Make it again with: posada certificate")


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the site's certificate says: names and addresses, until when, and the authority's SHA-256."""

    names: tuple[str, ...]
    until: datetime
    fingerprint: str
    authority: bytes

    def state_at(self, moment: datetime) -> str:
        """ "good", "soon" (less than thirty days) or "over"."""
        if moment >= self.until:
            return "over"
        return "soon" if moment >= self.until - SOON else "good"


def own_addresses() -> tuple[str, ...]:
    """This machine's addresses on its local networks, as far as it knows them; nothing is sent."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.168.255.255", 9))  # a datagram socket: it only asks which way it would go
            found.append(str(probe.getsockname()[0]))
        except OSError:
            return ()
    return tuple(word for word in found if _is_private(word) and not word.startswith("127."))


def make(folder: SiteFolder, words: Iterable[str], *, at: datetime) -> Certificate:
    """A certificate for these names and addresses (and this machine's own), signed by the site's authority.

    Raises `NotPrivate` for a word of the wide internet, `CannotWrite` when the disk refuses. Needs the keys.
    """
    wanted = tuple(dict.fromkeys([*words, "localhost", "127.0.0.1", "::1"]))
    names = [_general_name(word) for word in wanted]
    try:
        folder.tls.mkdir(mode=0o700, exist_ok=True)
        authority, key = _authority(folder, at)
        own_key = ec.generate_private_key(ec.SECP256R1())
        own = _signed(authority, key, own_key.public_key(), names, at)
        _write(folder.certificate_key, _pem(own_key))
        both = own.public_bytes(serialization.Encoding.PEM) + authority.public_bytes(serialization.Encoding.PEM)
        _write(folder.certificate, both)
    except OSError as error:
        raise CannotWrite from error
    return read(folder)


def read(folder: SiteFolder) -> Certificate:
    """What the site's certificate says; `NoCertificate` when there is none, or none that can be read."""
    try:
        own = x509.load_pem_x509_certificate(folder.certificate.read_bytes())
        authority = x509.load_pem_x509_certificate(folder.authority.read_bytes())
        own.verify_directly_issued_by(authority)
        names = own.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        bounds = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    except (OSError, ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound) as error:
        raise NoCertificate from error
    if bounds.permitted_subtrees != _permitted():
        raise NoCertificate  # whoever wrote it here would vouch to our phones for more than this house
    words = [*names.get_values_for_type(x509.DNSName), *map(str, names.get_values_for_type(x509.IPAddress))]
    return Certificate(
        names=tuple(words),
        until=own.not_valid_after_utc,
        fingerprint=authority.fingerprint(hashes.SHA256()).hex().upper(),
        authority=authority.public_bytes(serialization.Encoding.DER),
    )


def _is_private(word: str) -> bool:
    try:
        address = ipaddress.ip_address(word)
    except ValueError:
        return False
    return any(address in ipaddress.ip_network(network) for network in PRIVATE if _same_kind(address, network))


def _same_kind(address: ipaddress.IPv4Address | ipaddress.IPv6Address, network: str) -> bool:
    return (address.version == 6) == (":" in network)


def _general_name(word: str) -> x509.GeneralName:
    if _is_private(word):
        return x509.IPAddress(ipaddress.ip_address(word))
    name = word.strip().lower().rstrip(".")
    labels = name.split(".")
    sound = all(label and len(label) < 64 and label.replace("-", "a").isalnum() and label.isascii() for label in labels)
    if name == "localhost" or (sound and len(labels) > 1 and labels[-1] == SUFFIX):
        return x509.DNSName(name)
    raise NotPrivate(word)


def _authority(folder: SiteFolder, at: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    sealing = state.key_for("certificate-authority")
    try:
        held = x509.load_pem_x509_certificate(folder.authority.read_bytes())
        plain = ciphers.decrypt(sealing, folder.authority_key.read_bytes(), _SEALED_AS)
        key = serialization.load_der_private_key(plain, password=None)
        lasts = at < held.not_valid_after_utc - timedelta(days=DAYS)
        if isinstance(key, ec.EllipticCurvePrivateKey) and held.public_key() == key.public_key() and lasts:
            return held, key
    except (OSError, ValueError, Unreadable):
        pass  # there is none yet, or it belongs to other keys: a new one, which phones must trust anew
    key = ec.generate_private_key(ec.SECP256R1())
    made = _self_signed(key, at)
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(folder.authority_key, ciphers.encrypt(sealing, plain, _SEALED_AS))
    _write(folder.authority, made.public_bytes(serialization.Encoding.PEM))
    return made, key


def _named(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _permitted() -> Sequence[x509.GeneralName]:
    """For what the authority can vouch."""
    networks = [x509.IPAddress(ipaddress.ip_network(network)) for network in PRIVATE]
    return [x509.DNSName("localhost"), x509.DNSName(SUFFIX), *networks]


def _self_signed(key: ec.EllipticCurvePrivateKey, at: datetime) -> x509.Certificate:
    name = _named("Posada: authority of one house")
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=AUTHORITY_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(sign_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=_permitted(), excluded_subtrees=None), critical=True)
        # For no mail and no program either, which the names above do not bind.
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _signed(
    authority: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    public: ec.EllipticCurvePublicKey,
    names: Sequence[x509.GeneralName],
    at: datetime,
) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(_named("Posada"))
        .issuer_name(authority.subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=DAYS - 1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(sign_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _usage(*, sign_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not sign_certificates,
        key_cert_sign=sign_certificates,
        crl_sign=sign_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(path.suffix + ".new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    fresh.replace(path)
