"""What functions print, in their log groups."""

import threading
import time

from moto.logs.models import logs_backends

from lambda_runtime.deployed import DeployedFunction


class LogWriter:
    """Writes into moto's CloudWatch Logs."""

    def __init__(self, moto_lock: threading.Lock) -> None:
        """`moto_lock` is held by whoever is with moto."""
        self._moto_lock = moto_lock

    def write(self, function: DeployedFunction, stream: str, lines: list[str]) -> None:
        """Appends lines to a stream, which it makes.

        When the group does not exist the lines are lost, as they are in Lambda for a role that may
        not make groups: the roles of this application may not.
        """
        backend = logs_backends[function.account][function.region]
        group = function.logging["LogGroup"]
        with self._moto_lock:
            if group not in backend.groups or not lines:
                return
            if stream not in backend.groups[group].streams:
                backend.create_log_stream(group, stream)
            now = int(time.time() * 1000)
            events = [{"timestamp": now, "message": line} for line in lines]
            backend.put_log_events(group, stream, events)
