"""Short, printable words about untrusted values and about what a schema wants."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

LONGEST = 120
_NAMES = {
    dict: "object",
    list: "array",
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
}


def type_name(value: Any) -> str:
    """The JSON type of a value: object, array, string, boolean, integer, number or null."""
    return "null" if value is None else _NAMES.get(type(value), type(value).__name__)


def escaped(text: str, longest: int = LONGEST) -> str:
    """`text` on one line, control and direction characters made visible, cut to `longest`."""
    cut = text if len(text) <= longest else text[: longest - 3] + "..."
    if cut.isprintable():
        return cut
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in cut)


def shown(value: Any) -> str:
    """A value as a reader should see it: its type, and the value itself when it is short."""
    if isinstance(value, Mapping):
        names = ", ".join(escaped(str(name), 30) for name in list(value)[:6])
        return f"object ({names}{', ...' if len(value) > 6 else ''})" if value else "empty object"
    if isinstance(value, list):
        return f"array of {len(value)}" if value else "empty array"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, str):
        return f'string "{escaped(value, 80)}"'
    return f"{type_name(value)} {str(value)[:40]}"


def pointer_of(path: Any) -> str:
    """A JSON pointer from a sequence of member names and indices."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def wanted(schema: Any) -> str:
    """What a scalar or container schema asks for, in a few words."""
    if not isinstance(schema, Mapping):
        return "nothing"
    if "const" in schema:
        return json.dumps(schema["const"])
    if "enum" in schema:
        return "one of " + ", ".join(json.dumps(value) for value in schema["enum"][:12])
    types = schema.get("type")
    words = " or ".join(types) if isinstance(types, list) else str(types or "another value")
    if "format" in schema:
        words += f" ({schema['format']})"
    if "pattern" in schema:
        words += f" like {schema['pattern']}"
    if schema.get("x-unit"):
        words += f" of {schema['x-unit']}"
    return words
