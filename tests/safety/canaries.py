"""Secrets that can be told from everything else, and a look at every place they could get to."""

from __future__ import annotations

import base64
import io
import json
import threading
import time
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, quote_plus

from fluentcart_conformance.store.app import Answerer
from fluentcart_conformance.store.http import Request, Response
from fluentcart_conformance.store.server import EmbeddedStore
from tests.tool import spawned

ADMIN = "cana ryAd min& 4711"
LOW = "cana ryLo w<se 0815"
HEADER = "canaryHeader-2342"
_PROCESSES = Path("/proc")


def spellings(users: Iterable[tuple[str, str]]) -> set[bytes]:
    """Every form in which a canary could be written somewhere."""
    found = {HEADER, base64.b64encode(HEADER.encode()).decode()}
    for user, secret in users:
        for plain in (secret, secret.replace(" ", "")):
            pair = base64.b64encode(f"{user}:{plain}".encode()).decode()
            found |= {plain, quote(plain, safe=""), quote_plus(plain), pair}
            found |= {plain.replace("&", "&amp;").replace("<", "&lt;")}
            found |= {json.dumps(plain)[1:-1], base64.b64encode(plain.encode()).decode()}
    return {one.encode() for one in found}


def tell_tale(request: Request, answer: Answerer) -> Response:
    """A store that repeats the credentials of each request in its answer, body and headers."""
    who = request.headers.get("authorization", "")
    user, _, password = decoded(who).partition(":")
    heard = {"basic": who, "user": user, "hunter2": password}
    heard["access"] = request.headers.get("x-access-token", "")
    response = answer(request)
    body = response.body
    if isinstance(body, dict):
        body = {**body, "debug": heard}
    return replace(response, body=body, headers={**response.headers, "X-Heard": who})


def decoded(header: str) -> str:
    """What a Basic header says."""
    try:
        return base64.b64decode(header.partition(" ")[2]).decode()
    except ValueError:
        return ""


def store_with_canaries() -> EmbeddedStore:
    """An embedded store whose callers' passwords are canaries, and which tells tales."""
    store = EmbeddedStore("fluentcart-1.3")
    callers = store.app.shop.identities
    for name, secret in (("admin", ADMIN), ("low", LOW)):
        callers.by_name[name] = replace(callers.by_name[name], password=secret)
    store.identities = callers.by_name
    store.app.use(tell_tale)
    return store


def variables(store: EmbeddedStore, prefix: str = "FLUENTCART_") -> dict[str, str]:
    """The variables that name the store's callers, and a header with a canary."""
    who = store.identities
    return {
        f"{prefix}USER": who["admin"].user,
        f"{prefix}APP_PASSWORD": ADMIN,
        f"{prefix}LOW_USER": who["low"].user,
        f"{prefix}LOW_APP_PASSWORD": LOW,
        f"{prefix}HEADERS": json.dumps({"X-Access-Token": HEADER}),
    }


@dataclass
class Watched:
    """The tool's process, what it printed, and every command line seen while it ran."""

    code: int
    said: bytes
    seen: bytes


def watch(
    folder: Path, words: Sequence[str], variables: Mapping[str, str], seconds: float = 0
) -> Watched:
    """Run `fluentcart-conformance WORDS` and look at all processes; kill it after `seconds`."""
    process = spawned(folder, *words, **variables)
    lines: set[bytes] = set()
    done = threading.Event()

    def look() -> None:
        began = time.monotonic()
        while not done.wait(0.02):
            lines.update(command_lines())
            if seconds and time.monotonic() - began > seconds:
                process.kill()

    watcher = threading.Thread(target=look)
    watcher.start()
    said, _ = process.communicate()
    done.set()
    watcher.join()
    printed = said.encode("utf-8", "surrogateescape")
    return Watched(process.returncode, printed, b"\n".join(sorted(lines)))


def command_lines() -> Iterator[bytes]:
    """What `ps` shows of every process."""
    for one in _PROCESSES.glob("[0-9]*/cmdline"):
        try:
            yield one.read_bytes().replace(b"\0", b" ")
        except OSError:
            continue


def found_in(name: str, content: bytes, wanted: set[bytes]) -> Iterator[str]:
    """Where a canary is in some content, archives opened."""
    yield from (f"{name}: {one.decode()}" for one in wanted if one in content)
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from found_in(f"{name}/{inner}", archive.read(inner), wanted)


def canaries_below(folder: Path, wanted: set[bytes]) -> list[str]:
    """Every file below a folder that holds a canary, and which."""
    return [
        where
        for path in folder.rglob("*")
        if path.is_file()
        for where in found_in(str(path.relative_to(folder)), path.read_bytes(), wanted)
    ]
