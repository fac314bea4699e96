"""The forms of evidence: a link, a note, a file, and a withdrawal."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from verify.evidence.actions import Entry
from verify.evidence.models import EvidenceKind, Facet, RestsOn, Stance
from verify.forms import DeskForm, not_blank
from verify.sources.models import SourceKind

_NEW_KINDS = (
    (SourceKind.DOCUMENT, "a document, such as a register or a report"),
    (SourceKind.MEDIA, "a device or imagery, such as a satellite or a camera"),
    (SourceKind.PERSON, "a person"),
    (SourceKind.ANONYMOUS, "somebody whom the desk does not name"),
    (SourceKind.ORGANISATION, "an organisation"),
    (SourceKind.OUTLET, "an outlet"),
    (SourceKind.AGENCY, "a news agency"),
    (SourceKind.ACCOUNT, "an account on a network"),
)
STANCES = [
    SelectChoice(Stance.SUPPORTS.value, "It supports the claim"),
    SelectChoice(Stance.REFUTES.value, "It refutes the claim"),
    SelectChoice(Stance.CONTEXT.value, "It gives context"),
]
FACETS = [
    SelectChoice(Facet.WHOLE.value, "The whole claim"),
    SelectChoice(Facet.EVENT.value, "That it happened"),
    SelectChoice(Facet.ACTOR.value, "Who did it"),
    SelectChoice(Facet.TIME.value, "When"),
    SelectChoice(Facet.PLACE.value, "Where"),
    SelectChoice(Facet.FIGURE.value, "How many"),
    SelectChoice(Facet.MEANS.value, "By what means"),
]


_NOT_SAID = "nobody"
RESTS_ON = [
    SelectChoice(RestsOn.OWN_RECORD.value, "It is their own record: they measured, saw, made or hold it"),
    SelectChoice(RestsOn.THEIR_WORD.value, "It shows what they said or printed"),
    SelectChoice(_NOT_SAID, "Nobody can say yet"),
]
KINDS = [
    SelectChoice("", "No, the desk knows it"),
    *(SelectChoice(kind.value, f"Yes, register {words}") for kind, words in _NEW_KINDS),
]


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=f"Keep this under {characters:,} characters.")


class WhoseForm(DeskForm):
    """Whose record a piece of evidence is."""

    source = StringField(
        "Whose record is it?",
        [_at_most(200)],
        description="Who made it, measured it, saw it or holds it: a satellite operator, a land registry, a witness "
        "you spoke to. Left empty, it counts as no origin.",
    )
    new_kind = SelectField(
        "Is it new here?",
        choices=KINDS,
        description="A name that no source goes by is registered as what you choose.",
    )
    rests_on = RadioField(
        "How it rests on them",
        choices=RESTS_ON,
        default=_NOT_SAID,
        validators=[Optional()],
        description="Only a record of their own is an origin. What they said counts where it stands in an article: "
        "take the page in, and file its passage.",
    )

    def whose(self) -> RestsOn | None:
        """What the source's part in it is."""
        said = self.rests_on.data
        return RestsOn(said) if said and said != _NOT_SAID else None


class EvidenceForm(WhoseForm):
    """What every piece of evidence says about itself."""

    kind = EvidenceKind.NOTE
    title = StringField("Title", [not_blank, _at_most(300)], description="What it is, in a few words.")
    note = TextAreaField(
        "What it shows", [_at_most(10_000)], description="Say where in it to look, and what it leaves open."
    )
    stance = RadioField(
        "Which way it points", choices=STANCES, validators=[InputRequired("Choose which way it points.")]
    )
    facet = SelectField("What it speaks to", choices=FACETS, default=Facet.WHOLE.value)

    def entry(self, **further: Any) -> Entry:
        """What was typed, as the action takes it."""
        return Entry(
            kind=self.kind,
            stance=Stance(self.stance.data),
            facet=Facet(self.facet.data),
            title=self.title.data or "",
            note=self.note.data or "",
            rests_on=self.whose(),
            **further,
        )


class LinkForm(EvidenceForm):
    """A page or post elsewhere."""

    kind = EvidenceKind.LINK
    url = StringField(
        "Address", [not_blank, _at_most(2_000)], description="Beginning with http:// or https://."
    )


class NoteForm(EvidenceForm):
    """Something a person found out: a call, a visit, a calculation."""

    note = TextAreaField(
        "The note", [not_blank, _at_most(10_000)], description="Who found out what, from whom, and when."
    )


class FileForm(EvidenceForm):
    """A document, picture or recording."""

    kind = EvidenceKind.FILE
    title = StringField("Title", [_at_most(300)], description="Left empty, the name of the file stands in.")
    upload = FileField("File", description="At most 50 MB. It is kept as it is, under its SHA-256.")


FORMS: dict[EvidenceKind, type[EvidenceForm]] = {
    EvidenceKind.LINK: LinkForm,
    EvidenceKind.NOTE: NoteForm,
    EvidenceKind.FILE: FileForm,
}


class WithdrawForm(DeskForm):
    """Why evidence no longer counts."""

    reason = StringField("Why it no longer counts", [not_blank, _at_most(500)])
