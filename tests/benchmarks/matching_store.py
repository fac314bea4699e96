"""Figures of the stored index of claims: `python -m tests.benchmarks.matching_store --claims 1000000`.

First puts the checks of the matching corpus into the index, where that lies beside the checkout, and asks it the posts;
then fills it with made-up claims, and asks for claims in other words and for what nobody claims. With `--database
postgresql` it runs on a PostgreSQL server of its own. A million claims take about seven minutes on two cores, and
0.7 GB of disk, or some 2 GB on PostgreSQL.
"""

from __future__ import annotations

import argparse
import gc
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import numpy as np
from sqlalchemy import Engine, delete, text
from sqlalchemy.orm import Session

from tests.benchmarks.claims_made_up import Claims, Made, unheard
from tests.benchmarks.matching import CORPUS, precision, read
from tests.postgres import server
from verify.db import connect, upgrade, writing
from verify.matching import store, store_models
from verify.matching.store import Held, Holding
from verify.similarity import Answer, Question

AT_ONCE, ASKED, FIRST = 16_384, 300, 5
TABLES = (store_models.HeldClaim, store_models.ClaimBlock, store_models.ClaimPosting, store_models.ClaimWord,
          store_models.ClaimRun)  # fmt: skip


def posts(session: Session) -> Iterator[str]:
    """How well the real posts find their checks through the index."""
    claims, asked, relevant = read("devtest")
    numbers = {claim.id: number for number, claim in enumerate(claims)}
    names = {f"claimreview:{number}": name for name, number in numbers.items()}
    store.put_in_blocks(
        session,
        Held.CLAIMREVIEW,
        [
            Holding(Held.CLAIMREVIEW, numbers[one.id], one.text, one.title, one.dated, one.subtitle)
            for one in claims
        ],
    )
    precise, times = [], []
    for one, right in zip(asked, relevant, strict=True):
        began = time.perf_counter()
        answer = store.find(session, one.question, kinds=(Held.CLAIMREVIEW,), top=20)
        times.append(1000 * (time.perf_counter() - began))
        ranked = [names[match.claim.id] for match in answer.matches]
        precise.append(precision(ranked, right))
    yield f"devtest through the index: MAP@5 {np.mean(precise):.4f}; {_spread(times)}"
    for model in TABLES:
        session.execute(delete(model))
    session.commit()


def filled(session: Session, made: Claims, many: int, kept: dict[int, Made]) -> Iterator[str]:
    """How fast claims are put in, and how much room they take; some are kept to be asked for."""
    chosen = set(np.random.default_rng(11).integers(0, many, ASKED).tolist())
    spent = processor = 0.0
    for at in range(0, many, AT_ONCE):
        some = made.some(at // AT_ONCE, min(AT_ONCE, many - at))
        began, cpu = time.perf_counter(), time.process_time()
        store.put_in_blocks(
            session,
            Held.ASSERTION,
            [
                Holding(Held.ASSERTION, at + place, one.text, one.title, one.dated)
                for place, one in enumerate(some)
            ],
        )
        session.commit()
        session.expunge_all()
        kept |= {at + place: one for place, one in enumerate(some) if at + place in chosen}
        spent, processor = spent + time.perf_counter() - began, processor + time.process_time() - cpu
    yield (
        f"indexing {many:,} claims: {many / spent:,.0f} a second ({many / processor:,.0f} a second of our own "
        "processor time); aim 2,000"
    )
    yield f"room: {_room(session) / many:,.0f} bytes a claim; at most {_memory():,} MB of memory so far"


def _room(session: Session) -> int:
    if session.get_bind().dialect.name == "postgresql":
        return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    pages = session.scalar(text("PRAGMA page_count")) or 0
    return int(pages) * int(session.scalar(text("PRAGMA page_size")) or 0)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def written(session: Session, made: Claims) -> Iterator[str]:
    """How long putting one claim in holds up whoever does it."""
    times = []
    for number, one in enumerate(islice(unheard(made), 150)):
        began = time.perf_counter()
        store.put(session, Held.TICKET, number, one.text, dated=one.dated)
        times.append(1000 * (time.perf_counter() - began))
    session.commit()
    yield f"putting one claim in: {_spread(times)}"
    began = time.perf_counter()
    store.lay_out(session)
    session.commit()
    yield f"laying 150 claims out in blocks: {1000 * (time.perf_counter() - began):.0f} ms"


def asked(session: Session, made: Claims, kept: dict[int, Made]) -> Iterator[str]:
    """How fast questions are answered, and how well."""
    random = np.random.default_rng(12)
    others = unheard(made)
    times = Times()
    places, nones = [], []
    for number, claim in kept.items():
        answer = times.find(session, made.reworded(random, claim, next(others)))
        ids = [match.claim.id for match in answer.matches]
        name = f"assertion:{number}"
        places.append(ids.index(name) if name in ids else len(ids))
        nones.append(answer.none)
    yield (
        f"asked for a claim in other words: right first {np.mean(np.array(places) == 0):.1%}, "
        f"among five {np.mean(np.array(places) < FIRST):.1%}; none {np.mean(nones):.2f}"
    )
    nones = [times.find(session, _plain(next(others))).none for _ in range(ASKED)]
    yield f"asked for what nobody claims: none {np.mean(nones):.2f}"
    yield (
        f"one question: {_spread(times.spent)} (of our own processor time: {_spread(times.processor)}); aim: p95 under "
        f"50 ms. At most {_memory():,} MB of memory"
    )


def _plain(one: Made) -> Question:
    return Question(one.text, dated=one.dated)


class Times:
    """How long questions took, in milliseconds."""

    def __init__(self) -> None:
        self.spent: list[float] = []
        self.processor: list[float] = []

    def find(self, session: Session, question: Question) -> Answer:
        """Ask, and note how long it takes."""
        began, cpu = time.perf_counter(), time.process_time()
        answer = store.find(session, question, kinds=tuple(Held), top=10)
        self.spent.append(1000 * (time.perf_counter() - began))
        self.processor.append(1000 * (time.process_time() - cpu))
        return answer


def _spread(times: list[float]) -> str:
    return f"p50 {np.median(times):.1f} ms, p95 {np.quantile(times, 0.95):.1f} ms"


def measured(engine: Engine, many: int) -> Iterator[str]:
    """Every figure, on one database."""
    with writing(), Session(engine) as session:
        if CORPUS.is_dir():
            yield from posts(session)
        gc.collect()
        made, kept = Claims(), dict[int, Made]()
        yield from filled(session, made, many, kept)
        gc.freeze()  # as the server does before it answers
        yield from written(session, made)
        yield from asked(session, made, kept)


def main() -> None:
    """Print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000, help="how many made-up claims")
    parser.add_argument("--database", default="sqlite", choices=["sqlite", "postgresql"])
    parser.add_argument("--folder", type=Path, help="where the SQLite file goes")
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="verify-claims-", dir=options.folder))
        stack.callback(shutil.rmtree, folder)
        address = f"sqlite:///{folder / 'desk.sqlite'}"
        if options.database == "postgresql":
            address = stack.enter_context(server())
        upgrade(address)
        engine = connect(address)
        stack.callback(engine.dispose)
        for line in measured(engine, options.claims):
            print(f"{options.database}: {line}", flush=True)


if __name__ == "__main__":
    main()
