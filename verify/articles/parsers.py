"""Read a hostile document in a process of its own: bytes on standard input, JSON on standard output.

The server runs this file by its name and never imports the libraries below, so a document that crashes,
hangs or swells a parser costs nobody else anything, and no worker keeps 160 MB of parsers and models.
"""

import io
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

Answer = dict[str, Any]
Numbers = dict[str, int]

_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_SENTENCE_END = re.compile(r"[.?!…:][\"'”’»)\]]*$")
_OPENING = re.compile(r"[A-Z0-9\"'“‘«•–-]")
_ENOUGH_LETTERS = 20


class Unreadable(Exception):
    """A document that cannot be read, with the sentence that says why and what to do."""


def confine(limits: Numbers) -> None:
    """Limit this process's memory, time and files before it sees the document."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (limits["memory_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"],) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["unpacked_bytes"],) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def language_of(text: str) -> str | None:
    """Return the two-letter code of the language, or None when there is too little text to tell."""
    if sum(map(str.isalpha, text[:4000])) < _ENOUGH_LETTERS:
        return None
    try:
        import py3langid

        return str(py3langid.classify(text[:20_000])[0])
    except (OSError, MemoryError):
        return None  # its model needs room to unpack; an article without a language is still an article


def read_text(content: bytes, _limits: Numbers) -> Answer:
    """Tell the language of a text."""
    return {"language": language_of(content.decode("utf-8"))}


def read_html(content: bytes, _limits: Numbers) -> Answer:
    """Take the article out of a page, with what the page says about itself."""
    import trafilatura

    page = content.decode("utf-8")
    options: dict[str, Any] = {"include_comments": False, "with_metadata": True}
    found: Any = trafilatura.bare_extraction(page, **options)
    if not (found and found.text and found.text.strip()):
        found = trafilatura.bare_extraction(page, favor_recall=True, **options)
    text = found.text if found else ""
    if not (text and text.strip()):
        text = trafilatura.baseline(page)[1]
    if not text.strip():
        raise Unreadable(
            "No article text was found in this page. Copy the text from your browser and paste it instead."
        )
    declared = re.search(r"<html[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", page[:20_000], re.I)
    told = {name: getattr(found, name, None) for name in ("title", "author", "date", "sitename", "url")}
    return {
        "text": text,
        "title": told["title"],
        "byline": told["author"],
        "published_on": told["date"],
        "outlet": told["sitename"],
        "url": told["url"],
        "language": declared[1].lower() if declared else language_of(text),
    }


def read_pdf(content: bytes, limits: Numbers) -> Answer:
    """Read the text layer of a PDF, page by page."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Unreadable(
            "This PDF is locked with a password. Save an unlocked copy and try again."
            if locked
            else "This PDF is damaged and cannot be read. Get a whole copy, or paste the text instead."
        ) from error
    if len(document) > limits["pages"]:
        raise Unreadable(
            f"This PDF has {len(document):,} pages; at most {limits['pages']:,} are read. "
            "Save the pages you need."
        )
    pages = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
    text = unwrapped("\n".join(pages).translate(_LIGATURES))
    if not text.strip():
        raise Unreadable(
            "This PDF holds pictures of pages but no text. "
            "Run text recognition (OCR) on it, or type or paste the text."
        )
    told = document.get_metadata_dict()
    return {
        "text": text,
        "title": told.get("Title") or None,
        "byline": told.get("Author") or None,
        "language": language_of(text),
    }


def unwrapped(text: str) -> str:
    """Join the lines of a printed page into paragraphs."""
    lines = [line.strip() for line in re.split(r"\r\n|\r|\n", text)]
    widest = max(map(len, lines), default=0)
    joined: list[str] = []
    ended = True
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line:
            if ended:
                joined.append(line)
            else:
                joined[-1] = _continued(joined[-1], line)
            ended = _ends_paragraph(line, following, widest)
        else:
            ended = True
    return "\n".join(joined).replace("\ufffe", "-")


def _continued(before: str, line: str) -> str:
    """Join a line to the one before it; PDFium marks a hyphen that breaks a word with U+FFFE or U+0002."""
    if before.endswith(("\ufffe", "\x02", "\xad")):
        return before[:-1] + line
    return before + line if re.search(r"\w-$", before) else f"{before} {line}"


def _ends_paragraph(line: str, following: str, widest: int) -> bool:
    if _SENTENCE_END.search(line):
        return len(line) < 0.8 * widest
    return len(line) < 0.6 * widest and bool(_OPENING.match(following))


def read_docx(content: bytes, limits: Numbers) -> Answer:
    """Read the paragraphs and tables of a Word document, in order."""
    _refuse_bomb(content, limits)
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Unreadable(
            "This is not a Word document, or it is damaged. Save it again as .docx, or paste the text."
        ) from error
    text = "\n".join(_blocks(document))
    if not text.strip():
        raise Unreadable("This Word document holds no text. Paste the text instead.")
    told = document.core_properties
    invented = told.author in ("", "python-docx")  # a document without properties is given python-docx's own
    return {
        "text": text,
        "title": None if invented else told.title or None,
        "byline": None if invented else told.author,
        "language": language_of(text),
    }


def _refuse_bomb(content: bytes, limits: Numbers) -> None:
    """Refuse a package that would unpack to more than the limits, before anything is unpacked."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable("This Word document is damaged. Get a whole copy, or paste the text.") from error
    if len(entries) > limits["entries"]:
        raise Unreadable(
            f"This Word document has {len(entries):,} parts; at most {limits['entries']:,} are read. "
            "Paste the text instead."
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits["unpacked_bytes"]:
        raise Unreadable(
            f"This Word document would unpack to {unpacked / 2**20:,.0f} MB; at most "
            f"{limits['unpacked_bytes'] / 2**20:,.0f} MB are read. Paste the text instead."
        )


def _blocks(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield "\t".join(dict.fromkeys(cell.text.strip() for cell in row.cells))
        else:
            yield block.text


READERS: dict[str, Callable[[bytes, Numbers], Answer]] = {
    "text": read_text,
    "html": read_html,
    "pdf": read_pdf,
    "docx": read_docx,
}


def main() -> None:
    """Read the document on standard input as the format named first, under the limits named second."""
    limits: Numbers = json.loads(sys.argv[2])
    confine(limits)
    try:
        answer = READERS[sys.argv[1]](sys.stdin.buffer.read(), limits)
    except Unreadable as error:
        answer = {"refused": str(error)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
