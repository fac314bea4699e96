"""Blocks in which most claims are gone are given up, and what is left of them is laid out anew."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from verify.matching import store_sql as sql
from verify.matching.store_blocks import BLOCK, RECORD
from verify.matching.store_models import ClaimBlock, ClaimPosting, HeldClaim

WORTH_KEEPING = 0.6
"""The share of a full block's claims that are still there; with fewer it is laid out anew."""


def tidy(session: Session, turn: int) -> bool:
    """Look at one full block, another each turn, and give it up if it holds too little; the caller lays out anew."""
    sql.one_writer(session)
    full = session.scalars(
        select(ClaimBlock.number).where(ClaimBlock.places >= BLOCK).order_by(ClaimBlock.number)
    ).all()
    if not full:
        return False
    number = full[turn % len(full)]
    left = session.scalar(select(func.count()).select_from(HeldClaim).where(_within(number)))
    if (left or 0) >= WORTH_KEEPING * BLOCK:
        return False
    give_up(session, number)
    return True


def give_up(session: Session, number: int) -> None:
    """Take a block away; the claims in it wait again."""
    sizes = select(ClaimPosting.word, func.length(ClaimPosting.claims)).where(ClaimPosting.block == number)
    held = [(word, "", -(size // RECORD.itemsize)) for word, size in session.execute(sizes)]
    sql.add_words(session, held)
    session.execute(delete(ClaimPosting).where(ClaimPosting.block == number))
    session.execute(delete(ClaimBlock).where(ClaimBlock.number == number))
    session.execute(
        update(HeldClaim)
        .where(_within(number))
        .values(place=None)
        .execution_options(synchronize_session=False)
    )


def _within(number: int) -> ColumnElement[bool]:
    return HeldClaim.place.between(number * BLOCK, (number + 1) * BLOCK - 1)
