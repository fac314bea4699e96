"""Which characters the report's fonts can draw: PDF/UA refuses a document with a missing glyph.

What no font draws is written as its code point, [U+D55C], so that nothing is lost or left blank.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_PACKAGES = ("fontpkg_inter/files", "fontpkg_source_serif_4/files", "manimgx_fonts")
_ALWAYS_DRAWN = frozenset("\n\t\u200c\u200d")


@cache
def font_folders() -> tuple[Path, ...]:
    """Where the fonts of the report lie."""
    folders = []
    for place in _PACKAGES:
        package, _, inner = place.partition("/")
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise RuntimeError(f"The font package {package} is not installed.")
        folders.append(Path(spec.origin).parent / inner)
    return tuple(folders)


def drawable(value: Any) -> Any:
    """The same value with every character that no font draws written as its code point."""
    if isinstance(value, str):
        return value if value.isascii() else "".join(_drawable_character(character) for character in value)
    if isinstance(value, dict):
        return {key: drawable(member) for key, member in value.items()}
    if isinstance(value, list):
        return [drawable(member) for member in value]
    return value


def _drawable_character(character: str) -> str:
    if ord(character) in _drawn() or character in _ALWAYS_DRAWN or _is_variation_selector(character):
        return character
    return f"[U+{ord(character):04X}]"


def _is_variation_selector(character: str) -> bool:
    return unicodedata.name(character, "").startswith("VARIATION SELECTOR")


@cache
def _drawn() -> frozenset[int]:
    found: set[int] = set()
    for folder in font_folders():
        for path in sorted(folder.glob("*.ttf")):
            if "Italic" not in path.name:
                found |= characters_of(path.read_bytes())
    return frozenset(found)


def characters_of(font: bytes) -> set[int]:
    """The code points in a TrueType font's character map (formats 4 and 12)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    for position in range(12, 12 + 16 * tables, 16):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, position)
        if tag == b"cmap":
            return _characters_of_map(font, offset)
    return set()


def _characters_of_map(font: bytes, start: int) -> set[int]:
    found: set[int] = set()
    for position in range(struct.unpack_from(">H", font, start + 2)[0]):
        offset = start + struct.unpack_from(">HHI", font, start + 4 + 8 * position)[2]
        kind = struct.unpack_from(">H", font, offset)[0]
        if kind == 12:
            groups = struct.unpack_from(">I", font, offset + 12)[0]
            for group in range(groups):
                first, last, _ = struct.unpack_from(">III", font, offset + 16 + 12 * group)
                found.update(range(first, last + 1))
        elif kind == 4:
            found |= _segments(font, offset)
    return found


def _segments(font: bytes, offset: int) -> set[int]:
    doubled = struct.unpack_from(">H", font, offset + 6)[0]
    ends = struct.unpack_from(f">{doubled // 2}H", font, offset + 14)
    starts = struct.unpack_from(f">{doubled // 2}H", font, offset + 16 + doubled)
    return {
        code
        for first, last in zip(starts, ends, strict=True)
        for code in range(first, last + 1)
        if code != 0xFFFF
    }
