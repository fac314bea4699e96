"""What the screens of grading show: the words of the rubric, the case, and the forms as they stand."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.errors import Conflict
from verify.evidence import lookups as evidence
from verify.evidence.models import Evidence
from verify.evidence.pages import FACET_WORDS
from verify.grading import actions, lookups
from verify.grading.forms import AdjudicationForm, JudgementForm, ReviewForm, fields_of, filled
from verify.grading.models import ReviewDraft
from verify.grading.proposal import Proposal
from verify.grading.rubric import CONFIDENCE, CREDIBILITY, RATINGS, RELIABILITY, RUBRIC, RUBRICS
from verify.origins import lookups as origins
from verify.tickets import lookups as tickets
from verify.tickets import sections, story
from verify.tickets.models import Appearance, Ticket, TicketEvent
from verify.tickets.workflow import Move

WORDS = SimpleNamespace(
    ratings=RATINGS,
    confidence=CONFIDENCE,
    reliability=RELIABILITY,
    credibility=CREDIBILITY,
    rubrics=RUBRICS,
    rating_choices=[(rating.value, one.label, one.meaning) for rating, one in RATINGS.items()],
    confidence_choices=[(name, one.label, one.meaning) for name, one in CONFIDENCE.items()],
)


@dataclass(frozen=True)
class Told:
    """The claim as one article tells it."""

    title: str
    url: str
    outlet: str
    published_on: date | None
    language: str
    passage: str
    hops: list[dict[str, Any]]
    mode: str
    cue: str
    channel: str
    caveat: str


@dataclass(frozen=True)
class Case:
    """Everything a judgement is about, and nothing of anybody's judgement."""

    appearances: list[Told]
    articles: int
    lower: int
    upper: int
    party: bool
    records: int
    steps: list[str]
    evidence: list[Evidence]
    facets: Mapping[str, str]


def case_of(session: Session, ticket: Ticket) -> Case:
    """Who says it, from how many origins, and what speaks for and against."""
    passages = tickets.passages(session, ticket)
    counted = origins.count(session, ticket)
    return Case(
        appearances=[
            _told(one, passages.get(one.assertion_id, "")) for one in tickets.appearances(session, ticket)
        ],
        articles=counted.articles,
        lower=counted.lower,
        upper=counted.upper,
        party=ticket.origins_party,
        records=counted.records,
        steps=[step.reason for step in counted.steps],
        evidence=evidence.standing(session, ticket),
        facets=FACET_WORDS,
    )


def _told(appearance: Appearance, passage: str) -> Told:
    assertion = appearance.assertion
    article = assertion.version.article
    return Told(
        title=article.title,
        url=url_for("articles.show", article_id=article.id, _anchor=f"assertion-{assertion.id}"),
        outlet=article.outlet.name if article.outlet else "",
        published_on=article.published_on,
        language=article.language,
        passage=passage,
        hops=story.hops_of(assertion),
        mode=assertion.mode.value,
        cue=assertion.cue,
        channel=assertion.channel,
        caveat=assertion.caveat,
    )


def review_form(session: Session, reader: Person, ticket: Ticket) -> ReviewForm:
    """The form as the reader left it: their draft, or their last review of a ticket that came back, or empty."""
    draft = lookups.draft(session, reader, ticket, lookups.REVIEW)
    typed = typed_in(draft)
    if typed is None and (earlier := lookups.last_opened_review(session, reader, ticket)) is not None:
        typed = fields_of(earlier, lookups.considered(session, [earlier])[earlier.id])
    return ReviewForm(formdata=filled(typed)) if typed else ReviewForm(formdata=None)


def adjudication_form(session: Session, reader: Person, ticket: Ticket) -> AdjudicationForm:
    """The form as the reader left it, or empty: no step is suggested to who decides."""
    typed = typed_in(lookups.draft(session, reader, ticket, lookups.ADJUDICATION))
    return AdjudicationForm(formdata=filled(typed)) if typed else AdjudicationForm(formdata=None)


def typed_in(draft: ReviewDraft | None) -> dict[str, Sequence[str]] | None:
    """The fields of a draft, or None without one."""
    return json.loads(draft.fields) if draft is not None else None


def review_page(session: Session, reader: Person, ticket: Ticket, form: ReviewForm) -> dict[str, Any]:
    """What the review form stands in."""
    shown = _page(session, reader, ticket, form, lookups.REVIEW)
    form.offer(shown["case"].evidence)
    return shown | {"returned": _returned_for(session, ticket)}


def adjudication_page(
    session: Session, reader: Person, ticket: Ticket, form: AdjudicationForm
) -> dict[str, Any]:
    """What the decision stands in: both reviews without their names."""
    opened = lookups.opened_now(session, ticket)
    if opened is None:
        raise Conflict(f"{ticket.reference} is not in dispute any more. Open it to see what it waits for.")
    numbers = lookups.considered_numbers(session, opened.reviews)
    return _page(session, reader, ticket, form, lookups.ADJUDICATION) | {
        "opened": opened,
        "considered": numbers,
    }


def proposed(session: Session, ticket: Ticket, form: JudgementForm) -> Proposal | None:
    """What the rule proposes, once all three grades are chosen; not before."""
    grades = form.grades()
    return actions.proposal_for(session, ticket, grades) if grades else None


def _page(
    session: Session, reader: Person, ticket: Ticket, form: JudgementForm, purpose: str
) -> dict[str, Any]:
    draft = lookups.draft(session, reader, ticket, purpose)
    changes = _changes_since(session, ticket, form.version.data)
    form.version.data = ticket.version
    return {
        "ticket": ticket,
        "case": case_of(session, ticket),
        "notes": sections.notes_of(session, reader, ticket),
        "rubric": RUBRIC,
        "words": WORDS,
        "proposal": proposed(session, ticket, form),
        "saved_at": draft.saved_at if draft else None,
        "changes": changes,
    }


def _changes_since(session: Session, ticket: Ticket, version: int | None) -> list[TicketEvent]:
    """The lines of history since the version that a form was opened on: one line for each step of the version."""
    behind = ticket.version - version if version is not None else 0
    return list(tickets.history(session, ticket))[: max(behind, 0)]


def _returned_for(session: Session, ticket: Ticket) -> str:
    """Why the ticket came back to its reviewers, when this round began with a return."""
    if ticket.round == 1:
        return ""
    lines = (line for line in tickets.history(session, ticket) if line.to_status is not None)
    started = next((line for line in lines if line.action in {Move.SEND_BACK, Move.REOPEN}), None)
    return started.reason if started is not None and started.action == Move.SEND_BACK else ""


def kept_of(typed: Mapping[str, Sequence[str]]) -> str:
    """What a person had written in a form that can no longer be sent, to take elsewhere."""
    return "\n\n".join([*typed.get("rationale", []), *typed.get("override_reason", [])]).strip()
