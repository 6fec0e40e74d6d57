"""What moto knows of a deployed function, copied while nobody changes it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from moto.awslambda.models import LambdaFunction
from moto.awslambda.utils import get_backend

MotoFunction: TypeAlias = Any  # moto's classes are not typed to the end


@dataclass(frozen=True)
class DeployedFunction:
    """A function as it is at the moment of an invocation."""

    account: str
    region: str
    name: str
    arn: str
    version: str
    # None: what the image says
    handler: str | None
    # None: it is an image
    runtime: str | None
    timeout_s: int
    memory_mb: int
    environment: Mapping[str, str]
    # {"LogFormat": …, "LogGroup": …} and levels
    logging: Mapping[str, str]
    # None: not reserved
    reserved_concurrency: int | None
    # the bytes of the zip file; None: it is an image
    zip_file: bytes | None
    # 64 hex digits: of the zip file, or the image's digest
    code_digest: str

    @property
    def fingerprint(self) -> str:
        """What a worker depends on: a change of code or settings needs a new one."""
        settings = [
            *[self.arn, self.version, self.code_digest, self.handler, self.timeout_s],
            *[self.memory_mb, dict(self.environment), dict(self.logging)],
        ]
        return hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()


def find_function(account: str, region: str, name: str, qualifier: str | None) -> DeployedFunction:
    """Looks a function up by name or ARN.

    Raises what moto raises, an UnknownFunctionException above all. To be called while no other
    request is with moto.
    """
    function = get_backend(account, region).get_function(name, qualifier)
    image = function.code.get("ImageUri")
    code = None if image else function.code_bytes
    return DeployedFunction(
        account=account,
        region=region,
        name=function.function_name,
        arn=function.function_arn,
        version=_version(function.function_arn),
        handler=_handler(function),
        runtime=function.run_time,
        timeout_s=int(function.timeout),
        memory_mb=int(function.memory_size),
        environment=dict(function.environment_vars),
        logging=logging_of(function),
        reserved_concurrency=_number(function.reserved_concurrency),
        zip_file=code,
        code_digest=hashlib.sha256(code).hexdigest() if code is not None else image[-64:],
    )


def logging_of(function: LambdaFunction) -> dict[str, str]:
    """The logging configuration that Lambda tells: the one that was set over the defaults."""
    defaults = {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{function.function_name}"}
    return {**defaults, **getattr(function, "logging_config", {})}


def _handler(function: MotoFunction) -> str | None:
    command = function.image_config.cmd if function.package_type == "Image" else None
    handler: str | None = command[0] if command else function.handler
    return handler


def _version(arn: str) -> str:
    """The ARN of a published version has an eighth part."""
    return arn.split(":")[7] if arn.count(":") > 6 else "$LATEST"


def _number(value: Any) -> int | None:
    return None if value is None else int(value)
