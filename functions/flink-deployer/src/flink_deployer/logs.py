"""Structured logs: one JSON object on a line of standard output, which is the function's log stream."""

import json
import sys
from collections.abc import Callable
from typing import TextIO

NAMESPACE = "StreamingLakehouse/Flink"

Log = Callable[..., None]
"""Called with the kind of event and its fields."""


class JsonLines:
    """Writes log lines and metrics, redacted.

    Args:
        redact: masks secrets in a finished line.
        stream: standard output at the time of the call, unless given.
    """

    def __init__(self, redact: Callable[[str], str], stream: TextIO | None = None) -> None:
        self._redact = redact
        self._stream = stream

    def __call__(self, kind: str, **fields: object) -> None:
        self._write({"event": kind, **fields})

    def metric(self, name: str, value: int, *, function: str, epoch_ms: int) -> None:
        """Writes a count in CloudWatch's embedded metric format: the log line becomes a metric without a call."""
        metrics = {
            "Namespace": NAMESPACE,
            "Dimensions": [["FunctionName"]],
            "Metrics": [{"Name": name, "Unit": "Count"}],
        }
        document = {"_aws": {"Timestamp": epoch_ms, "CloudWatchMetrics": [metrics]}, "FunctionName": function}
        self._write({**document, name: value})

    def _write(self, document: dict[str, object]) -> None:
        line = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str)
        print(self._redact(line), file=self._stream or sys.stdout, flush=True)
