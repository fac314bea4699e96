"""On the approval page: what cannot be done any more says so, keeps what was typed, and names nobody in a dispute."""

from __future__ import annotations

from flask import Flask

from tests.cast import sign_in
from tests.pages import Visitor
from tests.publishing.walk import Desk, approve, graded, in_review, judged, page_of, publish
from verify.db import db
from verify.grading.actions import submit_review
from verify.tickets.workflow import Rating

REASON = "The gauge was read at six, not at five; the keeper has written to us since."


def visitors(app: Flask, desk: Desk) -> list[Visitor]:
    """Both editors, each in a browser."""
    db.session.commit()
    return [sign_in(Visitor(app), one) for one in (desk.editor, desk.other_editor)]


def address_of(desk: Desk) -> str:
    return f"/tickets/{desk.ticket.reference}/approval"


def test_a_correction_of_a_verdict_that_was_retracted_meanwhile_keeps_its_words(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        both, address = visitors(app, desk), address_of(desk)
    mine, theirs = (visitor.get(address) for visitor in both)
    assert theirs.form("/retract").submit(reason="It does not stand.").status == 200
    answer = mine.form("/correct").submit(reason=REASON)
    assert answer.status == 409
    assert "Somebody changed" in answer.text
    assert REASON in answer.text


def test_a_publication_that_was_overtaken_says_so(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        approve(db.session, desk)
        both, address = visitors(app, desk), address_of(desk)
    mine, theirs = (visitor.get(address) for visitor in both)
    assert theirs.form("/withdraw").submit(reason="Wait.").status == 200
    answer = mine.form("/publish").submit()
    assert answer.status == 409
    assert "Somebody changed" in answer.text


def test_no_name_stands_beside_a_grade_while_an_editor_may_have_to_adjudicate(app: Flask) -> None:
    with app.app_context():
        desk = in_review(db.session)
        submit_review(db.session, desk.first, desk.ticket, judged(), considered=desk.evidence)
        other = judged(Rating.MISLEADING, (2, 3, 0))
        submit_review(db.session, desk.second, desk.ticket, other, considered=desk.evidence)
        db.session.commit()
        page = page_of(app, desk, desk.editor)
    assert "Nothing to approve now" in page.text
    assert desk.first.name not in page.text
    assert desk.second.name not in page.text
