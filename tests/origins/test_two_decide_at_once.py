"""Two people who decide about the same article or step: the second reads what the first did, and does nothing else."""

from __future__ import annotations

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import make_person, make_source, open_ticket, sign_in
from tests.meeting import at_once
from tests.origins.test_tickets_are_counted import DEMIR, ONAL, figures, file_under
from tests.pages import Form, Visitor
from verify.audit.models import AuditEntry
from verify.db import db
from verify.origins.models import Withdrawal
from verify.tickets.models import Ticket


@pytest.fixture
def forms(app: Flask) -> list[Form]:
    """The form to withdraw an article, open before two people."""
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        article = file_under(ticket, nadia, "Hill Post", ONAL)
        db.session.commit()
        address = f"/tickets/{ticket.reference}/origins/articles/{article.id}"
        people = [sign_in(Visitor(app), one) for one in (nadia, make_person(db.session, "Omar Haidari"))]
    return [person.get(address).form(button="Withdraw the article") for person in people]


def acts(app: Flask) -> list[str]:
    with app.app_context():
        asked = select(AuditEntry.action).where(
            AuditEntry.action.in_(("article.withdrawn", "article.restored"))
        )
        return list(db.session.scalars(asked.order_by(AuditEntry.sequence)))


def test_who_withdraws_what_is_withdrawn_restores_nothing(app: Flask, forms: list[Form]) -> None:
    assert forms[0].submit(reason="Its outlet took it back.").status == 200
    late = forms[1].submit(reason="It is forged.")
    assert late.status == 409
    assert "Nadia Rahimi withdrew this article already: “Its outlet took it back.”" in late.text
    assert acts(app) == ["article.withdrawn"]
    with app.app_context():
        assert figures(db.session.scalars(select(Ticket)).one()) == (1, 1, 1)
    # The page that comes back offers what can be done now, with what was typed.
    again = late.form(button="Have it count again")
    assert again.fields()["reason"].strip() == "It is forged."
    assert again.submit(reason="It was another edition.").status == 200
    assert acts(app) == ["article.withdrawn", "article.restored"]


def test_who_decides_about_a_step_that_somebody_cut_is_told_so(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=("Highland News", DEMIR))
        db.session.commit()
        agency, demir = (make_source(db.session, name).id for name in ("Highland News", DEMIR))
        edge = f"edge?kind=heard_from&child=source:{agency}&parent=source:{demir}"
        address = f"/tickets/{ticket.reference}/origins/{edge}"
        people = [sign_in(Visitor(app), one) for one in (nadia, make_person(db.session, "Omar Haidari"))]
    first, second = (person.get(address).form(button="Decide") for person in people)
    assert first.submit(verdict="cut", reason="He had left by then.").status == 200
    late = second.submit(verdict="confirmed", reason="She told me herself.")
    assert late.status == 404
    assert "somebody cut it, or what it rested on has changed" in late.text


@pytest.mark.postgresql
def test_an_article_is_withdrawn_once_by_two_at_the_same_moment(app: Flask, forms: list[Form]) -> None:
    answers = at_once(*(partial(form.submit, reason=f"Reason {at}.") for at, form in enumerate(forms)))
    assert sorted(answer.status for answer in answers) == [200, 409]
    assert acts(app) == ["article.withdrawn"]
    with app.app_context():
        assert len(db.session.scalars(select(Withdrawal)).all()) == 1
