"""Secrets Manager as botocore calls it, on a server that says what a test wants."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from flink_deployer.errors import UpstreamUnavailable
from flink_deployer.secrets import SecretsManager, StoreRefusedError
from tests.support.events import SECRET_ARN


class _Handler(BaseHTTPRequestHandler):
    answer: ClassVar[tuple[int, dict[str, str]]] = (200, {})
    asked: ClassVar[list[dict[str, str]]] = []

    def do_POST(self) -> None:
        self.asked.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        status, document = self.answer
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("content-type", "application/x-amz-json-1.1")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HTTPServer]:
    found = HTTPServer(("127.0.0.1", 0), _Handler)
    thread = Thread(target=found.serve_forever)
    thread.start()
    _Handler.asked.clear()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{found.server_port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "sandbox")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "sandbox")
    yield found
    found.shutdown()
    thread.join()
    found.server_close()


@pytest.mark.usefixtures("server")
def test_a_secrets_text_is_read_by_its_arn() -> None:
    _Handler.answer = (200, {"SecretString": "the text"})
    assert SecretsManager().read(SECRET_ARN) == "the text"
    assert _Handler.asked == [{"SecretId": SECRET_ARN}]


@pytest.mark.usefixtures("server")
def test_a_refusal_keeps_its_code() -> None:
    _Handler.answer = (400, {"__type": "AccessDeniedException", "message": "not authorized"})
    with pytest.raises(StoreRefusedError, match="not authorized") as refusal:
        SecretsManager().read(SECRET_ARN)
    assert refusal.value.code == "AccessDeniedException"


def test_nobody_there_can_be_tried_again(server: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert server.server_port
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    with pytest.raises(UpstreamUnavailable, match="Secrets Manager does not answer"):
        SecretsManager().read(SECRET_ARN)
