"""Forms: listed fields only, each sent once, and nothing typed is ever lost."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from datetime import datetime
from typing import Any

from flask import Response, flash, redirect, render_template, request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from verify.db import Base, UtcTime, db, now, start_reading
from verify.errors import DeskError
from verify.formwords import Sentences

# What a person types to prove who they are, on a page that stands between a form and its answer.
AGAIN = frozenset(f"again_{part}" for part in ("email", "password", "note", "code", "action", "next"))
# Names that the browser or the kernel sends beside a form's own fields.
BESIDE_EVERY_FORM = frozenset({"csrf_token", "form_key"}) | AGAIN
SENDING = "verify.sending"
_SOFT_BREAKS = re.compile("[\x0b\x0c]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


class FormAnswer(Base):
    """A form that was taken in: a second click on its button is led to where the first one went.

    What is kept of it is a hash over its key, its address and all that was typed. Who goes back in the browser, types
    something else and sends the same page again has said something new, and it is taken in as such.
    """

    __tablename__ = "form_answer"

    form_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    location: Mapped[str] = mapped_column(String(500))
    answered_at: Mapped[datetime] = mapped_column(UtcTime)


class DeskForm(FlaskForm):  # type: ignore[misc]  # flask-wtf ships no types
    """A form that takes the fields it lists and refuses any other, so that nothing is bound by accident."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # flask-wtf ships no types
        """Only what browsers send is read: JSON would come in with types that no field expects."""

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            """The fields and files of a form that was sent; None before."""
            if formdata is _Auto and request and request.is_json:
                return None
            return super().wrap_formdata(form, formdata)

        def get_translations(self, form: FlaskForm) -> Sentences:
            """The desk's own sentences in place of WTForms' fragments."""
            return Sentences()

    form_key = HiddenField(default=lambda: secrets.token_urlsafe(18), validators=[Length(max=64)])
    # Further names that a form may receive without declaring a field, such as repeated checkboxes.
    also_accepts: frozenset[str] = frozenset()
    # Fields whose control characters the form looks over itself, such as the text of an article.
    looks_over: frozenset[str] = frozenset()

    def _take_out_controls(self) -> None:
        """Leave out what no keyboard types and PostgreSQL refuses; a word processor's soft break becomes a line."""
        for field in self:
            if isinstance(field, StringField) and field.data and field.name not in self.looks_over:
                line = "\n" if isinstance(field, TextAreaField) else " "
                field.data = _CONTROLS.sub("", _SOFT_BREAKS.sub(line, field.data))

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        """True when the form was sent and every field holds; unknown fields are an error of the form."""
        if not self.is_submitted():
            return False
        known = {field.name for field in self} | BESIDE_EVERY_FORM | self.also_accepts
        self._take_out_controls()
        unknown = sorted((set(request.form) | set(request.files)) - known)
        valid = bool(self.validate(extra_validators=extra_validators))
        if unknown:
            self.form_errors.append(
                f"This form has no field named {', '.join(unknown)}. Reload the page and try again."
            )
        return valid and not unknown


def refuse(form: DeskForm, error: DeskError) -> None:
    """Show a rule's sentence beside the field it belongs to, or at the head of the form."""
    form.status = error.status
    field = form._fields.get(error.field) if error.field else None
    if field is None:
        form.form_errors.append(error.message)
    else:
        field.errors = [*field.errors, error.message]


def _size(upload: FileStorage) -> int:
    """How many bytes were uploaded; the stream is left at its beginning."""
    size = upload.stream.seek(0, os.SEEK_END)
    upload.stream.seek(0)
    return size


def this_sending() -> str | None:
    """What tells this sending of a form from every other; reckoned once, while uploads can still be read."""
    if SENDING not in request.environ:
        request.environ[SENDING] = _reckoned() if request.form.get("form_key") else None
    sending: str | None = request.environ[SENDING]
    return sending


def _reckoned() -> str:
    """A hash over a form's key, its address and all that was typed."""
    kept = BESIDE_EVERY_FORM - {"form_key"}
    typed = [[name, values] for name, values in request.form.lists() if name not in kept]
    files = [[name, one.filename, _size(one)] for name, one in request.files.items(multi=True)]
    said = json.dumps([request.path, sorted(typed), files])
    return hashlib.sha256(said.encode()).hexdigest()


def finish(form: DeskForm, location: str, message: str | None = None) -> Response:
    """Remember the answer, commit, and lead on with 303; nothing is said before the commit returned."""
    from verify.accounts.sessions import current_person

    key = this_sending()
    if key:
        person = current_person()
        db.session.add(
            FormAnswer(
                form_key=key,
                person_id=person.id if person else None,
                location=location[:500],
                answered_at=now(),
            )
        )
    db.session.commit()
    if message:
        flash(message)
    return redirect(location, 303)  # type: ignore[return-value]  # werkzeug's redirect is a flask Response here


def where_it_went() -> str | None:
    """Where this very form was led when the same person sent it before; None for the first time."""
    from verify.accounts.sessions import current_person

    key, person = this_sending(), current_person()
    if key is None:
        return None
    answer = db.session.scalar(select(FormAnswer).where(FormAnswer.form_key == key))
    mine = answer is not None and answer.person_id == (person.id if person else None)
    return answer.location if answer is not None and mine else None


def form_again(template: str, form: DeskForm, **context: Any) -> tuple[str, int]:
    """Show the page once more with what was typed and the errors beside it; nothing was written.

    The page renders outside the write transaction, so that a slow template holds up nobody.
    """
    db.session.rollback()
    start_reading()
    return render_template(template, form=form, **context), int(getattr(form, "status", 422))


def not_blank(form: FlaskForm, field: Any) -> None:
    """A validator: more than spaces."""
    if not (field.data or "").strip():
        raise ValidationError("Please fill this in.")
