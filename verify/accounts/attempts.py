"""Failed sign-ins, counted in the database, so that all processes share the count.

Counted are tries from one network, and tries from one network at one account. An account is never locked: its owner
comes in from elsewhere, and from a browser that signed in before, whose tries are counted apart from everybody's.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from ipaddress import ip_address, ip_network

from sqlalchemy import case, delete, func, select
from sqlalchemy.orm import Session

from verify.accounts.models import SignInAttempt
from verify.db import now
from verify.errors import Refused

WINDOW = timedelta(minutes=15)
PER_ACCOUNT, PER_NETWORK = 6, 40
KEPT = timedelta(days=1)
WAIT = "There were too many tries. Wait a quarter of an hour, then try again."


class TooManyTries(Refused):
    """The limit is reached; says nothing about whether the account exists."""

    status = 429


def network_of(address: str | None) -> str:
    """What tries are counted by: an IPv4 address, or the /64 that one IPv6 customer has to choose from."""
    try:
        known = ip_address(address or "")
    except ValueError:
        return "unknown"
    return str(known if known.version == 4 else ip_network(f"{known}/64", strict=False))


def _hash_of(email: str) -> str:
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def refuse_too_many(session: Session, network: str, email: str) -> None:
    """Raise TooManyTries when this network has failed too often in the last quarter of an hour."""
    at_account = func.sum(case((SignInAttempt.email_hash == _hash_of(email), 1), else_=0))
    everywhere, here = session.execute(
        select(func.count(), at_account).where(
            SignInAttempt.address == network, SignInAttempt.failed_at > now() - WINDOW
        )
    ).one()
    if everywhere >= PER_NETWORK or (here or 0) >= PER_ACCOUNT:
        raise TooManyTries(WAIT)


def count_failure(session: Session, network: str, email: str) -> None:
    """One more failed try; old ones of this network are forgotten."""
    session.execute(
        delete(SignInAttempt).where(SignInAttempt.address == network, SignInAttempt.failed_at < now() - KEPT)
    )
    session.add(SignInAttempt(address=network, email_hash=_hash_of(email), failed_at=now()))
    session.flush()


def forget_failures(session: Session, network: str, email: str) -> None:
    """The right password came: failed tries from here at this account do not count any more."""
    session.execute(
        delete(SignInAttempt).where(
            SignInAttempt.address == network, SignInAttempt.email_hash == _hash_of(email)
        )
    )
