"""Links by which who lost their password chooses a new one: of each person, the newest alone leads anywhere."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from verify.accounts.models import Invitation
from verify.db import now


def end_links(session: Session, email: str) -> None:
    """Make every link by which this person could choose a new password worthless."""
    session.execute(
        update(Invitation)
        .where(
            Invitation.email == email,
            Invitation.roles == "",
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now())
    )
