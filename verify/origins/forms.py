"""The forms of origins."""

from __future__ import annotations

from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from verify.forms import DeskForm, not_blank


class LinkForm(DeskForm):
    """Who is meant by a name in the chains of a ticket."""

    name = HiddenField(validators=[InputRequired(), Length(max=200)])
    source = StringField("Is this source", validators=[not_blank, Length(max=200)])
