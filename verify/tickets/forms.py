"""The forms of tickets and the queue. Ids differ from form to form, as several stand on one page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Self

from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from verify.accounts.models import Person
from verify.forms import DeskForm, not_blank
from verify.tickets.actions import GENERAL
from verify.tickets.assigning import LONGEST_REASON
from verify.tickets.discussion import LONGEST_COMMENT
from verify.tickets.models import Investigation, Ticket
from verify.tickets.reviewers import Candidate
from verify.tickets.wording import LONGEST_CLAIM

DRAWN = 0  # the choice that leaves a reviewer to the draw
NEW_GENERAL = 0  # the choice of the general investigation before there is one


def _at_most(characters: int) -> Length:
    return Length(max=characters, message=f"Keep this under {characters:,} characters.")


def _number(label: str = "", **more: Any) -> IntegerField:
    return IntegerField(
        label, [InputRequired("Reload the page and try again.")], widget=HiddenInput(), **more
    )


class TicketForm(DeskForm):
    """A form on the ticket page; its fields' ids begin with its name."""

    called = "form"

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.name_fields(self.called)

    def name_fields(self, called: str) -> None:
        """Give every field an id of its own on the page."""
        for field in self:
            field.id = field.label.field_id = f"{called}-{field.short_name}"

    @classmethod
    def empty(cls, **values: Any) -> Self:
        """The form as it stands on a page before anybody typed, whatever request is being answered."""
        return cls(formdata=None, **values)


class OpenForm(TicketForm):
    """A new ticket for an assertion."""

    called = "open"
    assertion = _number()
    claim = TextAreaField(
        "Claim", [not_blank, _at_most(LONGEST_CLAIM)],
        description="One sentence that can be checked, in neutral words. It becomes the headline of the ticket.",
    )  # fmt: skip
    investigation = SelectField("Investigation", coerce=int)
    deadline_on = DateField("Verdict wanted by", [Optional()])

    def offer(self, investigations: Sequence[Investigation]) -> Self:
        """Fill the choice of investigations; a desk without any gets a general one with its first ticket."""
        choices = [SelectChoice(one.id, f"{one.name} ({one.prefix})") for one in investigations]
        if GENERAL[1] not in {one.prefix for one in investigations}:
            choices.append(SelectChoice(NEW_GENERAL, f"{GENERAL[0]} ({GENERAL[1]})"))
        self.investigation.choices = choices
        return self


class FileUnderForm(TicketForm):
    """An assertion to be filed under a ticket that exists."""

    called = "file"
    assertion = _number()
    reference = StringField("Ticket", [not_blank, _at_most(16)], description="Such as PAN-0012.")


class ClaimForm(TicketForm):
    """The claim, worded anew."""

    called = "claim"
    version = _number()
    claim = TextAreaField("Claim", [not_blank, _at_most(LONGEST_CLAIM)])


class DeadlineForm(TicketForm):
    """By which day the verdict is wanted; none when left empty."""

    called = "deadline"
    deadline_on = DateField("Verdict wanted by", [Optional()])


class AssignForm(TicketForm):
    """Two reviewers, each chosen by hand or drawn."""

    called = "assign"
    first = SelectField("First reviewer", coerce=int, default=DRAWN)
    second = SelectField("Second reviewer", coerce=int, default=DRAWN)

    def offer(self, candidates: Iterable[Candidate], *, missing: int = 2) -> Self:
        """Fill the choices with those who may; where one reviewer is missing, one choice remains."""
        drawn = [SelectChoice(DRAWN, "Draw one")]
        able = [
            SelectChoice(one.person.id, f"{one.person.name} ({one.load} on hand)")
            for one in candidates
            if not one.bar
        ]
        self.first.choices = self.second.choices = drawn + able
        if missing == 1:
            self.first.label.text = "Reviewer"
            del self.second
        return self

    def chosen(self) -> list[int]:
        """The people chosen by hand; whoever is missing is drawn."""
        fields = [self.first, self.second] if "second" in self else [self.first]
        return [field.data for field in fields if field.data != DRAWN]


class ReasonForm(TicketForm):
    """An act that needs a reason."""

    reason = TextAreaField("Reason", [not_blank, _at_most(LONGEST_REASON)])

    @classmethod
    def about(cls, called: str, number: int | str = "") -> Self:
        """An empty one among several on a page."""
        form = cls.empty()
        form.name_fields(f"{called}-{number}" if number else called)
        return form


class DropForm(ReasonForm):
    """Giving a ticket up."""

    called = "drop"
    version = _number()


class ReopenForm(ReasonForm):
    """Opening a finished ticket again."""

    called = "reopen"
    version = _number()


class InterestForm(ReasonForm):
    """An interest of one's own in what a ticket is about."""

    called = "interest"
    reason = TextAreaField("What is your interest?", [not_blank, _at_most(LONGEST_REASON)])


class MergeForm(ReasonForm):
    """Into which ticket this one goes."""

    called = "merge"
    version = _number()
    into = StringField("Into ticket", [not_blank, _at_most(16)], description="Such as PAN-0012.")


class PeopleField(SelectMultipleField):  # type: ignore[misc]  # wtforms ships no types
    """People with a box each."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class CommentForm(TicketForm):
    """A line in the discussion, and who should see it."""

    called = "comment"
    body = TextAreaField(
        "Your comment", [not_blank, _at_most(LONGEST_COMMENT)],
        description="Write @ and a name to put this ticket into somebody's queue.",
    )  # fmt: skip
    mention = PeopleField("Put it into the queue of", coerce=int, validate_choice=False)

    def offer(self, people: Iterable[Person], author: Person) -> Self:
        """Fill the list of people to mention."""
        self.mention.choices = [SelectChoice(one.id, one.name) for one in people if one.id != author.id]
        return self


class PlainForm(TicketForm):
    """A button alone."""

    called = "plain"


class InvestigationForm(TicketForm):
    """A new investigation."""

    called = "investigation"
    name = StringField("Name", [not_blank, _at_most(200)], description="Such as Harbour fire, May 2026.")
    prefix = StringField(
        "Prefix", [not_blank, _at_most(6)], description="2 to 6 letters or digits; its tickets become HAR-0001 and on."
    )  # fmt: skip


class BulkForm(TicketForm):
    """One act for all tickets selected in the queue."""

    called = "bulk"
    also_accepts = frozenset({"ticket"})
    act = RadioField(
        "What to do", default="assign",
        choices=[
            SelectChoice("assign", "Assign two reviewers and start the review"),
            SelectChoice("deadline", "Set the deadline"),
        ],
    )  # fmt: skip
    first = SelectField("First reviewer", coerce=int, default=DRAWN)
    second = SelectField("Second reviewer", coerce=int, default=DRAWN)
    deadline_on = DateField("Verdict wanted by", [Optional()])
    back = HiddenField(validators=[_at_most(1_500)])

    def offer(self, people: Iterable[Person]) -> Self:
        """Fill the choices with everybody who reviews."""
        self.first.choices = self.second.choices = [
            SelectChoice(DRAWN, "Draw one"), *(SelectChoice(one.id, one.name) for one in people),
        ]  # fmt: skip
        return self

    def chosen(self) -> list[int]:
        """The people chosen by hand."""
        return [field.data for field in (self.first, self.second) if field.data != DRAWN]

    def address(self) -> str:
        """The view of the queue that the selection was made in, as a query string."""
        typed = str(self.back.data or "")
        return typed if typed.startswith("?") else ""


def bound_to(form: type[TicketForm], ticket: Ticket, **values: Any) -> TicketForm:
    """An empty form that carries the version of the ticket as its reader sees it."""
    return form.empty(version=ticket.version, **values)
