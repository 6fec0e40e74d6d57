"""Keeps secrets out of everything that leaves the deployer: errors, logs and results all end up in Terraform's state."""

import base64
import json
import re
from urllib.parse import quote

from flink_deployer.target import Credentials

_MASK = "***"
_AUTHORIZATION = re.compile(r"\b(Basic|Bearer)\s+[A-Za-z0-9+/=._~-]+", re.IGNORECASE)


def basic_value(credentials: Credentials) -> str:
    """What follows the word Basic in the Authorization header."""
    return base64.b64encode(f"{credentials.api_key}:{credentials.api_secret}".encode()).decode()


class Redactor:
    """Knows the secrets that were read in this invocation, and how headers look that carry any."""

    def __init__(self) -> None:
        self._values: set[str] = set()

    def learn(self, credentials: Credentials) -> None:
        """Masks the secret of a key from now on, in every form in which it travels."""
        secret, basic = credentials.api_secret, basic_value(credentials)
        escaped = json.dumps(secret)[1:-1]
        self._values |= {secret, basic, basic.rstrip("="), quote(secret, safe=""), escaped}

    def __call__(self, text: str) -> str:
        for value in sorted(self._values, key=len, reverse=True):
            text = text.replace(value, _MASK)
        return _AUTHORIZATION.sub(rf"\1 {_MASK}", text)
