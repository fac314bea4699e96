"""The forms of intake and of the reading room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
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
from verify.articles.models import Article, Assertion, Mode
from verify.articles.readers import MEDIA_TYPES
from verify.articles.wording import LONGEST_CHAIN, STATEMENT_LENGTH, Link, Wording
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
    channel = StringField("Channel", [_at_most(100)], description="Such as a tweet or state television.")
    caveat = StringField("Caveat", [_at_most(500)], description="The article’s own warning, if it gives one.")
    denies = BooleanField("It denies what somebody else claims")
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
        chain = []
        for slot in reversed(SLOTS):
            name = " ".join((self[f"{slot}_name"].data or "").split())
            if not name:
                continue
            earlier = known.get(name)
            role = self.origin_role.data if slot == "origin" else earlier.role if earlier else ""
            chain.append(
                Link(
                    name=name,
                    kind=SourceKind(self[f"{slot}_kind"].data),
                    role=" ".join((role or "").split()),
                    terms=earlier.terms if earlier else "",
                    written=earlier.written if earlier else name,
                )
            )
        if chain and not (self.origin_name.data or "").strip():
            raise Refused("Name who says so, not only through whom it came.", field="origin_name")
        return Wording(
            statement=self.statement.data or "",
            mode=Mode(self.mode.data),
            chain=chain,
            cue=self.cue.data or "",
            channel=self.channel.data or "",
            caveat=self.caveat.data or "",
            denies=bool(self.denies.data),
        )

    @classmethod
    def of(cls, assertion: Assertion) -> AssertionForm:
        """Return the form filled with an assertion as it stands."""
        typed: dict[str, Any] = {
            "passage": assertion.version.text[assertion.start : assertion.end],
            "mode": assertion.mode.value,
        }
        for slot, hop in zip(SLOTS, reversed(assertion.hops), strict=False):
            typed |= {f"{slot}_name": hop.name, f"{slot}_kind": hop.kind.value, f"{slot}_role": hop.role}
        return cls(obj=assertion, data=typed)


class DismissForm(DeskForm):
    """Why an assertion is set aside."""

    reason = StringField("Why", [_at_most(500)])
    row_version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class BareForm(DeskForm):
    """A button alone."""


def typed(field: Field) -> str:
    """Return what was typed into a text field, as one line."""
    return " ".join((field.data or "").split())
