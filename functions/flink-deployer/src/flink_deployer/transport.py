"""HTTPS with the standard library: one connection, one attempt."""

from __future__ import annotations

import http.client
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

_TIMEOUT_S = 30.0


class TransportError(Exception):
    """No answer: whether the request was carried out is not known."""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """Sends one request."""

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        """Sends it once.

        Raises:
            TransportError: no answer came.
        """
        ...


class HttpsTransport:
    """Keeps one connection open; a broken one is replaced by the next request.

    Trusts what Python trusts, which `SSL_CERT_FILE` extends.

    Args:
        endpoint: `https://` and a host, perhaps with a port.
    """

    def __init__(self, endpoint: str) -> None:
        self._host = endpoint.removeprefix("https://")
        self._context = ssl.create_default_context()
        self._connection: http.client.HTTPSConnection | None = None

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        """Sends one request and reads the whole answer."""
        connection = self._connection or http.client.HTTPSConnection(
            self._host, timeout=_TIMEOUT_S, context=self._context
        )
        self._connection = connection
        try:
            connection.request(method, path, body=body, headers=dict(headers))
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise TransportError(f"{type(error).__name__}: {error}") from None
        received = {name.lower(): value for name, value in answer.getheaders()}
        return Response(answer.status, received, content)

    def close(self) -> None:
        """Closes the connection, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
