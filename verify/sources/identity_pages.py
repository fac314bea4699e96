"""What the page of a protected identity shows, and to whom."""

from __future__ import annotations

from typing import Any

from wtforms.fields.choices import SelectChoice

from verify.accounts.models import Person
from verify.accounts.sessions import reader, settings
from verify.db import db, start_reading, start_writing
from verify.errors import Missing
from verify.forms import DeskForm
from verify.sources import identity_actions, identity_lookups
from verify.sources.forms import BareForm, IdentityForm, ReaderForm, ReasonForm
from verify.sources.models import Source
from verify.sources.vault import NO_KEY, Identity, vault_of


def context(source: Source, **forms: DeskForm) -> dict[str, Any]:
    """Everything on the page but who it is; the list of looks is for those who may look."""
    kept = identity_lookups.protected(db.session, reader(), source)
    named = identity_lookups.is_named(kept, reader())
    return {
        "source": source,
        "kept": kept,
        "named": named,
        "looks": identity_lookups.looks(db.session, source) if named else [],
        "no_key": None if vault_of(settings()).ready else NO_KEY,
        "seal_form": IdentityForm(formdata=None),
        "open_form": ReasonForm(formdata=None),
        "destroy_form": ReasonForm(formdata=None),
        "reader_form": with_people(source, ReaderForm(formdata=None)),
        "bare_form": lambda: BareForm(formdata=None),
    } | forms


def opened(source: Source, reason: str) -> Identity:
    """Who a source is; the look is committed to the log before this returns, and the page only reads."""
    identity = identity_actions.open_identity(
        db.session, reader(), source, vault_of(settings()), reason=reason
    )
    db.session.commit()
    start_reading()
    return identity


def refuse_telling(source: Source, form: DeskForm, *fields: str) -> None:
    """Refuse to put on a card, for everybody, what its reader knows from the identity."""
    for name in fields:
        typed = str(form[name].data or "")
        identity_actions.refuse_telling_card(
            db.session, reader(), source, vault_of(settings()), typed, field=name
        )


def log_refusal(source: Source, tried: str) -> None:
    """Keep in the log what somebody tried who was not named."""
    db.session.rollback()
    start_writing(db.session)
    identity_actions.note_refusal(db.session, reader(), source, tried)
    db.session.commit()
    start_reading()


def with_people(source: Source, form: ReaderForm) -> ReaderForm:
    """The form with the people who can be named."""
    kept = identity_lookups.protected(db.session, reader(), source)
    form.person.choices = [
        SelectChoice(str(one.id), one.name) for one in identity_lookups.may_be_named(db.session, kept)
    ]
    return form


def person_of(form: ReaderForm) -> Person:
    """Whom the form names."""
    person = db.session.get(Person, int(form.person.data))
    if person is None:
        raise Missing
    return person
