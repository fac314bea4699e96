"""The forms of matches and watches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Length

from verify.forms import DeskForm, not_blank
from verify.matching.actions import LONGEST_REASON, Choice
from verify.matching.models import MatchVerdict
from verify.tickets.forms import TicketForm
from verify.tickets.wording import LONGEST_CLAIM

_SHORT = Length(max=LONGEST_REASON, message=f"Keep the reason under {LONGEST_REASON} characters.")
_RELOAD = "Reload the page and try again."
# Where a decision leads back to: the first of the two claims, the other, the card of an assertion, or the match itself.
PLACES = ("match", "one", "other", "card")


class DecisionForm(DeskForm):
    """What is said about a match, with the match as it was shown."""

    offer = HiddenField(validators=[Length(min=1, max=20_000, message=_RELOAD)])
    back = HiddenField(validators=[AnyOf(PLACES, message=_RELOAD)], default="match")
    say = RadioField("Are the two the same claim?")
    reason = TextAreaField("Why", [_SHORT], description="It stands beside the match for everybody.")

    def allow(self, choices: Sequence[tuple[str, str]]) -> Self:
        """Let these be said; “merged:PAN-0002” names the ticket that stays."""
        self.say.choices = [SelectChoice(value, label) for value, label in choices]
        return self

    def choice(self) -> Choice:
        """What was said."""
        verdict, _, into = str(self.say.data).partition(":")
        return Choice(MatchVerdict(verdict), self.reason.data or "", into)


class UndoForm(DeskForm):
    """Taking a decision back."""

    reason = StringField("Why is it taken back?", [_SHORT])


class WordingForm(DeskForm):
    """A claim in somebody's own words, to be told when one like it comes in."""

    wording = TextAreaField(
        "Tell me when a claim like this comes in",
        [not_blank, Length(max=LONGEST_CLAIM, message=f"Keep it under {LONGEST_CLAIM} characters.")],
        description="One sentence, as a newspaper would state it: who did what, where.",
    )


class WatchForm(TicketForm):
    """A button alone."""

    called = "watch"
