"""The forms of contradictions and combined checks."""

from __future__ import annotations

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length

from verify.forms import not_blank
from verify.matching.contradiction_actions import LONGEST_REASON
from verify.matching.contradiction_models import Contrast, Standing
from verify.tickets.forms import TicketForm

_SHORT = Length(max=LONGEST_REASON, message=f"Keep this under {LONGEST_REASON} characters.")
CONTRASTS = {
    Contrast.DENIAL: "one denies the other",
    Contrast.STATES: "states that exclude each other",
    Contrast.FIGURES: "other figures for the same thing",
}


class DecideForm(TicketForm):
    """Whether two claims contradict each other."""

    called = "decide"
    seen = HiddenField(validators=[AnyOf([one.value for one in Standing], "Reload the page and try again.")])
    verdict = RadioField(
        "What holds",
        choices=[
            SelectChoice(Standing.CONFIRMED.value, "They cannot both be right"),
            SelectChoice(Standing.REFUSED.value, "They do not contradict each other"),
        ],
        validators=[InputRequired("Choose whether the two claims contradict each other.")],
    )
    reason = TextAreaField(
        "Why", [_SHORT], description="Needed to refuse. It stands in the history of both tickets."
    )


class StateForm(TicketForm):
    """A contradiction that the machine did not see."""

    called = "state"
    other = StringField("Ticket", [not_blank, Length(max=16)], description="Such as PAN-0012.")
    contrast = RadioField(
        "How they contradict each other",
        choices=[SelectChoice(one.value, words[0].upper() + words[1:]) for one, words in CONTRASTS.items()],
        default=Contrast.DENIAL.value,
    )
    reason = TextAreaField(
        "Why", [not_blank, _SHORT], description="It stands in the history of both tickets."
    )


class TogetherForm(TicketForm):
    """Why two claims are checked together."""

    called = "together"
    reason = TextAreaField(
        "Why together", [not_blank, _SHORT], description="Reviewers of both tickets read it."
    )


class ApartForm(TicketForm):
    """Why two claims are no longer checked together."""

    called = "apart"
    reason = TextAreaField("Why", [not_blank, _SHORT])


class ReviewersForm(TicketForm):
    """A button alone: the same reviewers for both."""

    called = "reviewers"


class RefuseForm(TicketForm):
    """Why a passage does not contradict a claim."""

    called = "refuse"
    reason = TextAreaField("Why it does not", [not_blank, _SHORT])


class TakeUpForm(TicketForm):
    """A button alone: offer a refused passage again."""

    called = "take-up"
