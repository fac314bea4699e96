"""What is claimed on the desk is in the index of claims, from the same transaction on; nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.cast import assert_in, make_person, open_ticket, take_in
from verify.accounts.models import Person
from verify.articles import actions as articles
from verify.articles.models import Assertion, Ground, Mode
from verify.articles.spotting_actions import put_spotted
from verify.articles.wording import Wording, as_words, from_words
from verify.config import Settings
from verify.db import db, downgrade, upgrade
from verify.jobs.models import Job
from verify.jobs.worker import run_pending
from verify.matching import store
from verify.matching.store import Held
from verify.matching.store_commands import index_claims
from verify.matching.store_models import HeldClaim
from verify.permissions import Role
from verify.similarity import Question
from verify.spotting.assertion import Assertion as Spotted
from verify.tickets import actions as tickets

BRIDGE = "The bridge at Kemer has collapsed into the river"
SCHOOL = "Seventeen schools in Orta stay closed for a month"


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session
        db.session.rollback()


@pytest.fixture
def nadia(session: Session) -> Person:
    return make_person(session, "Nadia Rahimi", Role.CHECKER, Role.EDITOR, Role.ADMINISTRATOR)


def found(session: Session, text: str, kind: Held) -> list[int]:
    answer = store.find(session, Question(text), kinds=[kind])
    return [store.split(match.claim.id)[1] for match in answer.matches]


def days(session: Session, kind: Held) -> dict[int, date | None]:
    return {
        row[0]: row[1]
        for row in session.execute(select(HeldClaim.key, HeldClaim.dated).where(HeldClaim.kind == kind))
    }


def test_a_ticket_is_found_by_its_claim_and_after_rewording_by_the_new_one(
    session: Session, nadia: Person
) -> None:
    ticket = open_ticket(session, nadia, claim=BRIDGE)
    assert found(session, "bridge collapsed at Kemer", Held.TICKET) == [ticket.id]
    tickets.reword_claim(session, nadia, ticket, claim="The Kemer crossing fell down on Friday")
    assert found(session, "bridge collapsed", Held.TICKET) == []
    assert found(session, "crossing on Friday", Held.TICKET) == [ticket.id]


def test_a_dropped_ticket_is_found_again_when_it_is_reopened(session: Session, nadia: Person) -> None:
    ticket = open_ticket(session, nadia, claim=BRIDGE)
    tickets.drop(session, nadia, ticket, reason="Nobody says so any more.")
    assert found(session, BRIDGE, Held.TICKET) == []
    tickets.reopen(session, nadia, ticket, reason="It is said again.")
    assert found(session, BRIDGE, Held.TICKET) == [ticket.id]


def test_of_merged_tickets_only_the_one_that_stays_is_found(session: Session, nadia: Person) -> None:
    one, other = open_ticket(session, nadia, claim=BRIDGE), open_ticket(session, nadia, claim=BRIDGE)
    assert set(found(session, BRIDGE, Held.TICKET)) == {one.id, other.id}
    tickets.merge(session, nadia, one, into=other, reason="The same bridge.")
    assert found(session, BRIDGE, Held.TICKET) == [other.id]


def test_a_ticket_has_the_day_of_the_first_article_that_says_so(session: Session, nadia: Person) -> None:
    article = take_in(session, nadia, text=f"{BRIDGE}, said Lale Demir.\n")
    ticket = open_ticket(session, nadia, claim=BRIDGE, assertion=assert_in(session, article, BRIDGE))
    assert days(session, Held.TICKET) == {ticket.id: None}
    articles.describe(
        session,
        nadia,
        article,
        articles.Description(
            title=article.title, outlet="Orta Courier", language="en", published_on=date(2024, 5, 7)
        ),
    )
    assert days(session, Held.TICKET) == {ticket.id: date(2024, 5, 7)}
    assert set(days(session, Held.ASSERTION).values()) == {date(2024, 5, 7)}


def spotted(text: str, statement: str) -> Spotted:
    start = text.index(statement)
    return Spotted(
        start=start, end=start + len(statement), statement=statement, chain=(), mode="own-voice", cue=None
    )


def test_what_an_article_asserts_is_found_and_what_is_spotted_anew_takes_its_place(
    session: Session, nadia: Person
) -> None:
    article = take_in(session, nadia, text=f"{BRIDGE}. {SCHOOL}.\n")
    version = article.versions[0]
    put_spotted(session, nadia, version, [spotted(version.text, BRIDGE)])
    [bridge] = found(session, BRIDGE, Held.ASSERTION)
    put_spotted(session, nadia, version, [spotted(version.text, SCHOOL)])
    assert found(session, BRIDGE, Held.ASSERTION) == []
    [school] = found(session, SCHOOL, Held.ASSERTION)
    assert school != bridge


def test_a_dismissed_assertion_is_not_found_until_it_is_restored(session: Session, nadia: Person) -> None:
    article = take_in(session, nadia, text=f"{BRIDGE}. {SCHOOL}.\n")
    start = article.versions[0].text.index(BRIDGE)
    marked = articles.mark_by_hand(
        session, nadia, article.versions[0], start=start, end=start + len(BRIDGE), wording=wording_of(BRIDGE)
    )
    assert found(session, BRIDGE, Held.ASSERTION) == [marked.id]
    articles.dismiss(session, nadia, marked, ground=Ground.OPINION)
    assert found(session, BRIDGE, Held.ASSERTION) == []
    articles.restore(session, nadia, marked)
    assert found(session, BRIDGE, Held.ASSERTION) == [marked.id]


def wording_of(statement: str) -> Wording:
    return Wording(statement=statement, mode=Mode.OWN_VOICE)


def test_an_edited_assertion_is_found_by_its_new_words_alone(session: Session, nadia: Person) -> None:
    article = take_in(session, nadia, text=f"{BRIDGE}, said Lale Demir.\n")
    assertion = assert_in(session, article, BRIDGE)
    articles.edit_assertion(
        session, nadia, assertion, wording=from_words({**as_words(assertion), "statement": SCHOOL})
    )
    assert found(session, BRIDGE, Held.ASSERTION) == []
    assert found(session, SCHOOL, Held.ASSERTION) == [assertion.id]


def test_enough_claims_are_laid_out_in_the_background(app: Flask, session: Session) -> None:
    store.put_many(
        session, [store.Holding(Held.WATCH, key, f"{BRIDGE} {key}") for key in range(1, store.ENOUGH)]
    )
    assert session.scalar(select(Job.id)) is None
    store.put(session, Held.WATCH, store.ENOUGH, BRIDGE)
    store.put(session, Held.WATCH, store.ENOUGH + 1, SCHOOL)
    assert [job.kind for job in session.scalars(select(Job))] == [store.LAYING_OUT]
    session.commit()
    run_pending()
    assert session.scalar(select(HeldClaim.key).where(HeldClaim.place.is_(None))) is None
    assert found(session, SCHOOL, Held.WATCH)[0] == store.ENOUGH + 1


def test_the_command_makes_the_index_what_the_desk_claims(
    app: Flask, session: Session, nadia: Person
) -> None:
    number = open_ticket(session, nadia, claim=BRIDGE).id
    session.execute(delete(HeldClaim))
    store.put(session, Held.TICKET, 4711, "A claim that no ticket has")
    session.commit()
    first = app.test_cli_runner().invoke(index_claims)
    assert first.exit_code == 0, first.output
    assert "2 claims were put in. 1 were taken out" in first.output
    assert found(session, BRIDGE, Held.TICKET) == [number]
    assert found(session, BRIDGE, Held.ASSERTION) == list(session.scalars(select(Assertion.id)))
    assert found(session, "A claim that no ticket has", Held.TICKET) == []
    session.commit()
    assert "Every claim is in the index." in app.test_cli_runner().invoke(index_claims).output
    again = app.test_cli_runner().invoke(index_claims, ["--again"])
    assert "2 claims were put in." in again.output
    assert found(session, BRIDGE, Held.TICKET) == [number]


def test_an_upgrade_has_claims_taken_in_that_are_older_than_the_index(
    app: Flask, session: Session, nadia: Person, settings: Settings
) -> None:
    number = open_ticket(session, nadia, claim=BRIDGE).id
    session.commit()
    session.close()
    db.engine.dispose()
    downgrade(settings.database_url, "0011")
    upgrade(settings.database_url)
    assert found(session, BRIDGE, Held.TICKET) == []
    session.rollback()
    run_pending()
    assert found(session, BRIDGE, Held.TICKET) == [number]
    assert len(found(session, BRIDGE, Held.ASSERTION)) == 1
