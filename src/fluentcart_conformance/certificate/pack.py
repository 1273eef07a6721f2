"""The bundle's container: a zip of known names, stored, in one fixed spelling.

There is exactly one way to write given contents, so reading can insist on every byte: whatever
stands elsewhere in the file (comments, extra fields, other names, links, gaps) is refused.
Nothing is ever unpacked to a disk.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Mapping

from .errors import RefusedError, UnreadableBundleError

RECORD = "run.jsonl.gz"
NAMES = (
    "manifest.json",
    "seal.json",
    "certificate.json",
    "certificate.html",
    "badge.json",
    "badge.svg",
    "summary.json",
    RECORD,
)
LARGEST_BUNDLE = 256 * 1024 * 1024
LARGEST_RECORD = 1024 * 1024 * 1024
_STARTS = (1980, 1, 1, 0, 0, 0)
_MODE = 0o100644 << 16
_MAGIC = b"PK\x03\x04"


def pack(contents: Mapping[str, bytes]) -> bytes:
    """The bundle of these contents, which must have the known names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in NAMES:
            entry = zipfile.ZipInfo(name, _STARTS)
            entry.create_system = 3
            entry.external_attr = _MODE
            archive.writestr(entry, contents[name])
    return buffer.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The contents of a bundle.

    Raises UnreadableBundleError for what is no zip at all, RefusedError for a zip that is not
    byte for byte what `pack` writes.
    """
    if not data.startswith(_MAGIC):
        raise UnreadableBundleError("is not a bundle: no zip file")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            contents = _read(archive, len(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise RefusedError(f"the zip file is damaged: {error}") from error
    except (OSError, RuntimeError, OverflowError, MemoryError) as error:
        raise RefusedError(f"the zip file cannot be read: {error}") from error
    if pack(contents) != data:
        raise RefusedError("the zip file holds bytes that no bundle has")
    return contents


def _read(archive: zipfile.ZipFile, size: int) -> dict[str, bytes]:
    entries = archive.infolist()
    for entry in entries:
        if entry.filename not in NAMES:
            raise RefusedError(f"the zip file holds {entry.filename[:80]!r}, which no bundle has")
        if entry.compress_type != zipfile.ZIP_STORED or entry.file_size > size:
            raise RefusedError(f"{entry.filename} is packed in a way that no bundle is")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise RefusedError("the zip file holds a name twice")
    missing = [name for name in NAMES if name not in names]
    if missing:
        raise RefusedError(f"the bundle lacks {', '.join(missing)}")
    return {entry.filename: archive.read(entry) for entry in entries}


def squeeze(record: bytes) -> bytes:
    """The record compressed, without a time or a name in it."""
    return gzip.compress(record, compresslevel=9, mtime=0)


def unsqueeze(data: bytes, size: int) -> bytes:
    """The record, which is said to have `size` bytes. Raises RefusedError when it has others."""
    if not 0 < size <= LARGEST_RECORD:
        raise RefusedError(f"the record is said to have {size} bytes")
    reader = zlib.decompressobj(wbits=31)
    try:
        record = reader.decompress(data, size + 1)
    except zlib.error as error:
        raise RefusedError(f"the record is damaged: {error}") from error
    if len(record) != size or not reader.eof or reader.unused_data:
        raise RefusedError("the record has another length than the manifest says")
    return record
