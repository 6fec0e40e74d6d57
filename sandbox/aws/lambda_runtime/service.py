"""Lambda's Invoke operation, in front of moto, which cannot run functions without Docker.

https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
"""

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import parse_qs, unquote

from moto.awslambda.exceptions import UnknownFunctionException
from moto.core.models import DEFAULT_ACCOUNT_ID

from lambda_runtime.deployed import DeployedFunction, find_function
from lambda_runtime.invocation import Invoker
from lambda_runtime.pool import TooManyRequests

Environ: TypeAlias = dict[str, Any]

PATH = re.compile(r"^/2015-03-31/functions/([^/]+)/invocations$")
SCOPE = re.compile(r"Credential=[^/]+/\d+/([a-z0-9-]+)/lambda/")
SYNCHRONOUS = "RequestResponse"


@dataclass(frozen=True)
class Answer:
    """An HTTP answer."""

    status: str
    headers: Mapping[str, str]
    body: bytes


class InvokeOperation:
    """Answers `POST /2015-03-31/functions/<name or ARN>/invocations`."""

    def __init__(self, invoker: Invoker, moto_lock: threading.Lock) -> None:
        """`moto_lock` is held by whoever is with moto, and never while a function runs."""
        self._invoker = invoker
        self._moto_lock = moto_lock

    def handles(self, environ: Environ) -> bool:
        """Whether a request asks for an invocation."""
        return environ["REQUEST_METHOD"] == "POST" and PATH.match(environ["PATH_INFO"]) is not None

    def answer(self, environ: Environ) -> Answer:
        """Runs the function and answers as Lambda does."""
        payload = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) or b"{}"
        how = environ.get("HTTP_X_AMZ_INVOCATION_TYPE", SYNCHRONOUS)
        try:
            json.loads(payload)
            function = self._find(environ)
            if how == "DryRun":
                return Answer("204 No Content", {}, b"")
            if how == "Event":
                return self._invoke_later(function, payload)
            return self._invoke(function, payload, environ.get("HTTP_X_AMZ_LOG_TYPE"))
        except ValueError as error:
            text = f"Could not parse request body into json: {error}"
            return _refusal("400 Bad Request", "InvalidRequestContentException", text)
        except UnknownFunctionException as error:
            return _refusal("404 Not Found", "ResourceNotFoundException", error.message)
        except TooManyRequests:
            reason = {"Reason": "ReservedFunctionConcurrentInvocationLimitExceeded"}
            return _refusal("429 Too Many Requests", "TooManyRequestsException", "Rate Exceeded.", reason)

    def _find(self, environ: Environ) -> DeployedFunction:
        found = PATH.match(environ["PATH_INFO"])
        scope = SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
        if found is None or scope is None:
            raise ValueError("the request is not signed for Lambda")
        query = parse_qs(environ.get("QUERY_STRING", ""))
        qualifier = query.get("Qualifier", [None])[0]
        with self._moto_lock:
            return find_function(DEFAULT_ACCOUNT_ID, scope[1], unquote(found[1]), qualifier)

    def _invoke(self, function: DeployedFunction, payload: bytes, log_type: str | None) -> Answer:
        outcome = self._invoker.invoke(function, payload)
        headers = {
            "Content-Type": "application/json",
            "X-Amzn-RequestId": outcome.request_id,
            "X-Amz-Executed-Version": function.version,
        }
        if outcome.error is not None:
            headers["X-Amz-Function-Error"] = outcome.error
        if log_type == "Tail":
            headers["X-Amz-Log-Result"] = outcome.log_tail
        return Answer("200 OK", headers, outcome.payload)

    def _invoke_later(self, function: DeployedFunction, payload: bytes) -> Answer:
        """Lambda tries a failed event again, minutes later; this does not."""

        def run() -> None:
            try:
                self._invoker.invoke(function, payload)
            except TooManyRequests:
                pass  # an event that finds no room is tried again by Lambda, and not here

        threading.Thread(target=run, daemon=True).start()
        return Answer("202 Accepted", {}, b"")


def _refusal(status: str, error: str, message: str, details: Mapping[str, str] | None = None) -> Answer:
    body = {"Type": "User", "Message": message, "message": message, **(details or {})}
    headers = {"Content-Type": "application/json", "X-Amzn-ErrorType": error}
    return Answer(status, headers, json.dumps(body).encode())
