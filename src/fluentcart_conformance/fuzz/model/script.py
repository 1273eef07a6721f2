"""A failed walk as a shell script of curl commands, for people without this tool.

Ids are taken from the answers (with jq), e-mail addresses are made anew, and credentials come from
the environment: the script holds no secret and can be run again and again.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from typing import Any

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.target.address import route_of

_HEAD = """#!/bin/sh
# {words}
#
# Set STORE to the API root (https://shop.example/wp-json/fluent-cart/v2), FLUENTCART_USER and
# FLUENTCART_APP_PASSWORD. Needs curl and jq. It makes customers and orders and leaves them there.
set -eu
RUN=$(date +%s)-$$
ask() {{
  method=$1 path=$2; shift 2
  curl -sS -X "$method" -u "$FLUENTCART_USER:$FLUENTCART_APP_PASSWORD" \\
    -H 'Accept: application/json' "$@" "$STORE$path"
}}
"""
_SMALLEST_ID = 1
_ID_NAMES = ("id", "order_id", "ID")


def shell_script(exchanges: Sequence[Exchange], words: str, namespace: str) -> str:
    """The script of a walk. `namespace` is the run's mark, which each run of the script replaces.

    The last answer is printed whole: it is the one that differs.
    """
    lines = [_HEAD.format(words="\n# ".join(words.splitlines()))]
    variables: dict[int, str] = {}
    needed = [_numbers_sent(one) for one in exchanges]
    for at, one in enumerate(exchanges):
        later = set().union(*needed[at + 1 :]) if at + 1 < len(exchanges) else set()
        lines.append(_command(one, variables, namespace))
        for number, pointer in _ids_shown(one):
            if number in later and number not in variables:
                variables[number] = f"ID_{len(variables) + 1}"
                lines.append(f"{variables[number]}=$(printf %s \"$answer\" | jq -r '{pointer}')")
    lines.append("printf '%s\\n' \"$answer\"")
    return "\n".join(lines) + "\n"


def _command(one: Exchange, variables: dict[int, str], namespace: str) -> str:
    query = one.url.partition("?")[2]
    path = route_of(one.url) + (f"?{query}" if query and "rest_route" not in query else "")
    words = f'ask {one.method} "{_filled(path, variables, namespace, quoted=False)}"'
    if one.request_body:
        body = _body(one.request_body, variables, namespace)
        words += f" -H 'Content-Type: application/json' --data-raw {body}"
    return f"answer=$({words})\nprintf '%s\\n' '# {one.method} {route_of(one.url)}: {one.status}'"


def _body(raw: bytes, variables: dict[int, str], namespace: str) -> str:
    """The body in single quotes, with variables standing out of them."""
    text = shlex.quote(raw.decode("utf-8", "replace"))
    if not text.startswith("'"):
        text = f"'{text}'"
    return _filled(text, variables, namespace, quoted=True)


def _filled(text: str, variables: dict[int, str], namespace: str, *, quoted: bool) -> str:
    opening, closing = ("'\"", "\"'") if quoted else ("", "")
    for number, name in variables.items():
        text = re.sub(rf"(?<![\w.-]){number}(?![\w.])", f"{opening}${{{name}}}{closing}", text)
    return text.replace(namespace, f"{namespace}-{opening}${{RUN}}{closing}")


def _numbers_sent(one: Exchange) -> set[int]:
    sent = (one.request_body or b"").decode("utf-8", "replace")
    text = route_of(one.url) + " " + sent
    return {int(found) for found in re.findall(r"(?<![\w.-])\d{1,15}(?![\w.])", text)}


def _ids_shown(one: Exchange) -> Iterator[tuple[int, str]]:
    """Ids in an answer with the jq path to them."""
    try:
        body = json.loads(one.response_body)
    except ValueError:
        return
    yield from _walk(body, "")


def _walk(value: Any, at: str) -> Iterator[tuple[int, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            here = f"{at}.{name}" if re.fullmatch(r"[A-Za-z_]\w*", name) else f'{at}["{name}"]'
            if name in _ID_NAMES and str(inner).isdigit() and int(inner) >= _SMALLEST_ID:
                yield int(inner), here
            else:
                yield from _walk(inner, here)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _walk(inner, f"{at}[{index}]")
