"""Secure connections: the certificate must be of the name that was asked, by whom we trust."""

import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from annotations.captures.failures import FailureCode
from annotations.captures.fetching import fetch
from tests.captures.server import Server, page


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of news.test by itself, in a file with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "news.test")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("news.test")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "news.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + built.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secure(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = Server(context)
    server.on("/", page(b"<p>secure</p>"))
    yield server
    server.close()


@pytest.fixture
def trusting(border, certificate):
    return replace(border, tls=ssl.create_default_context(cafile=str(certificate)))


def test_what_is_kept_of_a_secure_page_is_what_was_meant(secure, trusting):
    fetched = fetch(secure.url("/"), border=trusting)
    assert (fetched.failure, fetched.body) == (None, b"<p>secure</p>")
    assert fetched.hops[0].response == page(b"<p>secure</p>")
    assert fetched.hops[0].request.startswith(b"GET / HTTP/1.1\r\nHost: news.test")
    assert fetched.hops[0].timing.tls is not None


def test_a_certificate_of_another_name_is_refused(secure, trusting):
    fetched = fetch(secure.url("/", "other.test"), border=trusting)
    assert fetched.failure.code == FailureCode.TLS
    assert secure.asked == []


def test_a_certificate_by_nobody_we_trust_is_refused(secure, border):
    assert fetch(secure.url("/"), border=border).failure.code == FailureCode.TLS
    assert secure.asked == []
