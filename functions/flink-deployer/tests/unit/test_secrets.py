"""The key: where it comes from, what its document must say, and where it must never appear."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flink_deployer.errors import SecretError
from flink_deployer.redaction import Redactor, basic_value
from flink_deployer.secrets import CachedSecrets, StoreRefusedError
from tests.support.clock import VirtualClock
from tests.support.events import SECRET_ARN
from tests.support.wires import KEY, TARGET_VALUE

DOCUMENT = {
    "flink.cloud": "aws",
    "flink.region": "us-east-1",
    "flink.api.key": KEY.api_key,
    "flink.api.secret": KEY.api_secret,
    "organization.id": TARGET_VALUE.organization_id,
    "environment.id": TARGET_VALUE.environment_id,
    "flink.compute.pool.id": TARGET_VALUE.compute_pool_id,
    "flink.principal.id": TARGET_VALUE.principal_id,
}


class Store:
    def __init__(self, *answers: str | StoreRefusedError) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def read(self, arn: str) -> str:
        self.asked.append(arn)
        given = self.answers.pop(0)
        if isinstance(given, StoreRefusedError):
            raise given
        return given


def read(*answers: str | StoreRefusedError) -> tuple[CachedSecrets, Store, VirtualClock]:
    store, clock = Store(*answers), VirtualClock()
    return CachedSecrets(store, clock), store, clock


def test_h06_the_secret_that_is_read_is_the_one_of_the_event() -> None:
    """H-06: the starter kit reads a name that it never set."""
    secrets, store, _ = read(json.dumps(DOCUMENT))
    assert secrets.credentials(SECRET_ARN, TARGET_VALUE) == KEY
    assert store.asked == [SECRET_ARN]


def test_a_key_is_kept_for_five_minutes_and_read_again_when_asked() -> None:
    secrets, store, clock = read(*[json.dumps(DOCUMENT)] * 3)
    for _ in range(3):
        secrets.credentials(SECRET_ARN, TARGET_VALUE)
    assert len(store.asked) == 1
    clock.sleep(301)
    secrets.credentials(SECRET_ARN, TARGET_VALUE)
    assert len(store.asked) == 2
    secrets.credentials(SECRET_ARN, TARGET_VALUE, refresh=True)
    assert len(store.asked) == 3


def test_h13_a_policy_that_is_not_known_everywhere_yet_is_waited_for() -> None:
    """H-13: IAM is eventually consistent, so the first invocation of a new function may be denied."""
    denied = StoreRefusedError("AccessDeniedException", "not authorized")
    secrets, store, clock = read(denied, denied, json.dumps(DOCUMENT))
    assert secrets.credentials(SECRET_ARN, TARGET_VALUE) == KEY
    assert len(store.asked) == 3
    assert sum(clock.slept) < 5


def test_h13_a_policy_that_is_missing_is_an_error_after_half_a_minute() -> None:
    """H-13: waiting must end."""
    secrets, _, clock = read(*[StoreRefusedError("AccessDeniedException", "not authorized")] * 50)
    with pytest.raises(SecretError, match="AccessDeniedException: not authorized"):
        secrets.credentials(SECRET_ARN, TARGET_VALUE)
    assert sum(clock.slept) <= 30


def test_a_secret_that_does_not_exist_is_not_waited_for() -> None:
    secrets, _, clock = read(StoreRefusedError("ResourceNotFoundException", "no such secret"))
    with pytest.raises(SecretError, match="no such secret"):
        secrets.credentials(SECRET_ARN, TARGET_VALUE)
    assert clock.slept == []


@pytest.mark.parametrize("field", sorted(DOCUMENT))
@pytest.mark.parametrize("value", [None, "", " \n", 7])
def test_h08_a_blank_value_is_refused_by_its_name(field: str, value: Any) -> None:
    """H-08: the starter kit compares the field's name with the empty string, never its value."""
    document = {**DOCUMENT, field: value}
    with pytest.raises(SecretError, match=field.replace(".", r"\.")):
        read(json.dumps(document))[0].credentials(SECRET_ARN, TARGET_VALUE)


@pytest.mark.parametrize("field", sorted(DOCUMENT))
def test_h05_a_missing_field_is_one_clear_error(field: str) -> None:
    """H-05: a KeyError outside of every try."""
    document = {key: value for key, value in DOCUMENT.items() if key != field}
    with pytest.raises(SecretError, match="missing or blank"):
        read(json.dumps(document))[0].credentials(SECRET_ARN, TARGET_VALUE)


@pytest.mark.parametrize("text", ["", "[]", "not json", '"text"'])
def test_a_secret_of_another_shape_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(SecretError, match="not a JSON object") as refusal:
        read(text)[0].credentials(SECRET_ARN, TARGET_VALUE)
    assert text not in refusal.value.message or not text


@pytest.mark.parametrize(
    "field", sorted(key for key in DOCUMENT if key not in ("flink.api.key", "flink.api.secret", "flink.cloud"))
)
def test_a_secret_of_another_target_is_refused_and_not_kept(field: str) -> None:
    secrets, store, _ = read(json.dumps({**DOCUMENT, field: "other"}), json.dumps(DOCUMENT))
    with pytest.raises(SecretError, match=f"another target: {field} is other"):
        secrets.credentials(SECRET_ARN, TARGET_VALUE)
    assert secrets.credentials(SECRET_ARN, TARGET_VALUE) == KEY
    assert len(store.asked) == 2


def test_redaction_knows_every_form_of_a_secret() -> None:
    redact = Redactor()
    redact.learn(KEY)
    forms = [KEY.api_secret, basic_value(KEY), "hunter2%2F%2Bsecret", json.dumps(KEY.api_secret)]
    for form in forms:
        assert "hunter2" not in redact(f"before {form} after")
        assert basic_value(KEY) not in redact(f"before {form} after")
    assert redact("Authorization: Bearer abc.def-ghi") == "Authorization: Bearer ***"


def test_a_key_does_not_show_its_secret() -> None:
    assert KEY.api_secret not in f"{KEY!r} {KEY}"
