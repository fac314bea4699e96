"""Bytes to text without mojibake, and text to the exact form in which it is frozen."""

import codecs
import hashlib
import re
from dataclasses import dataclass

from verify.articles.limits import LIMITS
from verify.errors import Refused

# A BOM says the encoding by itself; UTF-32 first, because its little-endian BOM begins with UTF-16's.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85]")
# In Western European prose a tenth of the letters at most is accented; in Cyrillic bytes nearly all are high.
_WESTERN_SHARE = 0.25
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_WESTERN_LABELS = frozenset({"iso8859-1", "ascii", "cp1252"})

_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_UNSEEN = re.compile(r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")

WESTERN_NOTE = (
    "The file is not UTF-8. It was read as Windows-1252: compare accented letters, quotation marks and "
    "dashes with the original before you take it in."
)


@dataclass(frozen=True)
class Decoded:
    """A text, and what has to be said about how its bytes were read."""

    text: str
    notes: tuple[str, ...] = ()


def normalised(text: str) -> str:
    r"""Return the text with every newline written as \n, the only change made before freezing."""
    return _NEWLINES.sub("\n", text)


def controls_in(text: str) -> list[tuple[int, str]]:
    """Return (place, name such as U+0000) of each character that cannot be kept."""
    return [(match.start(), f"U+{ord(match[0]):04X}") for match in _CONTROLS.finditer(text)]


def without_controls(text: str) -> Decoded:
    """Return the text without control characters and a note that names those taken out."""
    found = controls_in(text)
    if not found:
        return Decoded(text)
    names = ", ".join(sorted({name for _, name in found}))
    many = "1 control character was" if len(found) == 1 else f"{len(found):,} control characters were"
    return Decoded(_CONTROLS.sub("", text), (f"{many} taken out ({names}): check the text around the gap.",))


def turning_note(text: str) -> tuple[str, ...]:
    """Return a warning when a text holds characters that turn its direction without being seen."""
    found = sorted({f"U+{ord(character):04X}" for character in _TURNING.findall(text)})
    if not found:
        return ()
    return (
        f"The text holds characters that turn its direction unseen ({', '.join(found)}). They are kept, and shown "
        "as marks in the reading room; a form field may still obey them.",
    )


def plain(text: str) -> str:
    """Return a text without characters that cannot be seen, for places that would obey them."""
    return _UNSEEN.sub("", text)


def frozen(text: str) -> str:
    """Return the text exactly as it will be stored, or refuse it with the reason."""
    text = normalised(text)
    if not plain(text).strip():
        raise Refused("There is no text yet. Paste the article or choose its file.", field="text")
    if len(text) > LIMITS.text_characters:
        raise Refused(
            f"This text has {len(text):,} characters; an article may have at most "
            f"{LIMITS.text_characters:,}. Take it in in parts.",
            field="text",
        )
    if found := controls_in(text):
        place, name = found[0]
        raise Refused(
            f"The text holds a control character ({name}, at character {place + 1:,}) that cannot be kept. "
            "Take it out, then try again.",
            field="text",
        )
    return text


def decoded(content: bytes) -> Decoded:
    """Decode a plain text file, or refuse it: never a guess that nobody is told about."""
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return Decoded(_strictly(content[len(bom) :], encoding))
    if b"\x00" in content:
        raise Refused(
            "This is not a text file: it holds zero bytes. If it is text in UTF-16, save it as UTF-8 and "
            "try again.",
            field="upload",
        )
    try:
        return Decoded(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _western(content, error)


def decoded_page(content: bytes) -> Decoded:
    """Decode a web page by its BOM, else by what it declares, else like plain text."""
    declared = _DECLARED.search(content[:4096])
    if declared and not any(content.startswith(bom) for bom, _ in _BOMS):
        try:
            encoding = codecs.lookup(declared[1].decode("ascii")).name
            return Decoded(content.decode("cp1252" if encoding in _WESTERN_LABELS else encoding))
        except (LookupError, UnicodeError, ValueError):
            # What the page declares is unknown or untrue: its bytes decide, and a note says so.
            return decoded(content)
    return decoded(content)


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(
            f"The file says it is {encoding.upper()} but byte {error.start + 1:,} is not. "
            "Save it again as UTF-8 and try again.",
            field="upload",
        ) from error


def _western(content: bytes, error: UnicodeDecodeError) -> Decoded:
    """Read as Windows-1252 where that is plausible; a damaged UTF-8 or another old encoding is refused."""
    lenient = content.decode("utf-8", "replace")
    damaged = lenient.count("\ufffd")
    if sum(character > "\x7f" for character in lenient) - damaged > damaged:
        raise Refused(
            f"The file is UTF-8, but damaged at byte {error.start + 1:,}. "
            "Get a whole copy, or save it again as UTF-8.",
            field="upload",
        )
    high = sum(byte > 0x7F for byte in content)
    letters = sum(chr(byte).isalpha() for byte in content if byte < 0x80)
    try:
        if high > _WESTERN_SHARE * (high + letters):
            raise UnicodeError
        return Decoded(content.decode("cp1252"), (WESTERN_NOTE,))
    except UnicodeError as unreadable:
        raise Refused(
            "The encoding of this file cannot be told: it is not UTF-8, UTF-16 or Windows-1252 text. "
            "Open it in an editor, save it as UTF-8 and try again.",
            field="upload",
        ) from unreadable


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a frozen text: equal only for exactly the same text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
