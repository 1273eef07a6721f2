"""Collect a body as it comes, decompressed, up to a limit; a bomb never unfolds beyond it."""

from __future__ import annotations

import zlib
from typing import Any

BOTH_GZIP_AND_ZLIB = 47
RAW_DEFLATE = -15


class BrokenBodyError(Exception):
    """A body that says it is compressed, and is not all the way."""


class Unpacker:
    """Collects a body, decompressed, up to a number of bytes; a bomb never unfolds beyond it."""

    def __init__(self, encoding: str, limit: int) -> None:
        self.body = bytearray()
        self.full = False
        self._limit = limit
        coding = encoding.strip().lower()
        self._inflate: Any = None
        if coding in ("gzip", "x-gzip", "deflate"):
            self._inflate = zlib.decompressobj(BOTH_GZIP_AND_ZLIB)

    def add(self, chunk: bytes) -> None:
        """Take the next piece as it came."""
        room = self._limit + 1 - len(self.body)
        if self._inflate is None:
            self.body += chunk[:room]
        else:
            try:
                self.body += self._inflate.decompress(chunk, room)
            except zlib.error:
                if self.body:
                    raise BrokenBodyError("the compressed answer is broken") from None
                self._second_try(chunk, room)
        if len(self.body) > self._limit:
            del self.body[self._limit :]
            self.full = True

    def _second_try(self, chunk: bytes, room: int) -> None:
        """Some servers send `deflate` without the zlib header; others do not compress at all."""
        raw = zlib.decompressobj(RAW_DEFLATE)
        try:
            self.body += raw.decompress(chunk, room)
            self._inflate = raw
        except zlib.error:
            self._inflate = None
            self.body += chunk[:room]
