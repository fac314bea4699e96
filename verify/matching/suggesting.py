"""The claims that a claim may repeat, with why and how sure; and what people decided about them already."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles.models import Assertion
from verify.filters import plural
from verify.matching import certainty, lookups
from verify.matching.keys import key_of, ordered
from verify.matching.lookups import Line, TicketLine
from verify.matching.models import MatchDecision, MatchVerdict
from verify.matching.offers import Offer
from verify.matching.store import Held, find
from verify.similarity import Kind, Match, Question, Relation, relation
from verify.tickets.models import Ticket
from verify.tickets.workflow import EDITABLE

CHECKED = (Held.TICKET, Held.CLAIMREVIEW)
"""Where a claim may have been checked before."""
_LOOKED_AT, _MOST = 20, 5
_STATED_LOOKED_AT, _STATED_MOST = 40, 10
_SAME = (MatchVerdict.SEEN, MatchVerdict.SAME, MatchVerdict.FILED)
_KINDS = {Kind.OPPOSITE: "it says the opposite", Kind.OTHER_FIGURES: "it gives other figures"}


@dataclass(frozen=True, slots=True)
class Asked:
    """The claim that others are looked for: its words, and its key on the desk and its day where it has one.

    For a ticket also its reference, and whether passages may be filed under it now; for an assertion the ticket that
    it is filed under.
    """

    words: str
    key: str = ""
    day: date | None = None
    reference: str = ""
    takes_in: bool = False
    filed_under: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A claim that may be the same: how sure the machine is, and what speaks for it."""

    line: Line
    score: float
    none: float
    why: tuple[str, ...]
    kind: Kind
    asked: Asked

    @property
    def key(self) -> str:
        """The key of what is suggested."""
        return key_of(self.line.kind, self.line.id)

    @property
    def pair(self) -> bool:
        """Whether both are tickets, so that they may be merged."""
        return bool(self.asked.reference) and self.line.kind is Held.TICKET

    @property
    def ticket(self) -> str:
        """The ticket of the two: of an assertion and a ticket."""
        return self.line.reference if isinstance(self.line, TicketLine) else self.asked.reference

    @property
    def says(self) -> str:
        """What one press says of it; nothing where the two tickets must be compared, or where they contradict."""
        if self.kind in (Kind.OPPOSITE, Kind.OTHER_FIGURES) or self.pair or not self.asked.key:
            return ""
        if self.asked.filed_under:
            return ""
        if self.line.kind is Held.CLAIMREVIEW:
            return MatchVerdict.SAME.value
        takes_in = self.line.takes_in if isinstance(self.line, TicketLine) else self.asked.takes_in
        return MatchVerdict.FILED.value if takes_in else MatchVerdict.SEEN.value

    def offer(self) -> Offer:
        """The suggestion as a decision about it keeps it."""
        said = {self.asked.key: self.asked.words, self.key: self.line.words}
        one, other = ordered(self.asked.key, self.key)
        return Offer(one, other, self.score, self.none, certainty.METHOD, self.why, said[one], said[other])


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What was found, most likely first, how likely it is that nothing is the same, and what is decided already."""

    found: list[Suggestion]
    none: float
    decided: list[MatchDecision] = field(default_factory=list)
    same: list[tuple[MatchDecision, Line]] = field(default_factory=list)  # as people said

    @property
    def nothing(self) -> bool:
        """Whether “none” is the likeliest answer."""
        return self.none >= certainty.LIKELY

    @property
    def best(self) -> Suggestion | None:
        """The likeliest suggestion."""
        return self.found[0] if self.found else None


def for_text(session: Session, reader: Person | None, words: str) -> Suggestions:
    """Where a claim in somebody's own words may have been checked before."""
    return suggest(session, reader, Asked(words), CHECKED)


def for_assertion(
    session: Session, reader: Person | None, assertion: Assertion, filed_under: str = ""
) -> Suggestions:
    """Where what an article asserts may have been checked before, besides the ticket that it is filed under."""
    return suggest(session, reader, replace(asked_by_assertion(assertion), filed_under=filed_under), CHECKED)


def for_ticket(session: Session, reader: Person | None, ticket: Ticket, day: date | None) -> Suggestions:
    """Other tickets, and verdicts of others, that a ticket's claim may repeat."""
    return suggest(session, reader, asked_by_ticket(ticket, day), CHECKED)


def stated_elsewhere(
    session: Session, reader: Person | None, ticket: Ticket, day: date | None
) -> Suggestions:
    """Assertions that may state a ticket's claim and are under no ticket yet."""
    asked = asked_by_ticket(ticket, day)
    return suggest(session, reader, asked, (Held.ASSERTION,), looked_at=_STATED_LOOKED_AT, most=_STATED_MOST)


def asked_by_assertion(assertion: Assertion) -> Asked:
    """What is looked for where an assertion is met."""
    day = assertion.version.article.published_on
    return Asked(assertion.statement, key_of(Held.ASSERTION, assertion.id), day)


def asked_by_ticket(ticket: Ticket, day: date | None) -> Asked:
    """What is looked for on a ticket's page."""
    takes_in = ticket.status in EDITABLE
    return Asked(ticket.claim, key_of(Held.TICKET, ticket.id), day, ticket.reference, takes_in)


def suggest(
    session: Session, reader: Person | None, asked: Asked, kinds: Collection[Held], *,
    looked_at: int = _LOOKED_AT, most: int = _MOST,
) -> Suggestions:  # fmt: skip
    """Ask the index, weigh what it finds, and leave out what people decided about.

    The question carries no day: a claim may come back after years. The days between are told, and not weighed.
    """
    if not asked.words.strip():
        return Suggestions([], 1.0)
    answer = find(session, Question(asked.words), kinds=kinds, top=looked_at)
    decided = lookups.decisions_about(session, asked.key) if asked.key else []
    ends = [end for one in decided if one.verdict in _SAME for end in (one.one, one.other)]
    lines = lookups.lines_of(session, reader, [*(match.claim.id for match in answer.matches), *ends])
    decided = [one for one in decided if _stands(one, lines)]
    out = {asked.key} | {_other_of(one, asked.key) for one in decided}
    weighed = [
        (certainty_of(match, found), match, found)
        for match in answer.matches
        if match.claim.id not in out and (line := lines.get(match.claim.id)) and _suggested(line, asked)
        for found in [relation(asked.words, line.words)]
    ]
    none = certainty.none_of(certain for certain, *_ in weighed)
    weighed.sort(key=lambda one: -one[0])
    found = [
        Suggestion(lines[match.claim.id], certain, none, why(match, found, asked.day, lines[match.claim.id].day),
                   found.kind, asked)
        for certain, match, found in weighed[:most]
        if certain >= certainty.SHOWN
    ]  # fmt: skip
    return Suggestions(found, none, decided, _same(asked.key, decided, lines))


def _same(key: str, decided: list[MatchDecision], lines: dict[str, Line]) -> list[tuple[MatchDecision, Line]]:
    """What people said is the same claim and stands for itself: seen again, kept apart, or a verdict of others."""
    others = [(one, _other_of(one, key)) for one in decided if one.verdict in _SAME]
    return [(one, lines[other]) for one, other in others if other in lines]


def _suggested(line: Line, asked: Asked) -> bool:
    """Whether a claim stands for itself, and is not the very ticket that the assertion is filed under."""
    own = isinstance(line, TicketLine) and line.reference == asked.filed_under
    return line.open_to_matches and not own


def certainty_of(match: Match, found: Relation) -> float:
    """How likely a match is the same claim."""
    return certainty.certainty(match.score, found, word_for_word=match.word_for_word)


def why(match: Match, found: Relation, asked_on: date | None, day: date | None) -> tuple[str, ...]:
    """What speaks for a match, and what against it, in words."""
    reasons = ["the same, word for word"] if match.word_for_word else []
    if found.kind in _KINDS:
        reasons.append(_KINDS[found.kind])
    for kind, shared in (("names", match.names), ("figures", match.figures), ("words", match.words)):
        if shared:
            reasons.append(f"same {kind}: {', '.join(shared[:8])}")
    return (*reasons, *days_apart(asked_on, day))


def days_apart(one: date | None, other: date | None) -> tuple[str, ...]:
    """How many days lie between the first articles that make two claims, where both are known."""
    if one is None or other is None:
        return ()
    days = abs((other - one).days)
    return (f"{plural(days, 'day')} apart",) if days else ("the same day",)


def _other_of(decision: MatchDecision, key: str) -> str:
    return decision.other if decision.one == key else decision.one


def _stands(decision: MatchDecision, lines: dict[str, Line]) -> bool:
    """Whether a decision keeps its match from being suggested; one about a filing that was taken off does not."""
    if decision.undone_at is not None:
        return False
    line = lines.get(decision.one)
    lapsed = decision.verdict is MatchVerdict.FILED and line is not None and line.open_to_matches
    return not lapsed
