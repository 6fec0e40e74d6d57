"""The workers of all functions: warm ones are taken first, and a function has as many as it needs."""

import itertools
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from lambda_runtime.code import ImagePlace, program_of
from lambda_runtime.deployed import DeployedFunction
from lambda_runtime.worker import Surroundings, Worker


class TooManyRequests(Exception):
    """All of a function's reserved concurrency is in use."""


class WorkerPool:
    """Hands out workers."""

    def __init__(self, around: Surroundings, images: ImagePlace | None) -> None:
        """Starts with none."""
        self._around = around
        self._images = images
        self._lock = threading.Lock()
        self._idle: defaultdict[str, list[Worker]] = defaultdict(list)
        self._all: set[Worker] = set()
        self._busy: Counter[str] = Counter()
        self._numbers = itertools.count(1)
        self._closed = False

    @contextmanager
    def slot(self, function: DeployedFunction) -> Iterator[None]:
        """Counts an invocation while it lasts. Raises TooManyRequests when it is one too many."""
        with self._lock:
            reserved = function.reserved_concurrency
            if reserved is not None and self._busy[function.arn] >= reserved:
                raise TooManyRequests
            self._busy[function.arn] += 1
        try:
            yield
        finally:
            with self._lock:
                self._busy[function.arn] -= 1

    def take_warm(self, function: DeployedFunction) -> Worker | None:
        """A worker that has run this very version; those of earlier versions end."""
        with self._lock:
            idle = self._idle[function.arn]
            usable = [worker for worker in idle if _fits(worker, function)]
            ended = [worker for worker in idle if worker not in usable]
            taken = usable.pop() if usable else None
            self._idle[function.arn] = usable
        for worker in ended:
            self.discard(worker)
        return taken

    def start(self, function: DeployedFunction) -> Worker:
        """A new worker, which still has to be initialized. Raises CodeError."""
        program = program_of(function, self._around.directory / "code", self._images)
        worker = Worker(function, program, self._around, f"{function.name}-{next(self._numbers)}")
        with self._lock:
            self._all.add(worker)
            closed = self._closed
        if closed:
            self.discard(worker)
        return worker

    def keep(self, worker: Worker) -> None:
        """Takes a worker back."""
        with self._lock:
            self._idle[worker.function.arn].append(worker)

    def discard(self, worker: Worker) -> None:
        """Ends a worker."""
        with self._lock:
            self._all.discard(worker)
        worker.end()

    def close(self) -> None:
        """Ends all workers, whatever they do."""
        with self._lock:
            self._closed = True
            workers = list(self._all)
        for worker in workers:
            self.discard(worker)


def _fits(worker: Worker, function: DeployedFunction) -> bool:
    return worker.is_alive and worker.function.fingerprint == function.fingerprint
