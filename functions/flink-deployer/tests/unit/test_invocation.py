"""The function as Lambda calls it."""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from flink_deployer import errors, handler
from flink_deployer.errors import DeployerError, InternalError, InvalidEvent, SecretError
from flink_deployer.invocation import Deployer
from flink_deployer.redaction import basic_value
from flink_deployer.secrets import CachedSecrets, StoreRefusedError
from flink_deployer.transport import Response, TransportError
from tests.support.clock import VirtualClock
from tests.support.events import deploy_event, statement, teardown_event
from tests.support.gateway import Context, write_versions
from tests.support.wires import KEY, ScriptedWire, answer, refusal
from tests.unit.test_secrets import DOCUMENT

_SRC = Path(handler.__file__).resolve().parents[1]


class Store:
    def __init__(self, text: str | StoreRefusedError) -> None:
        self.text = text

    def read(self, _arn: str) -> str:
        if isinstance(self.text, StoreRefusedError):
            raise self.text
        return self.text


class BrokenEngine:
    def render(self, *_: object) -> Mapping[str, str]:
        raise RuntimeError(f"the plugin says {KEY.api_secret} and Basic {basic_value(KEY)}")


def deployer(
    answers: list[Response | TransportError],
    pipelines: Path,
    secret: str | StoreRefusedError | None = None,
) -> Deployer:
    clock = VirtualClock()
    store = Store(json.dumps(DOCUMENT) if secret is None else secret)
    wire = ScriptedWire(answers)
    return Deployer(clock, CachedSecrets(store, clock), lambda _: wire, lambda _: BrokenEngine(), lambda: pipelines)


def of_version(tmp_path: Path) -> tuple[Any, Path]:
    """An event and the pipelines that it is about."""
    digest, directory = next(iter(write_versions(tmp_path).items()))
    return deploy_event(statement(digest=digest), digest=digest), directory


EMPTY = answer(200, {"data": [], "metadata": {}})


def test_h07_the_handler_is_where_the_function_looks_for_it() -> None:
    """H-07: the starter kit's image names a handler that does not exist."""
    assert f"{handler.__name__}.{handler.handle.__name__}" == "flink_deployer.handler.handle"
    assert list(inspect.signature(handler.handle).parameters) == ["event", "context"]
    assert len(Path(handler.__file__).read_text().splitlines()) <= 20
    with pytest.raises(InvalidEvent):
        handler.handle({}, Context())


def test_h04_every_failure_is_raised(tmp_path: Path) -> None:
    """H-04: a returned statusCode 500 is a green apply."""
    event, pipelines = of_version(tmp_path)
    for answers in ([refusal(403)], [refusal(401), refusal(401)], [refusal(500)] * 99, [refusal(400)]):
        with pytest.raises(DeployerError):
            deployer(list(answers), pipelines).invoke(event, Context())
    with pytest.raises(InvalidEvent):
        deployer([], pipelines).invoke({"statusCode": 200}, Context())


def test_h05_a_defect_is_one_line_of_json_too(tmp_path: Path) -> None:
    """H-05: errors outside of every try end the starter kit's function with a stack and no code."""
    event, pipelines = of_version(tmp_path)
    missing = refusal(404)
    with pytest.raises(InternalError) as failure:
        deployer([EMPTY, EMPTY, missing], pipelines).invoke(event, Context())
    document = json.loads(str(failure.value))
    assert document["code"] == "InternalError"
    assert document["message"] == "RuntimeError: the plugin says *** and Basic ***"
    assert document["request_id"] == Context.aws_request_id
    assert failure.value.__cause__ is None
    assert failure.value.__context__ is None


def test_h17_other_content_than_the_events_is_refused_before_anything_is_called(tmp_path: Path) -> None:
    """H-17: a function that still has the old code must not deploy it under the new name."""
    _, pipelines = of_version(tmp_path)
    with pytest.raises(InvalidEvent, match="update the function's code first"):
        deployer([], pipelines).invoke(deploy_event(), Context())


def test_a_sink_and_its_state_are_the_pipelines(tmp_path: Path) -> None:
    event, pipelines = of_version(tmp_path)
    digest = event["app"]["pipeline_digest"]
    other = deploy_event(statement("other", digest=digest), digest=digest)
    with pytest.raises(InvalidEvent, match=r"statements\[0\].sink is other"):
        deployer([], pipelines).invoke(other, Context())
    wrong = deploy_event(statement(digest=digest, strategy="replace", state="stateful"), digest=digest)
    with pytest.raises(InvalidEvent, match=r"statements\[0\].state is stateful"):
        deployer([], pipelines).invoke(wrong, Context())


def test_a_result_is_small_and_says_who_and_how_long(tmp_path: Path) -> None:
    warm = deployer([EMPTY, EMPTY] * 8, tmp_path)
    first = warm.invoke(teardown_event(), Context())
    again = warm.invoke(teardown_event(), Context())
    assert first.pop("cold_start") is True  # type: ignore[attr-defined]
    assert again.pop("cold_start") is False  # type: ignore[attr-defined]
    assert first == again
    assert first["ok"] is True
    assert len(json.dumps(first)) < 32_000


def test_an_error_has_at_most_four_kilobytes() -> None:
    error = InvalidEvent('é\n"' * 5000, hint="ü" * 5000, statement="flights-a")
    assert len(str(error).encode()) <= errors.MAX_MESSAGE_BYTES
    document = json.loads(str(error))
    assert list(document) == ["code", "message", "statement", "retryable", "hint", "request_id"]
    assert "\n" not in str(error)


def _scan(text: str) -> None:
    for form in (KEY.api_secret, basic_value(KEY), basic_value(KEY).rstrip("=")):
        assert form not in text


@pytest.mark.parametrize(
    "answers",
    [
        lambda leak: [refusal(400, leak)],
        lambda leak: [refusal(401, leak), refusal(401, leak)],
        lambda leak: [refusal(403, leak)],
        lambda leak: [refusal(409, leak)],
        lambda leak: [refusal(503, leak)] * 99,
        lambda leak: [TransportError(leak)] * 99,
        lambda leak: [Response(200, {}, leak.encode())],
        lambda leak: [EMPTY, EMPTY, Response(500, {"x-request-id": leak}, leak.encode())] * 40,
        lambda _: [EMPTY, EMPTY, refusal(404)],
        lambda leak: [answer(200, {"data": [{"name": leak, "status": {"phase": leak}}], "metadata": {}})],
    ],
)
def test_secrets_are_in_no_error_and_no_log_line(
    answers: Callable[[str], list[Response | TransportError]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leak = f"you sent Authorization: Basic {basic_value(KEY)} which is {KEY.api_key}:{KEY.api_secret}"
    event, pipelines = of_version(tmp_path)
    with pytest.raises(DeployerError) as failure:
        deployer(answers(leak), pipelines).invoke(event, Context())
    _scan(str(failure.value))
    _scan(repr(failure.value))
    output = capsys.readouterr()
    _scan(output.out + output.err)
    assert '"event":"error"' in output.out


def test_secrets_are_in_no_error_about_the_secret(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event, pipelines = of_version(tmp_path)
    wrong: list[str | StoreRefusedError] = [
        json.dumps(KEY.api_secret),
        json.dumps({**DOCUMENT, "environment.id": "env-other"}),
        json.dumps({**DOCUMENT, "flink.api.key": ""}),
        KEY.api_secret,
        StoreRefusedError("InternalServiceError", "no"),
    ]
    for secret in wrong:
        with pytest.raises(SecretError) as failure:
            deployer([], pipelines, secret).invoke(event, Context())
        _scan(str(failure.value))
    output = capsys.readouterr()
    _scan(output.out + output.err)


def test_importing_the_handler_loads_neither_boto_nor_an_engine() -> None:
    program = (
        "import sys, flink_deployer.handler; "
        "heavy = ('boto3', 'botocore', 'pyflink', 'py4j', 'confluent_pyflink', 'urllib.request'); "
        "print([name for name in sys.modules if name.startswith(heavy) or name.startswith('flink_deployer.engines.')])"
    )
    found = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(_SRC)},
    )
    assert found.stdout.strip() == "[]"
