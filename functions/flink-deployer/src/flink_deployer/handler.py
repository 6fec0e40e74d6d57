"""The function's entry point, which Lambda knows as `flink_deployer.handler.handle`."""

from collections.abc import Mapping

from flink_deployer.invocation import LambdaContext, lambda_deployer

_DEPLOYER = lambda_deployer()


def handle(event: object, context: LambdaContext) -> Mapping[str, object]:
    """Deploys, validates, compares or deletes; raises on every failure."""
    return _DEPLOYER.invoke(event, context)
