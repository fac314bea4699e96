"""Stored files, each under its SHA-256 in the data folder, so that none can be swapped unnoticed.

Bytes are complete and on the disk before a row says so: written beside their place, fsynced, renamed, then the row.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from verify.db import now
from verify.errors import DeskError, Missing, Refused
from verify.evidence.models import Blob

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 50 * MEBIBYTE
_CHUNK = MEBIBYTE
_HASH = re.compile("[0-9a-f]{64}")


class Altered(DeskError):
    """A stored file no longer has the SHA-256 it is named by; only a backup holds what it was."""

    status = 500


@dataclass(frozen=True)
class Kept:
    """A file whose bytes are safely on the disk."""

    sha256: str
    size: int


def keep(root: Path, content: BinaryIO | bytes, *, largest: int = LARGEST_FILE) -> Kept:
    """Put a file's bytes on the disk under their SHA-256; needs no database, so do it before a transaction.

    Raises Refused for an empty file or one larger than allowed.
    """
    stream = BytesIO(content) if isinstance(content, bytes) else content
    root.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix="incoming-", dir=root)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            kept = _copy(stream, file, largest)
            file.flush()
            os.fsync(file.fileno())
        place = path_of(root, kept.sha256)
        if not place.exists():
            place.parent.mkdir(exist_ok=True)
            temporary.chmod(0o440)
            temporary.replace(place)
            _sync_folder(place.parent)
            _sync_folder(root)
    finally:
        temporary.unlink(missing_ok=True)
    return kept


def record(session: Session, kept: Kept, media_type: str) -> Blob:
    """Say in the database that these bytes are stored; the same bytes again give the row there is."""
    blob = session.get(Blob, kept.sha256)
    if blob is None:
        blob = Blob(sha256=kept.sha256, size=kept.size, media_type=media_type[:100], stored_at=now())
        session.add(blob)
        session.flush()
    return blob


def store(session: Session, root: Path, content: BinaryIO | bytes, media_type: str) -> Blob:
    """Keep a file's bytes and record them, for files that the desk makes itself."""
    return record(session, keep(root, content, largest=1024 * MEBIBYTE), media_type)


def path_of(root: Path, sha256: str) -> Path:
    """Where the file of this hash lies."""
    if not _HASH.fullmatch(sha256):
        raise Missing
    return root / sha256[:2] / sha256


def open_blob(root: Path, sha256: str) -> BinaryIO:
    """The stored bytes, after reading them through: Missing when there are none, Altered when they changed."""
    try:
        file = path_of(root, sha256).open("rb")
    except FileNotFoundError:
        raise Missing("The stored file is not in the data folder. Restore it from a backup.") from None
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        raise Altered(f"The stored file {sha256} was altered. Restore it from a backup.")
    file.seek(0)
    return file


def _copy(source: BinaryIO, target: BinaryIO, largest: int) -> Kept:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > largest:
            raise Refused(
                f"The file is larger than {largest // MEBIBYTE} MB, the most that is kept. "
                "Split it, or link to where it lies.",
                field="upload",
            )
        digest.update(chunk)
        target.write(chunk)
    if size == 0:
        raise Refused("The file is empty. Choose the one you mean.", field="upload")
    return Kept(digest.hexdigest(), size)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
