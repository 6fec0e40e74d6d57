"""The adapter for Confluent's REST API, request by request."""

from __future__ import annotations

import base64

import pytest
from flink_deployer.errors import AuthError, ConflictError, UpstreamUnavailable, ValidationError
from flink_deployer.ports import NameNotFreeError
from flink_deployer.statement import CARRY_OVER, Draft
from flink_deployer.transport import HttpsTransport, Response, TransportError
from tests.support.wires import KEY, Scripted, answer, document, refusal

ROOT = "/sql/v1/organizations/11111111-2222-3333-4444-555555555555/environments/env-abc123/statements"
DRAFT = Draft(
    "flights-a",
    "INSERT 1",
    {"sql.a": "1", CARRY_OVER: "flights-old"},
    {"user.confluent.io/flights": "true"},
    "lfcp-1",
    "sa-1",
)


def test_a_submission_says_everything() -> None:
    rest = Scripted([answer(201, document("flights-a", "PENDING"))])
    assert rest.api.create(DRAFT).phase == "PENDING"
    ((method, path, headers, body),) = rest.wire.asked
    assert (method, path) == ("POST", ROOT)
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"KEY123:hunter2/+secret").decode()
    assert body == {
        "name": "flights-a",
        "metadata": {"labels": {"user.confluent.io/flights": "true"}},
        "spec": {
            "statement": "INSERT 1",
            "properties": {"sql.a": "1", CARRY_OVER: "flights-old"},
            "compute_pool_id": "lfcp-1",
            "principal": "sa-1",
        },
    }


def test_h22_a_submission_without_an_answer_is_adopted() -> None:
    """H-22: the answer is lost, the statement is there; submitting it again is a 409, and not an error."""
    rest = Scripted([TransportError("reset"), refusal(409), answer(200, document("flights-a"))])
    assert rest.api.create(DRAFT).name == "flights-a"
    assert [asked[0] for asked in rest.wire.asked] == ["POST", "POST", "GET"]


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        ({"spec": {"statement": "INSERT 2", "properties": {"sql.a": "1"}}}, "another text"),
        ({"spec": {"statement": " INSERT 1;\n", "properties": {"sql.a": "2"}}}, "its property sql.a"),
        ({"metadata": {"labels": {}}}, "no label user.confluent.io/flights"),
    ],
)
def test_a_statement_that_is_another_is_never_adopted(other: dict[str, object], problem: str) -> None:
    rest = Scripted([refusal(409), answer(200, {**document("flights-a"), **other})])
    with pytest.raises(ConflictError, match=problem) as conflict:
        rest.api.create(DRAFT)
    assert (conflict.value.statement, conflict.value.request_id) == ("flights-a", "req-1")


@pytest.mark.parametrize("found", [refusal(404), refusal(403), answer(200, document("flights-a", "DELETING"))])
def test_a_name_is_not_free_until_its_deletion_is_over(found: Response) -> None:
    with pytest.raises(NameNotFreeError):
        Scripted([refusal(409), found]).api.create(DRAFT)


def test_a_list_has_pages_and_leaves_out_what_belongs_to_others() -> None:
    pool = {
        "data": [
            document("flights-avro-0123456789", labels=None),
            document("flights-by-hand", labels={}),
            document("flights-more-avro-0123456789", labels={"user.confluent.io/flights-more": "true"}),
        ],
        "metadata": {"next": ""},
    }
    first = {"data": [document("b")], "metadata": {"next": "https://elsewhere/x?page_size=100&page_token=t%3D1"}}
    second = {"data": [document("a")], "metadata": {}}
    rest = Scripted([answer(200, pool), answer(200, first), answer(200, second)])
    assert [one.name for one in rest.api.list("flights")] == ["a", "b", "flights-avro-0123456789"]
    assert [asked[1].removeprefix(ROOT) for asked in rest.wire.asked] == [
        "?page_size=100&spec.compute_pool_id=lfcp-abc123",
        "?page_size=100&label_selector=user.confluent.io%2Fflights%3Dtrue",
        "?page_size=100&label_selector=user.confluent.io%2Fflights%3Dtrue&page_token=t%3D1",
    ]


def test_what_the_plugin_has_looked_up_belongs_to_whose_principal_it_ran_as() -> None:
    """The plugin deletes none of its look-ups; one that has not ended is of an invocation that still works."""
    hidden = {"user.confluent.io/hidden": "true"}
    own = "table-api-2026-11-21-232118-2199a4cb-a4a5-4bf7-8ec4-ffff6be3f90a-plugin"
    busy = own.replace("2199a4cb", "00000000")
    others = own.replace("2199a4cb", "11111111")
    pool = {
        "data": [
            _run_as("sa-abc123", document(own, "COMPLETED", labels=hidden)),
            _run_as("sa-abc123", document(busy, "RUNNING", labels=hidden)),
            _run_as("sa-abc123", document("somebodys-explain", "COMPLETED", labels=hidden)),
            _run_as("sa-other", document(others, "COMPLETED", labels=hidden)),
        ],
        "metadata": {"next": ""},
    }
    rest = Scripted([answer(200, pool), answer(200, {"data": [], "metadata": {}})])
    assert [one.name for one in rest.api.list("flights")] == [own]


def _run_as(principal: str, statement: dict[str, object]) -> dict[str, object]:
    spec = statement["spec"]
    assert isinstance(spec, dict)
    return {**statement, "spec": {**spec, "principal": principal}}


def test_a_stop_writes_what_it_read_and_tries_again_when_somebody_wrote_in_between() -> None:
    rest = Scripted(
        [answer(200, document("a")), refusal(409), answer(200, document("a")), answer(202, document("a", "STOPPING"))]
    )
    rest.api.stop("a")
    put = rest.wire.asked[-1][3]
    assert isinstance(put, dict)
    assert put["spec"] == {**document("a")["spec"], "stopped": True}  # type: ignore[dict-item]
    assert put["metadata"] == document("a")["metadata"]
    assert "status" not in put


def test_a_statement_that_always_changes_cannot_be_stopped() -> None:
    rest = Scripted([answer(200, document("a")), refusal(409)] * 8)
    with pytest.raises(UpstreamUnavailable, match="cannot be changed"):
        rest.api.stop("a")


@pytest.mark.parametrize("phase", ["STOPPED", "STOPPING", "FAILED", "COMPLETED", "DELETING"])
def test_what_does_not_run_is_not_stopped(phase: str) -> None:
    rest = Scripted([answer(200, document("a", phase))])
    rest.api.stop("a")
    assert len(rest.wire.asked) == 1


def test_a_resume_names_pool_and_principal() -> None:
    rest = Scripted([answer(200, document("a", "STOPPED")), answer(202)])
    rest.api.resume("a", compute_pool_id="lfcp-2", principal_id="sa-2")
    put = rest.wire.asked[-1][3]
    assert isinstance(put, dict)
    assert put["spec"]["stopped"] is False
    assert (put["spec"]["compute_pool_id"], put["spec"]["principal"]) == ("lfcp-2", "sa-2")


@pytest.mark.parametrize("status", [202, 204, 403, 404])
def test_what_is_gone_is_deleted(status: int) -> None:
    Scripted([answer(status)]).api.delete("a")


@pytest.mark.parametrize("status", [403, 404])
def test_what_may_not_be_seen_is_not_there(status: int) -> None:
    assert Scripted([refusal(status)]).api.get("a") is None


def test_rows_come_in_pages() -> None:
    first = {"results": {"data": [{"row": ["a", None]}]}, "metadata": {"next": "https://x/?page_token=2"}}
    second = {"results": {"data": [{"row": [1]}]}, "metadata": {"next": ""}}
    assert Scripted([answer(200, first), answer(200, second)]).api.results("a") == [["a", None], ["1"]]


def test_exceptions_are_read() -> None:
    thrown = {"data": [{"name": "E", "message": "bad"}, {"message": "worse"}]}
    assert Scripted([answer(200, thrown)]).api.exceptions("a") == ["E: bad", "worse"]
    assert Scripted([refusal(404)]).api.exceptions("a") == []


def test_what_passes_is_waited_for_as_long_as_it_says() -> None:
    rest = Scripted([answer(429, None, retry_after="7"), refusal(503), TransportError("x"), answer(200, document("a"))])
    assert rest.api.get("a") is not None
    slept = rest.clock.slept
    assert slept[0] == 7
    assert 0.5 <= slept[1] <= 1
    assert 1 <= slept[2] <= 2


def test_patience_ends_after_a_minute() -> None:
    rest = Scripted([refusal(500, "technical difficulties")] * 100)
    with pytest.raises(UpstreamUnavailable, match="technical difficulties") as failure:
        rest.api.get("a")
    assert failure.value.retryable
    assert failure.value.request_id == "req-1"
    assert sum(rest.clock.slept) <= 60


def test_patience_ends_with_the_invocation() -> None:
    rest = Scripted([TransportError("x")] * 100, invocation_s=20)
    with pytest.raises(UpstreamUnavailable):
        rest.api.get("a")
    assert sum(rest.clock.slept) < 15


def test_a_key_that_was_rotated_is_read_again_once() -> None:
    rest = Scripted([refusal(401), answer(200, document("a"))])
    assert rest.api.get("a") is not None
    assert rest.refreshed == [False, True]
    with pytest.raises(AuthError, match="401"):
        Scripted([refusal(401), refusal(401)]).api.get("a")


@pytest.mark.parametrize(
    ("status", "error"), [(400, ValidationError), (422, ValidationError), (404, ValidationError), (403, AuthError)]
)
def test_each_refusal_is_one_error(status: int, error: type[Exception]) -> None:
    with pytest.raises(error, match=f"{status}.*no"):
        Scripted([refusal(status)]).api.list("flights")


def test_a_page_of_a_proxy_is_no_answer() -> None:
    rest = Scripted([Response(200, {}, b"<html>sign in</html>")])
    with pytest.raises(UpstreamUnavailable, match="not a JSON object"):
        rest.api.get("a")


def test_a_phase_from_the_future_is_not_guessed() -> None:
    with pytest.raises(UpstreamUnavailable, match="SLEEPING"):
        Scripted([answer(200, document("a", "SLEEPING"))]).api.get("a")


def test_each_request_is_one_log_line() -> None:
    rest = Scripted([TransportError("reset by peer"), answer(200, document("a"), x_request_id="r2")])
    rest.api.get("a")
    assert rest.lines == [
        {
            "event": "api_call",
            "method": "GET",
            "path": f"{ROOT}/a",
            "status": 0,
            "ms": 0,
            "request_id": "",
            "attempt": 1,
            "failure": "reset by peer",
        },
        {
            "event": "api_call",
            "method": "GET",
            "path": f"{ROOT}/a",
            "status": 200,
            "ms": 0,
            "request_id": "r2",
            "attempt": 2,
        },
    ]
    assert KEY.api_secret not in str(rest.lines)


def test_nobody_at_the_address_is_no_answer() -> None:
    transport = HttpsTransport("https://127.0.0.1:9")
    with pytest.raises(TransportError, match="ConnectionRefusedError"):
        transport.send("GET", "/", {}, None)
    transport.close()
