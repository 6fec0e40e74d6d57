"""The Lambda runtime API, for one worker: it asks for an event, and posts what became of it.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import threading
from dataclasses import dataclass
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue


class Kind(Enum):
    """What a worker can tell."""

    READY = "it asked for its first event"
    RESPONSE = "the handler returned"
    ERROR = "the handler raised"
    INIT_ERROR = "the handler could not be loaded"
    EXIT = "the process has ended"


@dataclass(frozen=True)
class Message:
    """What a worker told, with the JSON that it sent."""

    kind: Kind
    payload: bytes = b""


@dataclass(frozen=True)
class Event:
    """One invocation, as the worker gets it."""

    request_id: str
    payload: bytes
    deadline_ms: int
    function_arn: str


class RuntimeApi:
    """Serves the API on a port of its own until it is closed."""

    def __init__(self) -> None:
        """Listens."""
        self._events: SimpleQueue[Event | None] = SimpleQueue()
        self._messages: SimpleQueue[Message] = SimpleQueue()
        self._asked = False
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def address(self) -> str:
        """The value of AWS_LAMBDA_RUNTIME_API."""
        return f"127.0.0.1:{self._server.server_address[1]}"

    def send(self, event: Event) -> None:
        """Hands an event to the worker."""
        self._events.put(event)

    def tell(self, message: Message) -> None:
        """Adds a message that the worker did not send itself."""
        self._messages.put(message)

    def receive(self, timeout_s: float) -> Message | None:
        """The next message; None when there is none in time."""
        try:
            return self._messages.get(timeout=max(timeout_s, 0))
        except Empty:
            return None

    def close(self) -> None:
        """Ends the server and whoever waits for an event."""
        self._events.put(None)
        self._server.shutdown()
        self._server.server_close()

    def _next_event(self) -> Event | None:
        if not self._asked:
            self._asked = True
            self.tell(Message(Kind.READY))
        return self._events.get()

    def _handler(api) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - self is the request's
        class Request(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                event = api._next_event()
                if event is None:
                    self.close_connection = True
                    return
                self.send_response(200)
                self.send_header("Lambda-Runtime-Aws-Request-Id", event.request_id)
                self.send_header("Lambda-Runtime-Deadline-Ms", str(event.deadline_ms))
                self.send_header("Lambda-Runtime-Invoked-Function-Arn", event.function_arn)
                self._finish(event.payload)

            def do_POST(self) -> None:
                payload = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                api.tell(Message(_kind_of(self.path), payload))
                self.send_response(202)
                self._finish(b"{}")

            def _finish(self, body: bytes) -> None:
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """The worker's log has all there is to say."""

        return Request


def _kind_of(path: str) -> Kind:
    if path.endswith("/init/error"):
        return Kind.INIT_ERROR
    return Kind.RESPONSE if path.endswith("/response") else Kind.ERROR
