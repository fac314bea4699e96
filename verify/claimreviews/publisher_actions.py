"""Removing the reviews of a publisher, such as after it withdrew its licence, and taking them in again."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.claimreviews.models import ClaimReview, ClaimReviewVersion, ReviewPublisher
from verify.claimreviews.signals import claimreviews_removed
from verify.claimreviews.taking_in import TURN
from verify.claimreviews.wording import line
from verify.db import now, take_turns
from verify.errors import Refused
from verify.filters import plain
from verify.jobs import actions as jobs
from verify.permissions import Permission, demand

REMOVE = "claimreviews_remove"  # a kind of jobs
AT_ONCE = 200


def remove(session: Session, actor: Person, publisher: ReviewPublisher, *, reason: str) -> int:
    """Delete a publisher's reviews with their JSON, and take none in from now on; return how many there were.

    They are out of every list at once; deleting many of them is left to a job.
    """
    demand(actor, Permission.CURATE_CLAIMREVIEWS)
    take_turns(session, TURN)  # an import that is under way found this publisher welcome
    session.refresh(publisher, with_for_update=True)
    if publisher.refused_at is not None:
        raise Refused("The reviews of this publisher are removed already.")
    reason = plain(line(reason, 500))
    if not reason:
        raise Refused("Say why: who looks for these reviews later reads it.", field="reason")
    publisher.refused_at, publisher.refused_by_id, publisher.refused_reason = now(), actor.id, reason
    many = session.scalar(select(func.count()).where(ClaimReview.publisher_id == publisher.id)) or 0
    if many <= AT_ONCE:
        delete_part(session, publisher)
    else:
        jobs.ask(
            session, actor, REMOVE, key=f"claimreviews:remove:{publisher.id}",
            title=f"The reviews of {publisher.name}", payload={"publisher": publisher.id},
        )  # fmt: skip
    payload = {"name": publisher.name, "site": publisher.site, "reviews": many, "reason": reason}
    audit.record(session, actor, "claimreviews.publisher_removed", publisher, payload)
    return many


def delete_part(session: Session, publisher: ReviewPublisher) -> int:
    """Delete some reviews of a publisher whose reviews are not taken in; return how many those were."""
    mine = select(ClaimReview).where(ClaimReview.publisher_id == publisher.id)
    reviews = session.scalars(mine.order_by(ClaimReview.id).limit(AT_ONCE)).all()
    if reviews:
        claimreviews_removed.send(list(reviews), session=session)
    numbers = [one.id for one in reviews]
    session.execute(delete(ClaimReviewVersion).where(ClaimReviewVersion.claimreview_id.in_(numbers)))
    session.execute(delete(ClaimReview).where(ClaimReview.id.in_(numbers)))
    session.flush()
    return len(numbers)


def readmit(session: Session, actor: Person, publisher: ReviewPublisher) -> None:
    """Take a publisher's reviews in again, from the next import on."""
    demand(actor, Permission.CURATE_CLAIMREVIEWS)
    session.refresh(publisher, with_for_update=True)
    if publisher.refused_at is None:
        raise Refused("The reviews of this publisher are taken in.")
    if session.scalar(select(ClaimReview.id).where(ClaimReview.publisher_id == publisher.id).limit(1)):
        raise Refused("Its reviews are still being removed. Try again when that is done.")
    publisher.refused_at, publisher.refused_by_id, publisher.refused_reason = None, None, ""
    session.flush()
    payload = {"name": publisher.name, "site": publisher.site}
    audit.record(session, actor, "claimreviews.publisher_readmitted", publisher, payload)
