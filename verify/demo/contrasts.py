"""Claims of the demo desk that cannot both be right: one pair checked together, and one event with several figures."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.articles.models import Article
from verify.demo import claims
from verify.demo.people import Cast
from verify.demo.steps import Desk
from verify.matching import contradiction_actions as contradictions
from verify.matching.contradiction_finding import pairs_of
from verify.matching.contradiction_models import Contradiction, Contrast, Standing
from verify.tickets.models import Investigation, Ticket


def contrast_claims(session: Session, cast: Cast, articles: dict[str, Article]) -> None:
    """Open the counter-claims; confirm that one contradicts a published claim, and check the two together."""
    investigation = session.scalars(select(Investigation).where(Investigation.prefix == "PAN")).one()
    desk = Desk(session, articles, investigation)
    control = session.scalars(select(Ticket).where(Ticket.claim == claims.CONTROL.wording)).one()
    held = desk.open(cast.aiko, claims.STILL_HELD)
    pair = _confirmed(session, cast, control, held)
    contradictions.check_together(
        session, cast.nadia, pair,
        reason="One event, two parties. Who looks for traces of the one finds those of the other.",
    )  # fmt: skip
    desk.open(cast.samir, claims.SIX_HUNDRED)
    desk.open(cast.samir, claims.STILL_THERE)  # contradicts a retracted claim; nobody has decided yet


def _confirmed(session: Session, cast: Cast, control: Ticket, held: Ticket) -> Contradiction:
    reason = "Complete control leaves no strategic position to anybody else."
    found = [one for one in pairs_of(session, held.id) if one.one_id == control.id]
    if not found:
        return contradictions.state(
            session, cast.nadia, held, control, contrast=Contrast.STATES, reason=reason
        )
    contradictions.decide(session, cast.nadia, found[0], verdict=Standing.CONFIRMED, reason=reason)
    return found[0]
