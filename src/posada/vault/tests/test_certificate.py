"""The site's own certificate: for local networks only, verified by a strict client, made again without new trust."""

import ipaddress
import socket
import ssl
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID
from django.test import Client

from posada.ground import clock
from posada.vault import certificate, site, state
from posada.vault.folder import SiteFolder


@pytest.fixture
def folder(tmp_path: Path) -> SiteFolder:
    return SiteFolder(tmp_path)


def _handshake(folder: SiteFolder, name: str, *, newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> str:
    """Whether a strict client that trusts the authority accepts the server under this name; its TLS version."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder.certificate, folder.certificate_key)
    client = ssl.create_default_context(cafile=str(folder.authority))
    client.maximum_version = newest
    ours, theirs = socket.socketpair()

    def answer() -> None:
        try:
            with server.wrap_socket(theirs, server_side=True) as held:
                held.recv(1)
        except OSError:
            pass

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        with client.wrap_socket(ours, server_hostname=name) as held:
            version = str(held.version())
            held.send(b"x")
            return version
    finally:
        ours.close()
        thread.join()


@pytest.mark.parametrize("name", ["192.168.1.10", "posada.local", "localhost"])
def test_a_strict_client_that_trusts_the_authority_accepts_it(folder: SiteFolder, name: str) -> None:
    certificate.make(folder, ["192.168.1.10", "posada.local"], at=clock.now())
    assert _handshake(folder, name) == "TLSv1.3"


def test_it_is_refused_under_another_name(folder: SiteFolder) -> None:
    certificate.make(folder, ["192.168.1.10"], at=clock.now())
    with pytest.raises(ssl.SSLCertVerificationError):
        _handshake(folder, "192.168.1.11")


@pytest.mark.parametrize("word", ["8.8.8.8", "example.org", "posada", "", "-..local", "2001:db8::1", "*.local"])
def test_it_is_made_for_local_networks_only(folder: SiteFolder, word: str) -> None:
    with pytest.raises(certificate.NotPrivate) as caught:
        certificate.make(folder, [word], at=clock.now())
    assert "192.168.1.10" in str(caught.value)
    assert not folder.certificate.exists()


def test_the_authority_can_vouch_for_nothing_on_the_internet(folder: SiteFolder) -> None:
    certificate.make(folder, ["192.168.1.10"], at=clock.now())
    held = x509.load_pem_x509_certificate(folder.authority.read_bytes())
    bound = held.extensions.get_extension_for_class(x509.NameConstraints)
    assert bound.critical
    networks = [name.value for name in bound.value.permitted_subtrees or () if isinstance(name, x509.IPAddress)]
    assert networks
    assert all(isinstance(one, ipaddress.IPv4Network | ipaddress.IPv6Network) and one.is_private for one in networks)
    names = [name.value for name in bound.value.permitted_subtrees or () if isinstance(name, x509.DNSName)]
    assert sorted(names) == ["local", "localhost"]


def test_made_again_for_another_address_the_phones_go_on_trusting_it(folder: SiteFolder) -> None:
    first = certificate.make(folder, ["192.168.1.10"], at=clock.now())
    second = certificate.make(folder, ["192.168.1.77"], at=clock.now())
    assert second.fingerprint == first.fingerprint
    assert _handshake(folder, "192.168.1.77") == "TLSv1.3"


def test_the_authoritys_key_is_sealed_and_of_other_keys_it_is_made_anew(folder: SiteFolder) -> None:
    first = certificate.make(folder, ["192.168.1.10"], at=clock.now())
    lying = folder.authority_key.read_bytes()
    with pytest.raises(ValueError, match=r".*"):
        serialization.load_der_private_key(lying[13:], password=None)
    state.open_with(bytes(range(1, 33)))
    try:
        assert certificate.make(folder, ["192.168.1.10"], at=clock.now()).fingerprint != first.fingerprint
    finally:
        state.open_with(bytes(range(32)))


def _planted(folder: SiteFolder) -> x509.Certificate:
    """An authority of somebody who can write the folder: it vouches for the whole internet."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=3000))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder.authority.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return made


def test_an_authority_slipped_in_is_never_handed_to_a_phone(folder: SiteFolder) -> None:
    certificate.make(folder, ["192.168.1.10"], at=clock.now())
    theirs = _planted(folder)
    with pytest.raises(certificate.NoCertificate):
        certificate.read(folder)
    made = certificate.make(folder, ["192.168.1.10"], at=clock.now())
    assert made.authority != theirs.public_bytes(serialization.Encoding.DER)
    assert _handshake(folder, "192.168.1.10") == "TLSv1.3"


def test_an_authority_that_vouches_for_more_is_not_believed_though_all_was_replaced(
    folder: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = [x509.DNSName("com"), x509.DNSName("local"), x509.IPAddress(ipaddress.ip_network("0.0.0.0/0"))]
    with monkeypatch.context() as theirs:
        theirs.setattr(certificate, "_permitted", lambda: wide)
        certificate.make(folder, ["192.168.1.10"], at=clock.now())
        certificate.read(folder)
    with pytest.raises(certificate.NoCertificate):
        certificate.read(folder)


def test_the_authority_vouches_for_servers_only(folder: SiteFolder) -> None:
    certificate.make(folder, ["192.168.1.10"], at=clock.now())
    held = x509.load_pem_x509_certificate(folder.authority.read_bytes())
    assert list(held.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value) == [
        ExtendedKeyUsageOID.SERVER_AUTH
    ]


def test_its_files_are_read_by_their_owner_only(folder: SiteFolder) -> None:
    certificate.make(folder, ["192.168.1.10"], at=clock.now())
    for path in folder.tls.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_it_says_when_it_ends(folder: SiteFolder) -> None:
    now = clock.now()
    held = certificate.make(folder, ["192.168.1.10"], at=now)
    assert (held.until - now).days <= 398
    assert [held.state_at(now + timedelta(days=days)) for days in (0, 370, 400)] == ["good", "soon", "over"]


def test_a_damaged_one_gives_a_sentence(folder: SiteFolder) -> None:
    certificate.make(folder, ["192.168.1.10"], at=clock.now())
    folder.certificate.write_text("-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----\n", encoding="ascii")
    with pytest.raises(certificate.NoCertificate) as caught:
        certificate.read(folder)
    assert "posada certificate" in str(caught.value)


@pytest.mark.django_db(databases=["default", "keyring"])
def test_the_pages_that_anybody_may_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(site, "current_folder", lambda: SiteFolder(tmp_path))
    client = Client()
    without = client.get("/unlock/phones/")
    assert "posada certificate" in without.content.decode()
    assert client.get("/unlock/phones/certificate/").status_code == 404
    held = certificate.make(SiteFolder(tmp_path), ["192.168.1.10"], at=clock.now())
    page = client.get("/unlock/phones/").content.decode()
    assert held.fingerprint[:4] in page
    assert "<svg" in page
    assert "style=" not in page
    taken = client.get("/unlock/phones/certificate/")
    assert taken.content == held.authority
    assert "attachment" in taken["Content-Disposition"]
    assert client.get("/unlock/protects/").status_code == 200
