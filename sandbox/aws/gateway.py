"""The WSGI layer around moto: identity, call count, and failures that are shown, not retried."""

import json
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeAlias
from xml.sax.saxutils import escape

Environ: TypeAlias = dict[str, Any]
StartResponse: TypeAlias = Callable[[str, list[tuple[str, str]]], object]
Application: TypeAlias = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

# The AWS SDKs retry 500, 502, 503 and 504, and the Terraform provider lets them do so 25 times:
# minutes that look like a hang. They do not retry 501.
UNSUPPORTED = "501 Not Implemented"


class Reply(Protocol):
    """A whole answer."""

    @property
    def status(self) -> str: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def body(self) -> bytes: ...


class Functions(Protocol):
    """What runs functions in moto's place."""

    def handles(self, environ: Environ) -> bool:
        """Whether a request is one of its own."""

    def answer(self, environ: Environ) -> Reply:
        """Answers it, and takes its time; it calls moto meanwhile."""

    def status(self) -> object:
        """What `GET /sandbox/functions` answers."""


class Gateway:
    """Serves `GET /sandbox/*` itself, and hands every other request to moto or to `functions`."""

    def __init__(
        self,
        moto: Application,
        nonce: str,
        moto_lock: threading.Lock,
        functions: Functions | None = None,
    ) -> None:
        """Wraps `moto`; `nonce` is what `GET /sandbox/whoami` proves this process with.

        Holds `moto_lock` while it is with moto. Without `functions`, moto is asked to run them.
        """
        self._moto = moto
        self._nonce = nonce
        self._calls = 0
        self._errors: list[dict[str, str]] = []
        self._functions = functions
        # moto keeps its objects in plain dictionaries and Terraform makes ten calls at a time:
        # a dictionary that grows while another thread iterates over it is an exception in Python.
        self._one_at_a_time = moto_lock

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request."""
        own = self._own_answer(environ)
        if own is not None:
            return _reply(start_response, "200 OK", "application/json", json.dumps(own))
        if self._functions is not None and self._functions.handles(environ):
            return self._answer_of_functions(self._functions, environ, start_response)
        with self._one_at_a_time:
            self._calls += 1
            return self._answer_of_moto(environ, start_response)

    def _own_answer(self, environ: Environ) -> object | None:
        """The JSON value of one of the sandbox's own addresses, None for everything else."""
        path = environ["PATH_INFO"]
        if path == "/sandbox/whoami":
            return {"nonce": self._nonce, "pid": os.getpid()}
        if path == "/sandbox/journal":
            return {"calls": self._calls}
        if path == "/sandbox/errors":
            return self._errors
        if path == "/sandbox/functions" and self._functions is not None:
            return self._functions.status()
        return None

    def _answer_of_functions(
        self, functions: Functions, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """A function's answer; while it runs, others may be with moto, the function above all."""
        with self._one_at_a_time:
            self._calls += 1
        reply = functions.answer(environ)
        _log(f"{operation_of(environ)} {reply.status}")
        length = ("Content-Length", str(len(reply.body)))
        start_response(reply.status, [*reply.headers.items(), length])
        return [reply.body]

    def _answer_of_moto(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """moto's answer, or a 501 with the reason when moto has none."""
        head: list[tuple[str, list[tuple[str, str]]]] = []

        def keep_head(status: str, headers: list[tuple[str, str]], *_: object) -> None:
            head.append((status, headers))

        try:
            body = b"".join(self._moto(environ, keep_head))
        except Exception as error:  # noqa: BLE001 - whatever moto raises is a gap in moto, to be seen as one
            traceback.print_exc()
            return self._refuse(environ, start_response, f"{type(error).__name__}: {error}")
        status, headers = head[-1]
        if status.startswith("5"):
            reason = f"{status}: {body.decode(errors='replace')}"
            return self._refuse(environ, start_response, reason)
        _log(f"{operation_of(environ)} {status}")
        start_response(status, headers)
        return [body]

    def _refuse(self, environ: Environ, start_response: StartResponse, reason: str) -> Iterable[bytes]:
        """Records that moto could not answer, and says so in the form that the SDK reads."""
        operation = operation_of(environ)
        self._errors.append({"operation": operation, "error": reason})
        _log(f"{operation} {UNSUPPORTED} {reason}")
        message = f"the sandbox's moto cannot answer {operation}: {reason}"
        if "json" in environ.get("CONTENT_TYPE", ""):
            body = json.dumps({"__type": "SandboxUnsupported", "message": message})
            return _reply(start_response, UNSUPPORTED, "application/x-amz-json-1.1", body)
        error = f"<Code>SandboxUnsupported</Code><Message>{escape(message)}</Message>"
        body = f"<ErrorResponse><Error>{error}</Error></ErrorResponse>"
        return _reply(start_response, UNSUPPORTED, "text/xml", body)


def operation_of(environ: Environ) -> str:
    """What a request asks for: the JSON services' target, else method and path; no values."""
    target = environ.get("HTTP_X_AMZ_TARGET")
    return str(target or f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")


def _reply(start_response: StartResponse, status: str, content_type: str, text: str) -> Iterable[bytes]:
    """Sends a whole text as the response."""
    body = text.encode()
    start_response(status, [("Content-Type", content_type), ("Content-Length", str(len(body)))])
    return [body]


def _log(line: str) -> None:
    """One line a call, on standard error: standard output carries the ready message alone."""
    print(line, file=sys.stderr, flush=True)
