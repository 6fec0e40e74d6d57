"""Reads the deployer's key from AWS Secrets Manager."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

from flink_deployer.errors import SecretError, UpstreamUnavailable
from flink_deployer.target import Credentials, Target

if TYPE_CHECKING:
    from flink_deployer.ports import Clock

CACHE_S = 300.0
_PATIENCE_S = 30.0
_FIRST_DELAY_S = 0.5
_SLOW_TO_ARRIVE = frozenset({"AccessDeniedException", "AccessDenied", "UnrecognizedClientException"})

_KEY, _SECRET = "flink.api.key", "flink.api.secret"
_IDS = {
    "flink.cloud": "cloud",
    "flink.region": "region",
    "organization.id": "organization_id",
    "environment.id": "environment_id",
    "flink.compute.pool.id": "compute_pool_id",
    "flink.principal.id": "principal_id",
}
_IGNORING_CASE = "flink.cloud"


class SecretStore(Protocol):
    """Where secrets are."""

    def read(self, arn: str) -> str:
        """Gives a secret's text.

        Raises:
            StoreRefusedError: the store says no.
        """
        ...


class StoreRefusedError(Exception):
    """What a store answered instead of a secret."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class SecretsManager:
    """AWS Secrets Manager through botocore, without the resources layer of boto3, which takes time to import."""

    def read(self, arn: str) -> str:
        """Gives a secret's current text."""
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError, ClientError
        from botocore.session import get_session

        try:
            # Typed by what is used of it: botocore makes its clients' methods while it runs.
            client: Any = get_session().create_client(
                "secretsmanager",
                region_name=arn.split(":")[3],
                config=Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 3}),
            )
            return str(client.get_secret_value(SecretId=arn).get("SecretString", ""))
        except ClientError as error:
            details = error.response.get("Error", {})
            raise StoreRefusedError(details.get("Code", ""), details.get("Message", "")) from None
        except BotoCoreError as error:
            raise UpstreamUnavailable(
                f"Secrets Manager does not answer: {error}", hint="apply again; check the function's network"
            ) from None


class CachedSecrets:
    """Keeps a key for five minutes, so that a warm function does not ask for it again."""

    def __init__(self, store: SecretStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._read: dict[str, tuple[float, str]] = {}

    def credentials(self, secret_arn: str, target: Target, *, refresh: bool = False) -> Credentials:
        """Gives the key of a target.

        Args:
            secret_arn: the secret.
            target: what its document must be about.
            refresh: read it again, because the key that was kept is not known any more.
        """
        read_at, text = self._read.get(secret_arn, (0.0, None))
        if text is None or refresh or self._clock.now() - read_at > CACHE_S:
            text = self._fetch(secret_arn)
            self._read[secret_arn] = (self._clock.now(), text)
        try:
            return _credentials(secret_arn, text, target)
        except SecretError:
            del self._read[secret_arn]
            raise

    def _fetch(self, arn: str) -> str:
        """A role's new policy takes seconds to be known everywhere, so a refusal is believed after half a minute."""
        started, delay = self._clock.now(), _FIRST_DELAY_S
        while True:
            try:
                return self._store.read(arn)
            except StoreRefusedError as refusal:
                waited = self._clock.now() - started
                if refusal.code not in _SLOW_TO_ARRIVE or waited + delay > _PATIENCE_S:
                    raise SecretError(
                        f"secret {arn} cannot be read: {refusal.code}: {refusal}",
                        hint="check that it exists and that the function's role may call secretsmanager:GetSecretValue",
                    ) from None
            self._clock.sleep(delay)
            delay *= 2


def _credentials(arn: str, text: str, target: Target) -> Credentials:
    try:
        document = json.loads(text)
    except ValueError:
        document = None
    if not isinstance(document, Mapping):
        raise SecretError(f"secret {arn} is not a JSON object", hint="store the Flink document of the principal in it")
    for key, name in _IDS.items():
        value, wanted = _field(arn, document, key), str(getattr(target, name))
        same = value.lower() == wanted.lower() if key == _IGNORING_CASE else value == wanted
        if not same:
            raise SecretError(
                f"secret {arn} is about another target: {key} is {value}, target.{name} is {wanted}",
                hint="give secret_arn of the application's own principal, or apply the stack that writes the secret",
            )
    return Credentials(_field(arn, document, _KEY), _field(arn, document, _SECRET))


def _field(arn: str, document: Mapping[object, object], key: str) -> str:
    value = document.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SecretError(f"secret {arn}: {key} is missing or blank", hint=f"store {key} as text in the secret")
    return value
