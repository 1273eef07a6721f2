"""The paced, recording client: every request of a run goes through here and nowhere else."""

from __future__ import annotations

import json as jsonlib
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ..contract.exchange import Exchange
from .address import ApiRoot, Query, candidates
from .errors import CredentialsRefusedError, NoAnswerError, RunLimitError, TargetGoneError
from .identities import ADMIN, Identity, SecretText, identities_of
from .pace import Pace
from .redact import Redactor
from .settings import Settings
from .understood import UNSET, effective_method, fields, understood
from .wire import RawAnswer, Wire

USER_AGENT = "fluentcart-conformance"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
REPEATABLE = frozenset({"GET", "HEAD"})
BUSY = frozenset({429, 503})
BREAKER = 5
DEFAULT_WAIT = 1.0


Sink = Callable[[Exchange], None]
Guard = Callable[[str, str, Any], None]


@dataclass(frozen=True, slots=True)
class _Request:
    """A request ready for the wire."""

    method: str
    path: str
    url: str
    headers: list[tuple[str, str]]
    body: bytes | None
    identity: str
    repeat_unanswered: bool
    repeat_busy: bool


class StoreClient:
    """Sends requests below the API root of one target, as any identity.

    Hooks, all optional: `guard(method, path, json)` before anything is sent, may raise
    UnsafeRequestError; `observer(exchange)` right after an answer, before the caller goes on (the
    journal); `sink(exchange)` last (judge and record). One client per worker; threads may share it.
    """

    def __init__(
        self,
        settings: Settings,
        root: ApiRoot | None = None,
        *,
        pace: Pace | None = None,
        sink: Sink | None = None,
        guard: Guard | None = None,
    ) -> None:
        if root is None:
            root = candidates(settings.base_url or "http://127.0.0.1")[0]
        self.settings = settings
        self.root = root
        self.identities: dict[str, Identity] = identities_of(settings)
        self.redactor = Redactor.of(settings)
        self.pace = pace or Pace(settings)
        self.sink = sink
        self.guard = guard
        self.observer: Sink | None = None
        self._wire = Wire(settings)
        self._failures = 0
        self._lock = threading.Lock()
        self._extra = [
            (name, SecretText(value.get_secret_value())) for name, value in settings.headers.items()
        ]

    @property
    def requests(self) -> int:
        """How many requests went out, repeats included."""
        return self.pace.sent

    def meanwhile(self, work: Callable[[], None]) -> None:
        """Have `work` done whenever the store works on a request; it must not raise."""
        self._wire.meanwhile = work

    def close(self) -> None:
        """Close the connections."""
        self._wire.close()

    def call(
        self,
        method: str,
        path: str,
        *,
        identity: str = ADMIN,
        json: Any = UNSET,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | str | None = None,
        replayable: bool | None = None,
    ) -> Exchange:
        """Send one request and return its exchange, whatever the status.

        `path` is below the API root (`/orders/5`) or, with its namespace (`/wp/v2/users`,
        `/fluent-cart/v1/orders`), below the REST root. `json` is sent as JSON, `content` as it is.
        An answer 429 or 503 is waited out and asked for again, unless `replayable` is False; a
        request without an answer is repeated for GET and HEAD, or when `replayable` is True.
        Redirects are never followed.

        Raises NoAnswerError, TargetGoneError after several of those in a row, RunLimitError,
        UnsafeRequestError (from the guard), CredentialsRefusedError for an identity that the
        settings do not have.
        """
        url = self._url(path, query)
        body = _body(json, content)
        self._ask_guard(method, url, path, understood(json, body), headers)
        request = _Request(
            method,
            path,
            url,
            self._headers(identity, headers) + _lengths(method, headers, body, json is not UNSET),
            body,
            identity,
            repeat_unanswered=(
                (method in REPEATABLE and replayable is not False) or replayable is True
            ),
            repeat_busy=replayable is not False,
        )
        exchange = self._send(request)
        if self.observer is not None:
            self.observer(exchange)
        if self.sink is not None:
            self.sink(exchange)
        return exchange

    def _url(self, path: str, query: Query | None) -> str:
        if path.startswith(("/wp/", "/fluent-cart/")):
            return self.root.rest_url(path, query)
        return self.root.url(path, query)

    def _ask_guard(
        self, method: str, url: str, path: str, payload: Any, headers: Mapping[str, str] | None
    ) -> None:
        """Show the guard what the store will understand, however it is spelled."""
        if self.guard is None:
            return
        asked = parse_qs(urlsplit(url).query, keep_blank_values=True)
        asked.pop("rest_route", None)
        effective = effective_method(method, headers, asked)
        if effective in SAFE_METHODS and method.upper() in SAFE_METHODS:
            return
        self.guard(effective, path.partition("?")[0], payload)
        if asked:
            self.guard(effective, path.partition("?")[0], fields(asked))

    def _headers(self, identity: str, given: Mapping[str, str] | None) -> list[tuple[str, str]]:
        """The request's headers; those given by the caller replace the usual ones."""
        who = self.identities.get(identity)
        if who is None:
            raise CredentialsRefusedError(
                f"no credentials for {identity}; set FLUENTCART_{_PREFIX.get(identity, '')}USER "
                f"and FLUENTCART_{_PREFIX.get(identity, '')}APP_PASSWORD"
            )
        headers: list[tuple[str, str]] = [
            ("Host", urlsplit(self.root.rest).netloc),
            ("User-Agent", USER_AGENT),
            ("Accept", "application/json"),
            ("Accept-Encoding", "gzip, deflate"),
        ]
        if who.header is not None:
            headers.append(("Authorization", who.header))
        headers.extend(self._extra)
        if given:
            replaced = {name.lower() for name in given}
            headers = [pair for pair in headers if pair[0].lower() not in replaced]
            headers.extend(given.items())
        return headers

    def _send(self, request: _Request) -> Exchange:
        """Send, and repeat where that is allowed."""
        repeats, waited = 0, 0.0
        while True:
            self._check_breaker()
            self.pace.wait(request.method, request.path)
            begun = time.perf_counter()
            try:
                answer = self._wire.send(request.method, request.url, request.headers, request.body)
            except NoAnswerError as error:
                self._failed(error.kind)
                hopeless = error.kind in ("tls", "timeout", "request")
                if hopeless or not request.repeat_unanswered or repeats >= self.settings.retries:
                    raise
                pause = min(2.0**repeats * 0.25, 5.0)
            else:
                self._failures = 0
                elapsed = (time.perf_counter() - begun) * 1000
                asked = self._pause(request, answer, repeats)
                if asked is None:
                    return _exchange(request, answer, elapsed, repeats, waited)
                pause = asked
            repeats += 1
            waited += pause
            self.pace.sleep(pause)

    def _pause(self, request: _Request, answer: RawAnswer, repeats: int) -> float | None:
        """Seconds to wait before asking again; None when this answer is the answer."""
        if answer.status not in BUSY or not request.repeat_busy:
            return None
        if repeats >= self.settings.retries:
            return None
        pause = retry_after(answer.headers.get("retry-after"))
        if pause > self.settings.max_wait:
            return None
        if pause > self.pace.seconds_left:
            raise RunLimitError("the store asks to wait longer than the run may take")
        return pause

    def _failed(self, kind: str) -> None:
        if kind != "request":
            with self._lock:
                self._failures += 1

    def _check_breaker(self) -> None:
        if self._failures >= BREAKER:
            raise TargetGoneError(
                f"{BREAKER} requests in a row got no answer; the target counts as gone"
            )


_PREFIX = {"low": "LOW_", "manager": "MANAGER_"}


def retry_after(header: str | None, now: float | None = None) -> float:
    """Seconds that a Retry-After header asks for: a number, or a date; 1 without either."""
    if not header:
        return DEFAULT_WAIT
    text = header.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, OverflowError):
        return DEFAULT_WAIT
    return max(0.0, at - (time.time() if now is None else now))


def _lengths(
    method: str, given: Mapping[str, str] | None, body: bytes | None, is_json: bool
) -> list[tuple[str, str]]:
    """The headers that describe the body, unless the caller gave them."""
    usual = []
    if is_json:
        usual.append(("Content-Type", "application/json"))
    if body is not None or method not in SAFE_METHODS:
        usual.append(("Content-Length", str(len(body or b""))))
    replaced = {name.lower() for name in given or ()}
    return [pair for pair in usual if pair[0].lower() not in replaced]


def _body(json: Any, content: bytes | str | None) -> bytes | None:
    if content is not None:
        return content.encode() if isinstance(content, str) else content
    if json is UNSET:
        return None
    return jsonlib.dumps(json, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _exchange(
    request: _Request, answer: RawAnswer, elapsed_ms: float, repeats: int, waited: float
) -> Exchange:
    notes = []
    if repeats:
        notes.append(f"answered after {repeats} repeats and {waited:.1f} s of waiting")
    if answer.truncated:
        notes.append("answer cut at the size limit")
    return Exchange(
        method=request.method,
        url=request.url,
        status=answer.status,
        response_body=answer.body,
        response_headers=answer.headers,
        request_headers=dict(request.headers),
        request_body=request.body,
        elapsed_ms=elapsed_ms,
        identity=request.identity,
        note="; ".join(notes),
    )
