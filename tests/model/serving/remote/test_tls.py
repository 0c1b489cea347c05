"""Servers behind TLS: a certificate that nobody vouches for is refused, unless the operator does."""

import datetime
import ipaddress
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from model.engine import EditRequest
from model.errors import EngineUnreachable
from model.presets import resolve
from model.serving.remote.engine import RemoteEngine
from tests.model.serving.remote.servers import Server, at, serving

MODELS = resolve("tiny")


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A self-signed certificate for this machine, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file


async def test_a_certificate_of_ones_own_is_taken_only_where_it_is_named(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate)
    async with serving(Server(), tls) as server:
        async with RemoteEngine(MODELS, words_at=at(server, retries=0)) as engine:
            with pytest.raises(EngineUnreachable, match=r"(?i)certificate"):
                await engine.edit(EditRequest("a red house", "make it night"))
        assert server.headers == [], "nothing was sent, the key neither"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        async with RemoteEngine(MODELS, words_at=at(server)) as engine:
            result = await engine.edit(EditRequest("a red house", "make it night"))
        assert result.target_prompt == "a red house at night"


async def test_a_server_without_tls_under_an_https_address_is_told() -> None:
    async with serving(Server()) as server:
        settings = at(server.url.replace("http:", "https:"), retries=0)
        async with RemoteEngine(MODELS, words_at=settings) as engine:
            with pytest.raises(EngineUnreachable, match="cannot be reached"):
                await engine.edit(EditRequest("a red house", "make it night"))
