"""Runs invocations through Lambda's real runtime client, each in a new process, and says what each of them cost.

    python invocations.py <file>

The file is JSON: {"handler", "invocations": [{"task_root", "environment", "event"}]}. One line of JSON is printed for each
invocation: {"succeeded", "seconds", "cpu_seconds", "mebibytes", "answer"}. The seconds are from the start of the process to the
answer.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lambda_runtime.runtime_api import Event, Kind, Message, RuntimeApi

PATIENCE_S = 120.0
SAMPLE_S = 0.1
ARN = "arn:aws:lambda:us-east-1:123456789012:function:bench"


TICKS = os.sysconf("SC_CLK_TCK")


class Watch(threading.Thread):
    """What a process and those below it have used, each of them added up.

    The sum of their memory's peaks is more than they ever had together, and counts what they share as often as they share it.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._peaks: dict[int, int] = {}
        self._ticks: dict[int, int] = {}
        self._ended = threading.Event()

    def run(self) -> None:
        """Looks from time to time: a process that has ended tells nothing any more."""
        while not self._ended.wait(SAMPLE_S):
            self._look()

    def stop(self) -> tuple[float, float]:
        """The seconds of processor time, and the peak in MiB."""
        self._ended.set()
        self.join()
        self._look()
        return sum(self._ticks.values()) / TICKS, sum(self._peaks.values()) / 1024

    def _look(self) -> None:
        for pid in _below(self._pid):
            try:
                lines = Path(f"/proc/{pid}/status").read_text().splitlines()
                # Behind the name, which is in parentheses: user and system time are the twelfth and thirteenth.
                times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
            except (FileNotFoundError, ProcessLookupError):
                continue
            self._ticks[pid] = sum(map(int, times))
            for line in lines:
                if line.startswith("VmHWM:"):
                    self._peaks[pid] = int(line.split()[1])


def _below(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except FileNotFoundError:
            continue
        for child in children:
            yield from _below(int(child))


def invoke(handler: str, invocation: dict[str, Any]) -> dict[str, object]:
    """Starts a function as Lambda does when none is warm, gives it its event, and ends it."""
    api = RuntimeApi()
    environment = {
        **invocation["environment"],
        "_HANDLER": handler,
        "LAMBDA_TASK_ROOT": invocation["task_root"],
        "AWS_LAMBDA_RUNTIME_API": api.address,
    }
    payload = json.dumps(invocation["event"]).encode()
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "awslambdaric", handler],
        cwd=invocation["task_root"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        start_new_session=True,
    )
    watch = Watch(process.pid)
    watch.start()
    api.send(Event("00000000-0000-0000-0000-000000000000", payload, int((time.time() + PATIENCE_S) * 1000), ARN))
    try:
        message = api.receive(PATIENCE_S)
        if message is not None and message.kind is Kind.READY:
            message = api.receive(PATIENCE_S)
        seconds = time.monotonic() - began
        cpu_seconds, mebibytes = watch.stop()
        return {
            "succeeded": message is not None and message.kind is Kind.RESPONSE,
            "seconds": seconds,
            "cpu_seconds": cpu_seconds,
            "mebibytes": mebibytes,
            "answer": _text(message),
        }
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        api.close()


def _text(message: Message | None) -> str:
    return "no answer in time" if message is None else message.payload.decode()


if __name__ == "__main__":
    request = json.loads(Path(sys.argv[1]).read_text())
    for one in request["invocations"]:
        print(json.dumps(invoke(request["handler"], one)), flush=True)
