"""What Lambda and ECR do and moto does not.

Lambda keeps the logging configuration, says nothing of an image's settings that nobody set, and
looks for the image. ECR tells an image by the hash of its manifest.
"""

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import LambdaFunction
from moto.ecr.models import Image, ecr_backends

from lambda_runtime.deployed import logging_of

IMAGE_URI = re.compile(r"^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.[^/]+/([^@:]+)@(sha256:[0-9a-f]{64})$")


def install() -> None:
    """Makes this process's moto do it."""
    _wrap("__init__", _keep_logging_configuration)
    _wrap("get_configuration", _tell_as_lambda_does)
    _wrap("update_configuration", _update_logging_configuration)
    _wrap("_set_function_code", _require_image)
    setattr(Image, "_create_digest", _hash_manifest)  # noqa: B010 - it is not ours to assign to


def _wrap(name: str, around: Callable[..., Any]) -> None:
    original = getattr(LambdaFunction, name)

    @wraps(original)
    def call(function: LambdaFunction, *arguments: Any, **named: Any) -> Any:
        return around(original, function, *arguments, **named)

    setattr(LambdaFunction, name, call)


def _keep_logging_configuration(
    original: Callable[..., None],
    function: Any,
    account_id: str,
    spec: dict[str, Any],
    *rest: Any,
    **named: Any,
) -> None:
    function.logging_config = spec.get("LoggingConfig", {})
    original(function, account_id, spec, *rest, **named)


def _tell_as_lambda_does(
    original: Callable[..., dict[str, Any]], function: LambdaFunction, on_create: bool = False
) -> dict[str, Any]:
    told = {**original(function, on_create), "LoggingConfig": logging_of(function)}
    if not any(told.get("ImageConfigResponse", {}).get("ImageConfig", {}).values()):
        told.pop("ImageConfigResponse", None)
    return told


def _update_logging_configuration(
    original: Callable[..., dict[str, Any]], function: Any, updates: dict[str, Any]
) -> dict[str, Any]:
    function.logging_config = updates.get("LoggingConfig", function.logging_config)
    return original(function, updates)


def _require_image(original: Callable[..., None], function: LambdaFunction, code: dict[str, Any]) -> None:
    """Refuses an image that ECR does not hold, and takes none by a tag, which may move."""
    uri = code.get("ImageUri")
    if uri is None:
        original(function, code)
        return
    place = IMAGE_URI.match(uri)
    if place is None:
        raise _refusal(f"Source image {uri} is not valid. Provide a valid source image.")
    account, region, name, digest = place.groups()
    repository = ecr_backends[account][region].repositories.get(name)
    images = repository.images if repository else []
    if digest not in [image.get_image_digest() for image in images]:
        raise _refusal(f"Source image {uri} does not exist. Provide a valid source image.")
    original(function, code)
    function.code_sha_256 = digest.removeprefix("sha256:")


def _hash_manifest(image: Any) -> None:
    digest = hashlib.sha256(image.image_manifest.encode()).hexdigest()
    image._image_digest = f"sha256:{digest}"


def _refusal(message: str) -> LambdaClientError:
    return LambdaClientError("InvalidParameterValueException", message)
