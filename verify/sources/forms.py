"""The forms of the registry."""

from __future__ import annotations

from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from verify.forms import DeskForm, not_blank
from verify.sources.models import Source, TieKind
from verify.sources.words import KIND_WORDS, TIE_MEANINGS, TIE_WORDS

_KINDS = [SelectChoice(kind.value, words) for kind, words in KIND_WORDS.items()]
_TIES = [SelectChoice(kind.value, f"{TIE_WORDS[kind]} … ({TIE_MEANINGS[kind]})") for kind in TieKind]


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=f"Keep this under {characters:,} characters.")


class SourceForm(DeskForm):
    """What a source is called and is."""

    name = StringField("Name", [not_blank, _at_most(200)], description="In full, as the desk writes it.")
    kind = SelectField("Kind", choices=_KINDS)
    note = TextAreaField(
        "Note", [_at_most(5_000)], description="What colleagues should know, such as a role or a history."
    )


class RegisterForm(SourceForm):
    """A new source; a name like one that is known asks whether it is somebody else."""

    different = BooleanField("It is somebody else")


class DescribeForm(SourceForm):
    """A source as it stands, to be corrected."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    @classmethod
    def of(cls, source: Source) -> DescribeForm:
        """The form filled with a source as it stands."""
        return cls(obj=source, data={"kind": source.kind.value})


class AliasForm(DeskForm):
    """A further name that a source goes by."""

    name = StringField("Another name or spelling", [not_blank, _at_most(200)])


class TieForm(DeskForm):
    """How a source stands to another one, or what it is a party to."""

    kind = SelectField("This source", choices=_TIES)
    other = StringField(
        "Which source", [_at_most(200)], description="By any of its names; it must be registered."
    )
    event = StringField(
        "Party to what", [_at_most(200)], description="Only for “is a party to”: the event or side."
    )
    since = DateField("Since", [Optional()])
    until = DateField("Until", [Optional()])
    known_from = StringField(
        "Known from",
        [not_blank, _at_most(500)],
        description="An address, a document, a broadcast: how we know.",
    )


class EndTieForm(DeskForm):
    """Why a tie does not hold."""

    reason = StringField("Why it does not hold", [not_blank, _at_most(500)])


class BareForm(DeskForm):
    """A button alone."""
