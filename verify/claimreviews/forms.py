"""What people fill in about reviews of other organisations."""

from __future__ import annotations

from flask_wtf.file import FileField
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from verify.claimreviews.actions import licence_of
from verify.claimreviews.words import LICENCES, PACES, UNKNOWN
from verify.forms import DeskForm, not_blank


class LicenceForm(DeskForm):
    """A form that asks under which licence something is kept."""

    licence = SelectField(
        "Licence",
        choices=[SelectChoice(value=value, label=words) for value, words in LICENCES.items()],
        default=UNKNOWN,
        description="What its publishers let others do with it. A review that states its own licence keeps that.",
    )
    licence_words = StringField(
        "Licence in your own words",
        description="Only for another one, such as “Open Government Licence 3.0”.",
        validators=[Optional(), Length(max=200)],
    )

    def stated_licence(self) -> str:
        """The licence as it is kept."""
        return licence_of(self.licence.data, self.licence_words.data or "")


class ImportForm(LicenceForm):
    """A file, or an address to be fetched once."""

    upload = FileField("File")
    address = StringField("Address", validators=[Optional(), Length(max=2000)])


class SubscribeForm(LicenceForm):
    """An address to be fetched regularly."""

    address = StringField("Address", validators=[not_blank, Length(max=2000)])
    title = StringField("Name", validators=[Optional(), Length(max=200)])
    every_hours = SelectField(
        "How often",
        choices=[SelectChoice(value=str(hours), label=words) for hours, words in PACES.items()],
        default="24",
    )


class SubscriptionForm(DeskForm):
    """A button that says what happens to one subscription, or to a publisher."""


class RemoveForm(DeskForm):
    """Why the reviews of a publisher go."""

    reason = TextAreaField(
        "Why they are removed",
        description="Such as “The publisher withdrew its licence by letter of 3 May.” It is kept and shown.",
        validators=[not_blank, Length(max=500)],
    )
