"""The forms of the registry."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from verify.forms import DeskForm, not_blank
from verify.sources.models import Source, TieKind
from verify.sources.reliability import MEANINGS
from verify.sources.words import KIND_MEANINGS, KIND_WORDS, TIE_MEANINGS, TIE_WORDS

_LARGEST = 2**31 - 1
_KINDS = [SelectChoice(kind.value, f"{words}: {KIND_MEANINGS[kind]}") for kind, words in KIND_WORDS.items()]
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
        "Which source",
        [_at_most(200)],
        description="By any of its names; it must be registered. Empty for “is a party to”.",
    )
    event = StringField(
        "Party to what", [_at_most(200)], description="For “is a party to” alone: the event or side."
    )
    since = DateField("Since", [Optional()])
    until = DateField("Until", [Optional()])
    known_from = StringField(
        "Known from",
        [not_blank, _at_most(500)],
        description="An address (of an article on this desk, too), a document, a broadcast: how we know.",
    )


class EndTieForm(DeskForm):
    """When a tie ended, or why it never held."""

    until = DateField("Last day on which it held", [Optional()])
    reason = StringField("How you know", [not_blank, _at_most(500)])


class ReasonForm(DeskForm):
    """Why something is done."""

    reason = StringField("Reason", [not_blank, _at_most(500)])


class ReliabilityForm(DeskForm):
    """How reliable a source is from a day on."""

    grade = RadioField(
        "Reliability",
        choices=[
            SelectChoice(grade.value, f"{grade.value} · {label}: {meaning[0].lower()}{meaning[1:]}")
            for grade, (label, meaning) in MEANINGS.items()
        ],
        validators=[InputRequired("Choose a letter; F is for “cannot be judged”.")],
    )
    since = DateField("From", [Optional()], description="The first day for which this holds; today if empty.")
    reason = TextAreaField(
        "What it rests on",
        [not_blank, _at_most(1_000)],
        description="Cases, corrections, a record: what a colleague would need to judge the same.",
    )


class MergeForm(DeskForm):
    """Which source another one is the same as."""

    into = StringField(
        "Is the same as",
        [not_blank, _at_most(200)],
        description="The source that stays, by any of its names.",
    )
    reason = StringField("How you know", [not_blank, _at_most(500)])


class SplitForm(DeskForm):
    """Which names of a source are somebody else's."""

    names = SelectMultipleField(
        "Names of somebody else",
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    kind = SelectField("Kind of the new source", choices=_KINDS)
    reason = StringField("How you know", [not_blank, _at_most(500)])

    @classmethod
    def of(cls, source: Source) -> SplitForm:
        """The form with the names of a source; the one that it is shown by stays with it."""
        form = cls(data={"kind": source.kind.value})
        form.names.choices = [
            SelectChoice(alias.id, alias.name)
            for alias in source.aliases
            if alias.name_key != source.name_key
        ]
        return form


class IdentityForm(DeskForm):
    """Who an anonymous source is. Nothing typed here is kept in the browser."""

    name = StringField("Who it is", [not_blank, _at_most(200)])
    more = TextAreaField(
        "What else the desk must keep",
        [_at_most(2_000)],
        description="How to reach them, how we know, what we promised.",
    )


class ReaderForm(DeskForm):
    """One more person who may open a protected identity."""

    person = SelectField("Let somebody else open it")


class PairForm(DeskForm):
    """Two sources, by their numbers."""

    one = IntegerField(widget=HiddenInput(), validators=[NumberRange(1, _LARGEST)])
    other = IntegerField(widget=HiddenInput(), validators=[NumberRange(1, _LARGEST)])


class BareForm(DeskForm):
    """A button alone."""
