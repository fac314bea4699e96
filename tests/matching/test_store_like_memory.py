"""The stored index answers as if every claim were in memory, however they came in; and it answers anything quickly."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.benchmarks.claims_made_up import Claims, Made, unheard
from verify.db import db
from verify.matching import store, store_tidying
from verify.matching.store import Held, Holding
from verify.matching.store_models import ClaimBlock, ClaimPosting, ClaimWord, HeldClaim
from verify.similarity import Answer, Claim, Matcher, Question

MANY = 450
MADE = Claims(seed=7, words=3_000, names=600)
EVERY = tuple(Held)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context():
        yield db.session
        db.session.rollback()


def holding(number: int, one: Made) -> Holding:
    kind = EVERY[number % len(EVERY)]
    return Holding(kind, number, one.text, one.title, one.dated, "beside it" if number % 5 == 0 else "")


def in_memory(holdings: list[Holding]) -> Matcher:
    return Matcher(
        Claim(f"{one.kind.value}:{one.key}", one.text, one.title, one.subtitle, one.dated) for one in holdings
    )


def questions(claims: list[Made]) -> list[Question]:
    random = np.random.default_rng(3)
    others = unheard(MADE)
    some = random.choice(len(claims), 25, replace=False).tolist()
    asked = [MADE.reworded(random, claims[at], next(others)) for at in some]
    asked += [Question(next(others).text, dated=date(2016, 5, 4)) for _ in range(8)]
    asked += [Question(claims[at].text, signed=claims[at - 1].words[0]) for at in some[:6]]
    glued = claims[some[0]].words
    return [*asked, Question(f"#{glued[3]}{glued[4]} {glued[5]}xe"), Question("nothing of it is known here")]


def alike(one: Answer, other: Answer) -> bool:
    """Whether two answers name the same claims first, as surely, for the same reasons."""
    firsts = [[match.claim.id for match in answer.matches if match.score > 0.2] for answer in (one, other)]
    scores = [[match.score for match in answer.matches if match.score > 0.2] for answer in (one, other)]
    reasons = [[match.why for match in answer.matches[:1]] for answer in (one, other)]
    return (
        abs(one.none - other.none) < 0.02
        and firsts[0] == firsts[1]
        and reasons[0] == reasons[1]
        and bool(np.allclose(scores[0], scores[1], atol=0.02))
    )


def agreement(session: Session, holdings: list[Holding], asked: list[Question]) -> float:
    memory = in_memory(holdings)
    pairs = [(memory.match(one, 10), store.find(session, one, kinds=EVERY)) for one in asked]
    return sum(alike(*pair) for pair in pairs) / len(pairs)


def test_a_stored_index_answers_like_one_in_memory(session: Session) -> None:
    claims = MADE.some(0, MANY)
    holdings = [holding(number, one) for number, one in enumerate(claims)]
    asked = questions(claims)
    store.put_many(session, holdings[:150])
    assert agreement(session, holdings[:150], asked) > 0.97, "while all wait"
    store.lay_out(session, most=100)
    assert agreement(session, holdings[:150], asked) > 0.97, "while some wait"
    for kind in EVERY:
        store.put_in_blocks(session, kind, [one for one in holdings[150:300] if one.kind is kind])
    store.put_many(session, holdings[300:])
    store.lay_out(session)
    assert session.scalar(select(func.count()).select_from(HeldClaim).where(HeldClaim.place.is_(None))) == 0
    assert agreement(session, holdings, asked) > 0.97, "when all are laid out"


def test_what_is_in_a_title_is_found_too(session: Session) -> None:
    store.put(session, Held.CLAIMREVIEW, 1, "This photo shows it.", title="Did the Orta dam burst in May?")
    store.lay_out(session)
    assert (
        store.find(session, Question("the Orta dam burst"), kinds=EVERY).matches[0].claim.id
        == "claimreview:1"
    )


def test_a_block_that_is_given_up_leaves_nothing_behind(session: Session) -> None:
    claims = MADE.some(0, 60)
    store.put_many(session, [Holding(Held.TICKET, number, one.text) for number, one in enumerate(claims)])
    store.lay_out(session)
    store.forget_many(session, Held.TICKET, range(10, 60))
    store_tidying.give_up(session, session.scalars(select(ClaimBlock.number)).one())
    assert session.scalar(select(func.count()).select_from(ClaimPosting)) == 0
    assert session.scalar(select(func.sum(ClaimWord.claims))) == 0
    asked = questions(claims[:41])
    store.lay_out(session)
    left = [Holding(Held.TICKET, number, one.text) for number, one in enumerate(claims[:10])]
    assert agreement(session, left, asked) == 1.0


def test_what_takes_the_place_of_many_forgotten_claims_is_found(session: Session) -> None:
    text = "The gates of the Orta dam were opened before dawn"
    store.put_many(session, [Holding(Held.ASSERTION, number, f"{text} {number}") for number in range(700)])
    store.lay_out(session)
    store.forget_many(session, Held.ASSERTION, range(699))
    answer = store.find(session, Question(text), kinds=EVERY)
    assert [match.claim.id for match in answer.matches] == ["assertion:699"]


HOSTILE = {
    "nothing": "",
    "only words without meaning": "it is what it is and that was that",
    "a megabyte": "gates dam Orta " * 70_000,
    "one word of a megabyte": "a" * 1_000_000,
    "ten thousand different words": " ".join(f"wo{number}rd" for number in range(10_000)),
    "characters nobody sees": "gates\0 of\u202e the \u200bdam\ufeff \x1b[31m Orta",
    "half a character": "gates \ud800 dam",
    "signs alone": "%_'\"\\;--{}()*&^ £€ \U0001f600",
    "other writing": "سد أورتا ﷺ 水坝 плотина ½",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_kept_and_answered_quickly(session: Session, text: str) -> None:
    store.put(session, Held.TICKET, 1, "The gates of the Orta dam were opened")
    store.put(session, Held.ASSERTION, 1, text, title=text)
    began = time.process_time()
    for _ in range(2):
        answer = store.find(session, Question(text), kinds=EVERY)
        store.lay_out(session)
    assert time.process_time() - began < 2
    if text.strip() and "\ud800" not in text:
        assert "assertion:1" in [match.claim.id for match in answer.matches]
    store.find(session, Question("the dam at Orta"), kinds=EVERY)
