"""What a published verdict rests on may change: it is queued with the difference, and nothing public changes."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import make_person, sign_in
from tests.origins.test_approvals_follow_the_count import make_it_a_party
from tests.pages import Visitor
from tests.publishing import walk
from verify.db import db, now
from verify.errors import Conflict, Forbidden, Refused
from verify.origins import edge_actions, lookups, withdrawals
from verify.origins.edge_actions import Choice
from verify.origins.models import EdgeVerdict
from verify.permissions import Role
from verify.publishing import actions, concerns
from verify.publishing.models import Concern, VerdictVersion
from verify.publishing.selection import Selection
from verify.reports.lookups import holds
from verify.tickets.workflow import Status


def published() -> walk.Desk:
    desk = walk.graded(db.session)
    walk.publish(db.session, desk)
    db.session.commit()
    return desk


def waiting() -> list[Concern]:
    return list(db.session.scalars(select(Concern).where(Concern.settled_at.is_(None))))


def test_a_changed_tie_queues_the_verdict_with_the_difference_and_changes_nothing_public(app: Flask) -> None:
    with app.app_context():
        desk = published()
        version = db.session.scalars(select(VerdictVersion)).one()
        before = version.content_sha256
        make_it_a_party(desk)
        (concern,) = waiting()
        assert any("(party)" in one["now"] for one in concern.differences)
        assert "changed what is known about" in concern.causes[0]
        assert [one.content_sha256 for one in db.session.scalars(select(VerdictVersion))] == [before]
        assert desk.ticket.status is Status.PUBLISHED


def test_a_withdrawn_article_queues_the_verdict_and_its_return_settles_it(app: Flask) -> None:
    with app.app_context():
        desk = published()
        article = desk.ticket.appearances[0].assertion.version.article
        withdrawals.withdraw_article(db.session, desk.opener, article, reason="Its outlet took it back.")
        (concern,) = waiting()
        assert concern.differences[0]["now"].startswith("0 articles")
        withdrawals.restore_article(db.session, desk.opener, article, reason="It was another one.")
        assert waiting() == []
        assert "again what the verdict says" in concern.outcome


def test_a_cut_step_on_a_published_ticket_is_decided_and_queues_its_verdict(app: Flask) -> None:
    with app.app_context():
        desk = published()
        reading = lookups.reading(db.session, desk.ticket)
        edge = next(
            edge.key
            for edges in reading.asserting.registry.graph.edges.values()
            for edge in edges.values()
            if edge.kind == "heard_from"
        )
        choice = Choice(EdgeVerdict.CUT, "She never said so.")
        edge_actions.decide_edge(db.session, desk.opener, desk.ticket, edge, choice)
        assert desk.ticket.status is Status.PUBLISHED
        (concern,) = waiting()
        assert "She never said so." in concern.causes[0]


def test_another_change_brings_an_open_concern_up_to_date(app: Flask) -> None:
    with app.app_context():
        desk = published()
        make_it_a_party(desk)
        article = desk.ticket.appearances[0].assertion.version.article
        withdrawals.withdraw_article(db.session, desk.opener, article, reason="It is forged.")
        (concern,) = waiting()
        assert len(concern.causes) == 2


def test_an_editor_says_why_the_verdict_stands(app: Flask) -> None:
    with app.app_context():
        desk = published()
        make_it_a_party(desk)
        (concern,) = waiting()
        with pytest.raises(Forbidden):
            concerns.let_stand(db.session, desk.opener, concern, reason="So.")
        with pytest.raises(Refused):
            concerns.let_stand(db.session, desk.editor, concern, reason=" ")
        concerns.let_stand(db.session, desk.editor, concern, reason="We said so in the text.")
        assert waiting() == []
        with pytest.raises(Conflict):
            concerns.let_stand(db.session, desk.editor, concern, reason="Again.")


def test_a_retraction_settles_what_waited(app: Flask) -> None:
    with app.app_context():
        desk = published()
        make_it_a_party(desk)
        actions.retract(db.session, desk.editor, desk.ticket, reason="Its only source is a party.")
        assert waiting() == []


def test_a_rule_that_no_longer_holds_is_named(app: Flask) -> None:
    with app.app_context():
        desk = published()
        content = db.session.scalars(select(VerdictVersion)).one().content
        sure = content | {
            "rating": "confirmed",
            "grades": {"sourcing": 3, "attribution": 3, "confirmation": 3},
            "origins": content["origins"] | {"lower": 2, "upper": 2},
        }
        less = content["origins"] | {"lower": 1, "upper": 2}
        found = concerns.differences(sure, less)  # type: ignore[arg-type]  # a content with another rating
        assert [one["rule"] for one in found] == [False, True, True]
        assert "two independent origins" in found[1]["what"]
        assert (found[2]["was"], found[2]["now"]) == ("Confirmed", "Mostly right")
        assert desk.ticket.rating is not None


def test_the_queue_the_ticket_and_a_page_of_their_own_show_what_waits(app: Flask) -> None:
    with app.app_context():
        desk = published()
        make_it_a_party(desk)
        db.session.commit()
        editor, reference = sign_in(Visitor(app), desk.editor), desk.ticket.reference
        stranger = sign_in(Visitor(app), make_person(db.session, "Rosa Klein", Role.READER))
        db.session.commit()
    assert "Published verdicts to look at again" in editor.get("/queue").text
    assert "Its origins changed since publication" in editor.get(f"/tickets/{reference}").text
    page = editor.get("/concerns")
    assert reference in page.text
    assert "changed what is known about" in page.text
    assert "It stands" not in stranger.get("/concerns").text
    refused = page.form(button="It stands").submit(reason="  ")
    assert refused.status == 422
    page = page.form(button="It stands").submit(reason="We said so in the text.")
    assert "your reason is kept" in page.text
    assert "Every published verdict stands on what it says" in page.text


def test_a_report_that_holds_the_verdict_is_found_by_what_it_was_built_from(app: Flask) -> None:
    with app.app_context():
        published()
        verdict = db.session.scalars(select(VerdictVersion)).one().verdict
        today = now().date()
        assert holds(verdict, Selection())
        assert holds(verdict, Selection(q=verdict.reference, since=today, until=today))
        assert holds(verdict, Selection(references=(verdict.reference,)))
        assert not holds(verdict, Selection(references=("NO-0001",)))
        assert not holds(verdict, Selection(until=date(2020, 1, 1)))
        assert not holds(verdict, Selection(q="elephants"))
