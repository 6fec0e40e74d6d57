"""One process that runs a function, warm between invocations, one invocation at a time."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lambda_runtime import limits
from lambda_runtime.code import Program, inside
from lambda_runtime.deployed import DeployedFunction
from lambda_runtime.runtime_api import Event, Kind, Message, RuntimeApi

# Lambda gives a function this long to load, whatever its own limit is.
INIT_S = 10.0
# Variables by which the processes of a sandbox run are found.
OF_THE_RUN = "LAKEHOUSE_SANDBOX_"
# Enters the control group before it becomes the worker: not a byte is allocated outside.
ENTER_GROUP = 'echo $$ > "$0/cgroup.procs" && exec "$@"'


@dataclass(frozen=True)
class Surroundings:
    """What all workers share."""

    # the endpoint of every AWS service
    aws_url: str
    # variables of the sandbox, such as where Flink is; the function's own win
    environment: Mapping[str, str]
    # workers keep what they keep, and log, below it
    directory: Path
    memory_limits: limits.MemoryLimits


class Worker:
    """A process with its own runtime API, log file, and directory in the place of /tmp."""

    def __init__(self, function: DeployedFunction, program: Program, around: Surroundings, name: str) -> None:
        """Starts it; it says READY, or why not, when it is first asked."""
        self.function = function
        self.log_stream = f"{time.strftime('%Y/%m/%d')}/[{function.version}]{os.urandom(16).hex()}"
        self._limits = around.memory_limits
        self._api = RuntimeApi()
        self._group = around.memory_limits.create(name, function.memory_mb)
        self._log = around.directory / "logs" / f"{name}.log"
        temporary = around.directory / "tmp" / name
        for directory in (self._log.parent, temporary):
            directory.mkdir(parents=True, exist_ok=True)
        command = [program.python, "-m", "awslambdaric", program.handler]
        if self._group is not None:
            command = ["/bin/sh", "-c", ENTER_GROUP, os.fspath(self._group), *command]
        with self._log.open("ab") as log:
            self._read_until = log.tell()
            self._process = subprocess.Popen(
                command,
                cwd=program.task_root,
                env=self._environment(program, around, temporary),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        threading.Thread(target=self._tell_end, daemon=True).start()

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def initialize(self) -> Message:
        """Waits until the handler is loaded, or has failed to."""
        patience = max(INIT_S, self.function.timeout_s)
        return self._api.receive(patience) or Message(Kind.EXIT, b"")

    def invoke(self, request_id: str, payload: bytes) -> Message | None:
        """What became of an event; None when the function's time was over."""
        timeout = self.function.timeout_s
        deadline_ms = int((time.time() + timeout) * 1000)
        self._api.send(Event(request_id, payload, deadline_ms, self.function.arn))
        return self._api.receive(timeout)

    def note(self, line: str) -> None:
        """Writes a line of Lambda's own into the log."""
        with self._log.open("a") as log:
            log.write(f"{line}\n")

    def new_log_lines(self) -> list[str]:
        """What was logged since it was asked last. What a handler prints is there when it returns."""
        with self._log.open("rb") as log:
            log.seek(self._read_until)
            text = log.read()
        self._read_until += len(text)
        return text.decode(errors="replace").splitlines()

    def peak_megabytes(self) -> int | None:
        """The most memory it has had: of the whole group, or of the first process alone."""
        if self._group is not None:
            peak = self._limits.peak_bytes(self._group)
            return None if peak is None else round(peak / 2**20)
        status = Path(f"/proc/{self._process.pid}/status")
        lines = status.read_text().splitlines() if status.exists() else []
        peaks = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
        return round(peaks[0] / 2**10) if peaks else None

    def exit_reason(self) -> str:
        """How a process that has ended, ended; in Lambda's words."""
        code = self._process.wait()
        if code >= 0:
            return f"exit status {code}"
        return f"signal: {signal.strsignal(-code) or -code}".lower()

    def end(self) -> None:
        """Kills the process with all that it started, and waits until it is gone."""
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # all of them have ended
        self._process.wait()
        self._api.close()
        if self._group is not None:
            limits.remove(self._group)

    def _tell_end(self) -> None:
        self._process.wait()
        self._api.tell(Message(Kind.EXIT))

    def _environment(self, program: Program, around: Surroundings, temporary: Path) -> dict[str, str]:
        """The variables of Lambda, the image and the function; nothing of the person's own."""
        function = self.function
        places = {"/tmp": temporary, "/var/task": program.task_root}  # noqa: S108 - Lambda's names
        of_image = _inside(program.environment, places)
        own = _inside(function.environment, places)
        runtime = {} if function.runtime is None else {"AWS_EXECUTION_ENV": f"AWS_Lambda_{function.runtime}"}
        return {
            **{name: value for name, value in os.environ.items() if name.startswith(OF_THE_RUN)},
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "en_US.UTF-8",
            "TZ": ":UTC",
            "HOME": os.fspath(temporary),
            "TMPDIR": os.fspath(temporary),
            "PYTHONNOUSERSITE": "1",
            **around.environment,
            **of_image,
            **program.stand_ins,
            **own,
            **runtime,
            "_HANDLER": program.handler,
            "LAMBDA_TASK_ROOT": os.fspath(program.task_root),
            "AWS_LAMBDA_RUNTIME_API": self._api.address,
            "AWS_LAMBDA_FUNCTION_NAME": function.name,
            "AWS_LAMBDA_FUNCTION_VERSION": function.version,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_mb),
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_LAMBDA_LOG_GROUP_NAME": function.logging["LogGroup"],
            "AWS_LAMBDA_LOG_STREAM_NAME": self.log_stream,
            "AWS_LAMBDA_LOG_FORMAT": function.logging["LogFormat"],
            "AWS_REGION": function.region,
            "AWS_DEFAULT_REGION": function.region,
            "AWS_ACCESS_KEY_ID": "sandbox",
            "AWS_SECRET_ACCESS_KEY": "sandbox",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_ENDPOINT_URL": around.aws_url,
        }


def _inside(variables: Mapping[str, str], places: Mapping[str, Path]) -> dict[str, str]:
    return {name: inside(value, places) for name, value in variables.items()}
