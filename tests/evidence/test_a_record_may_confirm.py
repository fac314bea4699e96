"""A record in evidence may be the second origin that “Confirmed” asks for, and is found out in the open."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import make_person, sign_in
from tests.evidence.test_whose_record_it_is import OWN, entry, orbit
from tests.pages import Visitor
from tests.publishing import walk
from verify.db import db
from verify.errors import Refused
from verify.evidence import actions
from verify.evidence.whose import state_source
from verify.grading.actions import submit_review
from verify.origins.summary import carriers
from verify.permissions import Role
from verify.publishing.assembly import content_of
from verify.publishing.models import Concern
from verify.publishing.rules import publishing_rules
from verify.tickets.workflow import Rating, Status


def sure(desk: walk.Desk) -> None:
    for reviewer in (desk.first, desk.second):
        judged = walk.judged(Rating.CONFIRMED, (3, 3, 3))
        submit_review(db.session, reviewer, desk.ticket, judged, considered=desk.evidence)


def rule(desk: walk.Desk) -> bool:
    (found,) = [
        one for one in publishing_rules(content_of(db.session, desk.ticket)) if one.name == "confirmed"
    ]
    return found.met


def test_confirmed_is_published_only_where_a_record_makes_two_origins(app: Flask) -> None:
    with app.app_context():
        desk = walk.in_review(db.session)
        sure(desk)
        assert not rule(desk)
        actions.add_evidence(db.session, desk.opener, desk.ticket, entry(orbit(), OWN))
        assert desk.ticket.origins_lower == 2
        assert rule(desk)
        content = content_of(db.session, desk.ticket)
        assert content["origins"]["records"] == 1
        assert {node["role"] for node in content["origins"]["map"]["nodes"]} >= {
            "article",
            "evidence",
            "origin",
        }
        version = walk.publish(db.session, desk)
        db.session.commit()
        visitor, reference = Visitor(app), desk.ticket.reference
        assert version.content["rating"] == "confirmed"
    page = visitor.get(f"/verdicts/{reference}")
    assert "1 article and 1 piece of evidence" in page.text
    assert "is the own record of Orbit Pictures" in page.text


def test_the_head_of_the_approval_page_names_the_evidence_that_it_counts(app: Flask) -> None:
    with app.app_context():
        desk = walk.in_review(db.session)
        actions.add_evidence(db.session, desk.opener, desk.ticket, entry(orbit(), OWN))
        sure(desk)
        visitor = sign_in(Visitor(app), desk.editor)
        address = f"/tickets/{desk.ticket.reference}/approval"
        db.session.commit()
    (head,) = visitor.get(address).select("//*[contains(@class, 'claim-head__who')]")
    assert "1 article and 1 piece of evidence" in head.text_content()


def test_an_approval_is_void_when_somebody_says_whose_a_record_is(app: Flask) -> None:
    with app.app_context():
        desk = walk.graded(db.session)
        piece = actions.add_evidence(db.session, desk.opener, desk.ticket, entry())
        approval = walk.approve(db.session, desk)
        state_source(db.session, desk.opener, desk.ticket, piece, orbit(), OWN)
        assert approval.voided_at is not None
        assert desk.ticket.status is Status.GRADED


def test_who_said_whose_it_is_does_not_approve_it(app: Flask) -> None:
    with app.app_context():
        desk = walk.in_review(db.session)
        piece = actions.add_evidence(db.session, desk.opener, desk.ticket, entry())
        desk.editor.grants += make_person(db.session, "Somebody Else", Role.CHECKER).grants
        db.session.flush()
        state_source(db.session, desk.editor, desk.ticket, piece, orbit(), OWN)
        for reviewer in (desk.first, desk.second):
            submit_review(db.session, reviewer, desk.ticket, walk.judged(), considered=desk.evidence)
        with pytest.raises(Refused, match="another editor must approve"):
            walk.approve(db.session, desk)


def test_what_is_found_out_of_a_published_record_waits_for_an_editor(app: Flask) -> None:
    with app.app_context():
        desk = walk.in_review(db.session)
        piece = actions.add_evidence(db.session, desk.opener, desk.ticket, entry(orbit(), OWN))
        sure(desk)
        walk.publish(db.session, desk)
        actions.withdraw_evidence(db.session, desk.opener, desk.ticket, piece, reason="It was painted over.")
        assert desk.ticket.status is Status.PUBLISHED
        concern = db.session.scalars(select(Concern).where(Concern.settled_at.is_(None))).one()
        assert concern.broken
        assert "It was painted over." in concern.causes[-1]
        assert {"Independent origins", "Evidence that stands"} <= {one["what"] for one in concern.differences}
        with pytest.raises(Refused, match="Reopen it first"):
            actions.add_evidence(db.session, desk.opener, desk.ticket, entry())


@pytest.mark.parametrize(("articles", "records"), [(0, 0), (0, 2), (1, 0), (3, 1)])
def test_the_page_says_what_the_count_says(app: Flask, articles: int, records: int) -> None:
    with app.app_context():
        macros: Any = app.jinja_env.get_template("components/origins.html").module
        shown = macros.origin_words(articles, 1, 1, records=records)
    assert f">{carriers(articles, records)}</span>" in shown
