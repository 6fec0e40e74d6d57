"""Calls Confluent's REST API: authorization, patience, logs, and one error for each kind of refusal."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flink_deployer.errors import AuthError, ConflictError, UpstreamUnavailable, ValidationError
from flink_deployer.redaction import basic_value
from flink_deployer.target import Credentials
from flink_deployer.transport import Response, Transport, TransportError

if TYPE_CHECKING:
    from flink_deployer.clock import Deadline
    from flink_deployer.logs import Log
    from flink_deployer.ports import Clock

_FIRST_DELAY_S = 0.5
_PATIENCE_S = 60.0
_MAX_DETAIL = 2000

CredentialsSource = Callable[[bool], Credentials]
"""Gives the key; called with True when Confluent did not know the last one, which may have been rotated."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A decoded answer; the content is empty when there was none."""

    status: int
    content: Mapping[str, object]
    request_id: str


class RestClient:
    """Repeats what may succeed later, for a minute at most, and never longer than the invocation has."""

    def __init__(
        self, transport: Transport, credentials: CredentialsSource, clock: Clock, deadline: Deadline, log: Log
    ) -> None:
        self._transport = transport
        self._credentials = credentials
        self._clock = clock
        self._deadline = deadline
        self._log = log

    def call(
        self, method: str, path: str, body: object = None, *, expected: Collection[int] = (), statement: str = ""
    ) -> Answer:
        """Calls until there is an answer that is no passing trouble.

        Args:
            method: the HTTP verb.
            path: from the root, with the query.
            body: what is sent as JSON.
            expected: statuses beyond the 2xx that are the caller's to judge.
            statement: the statement that errors name.

        Raises:
            AuthError: 401 with a fresh key, or 403.
            ValidationError: 400, 422 and other refusals of what was sent.
            ConflictError: 409.
            UpstreamUnavailable: 429, 5xx or no answer, to the last attempt.
        """
        content = None if body is None else json.dumps(body).encode()
        refresh, refreshed = False, False
        started = self._clock.now()
        attempt = 0
        while True:
            attempt += 1
            response = self._send(method, path, content, attempt, refresh=refresh)
            refresh = False
            if isinstance(response, Response):
                if response.status == 401 and not refreshed:
                    refresh, refreshed = True, True
                    continue
                if response.status != 429 and response.status < 500:
                    return _judged(response, expected, statement)
            delay = _delay(response, attempt)
            waited = self._clock.now() - started
            if waited + delay > _PATIENCE_S or not self._deadline.allows_call_in(delay):
                raise _unavailable(response, method, path, statement)
            self._clock.sleep(delay)

    def _send(
        self, method: str, path: str, content: bytes | None, attempt: int, *, refresh: bool
    ) -> Response | TransportError:
        headers = {
            "Authorization": f"Basic {basic_value(self._credentials(refresh))}",
            "Accept": "application/json",
            "User-Agent": "streaming-lakehouse-flink-deployer/1",
        }
        if content is not None:
            headers["Content-Type"] = "application/json"
        before = self._clock.now()
        try:
            outcome: Response | TransportError = self._transport.send(method, path, headers, content)
        except TransportError as failure:
            outcome = failure
        answered = isinstance(outcome, Response)
        self._log(
            "api_call",
            method=method,
            path=path,
            status=outcome.status if isinstance(outcome, Response) else 0,
            ms=round((self._clock.now() - before) * 1000),
            request_id=_request_id(outcome),
            attempt=attempt,
            **({} if answered else {"failure": str(outcome)}),
        )
        return outcome


def _delay(response: Response | TransportError, attempt: int) -> float:
    """Twice as long each time, with jitter so that clients do not come back together; never less than was asked for."""
    backoff: float = _FIRST_DELAY_S * 2 ** (attempt - 1) * (0.5 + random.random() / 2)
    asked = response.headers.get("retry-after", "") if isinstance(response, Response) else ""
    return max(backoff, float(asked)) if asked.isdigit() else backoff


def _judged(response: Response, expected: Collection[int], statement: str) -> Answer:
    status, request_id = response.status, _request_id(response)
    if status < 300 or status in expected:
        return Answer(status, _object(response, request_id), request_id)
    detail = _detail(response)
    if status == 401:
        raise AuthError(
            f"Confluent does not know the key (401): {detail}",
            statement=statement,
            hint="check that the secret holds a Flink API key of this environment and region, and that it still exists",
            request_id=request_id,
        )
    if status == 403:
        raise AuthError(
            f"the key may not do this (403): {detail}",
            statement=statement,
            hint="grant its owner FlinkDeveloper on the environment and Assigner on the principal",
            request_id=request_id,
        )
    if status == 409:
        raise ConflictError(
            f"refused (409): {detail}", statement=statement, hint="read the statement's state", request_id=request_id
        )
    raise ValidationError(
        f"refused ({status}): {detail}",
        statement=statement,
        hint="correct the statement, its properties, or the ids in target",
        request_id=request_id,
    )


def _unavailable(response: Response | TransportError, method: str, path: str, statement: str) -> UpstreamUnavailable:
    what = f"{response.status}: {_detail(response)}" if isinstance(response, Response) else str(response)
    return UpstreamUnavailable(
        f"{method} {path.partition('?')[0]} has no answer but {what}",
        statement=statement,
        hint="apply again later: the deployment carries on where it ended",
        request_id=_request_id(response),
    )


def _request_id(response: Response | TransportError) -> str:
    return response.headers.get("x-request-id", "") if isinstance(response, Response) else ""


def _object(response: Response, request_id: str) -> Mapping[str, object]:
    if not response.body.strip():
        return {}
    try:
        content = json.loads(response.body)
    except ValueError:
        content = None
    if isinstance(content, dict):
        return content
    if response.status >= 300:
        return {}
    raise UpstreamUnavailable(
        f"the answer ({response.status}) is not a JSON object",
        hint="check that rest_endpoint is Confluent's Flink gateway and no other server",
        request_id=request_id,
    )


def _detail(response: Response) -> str:
    """Confluent's own words, of its two forms of error document; else the beginning of whatever came."""
    text = response.body.decode(errors="replace")
    try:
        content = json.loads(text)
    except ValueError:
        return text[:_MAX_DETAIL]
    if isinstance(content, dict):
        errors = content.get("errors")
        first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else content
        for key in ("detail", "message", "title"):
            if isinstance(first.get(key), str) and first[key]:
                return str(first[key])[:_MAX_DETAIL]
    return text[:_MAX_DETAIL]
