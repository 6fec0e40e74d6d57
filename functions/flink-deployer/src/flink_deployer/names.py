"""Names and hashes that synthesis and the deployer both compute; `contract/names.json` holds vectors for both."""

import hashlib
import json
import re
from collections.abc import Mapping

MAX_NAME = 90
"""Confluent takes 100; the rest is for the suffix of a retry."""

_HASH_LENGTH = 10
_RETRY_SUFFIX = re.compile(r"-r([2-9])$")
_OWN_NAME = re.compile(r"-[0-9a-f]{10}(-r[2-9])?$")
MAX_ATTEMPT = 9


def canonical_json(value: object) -> str:
    """Sorted keys, no spaces, characters as they are: the same text from every language."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256_hex(text: str) -> str:
    """The digest of the text's UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def statement_hash(
    *,
    logical: str,
    pipeline_digest: str,
    properties: Mapping[str, str],
    redeploy_nonce: str,
    sink: str,
    start: str,
) -> str:
    """Ten digits for everything that makes a statement another one.

    Pool and principal are left out, because a statement can be moved; so is the image, because a rebuilt one
    must not restart anything.
    """
    content = {
        "logical": logical,
        "pipeline_digest": pipeline_digest,
        "properties": dict(properties),
        "redeploy_nonce": redeploy_nonce,
        "sink": sink,
        "start": start,
    }
    return sha256_hex(canonical_json(content))[:_HASH_LENGTH]


def statement_stem(app: str, logical: str) -> str:
    """What the names of all versions of a statement begin with."""
    return f"{app}-{logical}"[: MAX_NAME - _HASH_LENGTH - 1].rstrip("-")


def statement_name(app: str, logical: str, hash10: str) -> str:
    """The name of one version of a statement."""
    return f"{statement_stem(app, logical)}-{hash10}"


def deploy_id(names: Mapping[str, str]) -> str:
    """Identifies a set of statements, given as the name of each logical id."""
    return sha256_hex(canonical_json({"contract": 1, "statements": dict(names)}))


def attempt_name(name: str, attempt: int) -> str:
    """The name under which a statement is tried the n-th time, counted from 1."""
    return name if attempt == 1 else f"{name}-r{attempt}"


def attempt_of(observed: str, name: str) -> int | None:
    """Which attempt at `name` an observed name is; None if it is another statement's."""
    if observed == name:
        return 1
    suffix = _RETRY_SUFFIX.search(observed)
    return int(suffix[1]) if suffix is not None and observed == f"{name}{suffix[0]}" else None


def is_version_of(observed: str, app: str, logical: str) -> bool:
    """Whether an observed name is one that this logical id has or had."""
    stem = statement_stem(app, logical)
    return observed.startswith(f"{stem}-") and _OWN_NAME.fullmatch(observed[len(stem) :]) is not None


def is_named_for(observed: str, app: str) -> bool:
    """Whether an observed name could be one of the application's; another's whose name begins alike could be, too."""
    return observed.startswith(f"{app}-") and _OWN_NAME.search(observed) is not None
