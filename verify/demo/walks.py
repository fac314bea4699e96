"""How far each claim of the demo desk has come: a ticket in every state, a verdict corrected, another retracted."""

from __future__ import annotations

from sqlalchemy.orm import Session

from verify.articles.models import Article
from verify.demo import claims, wordings
from verify.demo.people import Cast
from verify.demo.steps import Desk, judged
from verify.grading.models import Confidence, Reliability
from verify.publishing.actions import correct, retract
from verify.tickets import actions as tickets
from verify.tickets.workflow import Rating

_R = Rating


def open_and_walk_tickets(session: Session, cast: Cast, articles: dict[str, Article]) -> None:
    """Open the investigation and its tickets, each taken as far as it has come."""
    investigation = tickets.open_investigation(
        session, cast.nadia, name="Panjshir, September 2021", prefix="PAN"
    )
    desk = Desk(session, articles, investigation)
    _published_and_corrected(desk, cast)
    _published(desk, cast)
    _retracted(desk, cast)
    _graded(desk, cast)
    _disputed(desk, cast)
    _in_review(desk, cast)
    _approved(desk, cast)
    _open_merged_and_dropped(desk, cast)


def _published_and_corrected(desk: Desk, cast: Cast) -> None:
    ticket = desk.open(cast.nadia, claims.CONTROL)
    asked = "Three outlets, but I hear only one voice. @Aiko Tanaka, can you find the post itself?"
    tickets.add_comment(desk.session, cast.nadia, ticket, body=asked, mentioned=[cast.aiko])
    tickets.add_comment(
        desk.session,
        cast.aiko,
        ticket,
        body="Found and added as evidence 1. Two articles quote it word for word.",
    )
    desk.settle(ticket, cast.miriam, [
        (cast.jonas, judged((2, 3, 1), _R.UNVERIFIED, wordings.CONTROL_FIRST)),
        (cast.samir, judged((2, 3, 1), _R.UNVERIFIED, wordings.CONTROL_SECOND, credibility=4)),
    ])  # fmt: skip
    desk.publish(ticket, cast.miriam, wordings.CONTROL)
    correct(
        desk.session, cast.tomas, ticket, claim=ticket.claim, summary=wordings.CONTROL_CORRECTED,
        reason="The first version said that the pictures showed the whole valley. They show the governor's compound "
        "in Bazarak only.",
    )  # fmt: skip


def _published(desk: Desk, cast: Cast) -> None:
    figures = desk.open(cast.aiko, claims.SEVEN_HUNDRED)
    desk.settle(figures, cast.miriam, [
        (cast.nadia, judged((2, 3, 1), _R.UNVERIFIED, wordings.FIGURES_FIRST, credibility=4)),
        (cast.jonas, judged((2, 2, 1), _R.UNVERIFIED, wordings.FIGURES_SECOND, reliability=Reliability.D)),
    ])  # fmt: skip
    desk.publish(figures, cast.tomas, wordings.FIGURES)
    drones = desk.open(cast.samir, claims.DRONES)
    desk.settle(drones, cast.tomas, [
        (cast.nadia, judged((2, 2, 0), _R.FALSE, wordings.DRONES_FIRST, reliability=Reliability.D, credibility=5)),
        (cast.aiko, judged((1, 2, 1), _R.UNVERIFIED, wordings.DRONES_SECOND, reliability=Reliability.E, credibility=5)),
    ])  # fmt: skip
    decision = judged(
        (2, 2, 0), _R.MISLEADING, wordings.DRONES_DECISION, reliability=Reliability.E, credibility=5,
        because="The footage is refuted; whether any drone flew is not. “False” would say more than we know.",
    )  # fmt: skip
    desk.decide(drones, cast.jonas, decision)
    desk.publish(drones, cast.miriam, wordings.DRONES)


def _retracted(desk: Desk, cast: Cast) -> None:
    ticket = desk.open(cast.jonas, claims.TAJIKISTAN)
    view = judged(
        (1, 2, 1), _R.UNVERIFIED, wordings.TAJIKISTAN_REVIEW, reliability=Reliability.F, credibility=6
    )
    desk.settle(ticket, cast.tomas, [(cast.aiko, view), (cast.samir, view)])
    desk.publish(ticket, cast.miriam, wordings.TAJIKISTAN)
    retract(
        desk.session, cast.tomas, ticket,
        reason="Our text took the agency's two reports for one and dated the video message wrongly. The verdict does "
        "not stand; the claim will be examined anew.",
    )  # fmt: skip


def _graded(desk: Desk, cast: Cast) -> None:
    ticket = desk.open(cast.jonas, claims.DEATHS)
    desk.settle(ticket, cast.miriam, [
        (cast.nadia, judged((3, 4, 2), _R.MOSTLY_RIGHT, wordings.DEATHS_FIRST, confidence=Confidence.HIGH,
                            reliability=Reliability.B, credibility=2)),
        (cast.samir, judged((3, 3, 2), _R.MOSTLY_RIGHT, wordings.DEATHS_SECOND, confidence=Confidence.HIGH,
                            reliability=Reliability.B, credibility=2)),
    ])  # fmt: skip


def _disputed(desk: Desk, cast: Cast) -> None:
    ticket = desk.open(cast.jonas, claims.DISTRICTS)
    desk.settle(ticket, cast.tomas, [
        (cast.nadia, judged((1, 3, 2), _R.UNVERIFIED, wordings.DISTRICTS_FIRST)),
        (cast.aiko, judged((3, 3, 2), _R.MOSTLY_RIGHT, wordings.DISTRICTS_SECOND)),
    ])  # fmt: skip


def _in_review(desk: Desk, cast: Cast) -> None:
    surrender = desk.open(cast.aiko, claims.SURRENDER)
    tickets.assign(desk.session, cast.miriam, surrender, [cast.nadia, cast.jonas])
    desk.review(cast.jonas, surrender, judged((2, 2, 1), _R.UNVERIFIED, wordings.SURRENDER_FIRST))
    house = desk.open(cast.nadia, claims.SAFE_PLACE)
    tickets.assign(desk.session, cast.tomas, house, [cast.aiko, cast.samir])


def _approved(desk: Desk, cast: Cast) -> None:
    ticket = desk.open(cast.samir, claims.HOSPITAL)
    desk.settle(ticket, cast.miriam, [
        (cast.aiko, judged((4, 3, 2), _R.MOSTLY_RIGHT, wordings.HOSPITAL_FIRST, confidence=Confidence.HIGH,
                           reliability=Reliability.A, credibility=2)),
        (cast.jonas, judged((4, 3, 2), _R.MOSTLY_RIGHT, wordings.HOSPITAL_SECOND, confidence=Confidence.HIGH,
                            reliability=Reliability.A, credibility=2)),
    ])  # fmt: skip
    desk.approve(ticket, cast.tomas, wordings.HOSPITAL)


def _open_merged_and_dropped(desk: Desk, cast: Cast) -> None:
    bazarak = desk.open(cast.nadia, claims.BAZARAK)
    again = desk.open(cast.samir, claims.BAZARAK_AGAIN)
    tickets.merge(
        desk.session, cast.samir, again, into=bazarak, reason="The same claim, from another article."
    )
    desk.open(cast.samir, claims.BLACKOUT)
    helicopters = desk.open(cast.aiko, claims.HELICOPTERS)
    asked = "@Nadia Rahimi do we know who this former member is?"
    tickets.add_comment(desk.session, cast.samir, helicopters, body=asked, mentioned=[cast.nadia])
    propaganda = desk.open(cast.jonas, claims.PROPAGANDA)
    reason = "An opinion about the other side; nothing in it could be checked."
    tickets.drop(desk.session, cast.jonas, propaganda, reason=reason)
