"""An approval holds for the origins it saw: another count voids it, and what is published stays as it was."""

from __future__ import annotations

from flask import Flask

from tests.cast import make_source
from tests.publishing import walk
from verify.db import db
from verify.origins.withdrawals import withdraw_article
from verify.sources.actions import add_alias
from verify.sources.models import SourceKind, TieKind
from verify.sources.tie_actions import Statement, state_tie
from verify.tickets.workflow import Status


def make_it_a_party(desk: walk.Desk) -> None:
    """State that whoever speaks in the ticket's first appearance is a party to the event."""
    hop = desk.ticket.appearances[0].assertion.hops[-1]
    assert hop.source is not None
    stated = Statement(TieKind.PARTY_TO, "https://court.example", event="The flood")
    state_tie(db.session, desk.opener, hop.source, stated)


def test_a_tie_that_changes_the_origins_voids_the_approval(app: Flask) -> None:
    with app.app_context():
        desk = walk.graded(db.session)
        approval = walk.approve(db.session, desk)
        db.session.commit()
        make_it_a_party(desk)
        db.session.commit()
        assert approval.voided_at is not None
        assert desk.ticket.status is Status.GRADED
        assert desk.ticket.origins_party


def test_a_tie_of_strangers_voids_nothing(app: Flask) -> None:
    with app.app_context():
        desk = walk.graded(db.session)
        approval = walk.approve(db.session, desk)
        strangers = (
            make_source(db.session, "Hill Clinic", SourceKind.ORGANISATION),
            make_source(db.session, "Ayse Kara"),
        )
        state_tie(
            db.session,
            desk.opener,
            strangers[1],
            Statement(TieKind.SPEAKS_FOR, "Its letterhead", strangers[0]),
        )
        db.session.commit()
        assert approval.voided_at is None


def test_another_spelling_of_a_source_that_changes_nothing_voids_nothing(app: Flask) -> None:
    with app.app_context():
        desk = walk.graded(db.session)
        approval = walk.approve(db.session, desk)
        source = desk.ticket.appearances[0].assertion.hops[-1].source
        assert source is not None
        add_alias(db.session, desk.opener, source, "Somebody Whom No Text Names")
        db.session.commit()
        assert approval.voided_at is None
        assert desk.ticket.status is Status.APPROVED


def test_a_withdrawn_article_voids_the_approval(app: Flask) -> None:
    with app.app_context():
        desk = walk.graded(db.session)
        approval = walk.approve(db.session, desk)
        article = desk.ticket.appearances[0].assertion.version.article
        withdraw_article(db.session, desk.opener, article, reason="Its outlet took it back.")
        db.session.commit()
        assert approval.voided_at is not None
        assert desk.ticket.status is Status.GRADED


def test_what_is_published_stays_as_it_was(app: Flask) -> None:
    with app.app_context():
        desk = walk.graded(db.session)
        version = walk.publish(db.session, desk)
        db.session.commit()
        before = version.content_sha256
        make_it_a_party(desk)
        db.session.commit()
        db.session.refresh(version)
        assert version.content_sha256 == before
        assert desk.ticket.status is Status.PUBLISHED
        assert desk.ticket.origins_party
