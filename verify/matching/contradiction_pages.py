"""What the pages about contradictions show: the section and the notes of a ticket, and a pair with its forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.errors import Conflict
from verify.forms import DeskForm
from verify.matching import contradiction_lookups as lookups
from verify.matching import contradiction_passages
from verify.matching.contradiction import BY_HAND
from verify.matching.contradiction_actions import standing_check
from verify.matching.contradiction_forms import (
    CONTRASTS,
    ApartForm,
    DecideForm,
    ReviewersForm,
    TakeUpForm,
    TogetherForm,
)
from verify.matching.contradiction_models import CombinedCheck, Contradiction, Contrast, Standing
from verify.permissions import Permission, demand, may
from verify.tickets import reviewers
from verify.tickets.models import Ticket
from verify.tickets.sections import Note
from verify.tickets.workflow import CLOSED, Status

_PASSAGES = 6
_HEADINGS = {
    Standing.SUGGESTED: ("May say the opposite", "May give other figures"),
    Standing.CONFIRMED: ("Says the opposite", "Gives other figures"),
    Standing.REFUSED: ("Refused: both may be right", "Refused: both may be right"),
    Standing.LAPSED: ("Lapsed: a claim was worded anew", "Lapsed: a claim was worded anew"),
}
_SAYS = {
    Contrast.DENIAL: "says the opposite",
    Contrast.STATES: "says the opposite",
    Contrast.FIGURES: "gives other figures",
}


@dataclass(frozen=True)
class Pair:
    """A contradiction as the page of one of its two tickets shows it."""

    row: Contradiction
    other: Ticket
    first_seen: date | None
    check: CombinedCheck | None
    url: str

    @property
    def heading(self) -> str:
        """What became of it, in words."""
        return (
            "Checked together"
            if self.check
            else _HEADINGS[self.row.standing][self.row.contrast is Contrast.FIGURES]
        )

    @property
    def title(self) -> str:
        """What became of it, seen from neither of the two."""
        if self.row.standing is Standing.SUGGESTED:
            return "May contradict each other"
        return (
            "Contradict each other"
            if self.row.standing is Standing.CONFIRMED and not self.check
            else self.heading
        )

    @property
    def contrast(self) -> str:
        """In what the two contradict each other."""
        return CONTRASTS[self.row.contrast]

    @property
    def how(self) -> str:
        """How it came about, with the weight that the machine gave it."""
        if self.row.method == BY_HAND:
            return "stated by hand"
        return f"{self.row.weight:.0%} of what they speak of is common to both, found by {self.row.method}"

    @property
    def reworded(self) -> bool:
        """Whether a claim was worded anew since people decided."""
        row = self.row
        return (row.one_claim, row.other_claim) != (row.one.claim, row.other.claim)


def section(session: Session, reader: Person, ticket: Ticket) -> Mapping[str, Any] | None:
    """The tickets that contradict a ticket's claim, as its page shows them; passages are looked for when it is read."""
    demand(reader, Permission.READ_DESK)
    if ticket.status is Status.MERGED:
        return None
    return {
        "template": "matching/contradictions.html",
        "title": "Opposite claims",
        **_of_ticket(session, reader, ticket),
    }


def list_page(session: Session, reader: Person, ticket: Ticket) -> dict[str, Any]:
    """All that contradicts a ticket's claim, with the passages that nobody has filed."""
    demand(reader, Permission.READ_DESK)
    against = lookups.passages_against(session, reader, ticket)
    shown = against[:_PASSAGES]
    return {
        "ticket": ticket,
        "against": shown,
        "more_against": len(against) - len(shown),
        "contrasts": CONTRASTS,
        **_of_ticket(session, reader, ticket),
    }


def _of_ticket(session: Session, reader: Person, ticket: Ticket) -> dict[str, Any]:
    shown = _shown(session, ticket, lookups.pairs(session, reader, ticket))
    return {
        "pairs": [one for one in shown if one.row.standing in (Standing.SUGGESTED, Standing.CONFIRMED)],
        "earlier": [one for one in shown if one.row.standing in (Standing.REFUSED, Standing.LAPSED)],
        "refused": lookups.refused_passages(session, ticket),
        "decides": may(reader, Permission.EDIT_TICKET),
        "take_up_form": TakeUpForm.empty,
    }


def notes(session: Session, reader: Person, ticket: Ticket) -> list[Note]:
    """For whoever works on a ticket: with which others it is checked, and what these say."""
    demand(reader, Permission.READ_DESK)
    return [
        Note(
            f"This ticket is checked together with {other.reference}, which {_SAYS[contrast]}: “{other.claim}”. "
            "Each of the two gets a verdict of its own.",
            url_for("tickets.show", reference=other.reference),
            f"Open {other.reference}",
        )
        for other, contrast in lookups.together(session, ticket)
    ]


def _shown(session: Session, ticket: Ticket, rows: Sequence[Contradiction]) -> list[Pair]:
    others = [lookups.opposite(row, ticket) for row in rows]
    seen = lookups.first_seen(session, [other.id for other in others])
    return [
        Pair(
            row, other, seen.get(other.id), standing_check(row),
            url_for("matching.contradictions.show", reference=ticket.reference, number=row.id),
        )
        for row, other in zip(rows, others, strict=True)
    ]  # fmt: skip


def page(session: Session, reader: Person, ticket: Ticket, number: int) -> dict[str, Any]:
    """A pair of claims with everything about it, and the forms for what can be done about it now."""
    row = lookups.pair_by_number(session, reader, ticket, number)
    (pair,) = _shown(session, ticket, [row])
    seen = lookups.first_seen(session, [row.one_id, row.other_id])
    decides, confirmed = may(reader, Permission.EDIT_TICKET), row.standing is Standing.CONFIRMED
    gone = (Status.MERGED, Status.DROPPED)
    workable = row.one.status not in gone and row.other.status not in gone
    return {
        "ticket": ticket,
        "pair": pair,
        "sides": [(one, seen.get(one.id)) for one in (ticket, pair.other)],
        "earlier_checks": [check for check in row.checks if check.undone_at is not None],
        "decide_form": DecideForm.empty(seen=row.standing.value) if decides and pair.check is None else None,
        "together_form": TogetherForm.empty()
        if decides and confirmed and not pair.check and workable
        else None,
        "apart_form": ApartForm.empty() if decides and pair.check else None,
        "reviewers_form": ReviewersForm.empty() if pair.check and _may_assign(reader, row) else None,
        "reviewed_by": {
            one.id: [found.reviewer.name for found in reviewers.in_force(session, one)]
            for one in (row.one, row.other)
            if one.status not in CLOSED
        },
    }


def bring_up_to_date(form: DeskForm, pair: Pair) -> None:
    """Have a form that was overtaken carry what its reader sees now."""
    if isinstance(form, DecideForm) and getattr(form, "status", 0) == Conflict.status:
        form.seen.raw_data, form.seen.data = None, pair.row.standing.value


def _may_assign(reader: Person, row: Contradiction) -> bool:
    waits = Status.OPEN in (row.one.status, row.other.status)
    return waits and may(reader, Permission.ASSIGN)


def passage_page(session: Session, reader: Person, ticket: Ticket, assertion_id: int) -> dict[str, Any]:
    """A passage that contradicts a claim, beside the claim."""
    found = contradiction_passages.against(session, reader, ticket, assertion_id)
    return {"ticket": ticket, "against": found, "contrasts": CONTRASTS}


def place(ticket: Ticket) -> str:
    """Where the contradictions of a ticket stand."""
    return url_for("tickets.show", reference=ticket.reference) + "#contradictions"
