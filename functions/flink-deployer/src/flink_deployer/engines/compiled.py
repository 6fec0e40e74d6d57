"""Statements that were rendered when the pipeline was built, reviewed with it, and are only read here."""

from collections.abc import Mapping

from flink_deployer.errors import ValidationError
from flink_deployer.pipelines import COMPILED, Pipeline
from flink_deployer.target import Credentials, Target


class CompiledEngine:
    """Reads `compiled/<sink>.sql` of a pipeline."""

    def render(self, pipeline: Pipeline, target: Target, credentials: Credentials) -> Mapping[str, str]:
        """Gives the text of each sink's statement; neither place nor key matters to it.

        Raises:
            ValidationError: there is no text, or none that writes the sink.
        """
        del target, credentials
        return {sink.table: _text(pipeline, sink.table, sink.logical) for sink in pipeline.sinks}


def _text(pipeline: Pipeline, table: str, logical: str) -> str:
    path = f"{pipeline.name}/{COMPILED}/{table}.sql"
    try:
        text = (pipeline.directory / COMPILED / f"{table}.sql").read_text("utf-8").strip()
    except FileNotFoundError:
        raise ValidationError(
            f"{path} is not in this function",
            statement=logical,
            hint="compile the pipeline and build the function again",
        ) from None
    if not text.startswith(f"INSERT INTO `{table}`"):
        raise ValidationError(
            f"{path} does not begin with INSERT INTO `{table}`", statement=logical, hint="compile the pipeline"
        )
    return text
