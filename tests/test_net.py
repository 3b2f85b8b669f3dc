"""The guard of outgoing HTTP: what it refuses, what it connects to, and when it gives up."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from readthrough.domain.errors import SourceRefused
from readthrough.net import GuardedTransport, is_public


@dataclass
class Server:
    port: int
    hosts: list[str] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)


def start(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    seen = Server(port=0)
    done = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            seen.hosts.append(self.headers["Host"])
            if self.path == "/away":
                self.send_response(302)
                self.send_header("Location", "http://metadata.example/latest")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("Content-Length", "1000" if self.path == "/trickle" else "2")
            self.end_headers()
            if self.path == "/trickle":
                while not done.wait(0.02):
                    try:
                        self.wfile.write(b"x")
                    except OSError:
                        return
            self.wfile.write(b"ok")

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    seen.port = server.server_address[1]
    if context is not None:
        context.sni_callback = lambda _socket, name, _context: seen.names.append(name)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield seen
    finally:
        done.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    yield from start()


class Names:
    """A resolver with fixed answers that counts its calls."""

    def __init__(self, **answers: Sequence[str]) -> None:
        self.answers = {name.replace("_", "."): found for name, found in answers.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        if host not in self.answers:
            raise OSError("no such name")
        return self.answers[host]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "::ffff:0:8.8.8.8",
        "::ffff:0:127.0.0.1",
        "::8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::808:808",
        "100::1",
        "192.0.0.9",
        "192.31.196.1",
        "192.88.99.1",
        "203.0.113.7",
        "240.0.0.1",
        "2001::1",
        "2001:0:808:808::f7f7:f7f7",
        "2001:20::1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2002:c058:6301::1",
        "2606:4700::5efe:a00:1",
        "2606:4700::200:5efe:7f00:1",
        "3fff::1",
        "3fff:fff:ffff::1",
        "4000::1",
        "5f00::1",
        "fec0::1",
        "feff::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "2001:db8::1",
        "not an address",
        "",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "93.184.215.14",
        "8.8.8.8",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2001:4860:4860::8888",
        "2002:808:808::1",
        "2606:4700::1111",
        "2606:4700::200:5efe:808:808",
        "3fff:1000::1",
    ],
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://localhost/",
        "https://169.254.169.254/latest/meta-data/",
    ],
)
def test_private_hosts_are_refused_before_any_connection(url: str) -> None:
    with (
        httpx.Client(transport=GuardedTransport(), trust_env=False) as client,
        pytest.raises(SourceRefused) as caught,
    ):
        client.get(url)
    assert caught.value.remedy


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.com/a", "gopher://example.com/"])
def test_other_schemes_are_refused(url: str) -> None:
    transport = GuardedTransport()
    with pytest.raises(SourceRefused, match="not a scheme"):
        transport.handle_request(httpx.Request("GET", url))
    transport.close()


def test_one_private_answer_among_public_ones_refuses_the_host() -> None:
    names = Names(mixed_example=["93.184.215.14", "10.0.0.5"])
    with (
        httpx.Client(transport=GuardedTransport(resolver=names), trust_env=False) as client,
        pytest.raises(SourceRefused, match=r"10\.0\.0\.5"),
    ):
        client.get("http://mixed.example/")


def test_host_header_stays_and_the_name_is_asked_once(server: Server) -> None:
    names = Names(news_example=["127.0.0.1"])
    transport = GuardedTransport(allow_private=True, resolver=names)
    with httpx.Client(transport=transport, trust_env=False) as client:
        assert client.get(f"http://news.example:{server.port}/").text == "ok"
        assert client.get(f"http://news.example:{server.port}/again").text == "ok"
    assert server.hosts == [f"news.example:{server.port}"] * 2
    assert names.asked == ["news.example"]


def test_a_redirect_to_a_private_host_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readthrough.net.is_public", lambda address: address == "127.0.0.1")
    names = Names(news_example=["127.0.0.1"], metadata_example=["169.254.169.254"])
    transport = GuardedTransport(resolver=names)
    client = httpx.Client(transport=transport, trust_env=False, follow_redirects=True)
    with client, pytest.raises(SourceRefused, match=r"metadata\.example"):
        client.get(f"http://news.example:{server.port}/away")
    assert names.asked == ["news.example", "metadata.example"]


def test_the_next_address_is_tried_when_one_does_not_answer(server: Server) -> None:
    names = Names(news_example=["127.0.0.2", "127.0.0.1"])
    transport = GuardedTransport(allow_private=True, resolver=names)
    with httpx.Client(transport=transport, trust_env=False) as client:
        assert client.get(f"http://news.example:{server.port}/").status_code == 200


def test_an_unknown_name_is_a_connect_error() -> None:
    with (
        httpx.Client(transport=GuardedTransport(resolver=Names()), trust_env=False) as client,
        pytest.raises(httpx.ConnectError, match="does not resolve"),
    ):
        client.get("http://nowhere.example/")


def test_a_trickling_server_cannot_outlast_the_total_timeout(server: Server) -> None:
    transport = GuardedTransport(allow_private=True, total_timeout_s=0.2)
    with (
        httpx.Client(transport=transport, trust_env=False, timeout=5) as client,
        pytest.raises(httpx.ReadTimeout),
    ):
        client.get(f"http://127.0.0.1:{server.port}/trickle")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to make a certificate")
def test_tls_checks_the_name_asked_for_not_the_address(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=t "
        f"-addext subjectAltName=DNS:news.example -keyout {key} -out {certificate}".split(),
        check=True,
        capture_output=True,
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(certificate))
    names = Names(news_example=["127.0.0.1"], other_example=["127.0.0.1"])
    for server in start(serving):
        transport = GuardedTransport(allow_private=True, resolver=names, ssl_context=trusting)
        with httpx.Client(transport=transport, trust_env=False) as client:
            assert client.get(f"https://news.example:{server.port}/").text == "ok"
            with pytest.raises(httpx.ConnectError, match=r"(?i)certificate"):
                client.get(f"https://other.example:{server.port}/")
        assert server.names == ["news.example", "other.example"]
