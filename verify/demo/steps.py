"""What happens to a claim at the demo desk, step by step, each through the act that a person would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles.models import Article
from verify.demo.claims import Claim
from verify.demo.library import assertion
from verify.evidence.actions import add_evidence
from verify.evidence.lookups import standing
from verify.grading.actions import adjudicate, submit_review
from verify.grading.judgement import Judged
from verify.grading.models import Confidence, Reliability
from verify.grading.rubric import Grades
from verify.publishing.actions import approve, publish, write_wording
from verify.publishing.assembly import content_of
from verify.publishing.content import content_hash
from verify.sources.lookups import resolve
from verify.tickets import actions as tickets
from verify.tickets.models import Investigation, Ticket
from verify.tickets.workflow import Rating


@dataclass(frozen=True)
class Desk:
    """Where the steps happen."""

    session: Session
    articles: dict[str, Article]
    investigation: Investigation

    def open(self, opener: Person, claim: Claim) -> Ticket:
        """Open a ticket for a claim, file its further passages and add its evidence."""
        first, *others = [
            assertion(self.session, self.articles[name], words) for name, words in claim.passages
        ]
        ticket = tickets.open_ticket(
            self.session, opener, assertion=first, claim=claim.wording, investigation=self.investigation
        )
        for other in others:
            tickets.add_appearance(self.session, opener, ticket, other)
        whose = {number: (name, rests_on) for number, name, rests_on in claim.whose}
        for number, entry in enumerate(claim.evidence, start=1):
            if number in whose:
                name, rests_on = whose[number]
                entry = replace(entry, source=resolve(self.session, name), rests_on=rests_on)
            add_evidence(self.session, opener, ticket, entry)
        return ticket

    def review(self, reviewer: Person, ticket: Ticket, judged: Judged) -> None:
        """Submit a reviewer's judgement, with all standing evidence considered."""
        considered = [piece.id for piece in standing(self.session, ticket)]
        submit_review(
            self.session, reviewer, ticket, judged, considered=considered, found_nothing=not considered
        )

    def settle(self, ticket: Ticket, lead: Person, reviews: Sequence[tuple[Person, Judged]]) -> None:
        """Assign the reviewers and take in what they judge."""
        tickets.assign(self.session, lead, ticket, [person for person, _ in reviews])
        for person, judged in reviews:
            self.review(person, ticket, judged)

    def decide(self, ticket: Ticket, adjudicator: Person, judged: Judged) -> None:
        """Decide between two reviews that differ."""
        adjudicate(self.session, adjudicator, ticket, judged)

    def approve(self, ticket: Ticket, editor: Person, summary: str, exception: str = "") -> None:
        """Word the verdict and approve exactly that."""
        write_wording(self.session, editor, ticket, summary=summary)
        seen = content_hash(content_of(self.session, ticket))
        approve(self.session, editor, ticket, seen_sha256=seen, exception_reason=exception)

    def publish(self, ticket: Ticket, editor: Person, summary: str, exception: str = "") -> None:
        """Approve and publish."""
        self.approve(ticket, editor, summary, exception)
        publish(self.session, editor, ticket)


def judged(
    grades: tuple[int, int, int], rating: Rating, rationale: str, *, confidence: Confidence = Confidence.MODERATE,
    reliability: Reliability = Reliability.C, credibility: int = 3, because: str = "",
) -> Judged:  # fmt: skip
    """A judgement; `because` is the reason where the rating is not the one that the rule proposes."""
    return Judged(Grades(*grades), rating, confidence, rationale, reliability, credibility, because)
