"""From a form or a file to what `take_in` needs. The slow parts run here, before the transaction begins."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage

from verify.articles import readers
from verify.articles.actions import Description, File, Intake
from verify.articles.forms import IntakeForm, typed
from verify.articles.languages import LANGUAGES, UNKNOWN
from verify.articles.limits import LIMITS
from verify.articles.plaintext import frozen, normalised, sha256_of, turning_note, without_controls
from verify.articles.readers import Reading
from verify.articles.spotting_pages import is_long
from verify.articles.suggestions import spotted_in
from verify.errors import Refused
from verify.spotting.assertion import Assertion as Spotted


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text ready to be taken in, with everything that took time to find out."""

    text: str
    described: Description
    file: File
    spotted: list[Spotted] | None  # None for a long text, which a job spots

    def as_arguments(self) -> dict[str, Any]:
        """Return the keyword arguments of `actions.take_in`."""
        return {
            "text": self.text,
            "described": self.described,
            "file": self.file,
            "spotted": self.spotted,
            "later": self.spotted is None,
        }


def brings_file(form: IntakeForm) -> bool:
    """Whether a file came with the form; refuses the button that reads one when there is none."""
    upload: FileStorage | None = form.upload.data
    if upload and upload.filename:
        return True
    if request.form.get("step") == "read":
        raise Refused("Choose a file first, or paste the text and take that in.", field="upload")
    return False


def read_into(form: IntakeForm) -> None:
    """Read the uploaded file and offer what it says in the fields that are still empty."""
    upload: FileStorage = form.upload.data
    if (form.text.data or "").strip():
        raise Refused(
            "A text and a file came together, so the file was left out. Take in the text, or empty it "
            "and choose the file again.",
            field="upload",
        )
    reading = readers.read(_content(upload), upload.filename or "")
    form.text.data = reading.text
    form.file_name.data = (upload.filename or "")[:200]
    form.media_type.data = reading.media_type
    form.notes.data = "\n".join(reading.notes)
    form.read_sha256.data = sha256_of(reading.text)
    _offer(form, reading)


def prepare(form: IntakeForm) -> Prepared:
    """Return what was typed or confirmed, ready to be taken in, or refuse it with the reason."""
    _without_controls(form)
    text = frozen(form.text.data or "")
    notes = [note for note in (form.notes.data or "").split("\n") if note]
    if form.read_sha256.data and form.read_sha256.data != sha256_of(text):
        notes.append("The text was changed by hand after it was read from the file.")
    notes += [note for note in turning_note(text) if note not in notes]
    language = form.language.data or readers.language_of(text) or UNKNOWN
    described = Description(
        title=typed(form.title) or readers.title_from(text) or "",
        outlet=typed(form.outlet),
        byline=typed(form.byline),
        language=language,
        url=typed(form.url),
        published_on=form.published_on.data,
    )
    return Prepared(
        text=text,
        described=described,
        file=File(form.file_name.data or "", form.media_type.data or "text/plain", notes),
        spotted=None if is_long(text) else spotted_in(text, described.published_on),
    )


def outcome(taken: Intake, later: bool = False) -> str:
    """Return what a person reads after taking a text in."""
    if taken.new and later:
        return "The article is in. It is long, so its assertions are spotted in the background."
    if taken.new:
        return "The article is in."
    return "This very text is in already: here it is. What is said about it was left as it was."


def _content(upload: FileStorage) -> bytes:
    """Read an upload, but not far beyond what may be taken; the message still names its whole size."""
    with closing(upload):
        upload.stream.seek(0, 2)
        size = upload.stream.tell()
        upload.stream.seek(0)
        if size > LIMITS.upload_bytes:
            raise readers.too_large(size)
        return upload.stream.read()


def _offer(form: IntakeForm, reading: Reading) -> None:
    """Fill fields that are still empty with what the file says; what a person typed stands."""
    for name in ("title", "outlet", "byline", "url"):
        if not typed(form[name]):
            form[name].data = getattr(reading, name) or ""
    if form.published_on.data is None:
        form.published_on.data = reading.published_on
        form.published_on.raw_data = None  # else WTForms shows again what was sent: nothing
    if not form.language.data and reading.language in LANGUAGES:
        form.language.data = reading.language


def _without_controls(form: IntakeForm) -> None:
    """Show a pasted text again without its control characters, for a person to look it over."""
    cleaned = without_controls(normalised(form.text.data or ""))
    if cleaned.notes:
        form.text.data = cleaned.text
        raise Refused(f"{cleaned.notes[0]} Then take it in.", field="text")
