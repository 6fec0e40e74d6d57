"""What the JVM's exceptions become."""

from pathlib import Path

import pytest
from flink_deployer.engines._java_errors import meaning
from flink_deployer.errors import AuthError, DeployerError, MissingTable, UpstreamUnavailable, ValidationError

NOWHERE = Path("/nowhere/p")


class JavaError(Exception):
    """As PyFlink raises it: with the stack that the JVM printed."""

    def __init__(self, stack_trace: str) -> None:
        super().__init__()
        self.stack_trace = stack_trace


def call_failed(status: int, message: str) -> str:
    return (
        "io.confluent.flink.plugin.ConfluentFlinkException: An error occurred when calling Confluent Cloud.\n"
        "\tat io.confluent.flink.plugin.internal.DefaultPluginContext.runRequest(DefaultPluginContext.java:1301)\n"
        f"Caused by: io.confluent.flink.plugin.internal.sql.client.ApiException: Message: {message}\n"
        f"HTTP response code: {status}\nHTTP response body: null\n\t... 23 more"
    )


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (0, UpstreamUnavailable),
        (429, UpstreamUnavailable),
        (503, UpstreamUnavailable),
        (401, AuthError),
        (403, AuthError),
        (422, ValidationError),
    ],
)
def test_a_call_that_failed_tells_whether_to_try_again(status: int, kind: type[DeployerError]) -> None:
    error = meaning(JavaError(call_failed(status, "why")), "s", NOWHERE)

    assert type(error) is kind
    assert error.message == f"Confluent answers the plugin with {status or 'nothing'}: why"
    assert error.statement == "s"


def test_causes_are_kept_and_frames_are_not() -> None:
    trace = (
        "org.apache.flink.table.api.ValidationException: Field\nlist is wrong.\n"
        "\tat org.apache.flink.table.Thing.method(Thing.java:1)\n"
        "Caused by: java.lang.IllegalArgumentException: No such field.\n"
        "\tat org.apache.flink.table.Thing.method(Thing.java:2)\n\t... 2 more"
    )

    error = meaning(JavaError(trace), "s", NOWHERE)

    assert type(error) is ValidationError
    assert error.message == "Field\nlist is wrong.. Cause: No such field."


def test_an_error_of_the_transform_has_its_line(tmp_path: Path) -> None:
    transform = tmp_path / "transform.py"
    transform.write_text("\n\nraise KeyError('sunset')\n", "utf-8")

    with pytest.raises(KeyError) as raised:
        exec(compile(transform.read_text("utf-8"), str(transform), "exec"), {})  # noqa: S102 - as an import would

    error = meaning(raised.value, "s", tmp_path)
    assert error.message == "KeyError: 'sunset'"
    assert error.hint == f"correct {tmp_path.name}/transform.py, line 3"


def test_so_has_one_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SyntaxError) as raised:
        compile("def transform(:", str(tmp_path / "transform.py"), "exec")

    assert meaning(raised.value, "s", tmp_path).hint == f"correct {tmp_path.name}/transform.py, line 1"


def test_a_missing_table_is_a_validation_error_that_names_it() -> None:
    error = MissingTable("skyone_avro", statement="flight-avro")

    assert (error.code, error.table) == ("ValidationError", "skyone_avro")
