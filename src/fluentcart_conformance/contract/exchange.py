"""One HTTP exchange: what was sent and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from .jsonbody import Parsed, parse_json

_EMPTY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer, independent of any HTTP client.

    `response_headers` has lower-case names. `elapsed_ms` is the time until the answer was complete.
    `identity` is the name of the caller (`admin`, `manager`, `low`, ...); None is anonymous.
    `note` says in a few words why the request was made. `cut` marks a recorded answer of which
    parts were left out: counts and missing members prove nothing in it.
    """

    method: str
    url: str
    status: int
    response_body: bytes = b""
    response_headers: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    request_headers: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    request_body: bytes | None = None
    elapsed_ms: float = 0.0
    identity: str | None = None
    note: str = ""
    cut: bool = False

    @property
    def path(self) -> str:
        """The path of the URL as sent, still percent-encoded."""
        return urlsplit(self.url).path

    @property
    def query(self) -> dict[str, list[str]]:
        """The query parameters, decoded, every value kept in order."""
        return parse_qs(urlsplit(self.url).query, keep_blank_values=True)

    @property
    def content_type(self) -> str:
        """The answer's media type without parameters, lower case; `` when there is none."""
        return media_type(self.response_headers.get("content-type", ""))

    @property
    def answer(self) -> Parsed:
        """The answer's body read as JSON within bounds; parsed anew at each access."""
        return parse_json(self.response_body)

    @property
    def sent(self) -> Parsed:
        """The request's body read as JSON within bounds."""
        return parse_json(self.request_body or b"")


def media_type(header: str) -> str:
    """`application/json; charset=UTF-8` -> `application/json`."""
    return header.partition(";")[0].strip().lower()
