"""What the pages about matches show: an assertion's matches, one match with its decision, and typed words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.accounts.sessions import reader
from verify.articles import lookups as articles
from verify.articles.models import Assertion
from verify.db import db, start_reading
from verify.errors import Conflict, Refused
from verify.forms import form_again
from verify.matching import certainty, lookups, sighting_lookups, suggesting
from verify.matching.forms import DecisionForm, UndoForm, WatchForm, WordingForm
from verify.matching.keys import as_address, from_address, key_of, ordered
from verify.matching.lookups import AssertionLine, Line, ReviewLine, TicketLine
from verify.matching.models import MatchDecision, MatchVerdict
from verify.matching.offers import Offer, sealed, unsealed
from verify.matching.store import Held, find, split
from verify.matching.suggesting import Asked
from verify.permissions import Permission, may
from verify.similarity import Match, Question, relation
from verify.tickets import lookups as tickets
from verify.tickets.models import Ticket
from verify.tickets.wording import LONGEST_CLAIM
from verify.tickets.workflow import EDITABLE, MOVES, Move, Status

_LOOKED_AT = 50
SAID = {
    MatchVerdict.FILED: "filed it under the ticket",
    MatchVerdict.SEEN: "said that it is the claim, seen again",
    MatchVerdict.MERGED: "merged the two tickets",
    MatchVerdict.SAME: "said that it is the same claim",
    MatchVerdict.REFUSED: "said that it is another claim",
}
DONE = {
    MatchVerdict.FILED: "It is filed under the ticket.",
    MatchVerdict.SEEN: "It is logged: the claim was seen again.",
    MatchVerdict.MERGED: "The tickets are one now.",
    MatchVerdict.SAME: "It is on record: the same claim.",
    MatchVerdict.REFUSED: "It will not be suggested again. You find it under “Decided”, and can take this back.",
}


def words() -> dict[str, Any]:
    """What every template about matches needs."""
    person = reader()
    return {
        "in_words": certainty.in_words,
        "percent": certainty.percent,
        "said": SAID,
        "decides": may(person, Permission.EDIT_TICKET),
        "decide_form": one_press,
        "match_url": match_url,
        "line_url": line_url,
    }


def one_press(offer: Offer, back: str) -> DecisionForm:
    """A form of one button for a match as it is shown here."""
    return DecisionForm(formdata=None, offer=sealed(offer), back=back)


def match_url(one: str, other: str) -> str:
    """Where a match stands with everything about it."""
    first, second = ordered(one, other)
    return url_for("matching.match", one=as_address(first), other=as_address(second))


def line_url(line: Line) -> str:
    """The page on which a claim stands."""
    if isinstance(line, TicketLine):
        return url_for("tickets.show", reference=line.reference)
    if isinstance(line, AssertionLine):
        return url_for("articles.show", article_id=line.article_id, _anchor=f"assertion-{line.id}")
    return url_for("claimreviews.show", number=line.id)


def of_assertion(assertion_id: int) -> dict[str, Any]:
    """The page of an assertion's matches."""
    assertion = articles.assertion(db.session, reader(), assertion_id)
    filed = tickets.filed_under(db.session, reader(), [assertion_id]).get(assertion_id)
    suggestions = suggesting.for_assertion(db.session, reader(), assertion, filed.reference if filed else "")
    return {
        "assertion": assertion,
        "held_back": held_back(reader(), suggestions.decided),
        "line": lookups.line_of(db.session, reader(), key_of(Held.ASSERTION, assertion_id)),
        "suggestions": suggestions,
        "filed": filed,
        "same": suggestions.same,
        "decided": [one for one in suggestions.decided if one.verdict is MatchVerdict.REFUSED],
        "others": {one.id: one.other for one in suggestions.decided},
        **words(),
    }


def nearest(assertion_id: int) -> dict[str, Any]:
    """The likeliest match of an assertion, for its card in the reading room."""
    assertion = articles.assertion(db.session, reader(), assertion_id)
    suggestions = suggesting.for_assertion(db.session, reader(), assertion)
    return {"assertion": assertion, "suggestions": suggestions, **words()}


def worded(assertion_id: int, typed: str) -> dict[str, Any]:
    """What an assertion may repeat as it is worded so far: a piece of the form of a new ticket."""
    assertion = articles.assertion(db.session, reader(), assertion_id)
    return beside_new_ticket(db.session, reader(), assertion, typed)


def beside_new_ticket(session: Session, person: Person, assertion: Assertion, claim: str) -> dict[str, Any]:
    """What stands beside the form for a new ticket: whether its claim was checked before."""
    asked = suggesting.asked_by_assertion(assertion)
    typed = " ".join(claim.split())[:LONGEST_CLAIM]
    found = suggesting.suggest(session, person, Asked(typed, asked.key, asked.day), suggesting.CHECKED)
    return {
        "template": "matching/_beside_new.html",
        "suggestions": found,
        "typed": typed,
        "assertion": assertion,
        **words(),
    }


def match_page(one: str, other: str) -> dict[str, Any]:
    """Everything about one match: both claims, why the machine holds them for the same, and what people decided."""
    first, second = ordered(from_address(one), from_address(other))
    person = reader()
    lines = [lookups.line_of(db.session, person, key) for key in (first, second)]
    decisions = lookups.decisions_between(db.session, first, second)
    standing = next((decision for decision in decisions if decision.undone_at is None), None)
    offer = _offer(first, lines[0], second, lines[1])
    return {
        "one": lines[0],
        "other": lines[1],
        "offer": offer,
        "standing": standing,
        "decisions": _as_readable(person, decisions),
        "choices": choices(lines[0], lines[1]),
        "undo_form": UndoForm(formdata=None),
        "address": match_url(first, second),
        **words(),
    }


def _offer(one_key: str, one: Line, other_key: str, other: Line) -> Offer:
    """The match as the machine sees it now, whether or not it would have suggested it."""
    answer = find(db.session, Question(one.words), kinds=(split(other_key)[0],), top=_LOOKED_AT)
    match = next((match for match in answer.matches if match.claim.id == other_key), None)
    found = relation(one.words, other.words)
    if match is None:
        reasons = tuple(reason.rstrip(".") for reason in found.reasons)
        return Offer(one_key, other_key, 0.0, 1.0, certainty.METHOD, reasons, one.words, other.words)
    certain = suggesting.certainty_of(match, found)
    none = certainty.none_of(_certainties(one, one_key, answer.matches))
    reasons = suggesting.why(match, found, one.day, other.day)
    return Offer(one_key, other_key, certain, none, certainty.METHOD, reasons, one.words, other.words)


def _certainties(one: Line, key: str, matches: Iterable[Match]) -> list[float]:
    others = [match for match in matches if match.claim.id != key]
    return [suggesting.certainty_of(match, relation(one.words, match.claim.text)) for match in others]


def choices(one: Line, other: Line) -> list[tuple[str, str]]:
    """What can be said about two claims as they stand, each as a value and a sentence."""
    another = (MatchVerdict.REFUSED.value, "Another claim: do not suggest it again")
    if isinstance(other, ReviewLine):
        return [(MatchVerdict.SAME.value, "The same claim"), another]
    if isinstance(one, AssertionLine) and isinstance(other, TicketLine):
        possible = []
        if other.takes_in and one.open_to_matches:
            possible.append((MatchVerdict.FILED.value, f"The same claim: file it under {other.reference}"))
        seen = f"The same claim, seen again: log it on {other.reference}, whose content stays as it is"
        return [*possible, (MatchVerdict.SEEN.value, seen), another]
    if isinstance(one, TicketLine) and isinstance(other, TicketLine):
        apart = (MatchVerdict.SAME.value, "The same claim, kept apart: say why")
        return [*_merges(one, other), *_merges(other, one), apart, another]
    return [another]


def _merges(goes: TicketLine, stays: TicketLine) -> list[tuple[str, str]]:
    """The merge of a ticket into another, where the states of the two allow it."""
    if goes.status not in MOVES[Move.MERGE].start or stays.status not in EDITABLE:
        return []
    said = f"The same claim: merge {goes.reference} into {stays.reference}, for good"
    return [(f"{MatchVerdict.MERGED.value}:{stays.reference}", said)]


def _as_readable(person: Person, decisions: list[MatchDecision]) -> list[dict[str, Any]]:
    """Decisions with their reasons; what a fellow reviewer wrote is held back while both reviews are sealed."""
    held = held_back(person, decisions)
    return [
        {"decision": one, "held_back": one.decided_by_id in held or one.undone_by_id in held}
        for one in decisions
    ]


def held_back(person: Person, decisions: Iterable[MatchDecision]) -> set[int]:
    """Who reviews a ticket of these decisions beside this person: what they write stays unseen until both are in."""
    ends = [split(key) for one in decisions for key in (one.one, one.other)]
    numbers = {number for kind, number in ends if kind is Held.TICKET}
    if not numbers:
        return set()
    sealed_ones = select(Ticket).where(Ticket.id.in_(numbers), Ticket.status == Status.IN_REVIEW)
    others: set[int] = set()
    for ticket in db.session.scalars(sealed_ones).all():
        pair = {one.reviewer_id for one in tickets.assignments(db.session, ticket)}
        others |= pair - {person.id} if person.id in pair else set()
    return others


def offer_of(form: DecisionForm, shown: dict[str, Any]) -> Offer:
    """The match as the form's sender saw it; it must be the one that the address names."""
    carried = unsealed(form.offer.data)
    if (carried.one, carried.other) != (shown["offer"].one, shown["offer"].other):
        raise Refused("This form belongs to another match. Look at this one, then decide.")
    return carried


def match_again(form: DecisionForm, one: str, other: str) -> ResponseReturnValue:
    """The page of a match once more, as it is now, with what was typed and what the desk says to it."""
    db.session.rollback()
    start_reading()
    shown = match_page(one, other)
    form.allow(shown["choices"])
    if getattr(form, "status", 0) == Conflict.status:
        form.offer.data = form.offer.raw_data = None
    if not form.offer.data:
        form.offer.data = sealed(shown["offer"])
    return form_again("matching/match.html", form, **shown)


def undo_again(form: UndoForm, number: int) -> ResponseReturnValue:
    """The page of a match once more, with the form that was to take a decision back."""
    db.session.rollback()
    start_reading()
    decision = lookups.decision_by_id(db.session, reader(), number)
    shown = match_page(as_address(decision.one), as_address(decision.other))
    fresh = one_press(shown["offer"], "match").allow(shown["choices"])
    status = int(getattr(form, "status", 422))
    return render_template("matching/match.html", **{**shown, "form": fresh, "undo_form": form}), status


def back_to(place: str, decision: MatchDecision) -> str:
    """Where a decision leads: to one of the two claims, or to the match."""
    if place == "card":
        return line_url(lookups.line_of(db.session, reader(), decision.one))
    if place in ("one", "other"):
        key = decision.one if place == "one" else decision.other
        line = lookups.lines_of(db.session, reader(), [key]).get(key)
        if isinstance(line, TicketLine):
            return line_url(line) + ("#seen-again" if decision.verdict is MatchVerdict.SEEN else "#similar")
        if isinstance(line, AssertionLine):
            return url_for("matching.of_assertion", assertion_id=line.id)
    return match_url(decision.one, decision.other)


def watch_list(form: WatchForm) -> dict[str, Any]:
    """One's own watches with what they brought."""
    found = sighting_lookups.watches(db.session, reader())
    return {"watches": found, "watch_form": form, "threshold": certainty.SIGHTED, **words()}


def watch_list_again(form: WordingForm) -> ResponseReturnValue:
    """The watch list once more, with the words that were typed."""
    db.session.rollback()
    start_reading()
    return form_again("matching/watch_list.html", form, **watch_list(WatchForm.empty()))
