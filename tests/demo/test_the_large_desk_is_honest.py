"""The large desk for measuring differs from one that people filled in nothing but the number of its tickets."""

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from verify import demo
from verify.articles.actions import Description, take_in
from verify.articles.models import Article, ArticleVersion, Assertion
from verify.audit import lookups as audit
from verify.db import db
from verify.demo.commands import seed as seed_command
from verify.demo.large import fill
from verify.errors import Refused
from verify.grading import lookups as grading
from verify.grading.models import Review, ReviewEvidence
from verify.grading.seals import content_of as sealed_content
from verify.grading.seals import seal
from verify.origins.actions import recount
from verify.publishing.assembly import content_of
from verify.publishing.content import checked, content_hash
from verify.publishing.models import Approval, Verdict, VerdictVersion
from verify.tickets.models import Investigation, Ticket, TicketEvent
from verify.tickets.workflow import Status


def added(session: Session, *statuses: Status) -> list[Ticket]:
    asked = select(Ticket).where(Ticket.reference.startswith("L")).order_by(Ticket.id)
    return [ticket for ticket in session.scalars(asked) if not statuses or ticket.status in statuses]


def test_a_published_verdict_is_what_publishing_would_put_together(desk: Session) -> None:
    published = added(desk, Status.PUBLISHED)
    assert published
    for ticket in published:
        verdict = desk.scalars(select(Verdict).where(Verdict.ticket_id == ticket.id)).one()
        version = desk.scalars(select(VerdictVersion).where(VerdictVersion.verdict_id == verdict.id)).one()
        assert version.content == content_of(desk, ticket)
        assert version.content_sha256 == content_hash(checked(version.content))


def test_an_approval_names_the_content_as_it_is(desk: Session) -> None:
    for ticket in added(desk, Status.APPROVED):
        approval = desk.scalars(select(Approval).where(Approval.ticket_id == ticket.id)).one()
        assert approval.content_sha256 == content_hash(content_of(desk, ticket))


def test_the_figures_of_the_queue_are_those_that_counting_gives(desk: Session) -> None:
    assert recount(desk, added(desk)) == []


def test_reviews_open_their_seals_and_settle_as_the_ticket_says(desk: Session) -> None:
    reviews = list(desk.scalars(select(Review)))
    assert reviews
    for review in reviews:
        ticket = desk.get_one(Ticket, review.ticket_id)
        considered = desk.scalar(
            select(func.count()).select_from(ReviewEvidence).where(ReviewEvidence.review_id == review.id)
        )
        if ticket.reference.startswith("L"):
            assert considered == 1
            assert review.commitment == seal(review.salt, sealed_content(review, ticket, [1]))
    for ticket in added(desk, Status.GRADED):
        settled = grading.settled(desk, ticket)
        assert settled is not None
        assert settled.rating == ticket.rating


def test_every_change_of_a_ticket_is_in_its_history(desk: Session) -> None:
    for ticket in added(desk):
        events = desk.scalar(
            select(func.count()).select_from(TicketEvent).where(TicketEvent.ticket_id == ticket.id)
        )
        assert ticket.version == events
    last = desk.scalars(select(Investigation).order_by(Investigation.id.desc())).first()
    assert last is not None
    assert last.last_number == len(added(desk))


@pytest.mark.both_databases
def test_the_log_still_verifies_and_the_desk_works_on(app: Flask) -> None:
    with app.app_context():
        demo.seed(db.session)
        db.session.commit()
        assert sum(fill(db.session, 12)) == 12
        before = db.session.scalar(select(func.max(Article.id))) or 0
        text = "A new article\n\nThe mayor said nothing new had happened.\n"
        article = take_in(db.session, None, text=text, described=Description(title="A new article")).article
        db.session.commit()
        assert article.id == before + 1
        assert audit.check(db.session).fault is None


def test_each_passage_stands_in_its_article(desk: Session) -> None:
    asked = (
        select(Assertion, ArticleVersion.text).join(ArticleVersion).order_by(Assertion.id.desc()).limit(50)
    )
    for assertion, text in desk.execute(asked):
        assert assertion.statement in text[assertion.start : assertion.end]


def test_a_desk_without_enough_people_is_refused(app: Flask) -> None:
    with app.app_context(), pytest.raises(Refused):
        list(fill(db.session, 1))


def test_the_command_fills_an_empty_desk_with_people_first(app: Flask) -> None:
    script = ScriptInfo(create_app=lambda: app)
    result = CliRunner().invoke(seed_command, ["--tickets", "3"], obj=script)
    assert result.exit_code == 0, result.output
    assert "3 tickets added." in result.output
