"""The forms of intake and of the reading room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    DateField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from verify.articles.actions import Description, fingerprint
from verify.articles.languages import LANGUAGES, UNKNOWN
from verify.articles.models import Article, Assertion, CueType, Ground, Mode, Polarity
from verify.articles.readers import MEDIA_TYPES
from verify.articles.wording import LONGEST_CHAIN, STATEMENT_LENGTH, Link, Wording
from verify.articles.words import GROUNDS
from verify.errors import Refused
from verify.forms import DeskForm, not_blank
from verify.sources.models import SourceKind


def choices(*pairs: tuple[str, str]) -> list[SelectChoice]:
    """Return value and label pairs as WTForms wants them."""
    return [SelectChoice(value, label) for value, label in pairs]


KINDS = choices(
    (SourceKind.PERSON.value, "a person"),
    (SourceKind.ORGANISATION.value, "an organisation"),
    (SourceKind.AGENCY.value, "a news agency"),
    (SourceKind.OUTLET.value, "an outlet"),
    (SourceKind.ACCOUNT.value, "an account"),
    (SourceKind.ANONYMOUS.value, "nobody named"),
    (SourceKind.DOCUMENT.value, "a document"),
    (SourceKind.MEDIA.value, "a picture or film"),
)
MODES = choices(
    (Mode.INDIRECT.value, "Paraphrased"),
    (Mode.DIRECT.value, "Quoted"),
    (Mode.MIXED.value, "Partly quoted"),
    (Mode.OWN_VOICE.value, "The outlet’s own voice"),
)
POLARITIES = choices(
    (Polarity.ASSERTS.value, "Asserts it"),
    (Polarity.DENIES.value, "Denies what somebody else claims"),
    (Polarity.CANNOT_CONFIRM.value, "Cannot confirm it"),
)
CUE_TYPES = choices(
    ("", "Not told"),
    (CueType.NEUTRAL.value, "neutral, such as “said”"),
    (CueType.CLAIM.value, "a claim, such as “alleged”"),
    (CueType.DENIAL.value, "a denial, such as “rejected”"),
    (CueType.ADMISSION.value, "an admission, such as “conceded”"),
    (CueType.PROMISE.value, "a promise, such as “vowed”"),
    (CueType.BELIEF.value, "a belief, such as “thinks”"),
    (CueType.QUESTION.value, "a question, such as “asked”"),
)
# From who says so towards the reader: the order in which a person thinks of a chain.
SLOTS = ("origin", *(f"through{number}" for number in range(1, LONGEST_CHAIN)))


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=f"Keep this under {characters:,} characters.")


class DescriptionForm(DeskForm):
    """What is said about an article beside its text."""

    title = StringField("Title", [not_blank, _at_most(300)])
    outlet = StringField("Outlet", [_at_most(200)], description="Who published it, such as a newspaper.")
    byline = StringField("Byline", [_at_most(200)], description="Who wrote it, as the article says.")
    published_on = DateField("Published on", [Optional()])
    language = SelectField("Language", choices=choices((UNKNOWN, "Not known"), *LANGUAGES.items()))
    url = StringField("Address", [_at_most(2_000)], description="Where it was read, beginning with https://.")

    def description(self) -> Description:
        """Return what was typed."""
        return Description(
            title=typed(self.title),
            outlet=typed(self.outlet),
            byline=typed(self.byline),
            language=self.language.data,
            url=typed(self.url),
            published_on=self.published_on.data,
        )


class DescribeForm(DescriptionForm):
    """The same, for an article that is in; it remembers what was said when it was opened."""

    seen = HiddenField(validators=[InputRequired("Reload the page and try again."), Length(max=64)])

    @classmethod
    def of(cls, article: Article) -> DescribeForm:
        """Return the form filled with what is said about an article."""
        form = cls(obj=article)
        form.outlet.data = article.outlet.name if article.outlet else ""
        form.seen.data = fingerprint(article)
        return form


class IntakeForm(DescriptionForm):
    """A text, pasted or read from a file, and what is said about it."""

    looks_over = frozenset({"text"})  # frozen as it is, so a person sees it cleaned first

    title = StringField("Title", [_at_most(300)])
    upload = FileField("File", description="A .txt, .html, .pdf or .docx file of at most 20 MB.")
    text = TextAreaField("Text", description="Exactly as published. It is frozen when it is taken in.")
    language = SelectField(
        "Language", choices=choices(("", "Tell from the text"), (UNKNOWN, "Not known"), *LANGUAGES.items())
    )
    # What the reader of a file found; it travels with the text until a person confirms it.
    file_name = HiddenField(validators=[_at_most(200)])
    media_type = HiddenField(validators=[Optional(), AnyOf([*MEDIA_TYPES.values()])])
    notes = HiddenField(validators=[_at_most(2_000)])
    read_sha256 = HiddenField(validators=[_at_most(64)])
    also_accepts = frozenset({"step"})


class AssertionForm(DeskForm):
    """An assertion marked by hand or edited: its passage, what it says, and who says so through whom."""

    passage = TextAreaField(
        "Passage", [not_blank], description="The exact words of the article that make the assertion."
    )
    start = IntegerField(widget=HiddenInput(), validators=[Optional()])
    statement = TextAreaField(
        "What is asserted",
        [not_blank, _at_most(STATEMENT_LENGTH)],
        description="In one plain sentence, without “said”.",
    )
    mode = RadioField("How it is said", choices=MODES, default=Mode.INDIRECT.value)
    origin_name = StringField("Who says so", [_at_most(200)])
    origin_kind = SelectField("This is", choices=KINDS)
    origin_role = StringField("In the role of", [_at_most(200)])
    origin_speaks_for = StringField("Speaking for", [_at_most(200)], description="An organisation, if any.")
    origin_terms = StringField(
        "On what terms", [_at_most(60)], description="Such as unnamed, or on condition of anonymity."
    )
    through1_name = StringField("Through whom", [_at_most(200)])
    through1_kind = SelectField("This is", choices=KINDS, default=SourceKind.AGENCY.value)
    through2_name = StringField("And through", [_at_most(200)])
    through2_kind = SelectField("This is", choices=KINDS, default=SourceKind.AGENCY.value)
    through3_name = StringField("And through", [_at_most(200)])
    through3_kind = SelectField("This is", choices=KINDS, default=SourceKind.OUTLET.value)
    through4_name = StringField("And through", [_at_most(200)])
    through4_kind = SelectField("This is", choices=KINDS, default=SourceKind.OUTLET.value)
    through5_name = StringField("And through", [_at_most(200)])
    through5_kind = SelectField("This is", choices=KINDS, default=SourceKind.OUTLET.value)
    cue = StringField("Reporting word", [_at_most(200)], description="Such as “said” or “according to”.")
    cue_type = SelectField("This word is", choices=CUE_TYPES)
    channel = StringField("Channel", [_at_most(100)], description="Such as a tweet or state television.")
    caveat = StringField("Caveat", [_at_most(500)], description="The article’s own warning, if it gives one.")
    polarity = RadioField("Whoever says so", choices=POLARITIES, default=Polarity.ASSERTS.value)
    why = StringField(
        "Why you change it", [_at_most(500)], description="Kept in the history of the assertion."
    )
    row_version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    also_accepts = frozenset({"then"})

    def wording(self, before: Sequence[Link] = ()) -> Wording:
        """Return what was typed; `before` is the chain as it stood, which knows more of each hop than the form."""
        known = {link.name: link for link in before}
        if len(before) > len(SLOTS):
            raise Refused(
                f"This chain has {len(before)} hops and the form shows {len(SLOTS)}: saving would lose the rest. "
                "Mark the passage anew with the hops that matter, and leave this one as it is.",
                field="origin_name",
            )
        named = [slot for slot in reversed(SLOTS) if self._typed(f"{slot}_name")]
        if named and named[-1] != "origin":
            raise Refused("Name who says so, not only through whom it came.", field="origin_name")
        return Wording(
            statement=self.statement.data or "",
            mode=Mode(self.mode.data),
            chain=[self._link(slot, known) for slot in named],
            cue=self.cue.data or "",
            cue_type=CueType(self.cue_type.data) if self.cue_type.data else None,
            channel=self.channel.data or "",
            caveat=self.caveat.data or "",
            polarity=Polarity(self.polarity.data),
        )

    def _typed(self, name: str) -> str:
        return " ".join((self[name].data or "").split())

    def _link(self, slot: str, known: Mapping[str, Link]) -> Link:
        """Return one hop as typed, with what was known of it before and the form does not show."""
        name = self._typed(f"{slot}_name")
        earlier = known.get(name, Link(name, SourceKind.PERSON, written=name))
        parts = ("role", "terms", "speaks_for")
        shown = {part: self._typed(f"origin_{part}") for part in parts} if slot == "origin" else {}
        return replace(earlier, kind=SourceKind(self[f"{slot}_kind"].data), **shown)

    @classmethod
    def of(cls, assertion: Assertion) -> AssertionForm:
        """Return the form filled with an assertion as it stands."""
        typed: dict[str, Any] = {
            "passage": assertion.version.text[assertion.start : assertion.end],
            "mode": assertion.mode.value,
            "polarity": assertion.polarity.value,
            "cue_type": assertion.cue_type.value if assertion.cue_type else "",
        }
        for slot, hop in zip(SLOTS, reversed(assertion.hops), strict=False):
            typed |= {f"{slot}_name": hop.name, f"{slot}_kind": hop.kind.value, f"{slot}_role": hop.role}
        for hop in assertion.hops[-1:]:
            typed |= {"origin_terms": hop.terms, "origin_speaks_for": hop.speaks_for}
        return cls(obj=assertion, data=typed)


class DismissForm(DeskForm):
    """Why an assertion is set aside."""

    ground = SelectField(
        "Why is it set aside?",
        choices=choices(("", "Choose a reason"), *((one.value, words) for one, words in GROUNDS.items())),
    )
    reason = StringField("In your own words", [_at_most(500)])
    row_version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    def chosen(self) -> Ground | None:
        """Return the reason that was chosen from the list."""
        return Ground(self.ground.data) if self.ground.data else None


class VersionForm(DeskForm):
    """A button that acts on an assertion as it was seen."""

    row_version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class BareForm(DeskForm):
    """A button alone."""


def typed(field: Field) -> str:
    """Return what was typed into a text field, as one line."""
    return " ".join((field.data or "").split())
