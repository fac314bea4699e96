"""File names from elsewhere, made safe to show, to store and to send. Pure."""

from __future__ import annotations

import mimetypes
import re
import unicodedata

LONGEST = 150
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_UNSAFE = re.compile(r'[<>:"/\\|?*]')


def safe_name(name: str | None) -> str:
    """The last part of a file's name without anything that a path, a shell or a reader could trip over."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name or ""))[-1]
    seen = "".join(
        sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )
    plain = " ".join(_UNSAFE.sub("_", seen).split()).strip(". ")
    if len(plain) > LONGEST:
        stem, dot, ending = plain.rpartition(".")
        plain = (
            f"{stem[: LONGEST - len(ending) - 1]}.{ending}" if dot and len(ending) <= 10 else plain[:LONGEST]
        )
    return plain or "file"


def media_type(name: str) -> str:
    """What a name says its file is; shown to people, never used to decide how a browser opens it."""
    return mimetypes.guess_type(name, strict=True)[0] or "application/octet-stream"
