"""Any step of a count can be confirmed, cut or added with a reason, and taken back; the count follows."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from tests.cast import make_person, make_source, open_ticket, sign_in
from tests.origins.test_tickets_are_counted import BOARD, DEMIR, ONAL, figures, file_under, speaks_for
from tests.pages import Visitor
from verify.articles.models import Hop
from verify.audit.models import AuditEntry
from verify.db import db, now
from verify.errors import Conflict, Forbidden, Refused
from verify.origins import edge_actions, lookups, withdrawals
from verify.origins.edge_actions import Choice
from verify.origins.models import EdgeDecision, EdgeVerdict
from verify.permissions import Role
from verify.sources.lookups import ties_of
from verify.sources.models import SourceKind
from verify.sources.tie_actions import end_tie
from verify.tickets.models import Ticket, TicketEvent

CUT, CONFIRMED, ADDED = EdgeVerdict.CUT, EdgeVerdict.CONFIRMED, EdgeVerdict.ADDED


def edge_of(ticket: Ticket, kind: str) -> tuple[str, str, str]:
    steps = lookups.count(db.session, ticket).steps
    return next(step.edge for step in steps if step.edge is not None and step.kind == kind)


def board(*, outlets: tuple[str, ...] = ("Hill Post",)) -> tuple[Ticket, EdgeDecision | None]:
    """A ticket on which two spokesmen of one board speak."""
    nadia = make_person(db.session, "Nadia Rahimi")
    ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
    for outlet in outlets:
        file_under(ticket, nadia, outlet, ONAL)
    speaks_for(nadia, DEMIR, BOARD)
    speaks_for(nadia, ONAL, BOARD)
    return ticket, None


def test_cutting_an_edge_parts_what_it_joined_and_taking_it_back_joins_it_again(app: Flask) -> None:
    with app.app_context():
        ticket, _ = board()
        nadia = ticket.opened_by
        assert figures(ticket) == (2, 1, 1)
        edge = edge_of(ticket, "speaks_for")
        decision = edge_actions.decide_edge(
            db.session, nadia, ticket, edge, Choice(CUT, "He had left by then.")
        )
        assert figures(ticket) == (2, 2, 2)
        count = lookups.count(db.session, ticket)
        (told,) = [step.reason for step in count.steps if step.kind == "cut"]
        assert told.startswith("Nadia Rahimi cut “")
        assert told.endswith(" speaks for Orta Water Board”: He had left by then.")
        edge_actions.undo_decision(db.session, nadia, ticket, decision, reason="He had not.")
        assert figures(ticket) == (2, 1, 1)
        acts = db.session.scalars(
            select(TicketEvent.new_value).where(TicketEvent.action == "edge decided").order_by(TicketEvent.id)
        ).all()
        assert [act.split()[0] for act in acts] == ["cut", "took"]
        db.session.commit()
        logged = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)).all()
        assert [action for action in logged if action.startswith("edge.")] == ["edge.decided", "edge.undone"]


def test_confirming_what_may_be_one_lowers_the_upper_bound(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        article = file_under(ticket, nadia, "Hill Post")
        hop = Hop(position=0, name="Lale Demirr", written="she", kind=SourceKind.PERSON)
        article.versions[0].assertions[0].hops.append(hop)
        db.session.flush()
        count = lookups.count(db.session, ticket)
        assert (count.lower, count.upper) == (1, 2)
        edge = edge_of(ticket, "perhaps_same")
        edge_actions.decide_edge(db.session, nadia, ticket, edge, Choice(CONFIRMED, "The same phone number."))
        assert figures(ticket) == (2, 1, 1)


def test_confirming_a_step_that_is_not_in_doubt_vouches_for_it_and_changes_no_figure(app: Flask) -> None:
    with app.app_context():
        ticket, _ = board()
        edge = edge_of(ticket, "speaks_for")
        edge_actions.decide_edge(
            db.session, ticket.opened_by, ticket, edge, Choice(CONFIRMED, "It is on their door.")
        )
        assert figures(ticket) == (2, 1, 1)
        told = " ".join(step.reason for step in lookups.count(db.session, ticket).steps)
        assert "Nadia Rahimi confirmed this: It is on their door." in told


def test_a_step_that_nobody_wrote_down_is_stated_by_hand(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=())
        other = file_under(ticket, nadia, "Hill Post")
        assert figures(ticket) == (2, 0, 2)
        first = ticket.appearances[0].assertion.version.article_id
        edge = ("copies", f"article:{other.id}", f"article:{first}")
        edge_actions.decide_edge(db.session, nadia, ticket, edge, Choice(ADDED, "Its editor told us.", True))
        assert figures(ticket) == (2, 0, 1)
        assert "Its editor told us." in " ".join(
            step.reason for step in lookups.count(db.session, ticket).steps
        )


def test_a_decision_that_holds_everywhere_recounts_every_ticket_that_leans_on_the_edge(app: Flask) -> None:
    with app.app_context():
        ticket, _ = board()
        nadia = ticket.opened_by
        other = open_ticket(db.session, nadia, claim="Water stands in the houses of Orta", said_by=(DEMIR,))
        file_under(other, nadia, "Valley Echo", ONAL)
        assert figures(other) == (2, 1, 1)
        edge = edge_of(ticket, "speaks_for")
        edge_actions.decide_edge(db.session, nadia, ticket, edge, Choice(CUT, "He had left by then.", True))
        assert figures(other) == (2, 2, 2)
        lines = db.session.scalars(
            select(TicketEvent.action).where(TicketEvent.ticket_id == other.id).order_by(TicketEvent.id)
        ).all()
        assert lines[-1] == "origins recounted"


def test_a_decision_for_one_ticket_leaves_the_others(app: Flask) -> None:
    with app.app_context():
        ticket, _ = board()
        other = open_ticket(
            db.session, ticket.opened_by, claim="Water stands in the houses", said_by=(DEMIR,)
        )
        file_under(other, ticket.opened_by, "Valley Echo", ONAL)
        edge = edge_of(ticket, "speaks_for")
        edge_actions.decide_edge(db.session, ticket.opened_by, ticket, edge, Choice(CUT, "He had left."))
        assert figures(other) == (2, 1, 1)


@pytest.mark.parametrize(
    ("edge", "choice", "sentence"),
    [
        (None, Choice(CUT, "  "), "Say why"),
        (("speaks_for", "source:9", "source:8"), Choice(CUT, "No."), "no longer has this step"),
        (("copies", "article:1", "article:1"), Choice(ADDED, "So."), "nothing leads back to itself"),
        (("owned_by", "article:1", "article:2"), Choice(ADDED, "So."), "Choose how"),
        (("copies", "article:1", "article:77"), Choice(ADDED, "So."), "no longer has this step"),
    ],
)
def test_what_says_nothing_is_refused_in_a_sentence(
    app: Flask, edge: tuple[str, str, str] | None, choice: Choice, sentence: str
) -> None:
    with app.app_context():
        ticket, _ = board()
        with pytest.raises((Refused, Conflict), match=sentence):
            edge_actions.decide_edge(
                db.session, ticket.opened_by, ticket, edge or edge_of(ticket, "speaks_for"), choice
            )


def test_only_edges_of_articles_and_sources_hold_everywhere(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        article = file_under(ticket, nadia, "Hill Post")
        hop = Hop(position=0, name="Lale Demirr", written="she", kind=SourceKind.PERSON)
        article.versions[0].assertions[0].hops.append(hop)
        db.session.flush()
        with pytest.raises(Refused, match="this claim alone"):
            edge_actions.decide_edge(
                db.session, nadia, ticket, edge_of(ticket, "perhaps_same"), Choice(CONFIRMED, "Yes.", True)
            )


def test_a_reader_decides_nothing(app: Flask) -> None:
    with app.app_context():
        ticket, _ = board()
        rosa = make_person(db.session, "Rosa Klein", Role.READER)
        with pytest.raises(Forbidden):
            edge_actions.decide_edge(
                db.session, rosa, ticket, edge_of(ticket, "speaks_for"), Choice(CUT, "No.")
            )


@pytest.mark.both_databases
def test_the_database_keeps_decisions(app: Flask) -> None:
    with app.app_context():
        ticket, _ = board()
        choice = Choice(CUT, "He had left.")
        edge_actions.decide_edge(db.session, ticket.opened_by, ticket, edge_of(ticket, "speaks_for"), choice)
        db.session.commit()
        for statement in ("DELETE FROM edge_decision", "UPDATE edge_decision SET reason = 'Another'"):
            with pytest.raises(DatabaseError, match="decision about an edge"):
                db.session.execute(text(statement))
            db.session.rollback()


def test_a_tie_taken_back_after_it_was_cut_leaves_no_trace_in_the_count(app: Flask) -> None:
    with app.app_context():
        ticket, _ = board()
        choice = Choice(CUT, "He had left.")
        edge = edge_of(ticket, "speaks_for")
        edge_actions.decide_edge(db.session, ticket.opened_by, ticket, edge, choice)
        for name in (DEMIR, ONAL):
            source = make_source(db.session, name)
            for tie in ties_of(db.session, source):
                end_tie(db.session, ticket.opened_by, source, tie, reason="It does not hold.")
        assert figures(ticket) == (2, 2, 2)


def test_a_withdrawn_article_counts_for_nothing_until_it_is_restored(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        article = file_under(ticket, nadia, "Hill Post", ONAL)
        withdrawals.withdraw_article(db.session, nadia, article, reason="Its outlet took it back.")
        assert figures(ticket) == (1, 1, 1)
        with pytest.raises(Conflict):
            withdrawals.withdraw_article(db.session, nadia, article, reason="Again.")
        withdrawals.restore_article(db.session, nadia, article, reason="It was a mistake.")
        assert figures(ticket) == (2, 2, 2)


def test_a_step_is_cut_and_taken_back_in_the_browser(app: Flask) -> None:
    with app.app_context():
        ticket, _ = board()
        db.session.commit()
        visitor, address = sign_in(Visitor(app), ticket.opened_by), f"/tickets/{ticket.reference}/origins"
    page = visitor.get(address)
    link = next(
        one for one in page.select("//ol[@aria-label='Steps of the count']//a[contains(@href, '/edge?')]")
    )
    page = visitor.get(str(link.get("href")))
    assert "Does this step hold?" in page.text
    assert "If it is cut" in page.text
    assert "2 origins" in page.text
    refused = page.form(button="Decide").submit()
    assert refused.status == 422
    form = page.form(button="Decide")
    page = form.submit(verdict="cut", reason="He had left by then.")
    assert "Decided; the origins are counted anew." in page.text
    assert "Cut by Nadia Rahimi" in page.text
    link = next(one for one in page.select("//a[contains(@href, '/origins/decisions/')]"))
    page = visitor.get(str(link.get("href")))
    page = page.form(button="Take it back").submit(reason="He had not.")
    assert "Taken back; the origins are counted anew." in page.text
    assert "1 origin" in page.text


def test_a_step_is_stated_and_an_article_withdrawn_in_the_browser(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=())
        other = file_under(ticket, nadia, "Hill Post")
        first = ticket.appearances[0].assertion.version.article_id
        db.session.commit()
        visitor, address = sign_in(Visitor(app), nadia), f"/tickets/{ticket.reference}/origins"
        ends = {"child": f"article:{other.id}", "parent": f"article:{first}"}
    page = (
        visitor.get(f"{address}/edges/new")
        .form(button="State it")
        .submit(**ends, kind="copies", reason="Its editor told us.")
    )
    assert "Stated; the origins are counted anew." in page.text
    assert "Added by Nadia Rahimi" in page.text
    page = (
        visitor.get(f"{address}/articles/{other.id}")
        .form(button="Withdraw the article")
        .submit(reason="It was forged.")
    )
    assert "withdrawn: counts for nothing" in page.text
    assert visitor.get(f"{address}/articles/9999").status == 404
    assert visitor.get(f"{address}/edge?kind=copies&child=a&parent=b").status == 404


def test_an_old_decision_about_a_merged_source_goes_with_it(app: Flask) -> None:
    from verify.origins.decided import as_material

    with app.app_context():
        ticket, _ = board()
        decision = EdgeDecision(
            ticket_id=ticket.id, stated_on_id=ticket.id, verdict=CUT, kind="speaks_for", child="source:12",
            parent="witnesses@source:7", words="one speaks for another", reason="No.",
            decided_by_id=ticket.opened_by_id, decided_at=now(),
        )  # fmt: skip
        decision.decided_by = ticket.opened_by
        moved = as_material(decision, {"source:7": "source:3"})
        assert (moved.child, moved.parent) == ("source:12", "witnesses@source:3")
        decision.kind, decision.child = "member_of", "said:board officials@article:4"
        assert as_material(decision, {}).kind == "voice_of"
