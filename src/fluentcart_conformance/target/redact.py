"""Replace secrets in anything that leaves the process: record, logs, reports, messages."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote, quote_plus

from .identities import REAL, Identity, identities_of
from .settings import Settings

# Below this length a secret could be part of any word; the headers that carry it go anyway.
SHORTEST = 4
_PASSWORD = re.compile(r'("password"\s*:\s*")(?:[^"\\]|\\.)*')
SECRET_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-wp-nonce"}
)

# Most headers of a run are the same few, request after request.
REMEMBERED = 500


class Redactor:
    """Knows the secrets of a run in every spelling in which they could appear."""

    def __init__(self, secrets: Mapping[str, str], identities: Iterable[Identity] = ()) -> None:
        spellings: dict[str, str] = {}
        self._by_header: dict[str, str] = {}
        for identity in identities:
            if identity.header is None:
                continue
            self._by_header[str(identity.header)] = identity.name
            if identity.name in REAL:
                encoded = str(identity.header).removeprefix("Basic ")
                spellings.setdefault(encoded, f"[{identity.name}]")
        for name, secret in secrets.items():
            for spelling in _spellings(secret):
                spellings.setdefault(spelling, f"[{name}]")
        self._known_headers: dict[tuple[str, str], str] = {}
        self._spellings = {
            text: shown for text, shown in spellings.items() if len(text) >= SHORTEST
        }
        longest_first = sorted(self._spellings, key=len, reverse=True)
        self._pattern = (
            re.compile("|".join(map(re.escape, longest_first))) if longest_first else None
        )

    @classmethod
    def of(cls, settings: Settings) -> Redactor:
        """The redactor of a run's settings."""
        return cls(settings.secrets(), identities_of(settings).values())

    def text(self, text: str) -> str:
        """`text` with every secret replaced by its name in brackets.

        A JSON member `password` goes as well: users that a run makes have one of their own.
        """
        if '"password"' in text:
            text = _PASSWORD.sub(r"\1[password]", text)
        # Looking for each by itself takes half the time of one pattern of them all.
        if self._pattern is None or not any(one in text for one in self._spellings):
            return text
        return self._pattern.sub(lambda found: self._spellings[found.group()], text)

    def finds(self, text: str) -> bool:
        """Whether `text` holds a secret."""
        return self._pattern is not None and self._pattern.search(text) is not None

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Headers fit for a record.

        Authorization becomes `Basic [admin]` or the like, cookies `[cookie]`; secrets elsewhere
        are replaced within the value.
        """
        found = {}
        for pair in headers.items():
            shown = self._known_headers.get(pair)
            if shown is None:
                shown = self._header(pair[0].lower(), str(pair[1]))
                if len(self._known_headers) < REMEMBERED:
                    self._known_headers[pair] = shown
            found[pair[0]] = shown
        return found

    def _header(self, name: str, value: str) -> str:
        if name == "authorization":
            known = self._by_header.get(value)
            scheme = value.partition(" ")[0] if " " in value else ""
            return f"{scheme} [{known or 'secret'}]".strip()
        if name in SECRET_HEADERS:
            return f"[{name}]"
        return self.text(value)


def _spellings(secret: str) -> Iterable[str]:
    """The forms in which a secret can turn up in a URL, a JSON text, a page, or without blanks."""
    for plain in {secret, secret.replace(" ", "")}:
        yield plain
        yield quote(plain, safe="")
        yield quote_plus(plain)
        yield json.dumps(plain)[1:-1]
        yield plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        yield base64.b64encode(plain.encode()).decode("ascii")
