"""The index of claims holds what the desk claims now, and finds it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from verify.db import db
from verify.matching import store
from verify.matching.store import Held
from verify.similarity import Question

GATES = "The gates of the Orta dam were opened before dawn on Tuesday"
HOUSES = "Forty houses stand under water in the lower town"
MAYOR = "Mayor Tarik Onal said that nobody had been warned"
EVERY = tuple(Held)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session
        db.session.rollback()


def found(session: Session, text: str, kinds: tuple[Held, ...] = EVERY) -> list[str]:
    return [match.claim.id for match in store.find(session, Question(text), kinds=kinds).matches]


def test_what_is_put_in_is_found(session: Session) -> None:
    store.put(session, Held.TICKET, 1, GATES, dated=date(2024, 5, 7))
    store.put(session, Held.ASSERTION, 1, HOUSES)
    assert found(session, "who opened the gates of the dam at Orta?")[0] == "ticket:1"
    assert found(session, "forty houses under water")[0] == "assertion:1"
    assert store.split("assertion:1") == (Held.ASSERTION, 1)
    match = store.find(session, Question(GATES, dated=date(2024, 5, 6)), kinds=EVERY).matches[0]
    assert match.word_for_word
    assert match.days == 1


def test_only_the_kinds_asked_for_are_found(session: Session) -> None:
    store.put(session, Held.TICKET, 1, GATES)
    store.put(session, Held.CLAIMREVIEW, 7, GATES, title="Were the gates opened?")
    assert found(session, GATES, (Held.CLAIMREVIEW,)) == ["claimreview:7"]
    assert found(session, GATES, ()) == []


def test_a_claim_put_in_again_is_found_by_its_new_words_alone(session: Session) -> None:
    store.put(session, Held.TICKET, 1, GATES)
    store.put(session, Held.TICKET, 1, HOUSES)
    assert found(session, "gates of the dam") == []
    assert found(session, "forty houses") == ["ticket:1"]


def test_what_is_forgotten_is_gone(session: Session) -> None:
    store.put(session, Held.TICKET, 1, GATES)
    store.forget(session, Held.TICKET, 1)
    store.forget(session, Held.TICKET, 2)
    assert found(session, GATES) == []
    assert store.find(session, Question(GATES), kinds=EVERY).none == 1.0


def test_what_is_laid_out_in_blocks_is_found_like_what_waits(session: Session) -> None:
    store.put(session, Held.TICKET, 1, GATES, dated=date(2024, 5, 7))
    store.put(session, Held.TICKET, 2, MAYOR)
    assert store.lay_out(session) == 2
    store.put(session, Held.ASSERTION, 1, HOUSES)
    for question in ("gates of the Orta dam", "mayor warned nobody", "forty houses"):
        waiting = found(session, question)
        store.lay_out(session)
        assert found(session, question) == waiting
        assert len(waiting) == 1
