"""Writes one report at once or not at all."""

from __future__ import annotations

import re
from pathlib import Path

from fluentcart_conformance.verdict.record import RecordError

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_whole(path: Path, text: str) -> None:
    """Write beside and move into place. Raises RecordError when the folder is not writable."""
    write_bytes(path, text.encode("utf-8", "backslashreplace"))


def write_bytes(path: Path, data: bytes) -> None:
    """The same for bytes."""
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        raise RecordError(
            f"cannot write {path}: {error.strerror or error}; choose another folder"
        ) from error


def printable(text: str) -> str:
    """Text with the characters that XML 1.0 cannot hold written as escapes."""
    return _NOT_XML.sub(lambda found: f"\\u{ord(found.group()):04x}", text)
