"""Ids that depend on a seed and on what they name, never on time, chance or the order of requests.

Terraform's plan JSON shows two ids that AWS makes up: the six letters at the end of a secret's ARN,
and the id of a secret's version, which is the request token that the caller sends (the Terraform
provider sends the time). Two sandbox runs with the same seed shall show the same plans, and
Terraform sends its requests in any order, so seeding moto's random numbers would not be enough.

The gateway lets one request in at a time, so nothing here is locked.
"""

import hashlib
import string
import uuid
from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from moto.secretsmanager.models import SecretsManagerBackend
from moto.secretsmanager.utils import SecretsManagerSecretIdentifier
from moto.utilities.id_generator import IdSourceContext, moto_id_manager

# The lengths of a ClientRequestToken that AWS accepts; moto refuses the others itself.
TOKEN_LENGTHS = range(32, 65)


class DeterministicIds:
    """Derives ids from a seed; the n-th object of one name gets another id than the first."""

    def __init__(self, seed: str) -> None:
        """Starts with no id given out."""
        self._seed = seed
        self._made: Counter[str] = Counter()
        self._version_ids: dict[tuple[str, str], str] = {}

    def arn_suffix(self, context: IdSourceContext) -> str | None:
        """What moto asks for an id: six letters for a secret, None (moto's choice) for the rest."""
        identifier = context.get("resource_identifier")
        if not isinstance(identifier, SecretsManagerSecretIdentifier):
            return None
        digest = self._next_digest(f"secret {identifier.unique_identifier}")
        letters = string.ascii_letters
        return "".join(letters[byte % len(letters)] for byte in digest[:6])

    def version_id(self, secret: str, token: str) -> str:
        """The version id for a request token; a retry has the same token and gets the same id."""
        known = self._version_ids.get((secret, token))
        if known is None:
            known = str(uuid.UUID(bytes=self._next_digest(f"version {secret}")[:16], version=4))
            self._version_ids[secret, token] = known
        return known

    def _next_digest(self, subject: str) -> bytes:
        """32 bytes that depend on the seed, on the subject and on how often it was asked for."""
        self._made[subject] += 1
        return hashlib.sha256(f"{self._seed}\n{subject}\n{self._made[subject]}".encode()).digest()


def install(seed: str) -> None:
    """Makes this process's moto give out deterministic ids."""
    ids = DeterministicIds(seed)
    moto_id_manager.add_id_source(ids.arn_suffix)
    for name in ("create_secret", "update_secret", "put_secret_value"):
        original = getattr(SecretsManagerBackend, name)
        setattr(SecretsManagerBackend, name, _with_derived_token(original, ids))


def _with_derived_token(method: Callable[..., str], ids: DeterministicIds) -> Callable[..., str]:
    """The same backend method, called with a derived version id in the place of the token."""

    @wraps(method)
    def call(backend: SecretsManagerBackend, **arguments: Any) -> str:
        token = arguments["client_request_token"]
        if token and len(token) in TOKEN_LENGTHS:
            secret = _secret_name(backend, arguments)
            subject = f"{backend.region_name} {secret}"
            arguments["client_request_token"] = ids.version_id(subject, token)
        return method(backend, **arguments)

    return call


def _secret_name(backend: SecretsManagerBackend, arguments: dict[str, Any]) -> str:
    """The name of the secret that a call is about; callers may say it by name or by ARN."""
    if "name" in arguments:
        return str(arguments["name"])
    known = backend.secrets.get(arguments["secret_id"])
    return known.name if known else str(arguments["secret_id"])
