"""The index in the background: laying out claims that came in, and taking in those from before there was one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from verify.jobs import actions as jobs
from verify.jobs.kinds import job
from verify.jobs.work import Work
from verify.matching import store, store_rebuild, store_tidying

INDEXING = "index_claims"


@job(store.LAYING_OUT, label="Lay out claims for matching")
def lay_out_claims(work: Work) -> None:
    """Lay out the claims that wait, so that questions need not look through them one by one."""
    with work.finishing() as session:
        store_tidying.tidy(session, turn=work.claim.job_id)
        work.outcome = f"{store.lay_out(session):,} claims."


def ask_for_all(session: Session) -> None:
    """Have every claim put into the index that came in without its knowing."""
    title = "Claims that are not in the index"
    jobs.ask(session, None, INDEXING, key=INDEXING, title=title, payload={}, urgency=jobs.WHEN_QUIET)


@job(INDEXING, label="Take in claims for matching", limit=6 * 3600)
def index_claims(work: Work) -> None:
    """Put every claim into the index that is not in it, a few at a time."""
    with work.reading() as session:
        total = store_rebuild.missing(session)
    done = 0
    for kind in store_rebuild.steps():
        while True:
            work.report(done, total, f"Taking in claims: {done:,} of {total:,}")
            with work.step() as session:
                put = store_rebuild.put_missing(session, kind)
            if not put:
                break
            done += put
    with work.finishing():
        work.outcome = f"{done:,} claims."
