"""What a report is built from: the chosen verdicts, a title and a format."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from verify.forms import DeskForm
from verify.reports.actions import DEFAULT_TITLE, LONGEST_TITLE
from verify.reports.formats import FORMATS

FORMAT_CHOICES = [SelectChoice(form.name, f"{form.label}: {form.purpose}") for form in FORMATS.values()]


class BuildForm(DeskForm):
    """The choice as the page showed it, and how the report should come."""

    also_accepts = frozenset({"pick"})

    title = StringField(
        "Title on the cover", default=DEFAULT_TITLE, validators=[InputRequired(), Length(max=LONGEST_TITLE)]
    )
    format = RadioField(
        "Format",
        default="pdf",
        choices=FORMAT_CHOICES,
    )
    q = HiddenField(validators=[Length(max=200)])
    investigation = HiddenField(validators=[Length(max=200)])
    rating = HiddenField(validators=[Length(max=20)])
    source = HiddenField(validators=[Length(max=200)])
    since = HiddenField(validators=[Length(max=10)])
    until = HiddenField(validators=[Length(max=10)])
