"""Puts the parts together from one setting of the server's command line."""

import json
import threading
from dataclasses import dataclass
from pathlib import Path

from lambda_runtime import moto_gaps
from lambda_runtime.code import ImagePlace
from lambda_runtime.invocation import Invoker
from lambda_runtime.limits import find_memory_limits
from lambda_runtime.logs import LogWriter
from lambda_runtime.pool import WorkerPool
from lambda_runtime.service import Answer, Environ, InvokeOperation
from lambda_runtime.worker import Surroundings


@dataclass(frozen=True)
class LambdaRuntime:
    """Lambda, ready to run functions."""

    operation: InvokeOperation
    invoker: Invoker
    pool: WorkerPool
    # how functions are kept within their memory, for people to read
    memory_limits: str

    def handles(self, environ: Environ) -> bool:
        """Whether a request asks for an invocation."""
        return self.operation.handles(environ)

    def answer(self, environ: Environ) -> Answer:
        """Runs a function."""
        return self.operation.answer(environ)

    def close(self) -> None:
        """Ends all workers."""
        self.pool.close()

    def status(self) -> dict[str, object]:
        """What `GET /sandbox/functions` answers."""
        return {"memoryLimits": self.memory_limits, "invocations": self.invoker.records()}


def set_up(settings: str, aws_url: str, moto_lock: threading.Lock) -> LambdaRuntime:
    """Reads the settings, a JSON object.

    `directory` for code and logs; `environment` of all workers; and, to run images, `images`:
    `directory` of the pushed ones, `python` and `environment` in the place of an image's own.
    """
    moto_gaps.install()
    given = json.loads(settings)
    images = given.get("images")
    limits = find_memory_limits()
    around = Surroundings(aws_url, given["environment"], Path(given["directory"]), limits)
    place = images and ImagePlace(Path(images["directory"]), images["python"], images["environment"])
    pool = WorkerPool(around, place)
    invoker = Invoker(pool, LogWriter(moto_lock))
    return LambdaRuntime(InvokeOperation(invoker, moto_lock), invoker, pool, limits.description)
