"""The forms of origins."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length

from verify.forms import DeskForm, not_blank
from verify.origins.edge_actions import ADDED_KINDS, Choice
from verify.origins.graph import Key
from verify.origins.models import EdgeVerdict


class LinkForm(DeskForm):
    """Who is meant by a name in the chains of a ticket."""

    name = HiddenField(validators=[InputRequired(), Length(max=200)])
    source = StringField("Is this source", validators=[not_blank, Length(max=200)])


class EdgeForm(DeskForm):
    """What a person says about one step of the count."""

    verdict = RadioField(
        "What holds",
        choices=[
            SelectChoice(
                EdgeVerdict.CUT.value, "Cut it: this does not hold, so the count no longer follows it"
            ),
            SelectChoice(EdgeVerdict.CONFIRMED.value, "Confirm it: this holds, so both bounds follow it"),
        ],
        validators=[InputRequired("Choose whether to cut or to confirm it.")],
    )
    reason = TextAreaField(
        "Why", description="It stands beside the step for everybody.", validators=[not_blank, Length(max=500)]
    )
    everywhere = BooleanField("In every ticket where this step appears, not in this one alone")

    def decision(self) -> Choice:
        """What was chosen."""
        return Choice(EdgeVerdict(self.verdict.data), self.reason.data, bool(self.everywhere.data))


class AddedEdgeForm(DeskForm):
    """A step that a person knows of and the machine does not."""

    child = SelectField("Who", validators=[InputRequired("Choose who leads back to somebody.")])
    kind = SelectField("How they stand", choices=[SelectChoice(*kind) for kind in ADDED_KINDS.items()])
    parent = SelectField("To whom", validators=[InputRequired("Choose whom it leads back to.")])
    reason = TextAreaField(
        "How you know",
        description="It stands beside the step for everybody.",
        validators=[not_blank, Length(max=500)],
    )
    everywhere = BooleanField("In every ticket where both appear, not in this one alone")

    def offer(self, ends: Sequence[tuple[str, str]], edge: Key = ("", "", "")) -> None:
        """Let these nodes be chosen as either end; `edge` is chosen from the start, as far as it is among them."""
        choices = [SelectChoice("", "Choose …"), *(SelectChoice(node, name[:120]) for node, name in ends)]
        self.child.choices = self.parent.choices = choices
        nodes = {node for node, _ in ends}
        if edge[0] in ADDED_KINDS and nodes.issuperset(edge[1:]):
            self.kind.data, self.child.data, self.parent.data = edge

    def key(self) -> Key:
        """The edge that was put together."""
        return self.kind.data, self.child.data, self.parent.data

    def decision(self) -> Choice:
        """What was stated."""
        return Choice(EdgeVerdict.ADDED, self.reason.data, bool(self.everywhere.data))


class ReasonForm(DeskForm):
    """A reason alone, for taking back a decision."""

    reason = TextAreaField("Why", validators=[not_blank, Length(max=500)])


class WithdrawalForm(ReasonForm):
    """Why an article is withdrawn, or counts again; it remembers which of the two its page offered."""

    counts = HiddenField(validators=[AnyOf(["yes", "no"], message="Reload the page and try again.")])

    def show(self, *, counts: bool) -> None:
        """Offer what can be done now."""
        self.counts.data = "yes" if counts else "no"
