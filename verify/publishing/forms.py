"""What editors fill in: the public wording, an approval, a return, a correction, a retraction."""

from __future__ import annotations

from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from verify.forms import DeskForm, not_blank
from verify.publishing.actions import LONGEST_SUMMARY
from verify.publishing.releases import LONGEST_CLAIM, LONGEST_REASON


class SeenForm(DeskForm):
    """A form that remembers which version of the ticket was on the screen."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


class WordingForm(SeenForm):
    """The public explanation of a verdict."""

    summary = TextAreaField(
        "What the public reads",
        description="What we found and on what it rests, in plain words. A blank line begins a new paragraph.",
        validators=[not_blank, Length(max=LONGEST_SUMMARY)],
    )


class ApproveForm(SeenForm):
    """An approval of exactly the content whose hash it carries."""

    seen_sha256 = HiddenField(validators=[InputRequired(), Length(min=64, max=64)])
    exception_reason = TextAreaField(
        "Why it goes out although a rule is not met",
        description="Kept with the approval and in the audit log.",
        validators=[Optional(), Length(max=LONGEST_REASON)],
    )


class ReturnForm(SeenForm):
    """A return to the reviewers."""

    reason = TextAreaField(
        "What the reviewers should look at again",
        id="return-reason",
        validators=[not_blank, Length(max=LONGEST_REASON)],
    )


class WithdrawForm(SeenForm):
    """An approval taken back."""

    reason = StringField(
        "Why the approval is withdrawn",
        id="withdraw-reason",
        validators=[not_blank, Length(max=LONGEST_REASON)],
    )


class PublishForm(SeenForm):
    """Publication; the reason is asked for when the ticket was published before."""

    reason = TextAreaField(
        "What is different from the verdict before",
        id="publish-reason",
        description="Readers see this sentence at the top of the page.",
        validators=[Optional(), Length(max=LONGEST_REASON)],
    )


class CorrectForm(SeenForm):
    """A correction of wording in the open."""

    claim = TextAreaField("Wording of the claim", validators=[not_blank, Length(max=LONGEST_CLAIM)])
    summary = TextAreaField(
        "What the public reads", id="correct-summary", validators=[not_blank, Length(max=LONGEST_SUMMARY)]
    )
    reason = TextAreaField(
        "What was wrong, and what is right",
        id="correct-reason",
        description="Readers see this at the top of the page, with the day.",
        validators=[not_blank, Length(max=LONGEST_REASON)],
    )


class RetractForm(SeenForm):
    """A retraction."""

    reason = TextAreaField(
        "Why this verdict should not stand",
        id="retract-reason",
        description="Readers see this at the top of the page, with the day.",
        validators=[not_blank, Length(max=LONGEST_REASON)],
    )


class StandsForm(DeskForm):
    """Why a published verdict stands although its origins changed."""

    reason = TextAreaField("Why it stands", validators=[not_blank, Length(max=LONGEST_REASON)])
