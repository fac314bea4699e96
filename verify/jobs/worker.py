"""Doing the jobs: one after the other, each with a heartbeat that keeps its lease and tells its progress."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from types import FrameType

from flask import Flask, current_app
from sqlalchemy.exc import DBAPIError

from verify.db import db, reading, writing
from verify.errors import Conflict, DeskError
from verify.jobs import queue
from verify.jobs.kinds import KINDS, Kind
from verify.jobs.queue import Claim
from verify.jobs.work import Lost, Progress, Stopped, Work

log = logging.getLogger(__name__)
LOOK_EVERY = 0.5  # seconds between two looks into an empty queue
BEAT_EVERY = 0.5  # seconds between two looks at how far the work is
RENEW_EVERY = queue.LEASE.total_seconds() / 4
PRUNE_EVERY = 3600.0
WENT_WRONG = (
    "Something went wrong inside the desk. Try again; if it fails again, tell an administrator about job {}."
)


def name_of_this_process() -> str:
    """What tells this worker from others on the page of jobs."""
    return f"{socket.gethostname()}, process {os.getpid()}"


def run_pending(*, at: datetime | None = None, most: int = 100_000) -> int:
    """Do every job that is due, here and now, and return how many were begun; needs an application context."""
    begun = 0
    while begun < most and run_one(name_of_this_process(), at=at):
        begun += 1
    return begun


def run_one(
    worker: str, *, progress: Progress | None = None, alone: bool = False, at: datetime | None = None
) -> bool:
    """Do the next job, if there is one. `alone`: this process does nothing else, so it may be ended by a clock."""
    mine = _next(worker, at)
    if mine is None:
        return False
    work = Work(mine, progress or Progress())
    kind = KINDS[mine.kind]
    try:
        with heartbeat(work), deadline(kind) if alone else nullcontext():
            kind.run(work)
            if not work.ended:
                with work.finishing():
                    pass
    except Lost:
        log.info("job %s is no more ours", mine.job_id)
    except Stopped:
        _write(lambda: queue.give_back(db.session, mine))
    except Exception as problem:
        _note(mine, problem)
    finally:
        db.session.rollback()
    return True


def _next(worker: str, at: datetime | None) -> Claim | None:
    with reading():
        db.session.rollback()
        waits = queue.work_waits(db.session, KINDS, at)
        db.session.rollback()
    if not waits:
        return None
    with writing():
        mine = queue.claim(db.session, KINDS, worker, at)
        db.session.commit()
    return mine


def _note(mine: Claim, problem: Exception) -> None:
    """A rule's refusal ends the job with its sentence; anything else is tried again a few times."""
    if isinstance(problem, DeskError):
        again, sentence = isinstance(problem, Conflict), problem.message
    else:
        log.error("job %s (%s), attempt %s", mine.job_id, mine.kind, mine.attempts, exc_info=problem)
        again, sentence = True, WENT_WRONG.format(mine.job_id)
    _write(lambda: queue.fail(db.session, mine, sentence, again=again))


def _write(change: Callable[[], object]) -> None:
    with writing():
        db.session.rollback()
        change()
        db.session.commit()


class Heart(threading.Thread):
    """Renews the lease of a job while the work goes on, and writes how far it is, in transactions of its own."""

    def __init__(self, app: Flask, work: Work) -> None:
        super().__init__(daemon=True)
        self.app, self.work = app, work
        self.still = threading.Event()

    def run(self) -> None:
        """Beat until the work is over."""
        said, renewed = self.work.progress.said(), time.monotonic()
        while not self.still.wait(BEAT_EVERY):
            now_said = self.work.progress.said()
            if now_said == said and time.monotonic() - renewed < RENEW_EVERY:
                continue
            try:
                self.beat()
            except DBAPIError as busy:  # the next beat comes soon, and a lease is many beats long
                log.info("heartbeat of job %s: %s", self.work.claim.job_id, busy)
                continue
            said, renewed = now_said, time.monotonic()

    def beat(self) -> None:
        """Renew the lease once, or tell the work that the job is lost."""
        progress = self.work.progress
        with self.app.app_context(), writing():
            done, total, told = progress.said()
            mine = queue.keep(db.session, self.work.claim, done=min(done, total), total=total, told=told)
            db.session.commit()
        if not mine and not self.work.ended:
            progress.lost = True


@contextmanager
def heartbeat(work: Work) -> Iterator[None]:
    """Keep the job's lease alive inside."""
    heart = Heart(current_app._get_current_object(), work)  # type: ignore[attr-defined]  # what the proxy stands for
    heart.start()
    try:
        yield
    finally:
        heart.still.set()
        heart.join()


@contextmanager
def deadline(kind: Kind) -> Iterator[None]:
    """End this process when the work outlasts its limit: the system does it, whatever the work is stuck in."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(kind.limit)
    try:
        yield
    finally:
        signal.alarm(0)


class Worker:
    """A process that does jobs until it is told to stop, or until the server it belongs to is gone."""

    def __init__(self, app: Flask, *, with_server: bool) -> None:
        self.app = app
        self.name = name_of_this_process()
        self.server = os.getppid() if with_server else None
        self.progress = Progress()
        self.stopping = False
        self.pruned = -PRUNE_EVERY

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Begin no further job, and give the one in hand back at the next step."""
        self.stopping = self.progress.stopping = True

    @property
    def over(self) -> bool:
        """Whether to end."""
        return self.stopping or (self.server is not None and os.getppid() != self.server)

    def run(self) -> None:
        """Work until told to stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        while not self.over:
            try:
                worked = self.once()
            except DBAPIError as problem:
                log.warning("The database does not answer: %s", problem.orig)
                worked = False
                time.sleep(LOOK_EVERY * 10)
            if not worked and not self.over:
                time.sleep(LOOK_EVERY)

    def once(self) -> bool:
        """Do one job if there is one; now and then sweep out the old ones."""
        self.progress = Progress()
        self.progress.stopping = self.stopping
        with self.app.app_context():
            if time.monotonic() - self.pruned > PRUNE_EVERY:
                _write(lambda: queue.prune(db.session))
                self.pruned = time.monotonic()
            return run_one(self.name, progress=self.progress, alone=True)
