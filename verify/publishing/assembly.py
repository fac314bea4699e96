"""The content of a verdict, put together from what the desk holds about a ticket at this moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from verify.articles.models import Assertion, Hop
from verify.errors import Refused
from verify.evidence import lookups as evidence_lookups
from verify.evidence.models import Evidence
from verify.grading import lookups as grading_lookups
from verify.grading.lookups import OpenedRound
from verify.origins import lookups as origin_lookups
from verify.publishing.claimreview import stamp
from verify.publishing.content import SCHEMA, VerdictContent
from verify.publishing.models import Wording
from verify.publishing.origin_content import origins_record
from verify.tickets import lookups as ticket_lookups
from verify.tickets.models import Appearance, Ticket

REVIEW_LABELS = ("First review", "Second review")


def content_of(session: Session, ticket: Ticket, opened: OpenedRound | None = None) -> VerdictContent:
    """What would be published now; raises Refused while the ticket has no settled grades.

    `opened` spares reading the reviews again where the caller has the opened round at hand.
    """
    settled = grading_lookups.settlement(opened or grading_lookups.opened_now(session, ticket))
    if settled is None or ticket.rating is None:
        raise Refused(f"{ticket.reference} has no settled grades yet, so there is nothing to approve.")
    appearances = sorted(ticket_lookups.appearances(session, ticket), key=_first_seen)
    passages = ticket_lookups.passages(session, ticket)
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "reference": ticket.reference,
        "investigation": ticket.investigation.name,
        "claim": ticket.claim,
        "language": _language(appearances),
        "claimant": _claimant(ticket, appearances),
        "claimed_on": next((day for day, _ in map(_first_seen, appearances) if day != _UNDATED), None),
        "rating": ticket.rating.value,
        "summary": summary_of(session, ticket),
        "grades": {
            "sourcing": ticket.sourcing,
            "attribution": ticket.attribution,
            "confirmation": ticket.confirmation,
        },
        "reliability": settled.reliability.value if settled.reliability else None,
        "credibility": settled.credibility,
        "confidence": settled.confidence.value,
        "rubric_version": settled.reviews[0].rubric_version,
        "settled_by": "adjudication" if settled.adjudication else "agreement",
        "override_reason": settled.override_reason or None,
        "origins": origins_now(session, ticket),
        "appearances": [_appearance(one.assertion, passages[one.assertion_id]) for one in appearances],
        "evidence": [_evidence(piece) for piece in evidence_lookups.standing(session, ticket)],
        "reviews": [
            {"label": label} | _judgement(review)
            for label, review in zip(REVIEW_LABELS, settled.reviews, strict=False)
        ],
        "adjudication": _judgement(settled.adjudication) if settled.adjudication else None,
    }
    return content  # type: ignore[return-value]  # `checked` proves its shape before anything is approved


def summary_of(session: Session, ticket: Ticket) -> str:
    """The public explanation as the editor last saved it; empty while there is none."""
    wording = session.get(Wording, ticket.id)
    return wording.summary if wording else ""


_UNDATED = "9999-99-99"


def _first_seen(appearance: Appearance) -> tuple[str, int]:
    published_on = appearance.assertion.version.article.published_on
    return (published_on.isoformat() if published_on else _UNDATED), appearance.id


def _language(appearances: Sequence[Appearance]) -> str:
    languages = [appearance.assertion.version.article.language for appearance in appearances]
    return next((language for language in languages if language != "und"), "en")


def _claimant(ticket: Ticket, appearances: Sequence[Appearance]) -> dict[str, str] | None:
    if not ticket.claimant:
        return None
    known: dict[str, str] = {}
    for appearance in appearances:
        outlet = appearance.assertion.version.article.outlet
        if outlet:
            known.setdefault(outlet.name, outlet.kind.value)
        for hop in appearance.assertion.hops:
            known[hop.source.name if hop.source else hop.name] = (hop.source or hop).kind.value
    return {"name": ticket.claimant, "kind": known.get(ticket.claimant, "organisation")}


def origins_now(session: Session, ticket: Ticket) -> dict[str, Any]:
    """The origins of a claim as a verdict says them, counted now."""
    return origins_record(origin_lookups.reading(session, ticket))


def _appearance(assertion: Assertion, passage: str) -> dict[str, Any]:
    version = assertion.version
    article = version.article
    return {
        "title": article.title,
        "outlet": article.outlet.name if article.outlet else "Outlet not known",
        "byline": article.byline or None,
        "url": article.url or None,
        "published_on": article.published_on.isoformat() if article.published_on else None,
        "text_sha256": version.sha256,
        "start": assertion.start,
        "end": assertion.end,
        "passage": passage,
        "chain": [_hop(hop) for hop in assertion.hops],
        "mode": assertion.mode.value,
        "cue": assertion.cue or None,
        "channel": assertion.channel or None,
        "caveat": assertion.caveat or None,
    }


def _hop(hop: Hop) -> dict[str, Any]:
    return {"name": hop.name, "kind": hop.kind.value, "role": hop.role or None}


def _evidence(piece: Evidence) -> dict[str, Any]:
    return {
        "number": piece.number,
        "kind": piece.kind.value,
        "title": piece.title,
        "url": piece.url or None,
        "note": piece.note,
        "stance": piece.stance.value,
        "facet": piece.facet.value,
        "sha256": piece.sha256,
        "filename": piece.file_name or None,
        "added_at": stamp(piece.added_at),
    }


def _judgement(record: Any) -> dict[str, Any]:
    return {
        "sourcing": record.sourcing,
        "attribution": record.attribution,
        "confirmation": record.confirmation,
        "rating": record.rating.value,
        "rationale": record.rationale,
    }
