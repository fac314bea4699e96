"""`verify fingerprint`: put texts into the index that came in before there was one, or by an older method."""

from __future__ import annotations

from collections.abc import Iterator

import click
from flask.cli import with_appcontext
from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session, undefer

from verify.articles import shared_text
from verify.articles.models import ArticleVersion
from verify.articles.shared_text_models import Fingerprinting, SharedPassage, SharedText, TextFingerprint
from verify.articles.signals import texts_compared
from verify.db import db
from verify.reuse import Strength

_AT_ONCE = (
    20  # texts a transaction: others may write in between, and a run that was stopped goes on from there
)
_TOLD_AT_ONCE = 500


@click.command()
@click.option("--again", is_flag=True, help="Empty the index first and compare every text anew.")
@with_appcontext
def fingerprint(again: bool) -> None:
    """Compare articles with the whole archive that have not been, oldest first; may be stopped and run again.

    New articles are compared when they come in. Run this once after an upgrade that brings a better method.
    """
    before = _known(db.session)
    if again or _outdated(db.session):
        _empty(db.session)
    many = db.session.scalar(select(func.count()).select_from(ArticleVersion).where(_missing())) or 0
    if not many:
        click.echo("Every text is in the index.")
        return
    found = 0
    try:
        with click.progressbar(_texts(db.session), length=many, label="Comparing", show_pos=True) as progress:
            for shared in progress:
                found += shared
    finally:
        _tell(db.session, before)
    click.echo(f"{many:,} texts are in the index; {found:,} pairs share text.")


def _texts(session: Session) -> Iterator[int]:
    """Compare the missing texts, a few in a transaction; yields for each with how many it shares text."""
    while True:
        asked = select(ArticleVersion).where(_missing()).order_by(ArticleVersion.id).limit(_AT_ONCE)
        versions = session.scalars(asked.options(undefer(ArticleVersion.text))).all()
        if not versions:
            return
        shared = [shared_text.record(session, version) for version in versions]
        session.commit()
        session.expunge_all()
        yield from shared


def _known(session: Session) -> dict[tuple[int, int], Strength]:
    """What every two texts are known to be to each other."""
    rows = session.execute(select(SharedText.a_id, SharedText.b_id, SharedText.strength))
    return {(row[0], row[1]): row[2] for row in rows}


def _tell(session: Session, before: dict[tuple[int, int], Strength]) -> None:
    """Tell of the articles about which something else is known than before, once all that is found is kept."""
    session.rollback()
    after = _known(session)
    changed = {pair for pair in before.keys() | after.keys() if before.get(pair) is not after.get(pair)}
    numbers = sorted({number for pair in changed for number in pair})
    for at in range(0, len(numbers), _TOLD_AT_ONCE):
        some = numbers[at : at + _TOLD_AT_ONCE]
        articles = select(ArticleVersion.article_id).where(ArticleVersion.id.in_(some)).distinct()
        texts_compared.send(session.scalars(articles).all(), session=session)
        session.commit()


def _missing() -> ColumnElement[bool]:
    return ~select(Fingerprinting.version_id).where(Fingerprinting.version_id == ArticleVersion.id).exists()


def _outdated(session: Session) -> bool:
    """Whether some text is in the index by an older method, whose fingerprints mean nothing to today's."""
    return bool(
        session.scalar(
            select(Fingerprinting.version_id).where(Fingerprinting.method != shared_text.METHOD).limit(1)
        )
    )


def _empty(session: Session) -> None:
    for model in (SharedPassage, SharedText, Fingerprinting, TextFingerprint):
        session.execute(delete(model))
    session.commit()
