"""A failed walk as a shell script of curl commands, for people without this tool.

Ids are taken from the answers (with jq), e-mail addresses are made anew, and credentials come from
the environment: the script holds no secret and can be run again and again.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Sequence

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.core import Product
from fluentcart_conformance.fuzz.members import Path, leaves, path_kinds, replaced
from fluentcart_conformance.fuzz.retell import (
    Named,
    body_of,
    kind_in,
    named,
    operation_of,
    shown,
)
from fluentcart_conformance.target.address import route_of
from fluentcart_conformance.target.detect import integer

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
_JSON = "-H 'Content-Type: application/json'"
Variables = dict[Named, str]


def shell_script(
    exchanges: Sequence[Exchange],
    words: str,
    namespace: str,
    *,
    profile: str = "documented",
    products: Sequence[Product] = (),
) -> str:
    """The script of a walk. `namespace` is the run's mark, which each run of the script replaces.

    `products` that the run made are made anew. The last answer is printed whole: it is the one
    that differs.
    """
    lines = [_HEAD.format(words="\n# ".join(words.splitlines()))]
    variables: Variables = {}
    asked = [set(named(one, profile)) for one in exchanges]
    own = [one for one in products if namespace in one.title]
    lines += [_product(one, variables) for one in own]
    for at, one in enumerate(exchanges):
        later = set().union(*asked[at + 1 :])
        lines.append(_command(one, variables, namespace, profile))
        for thing, path in (*shown(one, profile), *_owners(one)):
            if thing in later and thing not in variables:
                lines.append(_take(thing, path, variables))
    lines.append("printf '%s\\n' \"$answer\"")
    return "\n".join(lines) + "\n"


def _owners(one: Exchange) -> Iterator[tuple[Named, Path]]:
    """The customers whom an answer names: a new one may show only in the order it was made for."""
    for path, value in leaves(body_of(one.response_body)):
        number = integer(value)
        if path[-1:] == ("customer_id",) and number is not None:
            yield ("customer", number), path


def _take(thing: Named, path: Path, variables: Variables) -> str:
    """Put an id of the answer into a variable."""
    variables[thing] = f"ID_{len(variables) + 1}"
    pointer = "".join(f"[{one}]" if isinstance(one, int) else f'["{one}"]' for one in path)
    return f"{variables[thing]}=$(printf %s \"$answer\" | jq -r '.{pointer}')"


def _product(product: Product, variables: Variables) -> str:
    """A product of the same kind and price."""
    kind = product.fulfillment_type
    detail = {"fulfillment_type": kind, "variation_type": "simple"}
    made = json.dumps({"post_title": "Sample", "post_status": "publish", "detail": detail})
    lines = [f"answer=$(ask POST /products {_JSON} --data-raw {shlex.quote(made)})"]
    lines.append(_take(("product", product.post_id), ("data", "ID"), variables))
    lines.append(_take(("variation", product.object_id), ("data", "variant", "id"), variables))
    post, variation = (
        variables["product", product.post_id],
        variables["variation", product.object_id],
    )
    variant = {
        "id": f"@{variation}@",
        "post_id": f"@{post}@",
        "variation_title": "Sample",
        "item_price": product.unit_price / 100,
        "fulfillment_type": kind,
        "total_stock": 1,
        "available": 1,
        "committed": 0,
        "on_hold": 0,
        "stock_status": "in-stock",
        "manage_stock": 0,
        "other_info": {"payment_type": "onetime"},
    }
    body = _opened(json.dumps({"variants": variant}))
    lines.append(f'ask POST "/products/variants/${{{variation}}}" {_JSON} --data-raw {body} >&2')
    return "\n".join(lines)


def _command(one: Exchange, variables: Variables, namespace: str, profile: str) -> str:
    query = one.url.partition("?")[2]
    path = _route(one, variables, profile)
    path += f"?{query}" if query and "rest_route" not in query else ""
    words = f'ask {one.method} "{path}"'
    if one.request_body:
        words += f" {_JSON} --data-raw {_body(one, variables, namespace, profile)}"
    return f"answer=$({words})\nprintf '%s\\n' '# {one.method} {route_of(one.url)}: {one.status}'"


def _route(one: Exchange, variables: Variables, profile: str) -> str:
    operation, ids = operation_of(one, profile)
    route = route_of(one.url)
    if not operation:
        return route
    kinds = iter(zip(path_kinds(operation), ids.values(), strict=False))
    parts = []
    kind, value = next(kinds, ("", ""))
    for part in route.split("/"):
        if part and part == value:
            number = integer(value)
            name = variables.get((kind, number)) if number is not None else None
            parts.append(f"${{{name}}}" if name else part)
            kind, value = next(kinds, ("", ""))
        else:
            parts.append(part)
    return "/".join(parts)


def _body(one: Exchange, variables: Variables, namespace: str, profile: str) -> str:
    """The body in single quotes, with variables standing out of them."""
    raw = one.request_body or b""
    text = raw.decode("utf-8", "replace")
    operation, _ = operation_of(one, profile)
    body = body_of(raw)
    if operation and isinstance(body, dict):
        for path, value in leaves(body):
            number = integer(value)
            if number is None:
                continue
            name = variables.get((kind_in(operation, path), number))
            if name is not None:
                mark = f"@{name}@" if isinstance(value, int) else f"@{name}@text"
                body = replaced(body, path, mark)
        text = json.dumps(body, ensure_ascii=False)
    return _opened(text).replace(namespace, f"{namespace}-'\"${{RUN}}\"'")


def _opened(text: str) -> str:
    """Text in single quotes in which marks have become variables; numbers lose their quotes.

    The double quotes around digits in text stand inside the single ones.
    """
    quoted = "'" + text.replace("'", "'\"'\"'") + "'"
    quoted = re.sub(r'"@(ID_\d+)@"', r"""'"${\1}"'""", quoted)
    return re.sub(r'"@(ID_\d+)@text"', "\"'" + r'"${\1}"' + "'\"", quoted)
