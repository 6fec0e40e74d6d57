"""Confluent's SQL API for statements, as the port that the deployer uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from flink_deployer import names
from flink_deployer.errors import ConflictError, UpstreamUnavailable
from flink_deployer.event import STARTUP_MILLIS, STARTUP_MODE
from flink_deployer.ports import NameNotFreeError
from flink_deployer.statement import CARRY_OVER, LABEL_PREFIX, Draft, Statement, app_label
from flink_deployer.statement_json import changed_spec, decode_statement, encode_draft, items, member, text

if TYPE_CHECKING:
    from flink_deployer.rest_client import RestClient
    from flink_deployer.target import Target

_PAGE_SIZE = 100
_MAX_PAGES = 1000
_STALE_RETRIES = 8
_ENDED = frozenset({"COMPLETED", "FAILED", "DELETING"})
_HISTORY = frozenset({CARRY_OVER, STARTUP_MODE, STARTUP_MILLIS})


class RestStatementsApi:
    """Statements of the target's environment.

    Args:
        client: calls the gateway.
        target: the environment, and the pool in which statements without a label are looked for.
    """

    def __init__(self, client: RestClient, target: Target) -> None:
        self._client = client
        self._pool = target.compute_pool_id
        self._principal = target.principal_id
        self._root = f"/sql/v1/organizations/{target.organization_id}/environments/{target.environment_id}/statements"

    def list(self, app: str) -> Sequence[Statement]:
        """Lists by the application's label, and by name in its pool, where a label may have been taken off.

        What the Table API plugin has looked up there as the application's principal is the application's, too.
        """
        listed = [
            *self._pages(**{"spec.compute_pool_id": self._pool}),
            *self._pages(label_selector=f"{app_label(app)}=true"),
        ]
        found = {statement.name: statement for statement in listed if self._belongs(statement, app)}
        return [found[name] for name in sorted(found)]

    def _belongs(self, statement: Statement, app: str) -> bool:
        if app_label(app) in statement.labels:
            return True
        if statement.is_look_up:
            return statement.principal_id == self._principal
        is_anonymous = not any(label.startswith(LABEL_PREFIX) for label in statement.labels)
        return is_anonymous and names.is_named_for(statement.name, app)

    def get(self, name: str) -> Statement | None:
        """Reads one statement."""
        content = self._read(name)
        return None if content is None else decode_statement(content)

    def create(self, draft: Draft) -> Statement:
        """Submits a statement; one that is there already is adopted if it is the same.

        It can be there because the answer to an earlier submission was lost, or because of another invocation.
        """
        answer = self._client.call("POST", self._root, encode_draft(draft), expected=(409,), statement=draft.name)
        if answer.status != 409:
            return decode_statement(answer.content)
        found = self.get(draft.name)
        if found is None or found.phase == "DELETING":
            raise NameNotFreeError(draft.name)
        _require_same(found, draft, answer.request_id)
        return found

    def stop(self, name: str) -> None:
        """Asks for a stop, unless the statement has ended or is being deleted."""
        self._change(name, {"stopped": True}, lambda found: found.phase in _ENDED | {"STOPPED", "STOPPING"})

    def resume(self, name: str, *, compute_pool_id: str, principal_id: str) -> None:
        """Asks a stopped statement to run again."""
        changes = {"stopped": False, "compute_pool_id": compute_pool_id, "principal": principal_id}
        self._change(name, changes, lambda found: found.phase not in ("STOPPED", "STOPPING"))

    def delete(self, name: str) -> None:
        """Asks for deletion. For some roles what is gone is a 403; what is not gone is noticed by listing again."""
        self._client.call("DELETE", self._at(name), expected=(403, 404), statement=name)

    def results(self, name: str) -> Sequence[Sequence[str | None]]:
        """Reads every page of a statement's rows."""
        rows: list[Sequence[str | None]] = []
        query = ""
        for _ in range(_MAX_PAGES):
            page = self._client.call("GET", f"{self._at(name)}/results{query}", statement=name).content
            for item in items(member(page, "results"), "data"):
                cells = items(item, "row")
                rows.append([None if cell is None else str(cell) for cell in cells])
            token = _next_token(page)
            if not token:
                return rows
            query = f"?{urlencode({'page_token': token})}"
        raise UpstreamUnavailable(f"the results of {name} do not end", statement=name, hint="apply again")

    def exceptions(self, name: str) -> Sequence[str]:
        """Reads what the job threw; a statement that is gone threw nothing."""
        answer = self._client.call("GET", f"{self._at(name)}/exceptions", expected=(403, 404), statement=name)
        found = [item for item in items(answer.content, "data") if isinstance(item, Mapping)]
        return [f"{text(item, 'name')}: {text(item, 'message')}".removeprefix(": ") for item in found]

    def _at(self, name: str) -> str:
        return f"{self._root}/{quote(name, safe='')}"

    def _read(self, name: str) -> Mapping[str, object] | None:
        answer = self._client.call("GET", self._at(name), expected=(403, 404), statement=name)
        return answer.content if answer.status < 300 else None

    def _pages(self, **query: str) -> Iterator[Statement]:
        token = ""
        for _ in range(_MAX_PAGES):
            parameters = {"page_size": str(_PAGE_SIZE), **query, **({"page_token": token} if token else {})}
            page = self._client.call("GET", f"{self._root}?{urlencode(parameters)}").content
            yield from map(decode_statement, items(page, "data"))
            token = _next_token(page)
            if not token:
                return
        raise UpstreamUnavailable("the list of statements does not end", hint="apply again")

    def _change(self, name: str, changes: Mapping[str, object], is_done: Callable[[Statement], bool]) -> None:
        """Reads and writes until nobody wrote in between."""
        for _ in range(_STALE_RETRIES):
            content = self._read(name)
            if content is None or is_done(decode_statement(content)):
                return
            body = changed_spec(content, changes)
            answer = self._client.call("PUT", self._at(name), body, expected=(404, 409), statement=name)
            if answer.status != 409:
                return
        raise UpstreamUnavailable(
            f"statement {name} cannot be changed: it changes all the time, or its phase does not allow it",
            statement=name,
            hint="apply again",
        )


def _next_token(page: Mapping[str, object]) -> str:
    following = text(member(page, "metadata"), "next")
    return parse_qs(urlsplit(following).query).get("page_token", [""])[0]


def _require_same(found: Statement, draft: Draft, request_id: str) -> None:
    """Where a statement starts is left out: that depends on what ran when it was submitted."""
    missing = [label for label in draft.labels if label not in found.labels]
    if missing:
        problem = f"it has no label {missing[0]}, so it is somebody else's"
    elif _normal(found.sql) != _normal(draft.sql):
        problem = "it has another text"
    else:
        wanted = {key: value for key, value in draft.properties.items() if key not in _HISTORY}
        different = sorted(key for key, value in wanted.items() if found.properties.get(key) != value)
        if not different:
            return
        problem = f"its property {different[0]} is another"
    raise ConflictError(
        f"statement {draft.name} exists and {problem}",
        statement=draft.name,
        hint="delete it, or give this one another name with redeploy_nonce",
        request_id=request_id,
    )


def _normal(sql: str) -> str:
    return sql.strip().rstrip(";").rstrip()
