"""Many who put claims in at the same moment do not wait for each other, whatever words they share."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from verify import models
from verify.db import connect, writing
from verify.matching import store
from verify.matching.store import Held, Holding
from verify.matching.store_models import ClaimBlock, HeldClaim
from verify.similarity import Question

__all__ = ["models"]
GATES = "The gates of the Orta dam were opened before dawn"
EVERY = tuple(Held)
AT_MOST = 20


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    yield engine
    engine.dispose()


def transaction(engine: Engine, work: Callable[[Session], object]) -> None:
    with writing(), Session(engine) as session:
        work(session)
        session.commit()


def found(engine: Engine, text: str) -> set[str]:
    with Session(engine) as session:
        answer = store.find(session, Question(text), kinds=EVERY, top=100)
        return {match.claim.id for match in answer.matches}


@pytest.mark.postgresql
def test_nobody_waits_for_who_puts_in_a_claim_of_the_same_words(engine: Engine) -> None:
    transaction(engine, lambda session: store.put(session, Held.TICKET, 1, f"{GATES} on Monday"))
    with writing(), Session(engine) as slow, ThreadPoolExecutor() as pool:
        store.put(slow, Held.TICKET, 2, f"{GATES} on Tuesday")
        store.put(slow, Held.TICKET, 1, f"{GATES} on Friday")
        other = pool.submit(
            transaction, engine, lambda session: store.put(session, Held.TICKET, 3, f"{GATES} on Sunday")
        )
        other.result(AT_MOST)
        laid_out: list[int] = []
        pool.submit(transaction, engine, lambda session: laid_out.append(store.lay_out(session))).result(
            AT_MOST
        )
        assert laid_out == [1], "what somebody is writing is left for the next time"
        same = pool.submit(
            transaction, engine, lambda session: store.put(session, Held.TICKET, 1, f"{GATES} on Saturday")
        )
        slow.commit()
        same.result(AT_MOST)
    assert found(engine, f"{GATES} on Saturday") == {"ticket:1", "ticket:2", "ticket:3"}
    with Session(engine) as session:
        assert session.scalar(select(HeldClaim.text).where(HeldClaim.key == 1)) == f"{GATES} on Saturday"


@pytest.mark.both_databases
def test_a_crowd_that_writes_and_lays_out_at_once_loses_nothing(engine: Engine) -> None:
    begin = threading.Barrier(6)

    def writes(person: int) -> None:
        begin.wait(AT_MOST)
        for turn in range(6):
            keys = [person * 100 + turn * 2, person * 100 + turn * 2 + 1]
            some = [Holding(Held.ASSERTION, key, f"{GATES}, says number {key}") for key in keys]
            transaction(engine, partial(store.put_many, holdings=some))
            transaction(engine, partial(store.forget, kind=Held.ASSERTION, key=keys[0]))

    def lays_out() -> None:
        begin.wait(AT_MOST)
        for _ in range(8):
            transaction(engine, store.lay_out)

    with ThreadPoolExecutor(6) as pool:
        crowd = [pool.submit(writes, person) for person in range(4)] + [
            pool.submit(lays_out) for _ in range(2)
        ]
        for one in crowd:
            one.result(AT_MOST)
    transaction(engine, store.lay_out)
    left = {f"assertion:{person * 100 + turn * 2 + 1}" for person in range(4) for turn in range(6)}
    assert found(engine, GATES) == left
    with Session(engine) as session:
        places = session.scalars(select(HeldClaim.place)).all()
        assert None not in places
        assert len(set(places)) == len(left)
        assert (session.scalar(select(func.sum(ClaimBlock.places))) or 0) >= len(left)
