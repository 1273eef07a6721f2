"""What happens below HTTP, and where credentials must not go."""

from __future__ import annotations

import datetime
import socket
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from fluentcart_conformance.journal.search import customers_with
from fluentcart_conformance.target.client import StoreClient
from fluentcart_conformance.target.errors import (
    NoAnswerError,
    NotAStoreError,
    TargetGoneError,
    TargetUnreachableError,
)
from fluentcart_conformance.target.preflight import preflight
from fluentcart_conformance.target.settings import Settings
from tests.hostile.behaviours import always, answer, hang, page, raw
from tests.hostile.server import HostileServer
from tests.hostile.test_battery import CANARY, settings_for


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, Path]:
    """A server's context with a certificate of its own for `name`, and the file to trust it by."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    trust = folder / "ca.pem"
    trust.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context, trust


def test_a_closed_port_is_unreachable_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TargetUnreachableError, match="no connection to http://127") as said:
        preflight(settings_for(f"http://127.0.0.1:{port}"))
    assert said.value.exit_code == 3


def test_a_name_that_does_not_exist_is_unreachable() -> None:
    with pytest.raises(TargetUnreachableError, match="no connection"):
        preflight(settings_for("http://nobody.invalid.localhost:1"))


def test_a_certificate_nobody_signed_is_refused_and_no_request_is_sent(tmp_path: Path) -> None:
    context, _ = certificate(tmp_path, "127.0.0.1")
    with (
        HostileServer(always(page([])), context) as server,
        pytest.raises(TargetUnreachableError, match="ca_bundle"),
    ):
        preflight(settings_for(server.url))
    assert server.requests == []


def test_a_certificate_for_another_name_is_refused_even_when_trusted(tmp_path: Path) -> None:
    context, trust = certificate(tmp_path, "other.example")
    with HostileServer(always(page([])), context) as server:
        settings = settings_for(server.url).model_copy(update={"ca_bundle": trust})
        with pytest.raises(TargetUnreachableError, match="certificate"):
            preflight(settings)
    assert server.requests == []


def test_tls_spoken_to_a_plain_server_is_said_so() -> None:
    with HostileServer(raw(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as server:
        address = server.url.replace("http://", "https://")
        with pytest.raises(TargetUnreachableError, match="TLS"):
            preflight(settings_for(address))


def test_a_redirect_to_another_host_is_told_and_never_followed() -> None:
    with HostileServer(always(page([]))) as thief:
        location = f"Location: {thief.url.replace('127.0.0.1', 'localhost')}/wp-json"
        with (
            HostileServer(always(b"", "302 Found", "text/html", location)) as server,
            pytest.raises(NotAStoreError, match="redirects to http://localhost"),
        ):
            preflight(settings_for(server.url))
        assert thief.requests == []


def test_an_answer_longer_than_it_says_does_not_become_the_next_answer() -> None:
    poisoned = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" + b"HTTP/1.1 201 OWNED\r\n\r\n"
    with HostileServer(raw(poisoned, then_close=False)) as server:
        client = StoreClient(settings_for(server.url))
        for _ in range(3):
            try:
                assert client.call("GET", "/orders").status == 200
            except NoAnswerError as error:
                assert error.kind in ("protocol", "timeout", "reset")


def test_five_requests_without_an_answer_open_the_circuit() -> None:
    with HostileServer(hang) as server:
        settings = settings_for(server.url).model_copy(update={"request_timeout": 0.05})
        client = StoreClient(settings)
        for _ in range(5):
            with pytest.raises(NoAnswerError):
                client.call("POST", "/orders", json={})
        with pytest.raises(TargetGoneError):
            client.call("GET", "/orders")
    assert len(server.requests) == 5


def test_a_search_whose_pages_never_end_ends() -> None:
    def endless(connection: socket.socket, request: str, number: int) -> None:
        del request
        rows = [{"id": number * 1000 + one, "email": "x@y.example"} for one in range(100)]
        answer(connection, {"customers": {"data": rows}})

    with HostileServer(endless) as server:
        assert customers_with(StoreClient(settings_for(server.url)), "fcc-00000000") == []
        assert len(server.requests) <= 50


def test_a_search_whose_next_page_is_itself_ends_at_once() -> None:
    rows = [{"id": one, "email": f"fcc-00000000-{one}@example.com"} for one in range(100)]
    with HostileServer(always({"customers": {"data": rows}})) as server:
        found = customers_with(StoreClient(settings_for(server.url)), "fcc-00000000")
        assert len(found) == 100
        assert len(server.requests) == 2


def test_settings_never_show_their_secrets() -> None:
    settings = settings_for("http://127.0.0.1:1")
    client = StoreClient(settings)
    shown = repr(settings) + str(settings) + repr(client.identities) + settings.model_dump_json()
    assert CANARY not in shown
    assert "YWRtaW46" not in shown
    assert Settings.model_json_schema()["additionalProperties"] is False
