"""Runs one event through a worker, and says what Lambda would answer."""

import base64
import json
import time
import uuid
from dataclasses import dataclass

from lambda_runtime.code import CodeError
from lambda_runtime.deployed import DeployedFunction
from lambda_runtime.logs import LogWriter
from lambda_runtime.pool import WorkerPool
from lambda_runtime.runtime_api import Kind, Message
from lambda_runtime.worker import Worker

# Lambda shows the last 4 KiB of the log.
TAIL_BYTES = 4096


@dataclass(frozen=True)
class Outcome:
    """What a function answered."""

    request_id: str
    payload: bytes
    # the header X-Amz-Function-Error; None: it returned
    error: str | None
    # base64, the header X-Amz-Log-Result
    log_tail: str


@dataclass(frozen=True)
class Record:
    """One line of the list of invocations, with nothing that a function was given or said."""

    function: str
    succeeded: bool
    # None: the worker was warm
    init_ms: int | None
    duration_ms: int
    # None: not known on this machine
    peak_mb: int | None

    def to_json(self) -> dict[str, object]:
        """As the sandbox reads it."""
        known = {
            "function": self.function,
            "succeeded": self.succeeded,
            "durationMs": self.duration_ms,
            "initMs": self.init_ms,
            "peakMb": self.peak_mb,
        }
        return {name: value for name, value in known.items() if value is not None}


class Invoker:
    """Runs events, and remembers how it went."""

    def __init__(self, pool: WorkerPool, logs: LogWriter) -> None:
        """Starts with an empty list."""
        self._pool = pool
        self._logs = logs
        self._records: list[Record] = []

    def records(self) -> list[dict[str, object]]:
        """The invocations so far, in the order in which they ended; unknown values are left out."""
        return [record.to_json() for record in self._records]

    def invoke(self, function: DeployedFunction, payload: bytes) -> Outcome:
        """Runs an event to its end. Raises TooManyRequests."""
        request_id = str(uuid.uuid4())
        with self._pool.slot(function):
            worker = self._pool.take_warm(function)
            init_ms: int | None = None
            if worker is None:
                began = time.monotonic()
                try:
                    worker = self._pool.start(function)
                except CodeError as error:
                    body = _error(request_id, "Runtime.InvalidEntrypoint", str(error))
                    return Outcome(request_id, body, "Unhandled", "")
                ready = worker.initialize()
                init_ms = _milliseconds_since(began)
                if ready.kind is not Kind.READY:
                    return self._settle(worker, request_id, ready, init_ms, 0)
            worker.note(f"START RequestId: {request_id} Version: {function.version}")
            began = time.monotonic()
            message = worker.invoke(request_id, payload)
            return self._settle(worker, request_id, message, init_ms, _milliseconds_since(began))

    def _settle(
        self,
        worker: Worker,
        request_id: str,
        message: Message | None,
        init_ms: int | None,
        duration_ms: int,
    ) -> Outcome:
        """Keeps or ends the worker, writes its log, and makes the answer."""
        function = worker.function
        peak = worker.peak_megabytes()
        payload = _payload_of(worker, request_id, message)
        succeeded = message is not None and message.kind is Kind.RESPONSE
        worker.note(f"END RequestId: {request_id}")
        worker.note(_report(function, request_id, init_ms, duration_ms, peak))
        lines = worker.new_log_lines()
        self._logs.write(function, worker.log_stream, lines)
        self._records.append(Record(function.name, succeeded, init_ms, duration_ms, peak))
        if message is not None and message.kind in (Kind.RESPONSE, Kind.ERROR):
            self._pool.keep(worker)
        else:
            self._pool.discard(worker)
        tail = "\n".join(lines).encode()[-TAIL_BYTES:]
        error = None if succeeded else "Unhandled"
        return Outcome(request_id, payload, error, base64.b64encode(tail).decode())


def _payload_of(worker: Worker, request_id: str, message: Message | None) -> bytes:
    if message is None:
        timeout = worker.function.timeout_s
        worker.note(f"{request_id} Task timed out after {timeout:.2f} seconds")
        return _error(request_id, "Sandbox.Timedout", f"Task timed out after {timeout:.2f} seconds")
    if message.kind is not Kind.EXIT:
        return message.payload
    reason = worker.exit_reason() if not worker.is_alive else "it did not load in time"
    return _error(request_id, "Runtime.ExitError", f"Runtime exited with error: {reason}")


def _error(request_id: str, error_type: str, text: str) -> bytes:
    message = f"RequestId: {request_id} Error: {text}"
    return json.dumps({"errorType": error_type, "errorMessage": message}).encode()


def _report(
    function: DeployedFunction,
    request_id: str,
    init_ms: int | None,
    duration_ms: int,
    peak_mb: int | None,
) -> str:
    parts = [
        f"REPORT RequestId: {request_id}",
        f"Duration: {duration_ms} ms",
        f"Memory Size: {function.memory_mb} MB",
        *([] if peak_mb is None else [f"Max Memory Used: {peak_mb} MB"]),
        *([] if init_ms is None else [f"Init Duration: {init_ms} ms"]),
    ]
    return "\t".join(parts)


def _milliseconds_since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
