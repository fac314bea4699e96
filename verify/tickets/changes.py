"""The page on which a ticket is changed: which changes a person may make to it now, and a form for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.permissions import Permission, may
from verify.tickets import forms, lookups, reviewers
from verify.tickets.models import Assignment, Ticket
from verify.tickets.workflow import CLOSED, EDITABLE, MOVES, Move, Status


@dataclass(frozen=True, slots=True)
class Act:
    """A change that is on offer: the word of its address, its label and its icon."""

    do: str
    label: str
    icon: str
    danger: bool = False


def offered(person: Person, ticket: Ticket, appearances: int) -> list[Act]:
    """The changes that this person may make to the ticket as it stands, with so many appearances."""
    edits, assigns = may(person, Permission.EDIT_TICKET), may(person, Permission.ASSIGN)
    at_work, status = ticket.status not in CLOSED, ticket.status
    reopens = may(
        person,
        Permission.CORRECT if status in (Status.PUBLISHED, Status.RETRACTED) else Permission.EDIT_TICKET,
    )
    possible = [
        (edits and status in EDITABLE, Act("claim", "Reword the claim", "pencil")),
        (edits and status in EDITABLE and appearances > 1, Act("appearances", "Take off an appearance", "x")),
        (assigns and status is Status.OPEN, Act("reviewers", "Choose reviewers", "user-plus")),
        (assigns and status is Status.IN_REVIEW, Act("reviewers", "Free a reviewer", "user-x")),
        (assigns and at_work, Act("deadline", "Set the deadline", "calendar")),
        (may(person, Permission.REVIEW) and at_work, Act("interest", "Declare an interest", "scale")),
        (edits and status in MOVES[Move.MERGE].start, Act("merge", "Merge into another", "git-merge")),
        (reopens and status in MOVES[Move.REOPEN].start, Act("reopen", "Reopen", "undo-2")),
        (edits and status in MOVES[Move.DROP].start, Act("drop", "Drop", "trash-2", danger=True)),
    ]
    return [act for allowed, act in possible if allowed]


def context(session: Session, person: Person, reference: str, do: str, **overrides: Any) -> dict[str, Any]:
    """What the page of changes needs: the forms on offer, and any that came back with errors in their place."""
    ticket = lookups.ticket_by_reference(session, person, reference)
    pair = lookups.assignments(session, ticket)
    filed, passages = lookups.appearances_with_passages(session, ticket)
    acts = {act.do for act in offered(person, ticket, len(filed))}
    interests = lookups.interests(session, ticket)
    declared = person.id in {one.person_id for one in interests}
    usual: dict[str, Any] = {
        "claim_form": forms.bound_to(forms.ClaimForm, ticket, claim=ticket.claim) if "claim" in acts else None,
        "deadline_form": forms.DeadlineForm.empty(deadline_on=ticket.deadline_on) if "deadline" in acts else None,
        "assign_form": _assign_form(session, ticket, pair) if "reviewers" in acts else None,
        "free_forms": {one.reviewer_id: forms.ReasonForm.about("free", one.reviewer_id)
                       for one in pair if "reviewers" in acts},
        "remove_forms": {one.id: forms.ReasonForm.about("remove", one.id)
                         for one in filed if "appearances" in acts},
        "interest_form": forms.InterestForm.empty() if "interest" in acts and not declared else None,
        "drop_form": forms.bound_to(forms.DropForm, ticket) if "drop" in acts else None,
        "merge_form": forms.bound_to(forms.MergeForm, ticket) if "merge" in acts else None,
        "reopen_form": forms.bound_to(forms.ReopenForm, ticket) if "reopen" in acts else None,
    }  # fmt: skip
    for several in ("free_forms", "remove_forms"):
        overrides[several] = usual[several] | overrides.get(several, {})
    return usual | {
        "ticket": ticket, "assignments": pair, "appearances": filed, "do": do, "reviewing": _reviews(person, pair),
        "passages": passages, "interests": interests,
    } | overrides  # fmt: skip


def _reviews(person: Person, pair: Sequence[Assignment]) -> bool:
    return person.id in {one.reviewer_id for one in pair}


def _assign_form(session: Session, ticket: Ticket, pair: Sequence[Assignment]) -> forms.AssignForm | None:
    if ticket.status is not Status.OPEN:
        return None
    missing = reviewers.REVIEWERS - len(pair)
    return forms.AssignForm.empty().offer(reviewers.candidates(session, ticket), missing=missing)
